"""Pages of the document: the PDF, the progress of its job, trying again."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import Draf
from laporan.services import dokumen as layanan
from sakip.common.berkas import sha256_hex
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.meja_tanda import efek_bekukan as bekukan
from tests.laporan.meja_tanda import holder, run, run_semua, until_beku
from tests.laporan.rute import Kantor, aktif

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize(
    ("nama", "cara"), [("download-dokumen", "attachment"), ("read-dokumen", "inline")]
)
def test_readers_of_the_draft_get_the_pdf(
    kantor_satu: Kantor, now: datetime, client: Client, nama: str, cara: str
) -> None:
    draf, dokumen = until_beku(kantor_satu, 3, now)
    client.force_login(holder(kantor_satu, "perencana"))
    jawab = client.get(reverse(f"laporan:{nama}", args=[draf.pk]))
    assert jawab["Content-Type"] == "application/pdf"
    assert jawab["Content-Disposition"].startswith(f"{cara}; filename=")
    assert jawab["X-Content-Type-Options"] == "nosniff"
    assert sha256_hex(jawab.content) == dokumen.sha256


@pytest.mark.usefixtures("ringkas")
@pytest.mark.parametrize("nama", ["download-dokumen", "read-dokumen"])
def test_strangers_get_no_pdf(
    kantor_satu: Kantor, now: datetime, client: Client, nama: str
) -> None:
    draf, _dokumen = until_beku(kantor_satu, 3, now)
    alamat = reverse(f"laporan:{nama}", args=[draf.pk])
    assert client.get(alamat).status_code == 302
    client.force_login(PenugasanFactory.create(jabatan__instansi__kode="lain").pengguna)
    assert client.get(alamat).status_code == 404


@pytest.mark.parametrize("nama", ["download-dokumen", "read-dokumen"])
def test_pdf_that_is_not_made_yet_is_not_found(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client, nama: str
) -> None:
    client.force_login(holder(kantor_satu, "kepala"))
    assert client.get(reverse(f"laporan:{nama}", args=[di_meja_kepala.pk])).status_code == 404


@pytest.mark.parametrize("htmx", [True, False])
def test_progress_is_a_fragment_that_asks_again(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client, *, htmx: bool
) -> None:
    client.force_login(holder(kantor_satu, "kepala"))
    efek = bekukan(di_meja_kepala)
    alamat = reverse("laporan:view-efek", args=[efek.pk])
    jawab = client.get(alamat, headers={"HX-Request": "true"} if htmx else {})
    if not htmx:
        assert jawab["Location"] == di_meja_kepala.get_absolute_url()
        return
    assert f'hx-get="{alamat}"' in jawab.content.decode()
    assert "menunggu giliran" in jawab.content.decode()
    assert "HX-Refresh" not in jawab


@pytest.mark.usefixtures("ringkas")
def test_progress_ends_by_loading_the_page_anew(
    kantor_satu: Kantor, di_meja_kepala: Draf, client: Client
) -> None:
    run_semua(di_meja_kepala)
    client.force_login(holder(kantor_satu, "kepala"))
    alamat = reverse("laporan:view-efek", args=[bekukan(di_meja_kepala).pk])
    jawab = client.get(alamat, headers={"HX-Request": "true"})
    assert jawab["HX-Refresh"] == "true"
    assert "hx-get" not in jawab.content.decode()


def test_strangers_see_no_progress_and_retry_nothing(di_meja_kepala: Draf, client: Client) -> None:
    client.force_login(PenugasanFactory.create(jabatan__instansi__kode="lain").pengguna)
    pk = bekukan(di_meja_kepala).pk
    assert client.get(reverse("laporan:view-efek", args=[pk])).status_code == 404
    assert client.post(reverse("laporan:retry-efek", args=[pk])).status_code == 404


def test_retry_goes_back_to_where_it_was_asked(
    kantor_satu: Kantor,
    di_meja_kepala: Draf,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def gagal(*_args: object, **_kwargs: object) -> None:
        raise OSError

    monkeypatch.setattr(layanan, "render_pdf", gagal)
    efek, (tugas,) = bekukan(di_meja_kepala), aktif(di_meja_kepala)
    client.force_login(holder(kantor_satu, "kepala"))
    alamat = reverse("laporan:retry-efek", args=[efek.pk])
    for kiriman, tujuan in (
        ({"tugas": str(tugas.pk)}, reverse("laporan:sign-tugas", args=[tugas.pk])),
        ({"tugas": "//jahat"}, di_meja_kepala.get_absolute_url()),
    ):
        run(efek.pk)
        assert client.post(alamat, kiriman)["Location"] == tujuan
    assert client.post(alamat).status_code == 409
