"""Figures for Prometheus: only for whoever shows the token, true, and cheap."""

from datetime import datetime, timedelta
from http import HTTPStatus

import pytest
from celery import current_app
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import Settings

from laporan.models import Draf, Tugas
from organisasi.models import SuratAkun
from tests.factories.organisasi import PenggunaFactory
from tests.laporan.rute import DINKES, make_kantor
from tests.laporan.test_pekerjaan import make_efek

TOKEN = "kunci-untuk-prometheus"
Angka = dict[tuple[str, tuple[str, ...]], float]


@pytest.fixture
def draf(now: datetime) -> Draf:
    """A running draft."""
    return make_kantor(DINKES, now).start(now)


@pytest.fixture
def baca(client: Client, settings: Settings) -> Client:
    """A client that holds the token."""
    settings.METRIK_TOKEN = TOKEN
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    return client


def read_angka(teks: str) -> Angka:
    """Every figure by its name and the values of its labels, in the order of their names."""
    return {
        (s.name, tuple(v for _, v in sorted(s.labels.items()))): s.value
        for keluarga in text_string_to_metric_families(teks)
        for s in keluarga.samples
    }


def get_angka(client: Client) -> Angka:
    """What the page shows."""
    jawab = client.get("/metrik/")
    assert jawab.status_code == HTTPStatus.OK
    return read_angka(jawab.content.decode())


def test_without_a_token_set_there_is_no_such_page(client: Client) -> None:
    kepala = {"authorization": "Bearer "}
    assert client.get("/metrik/", headers=kepala).status_code == HTTPStatus.NOT_FOUND


@pytest.mark.parametrize("kepala", ["", "Bearer", "Bearer salah", f"Basic {TOKEN}", "Bearer é"])
def test_without_the_token_nothing_is_told(client: Client, settings: Settings, kepala: str) -> None:
    settings.METRIK_TOKEN = TOKEN
    jawab = client.get("/metrik/", headers={"authorization": kepala})
    assert (jawab.status_code, jawab.content) == (HTTPStatus.UNAUTHORIZED, b"")


@pytest.mark.basisdata
@pytest.mark.django_db
def test_what_waits_is_counted_by_kind_and_age(baca: Client, draf: Draf) -> None:
    current_app.control.purge()  # what other tests of this process handed over
    make_efek(draf, "antre", menit=10)
    make_efek(draf, "jalan", menit=3)
    make_efek(draf, "ragu", menit=90)
    make_efek(draf, "selesai", menit=99)
    kini = timezone.now()
    orang = PenggunaFactory()
    for jadwal in (None, kini - timedelta(minutes=5), kini + timedelta(hours=1)):
        SuratAkun.objects.create(pengguna=orang, jenis="lupa", dibuat_pada=kini, jadwal=jadwal)
    Tugas.objects.filter(draf=draf, status="aktif").update(tenggat=kini - timedelta(days=1))
    angka = get_angka(baca)
    efek = {s: angka["sakip_antre", ("efek", s)] for s in ("antre", "jalan", "gagal", "ragu")}
    assert efek == {"antre": 1, "jalan": 1, "gagal": 0, "ragu": 1}
    assert angka["sakip_antre_umur_detik", ("efek",)] == pytest.approx(600, abs=30)
    assert angka["sakip_antre", ("surat_akun", "gagal")] == 1
    assert angka["sakip_antre", ("surat_akun", "antre")] == 2
    assert angka["sakip_antre_umur_detik", ("surat_akun",)] == pytest.approx(300, abs=30)
    assert angka["sakip_antre_umur_detik", ("unggahan_rencana",)] == 0
    assert (angka["sakip_tugas_aktif", ()], angka["sakip_tugas_terlambat", ()]) == (1, 1)
    assert angka["sakip_basis_data_terjangkau", ()] == 1
    assert angka["sakip_pesan", ("segera",)] == 0


@pytest.mark.django_db
def test_figures_cost_seven_queries(
    baca: Client, draf: Draf, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    make_efek(draf, "antre")
    with django_assert_num_queries(7):  # type: ignore[operator]  # a fixture that is a function
        get_angka(baca)


@pytest.mark.django_db
def test_request_is_counted_by_view_and_never_by_address(baca: Client) -> None:
    kunci = ("sakip_permintaan_total", ("GET", "200", "organisasi:sign-in"))
    sebelum = get_angka(baca).get(kunci, 0)
    baca.get("/masuk/", {"next": "/rahasia/"})
    baca.generic("BREW", "/masuk/")
    angka = get_angka(baca)
    assert angka[kunci] == sebelum + 1
    assert ("sakip_permintaan_detik_count", ("GET", "organisasi:sign-in")) in angka
    assert not [k for k in angka if any("rahasia" in v or v == "BREW" for v in k[1])]


def test_database_that_is_down_leaves_the_counted_figures(
    baca: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_kwargs: object) -> None:
        raise OperationalError("sandi di sini")

    monkeypatch.setattr("sakip.metrik.list_antre", fail)
    angka = get_angka(baca)
    assert angka["sakip_basis_data_terjangkau", ()] == 0
    assert not [nama for nama, _ in angka if nama.startswith("sakip_antre_umur")]
