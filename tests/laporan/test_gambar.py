"""Pictures in the text: who may add and see them, what is kept of them."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from laporan.models import BabNaskah, Draf, GambarNaskah
from laporan.selectors.gambar import get_gambar, list_gambar_draf, sum_gambar
from laporan.services.gambar import attach_gambar
from laporan.services.naskah import IsianBab, save_bab
from organisasi.models import Pengguna
from sakip.common.berkas import BerkasBerubah, sha256_hex
from sakip.common.errors import AksesDitolak, IsianTidakSah
from tests.common.test_gambar import foto
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini
from tests.simpanan import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office on the Dinkes route."""
    return make_kantor(DINKES, now)


@pytest.fixture
def draf(kantor: Kantor, now: datetime) -> Draf:
    """A draft on the desk of the Perencana, who writes."""
    return until_penulis(kantor, now)


def until_penulis(kantor: Kantor, now: datetime, ke: int = 3) -> Draf:
    """A draft of that triwulan, at the step that writes the text."""
    draf = kantor.start(now, periode_ke=ke)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    return draf


@pytest.fixture
def penulis(kantor: Kantor, draf: Draf) -> Pengguna:
    """Who writes now."""
    return kantor.pelaku(aktif(draf)[0])


def unggahan(lebar: int = 400) -> SimpleUploadedFile:
    """A photo as a form sends it."""
    return SimpleUploadedFile("IMG_0001.JPG", foto(lebar, 300).getvalue(), "image/jpeg")


def test_writer_adds_a_picture_once(draf: Draf, penulis: Pengguna, now: datetime) -> None:
    satu = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    dua = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    assert satu == dua
    assert satu.berkas.name == f"gambar/{draf.pk}/{satu.uuid}.jpg"
    ada = get_gambar(str(satu.uuid))
    assert ada is not None
    assert (ada.lebar, ada.tinggi, ada.jenis) == (400, 300, "image/jpeg")
    assert sha256_hex(ada.isi) == ada.sidik == satu.sidik
    assert path_of(satu.berkas.name).read_bytes() == ada.isi
    assert sum_gambar(draf) == len(ada.isi)
    assert str(satu) == f"{satu.uuid} (400 × 300)"


def test_pictures_never_change(draf: Draf, penulis: Pengguna, now: datetime) -> None:
    gambar = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    with pytest.raises(TypeError, match="never changes"):
        gambar.save()
    with pytest.raises(TypeError, match="never changes"):
        GambarNaskah.objects.get().delete()


def test_changed_file_is_noticed(draf: Draf, penulis: Pengguna, now: datetime) -> None:
    gambar = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    ada = list_gambar_draf(draf, [str(gambar.uuid)])[str(gambar.uuid)]
    path_of(str(gambar.berkas)).write_bytes(b"lain")
    with pytest.raises(BerkasBerubah):
        _ = ada.isi


def test_only_the_writer_adds_pictures(
    draf: Draf, kantor: Kantor, penulis: Pengguna, now: datetime
) -> None:
    lain = next(o for o in kantor.orang.values() if o != penulis)
    with pytest.raises(AksesDitolak):
        attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=lain, now=now)
    assert not GambarNaskah.objects.exists()


@pytest.mark.parametrize(
    ("isi", "atur", "pesan"),
    [
        (b"", {}, "kosong"),
        (foto(400, 300).getvalue(), {"MAKS_GAMBAR_BYTES": 1024}, "paling besar 1 kB"),
        (foto(400, 300).getvalue(), {"MAKS_GAMBAR_DRAF": 1024}, "tersisa 1 kB"),
        (b"<svg onload='alert(1)'/>", {}, "bukan gambar JPG, PNG, atau WebP"),
    ],
    ids=["kosong", "besar", "kuota", "svg"],
)
def test_refusals_say_what_to_do(  # noqa: PLR0913 - the case and its fixtures
    draf: Draf,
    penulis: Pengguna,
    now: datetime,
    settings: Settings,
    isi: bytes,
    atur: dict[str, int],
    pesan: str,
) -> None:
    for nama, nilai in atur.items():
        setattr(settings, nama, nilai)
    berkas = SimpleUploadedFile("foto.jpg", isi)
    with pytest.raises(IsianTidakSah, match=pesan):
        attach_gambar(draf_id=draf.pk, berkas=berkas, aktor=penulis, now=now)
    assert not GambarNaskah.objects.exists()


def test_failure_leaves_no_file(
    draf: Draf, penulis: Pengguna, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gagal(*_args: object, **_kwargs: object) -> None:
        raise OSError("penuh")

    monkeypatch.setattr(GambarNaskah, "save", gagal)
    with pytest.raises(OSError, match="penuh"):
        attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    assert not [p for p in Path(default_storage.path("")).rglob("*") if p.is_file()]


def test_upload_answers_with_the_address_the_text_uses(
    client: Client, draf: Draf, penulis: Pengguna
) -> None:
    client.force_login(penulis)
    alamat = reverse("laporan:add-gambar", args=[draf.pk])
    jawab = client.post(alamat, {"gambar": unggahan()})
    gambar = GambarNaskah.objects.get()
    assert jawab.json() == {
        "src": f"/laporan/gambar/{gambar.uuid}/",
        "lebar": 400,
        "tinggi": 300,
    }
    kosong = client.post(alamat)
    assert (kosong.status_code, "Pilih berkas" in kosong.json()["pesan"]) == (422, True)
    salah = client.post(alamat, {"gambar": SimpleUploadedFile("a.png", b"x")})
    assert (salah.status_code, "bukan gambar" in salah.json()["pesan"]) == (422, True)
    assert client.get(alamat).status_code == 405


def test_picture_is_shown_to_readers_of_the_draft_only(
    client: Client,
    draf: Draf,
    kantor: Kantor,
    penulis: Pengguna,
    now: datetime,
) -> None:
    gambar = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    alamat = gambar.get_absolute_url()
    assert client.get(alamat).status_code == 302
    client.force_login(next(o for o in kantor.orang.values() if o != penulis))
    jawab = client.get(alamat)
    isi = b"".join(jawab.streaming_content)  # type: ignore[attr-defined]  # FileResponse
    assert sha256_hex(isi) == gambar.sidik
    assert jawab["Content-Type"] == "image/jpeg"
    assert jawab["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in jawab["Content-Security-Policy"]
    assert jawab["Cache-Control"] == "private, no-store"
    default_storage.delete(str(gambar.berkas.name))
    assert client.get(alamat).status_code == 404
    client.force_login(PenugasanFactory(jabatan__instansi__kode="lain").pengguna)
    assert client.get(alamat).status_code == 404
    assert client.post(reverse("laporan:add-gambar", args=[draf.pk])).status_code == 404


def test_text_keeps_pictures_of_its_own_draft_only(
    draf: Draf,
    kantor: Kantor,
    penulis: Pengguna,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    lain = until_penulis(kantor, now, ke=2)
    milik = attach_gambar(draf_id=draf.pk, berkas=unggahan(), aktor=penulis, now=now)
    asing = attach_gambar(draf_id=lain.pk, berkas=unggahan(), aktor=penulis, now=now)
    assert milik != asing
    figur = '<figure data-blok="{}"><img src="{}" alt="Gedung"><figcaption>{}</figcaption></figure>'
    isi = figur.format("a" * 8, milik.get_absolute_url(), "Ini") + figur.format(
        "b" * 8, asing.get_absolute_url(), "Itu"
    )
    bab = BabNaskah.objects.filter(draf=draf)[0]
    baru = save_bab(bab_id=bab.pk, isian=IsianBab(isi, 1), aktor=penulis, now=now)
    assert baru.isi.startswith(figur.format("a" * 8, milik.get_absolute_url(), "Ini"))
    assert "<img" not in baru.isi.removeprefix(figur[:12]).split("</figure>", 1)[1]
    assert "Itu" in baru.isi
    with django_assert_num_queries(0):
        assert list_gambar_draf(draf, []) == {}
    assert get_gambar(str(uuid4())) is None
