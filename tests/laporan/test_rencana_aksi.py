"""The document of a year's Rencana Aksi walks its SOP; its table is frozen with each version."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.models import RencanaAksi, TargetAksi
from laporan.models import Draf, VersiNaskah
from laporan.selectors.cetak import build_cetak
from laporan.services.dokumen import render_laporan
from laporan.services.draf import SudahAda
from laporan.services.rencana_aksi import start_rencana_aksi
from organisasi.models import Pengguna
from sop.models import SOP
from tests.factories.perjanjian import make_rencana
from tests.laporan.rute import BIDANG, Baris, Kantor, aktif, make_kantor, satu

pytestmark = pytest.mark.django_db

RUTE: list[Baris] = [
    (1, "mulai", "kumpul", [("staf", 1, BIDANG)], None),
    (2, "proses", "susun", satu("perencana"), None),
    (3, "akhir", "arsip", satu("kepala"), None),
]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose SOP makes a Rencana Aksi, with one action."""
    kantor = make_kantor(RUTE, now)
    SOP.objects.update(menghasilkan="rencana_aksi")
    kantor.versi.sop.refresh_from_db()
    unit = kantor.unit["B1"]
    aksi = RencanaAksi.objects.create(
        indikator=make_rencana(unit), tahun=2026, uraian="Melatih kader", satuan="kader", unit=unit
    )
    TargetAksi.objects.create(aksi=aksi, triwulan=2, nilai=Decimal(12))
    return kantor


def pemulai(kantor: Kantor) -> Pengguna:
    """Who does the first step."""
    return kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk]


def start(kantor: Kantor, now: datetime) -> Draf:
    """The document of 2026."""
    return start_rencana_aksi(versi=kantor.versi, tahun=2026, aktor=pemulai(kantor), now=now)


def test_it_walks_to_the_end_and_the_next_one_is_a_perubahan(kantor: Kantor, now: datetime) -> None:
    draf = start(kantor, now)
    assert draf.judul == "Rencana Aksi Tahun 2026"
    with pytest.raises(SudahAda):
        start(kantor, now)
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
    assert draf.status == Draf.Status.SELESAI
    versi = VersiNaskah.objects.filter(draf=draf).latest("nomor")
    assert versi.tabel[0]["baris"][0]["aksi"][0]["uraian"] == "Melatih kader"
    html = render_laporan(build_cetak(versi, pada=now))
    assert "Melatih kader" in html
    assert '<p class="sampul-jenis">Rencana Aksi</p>' in html
    assert start(kantor, now).judul == "Rencana Aksi Perubahan ke-1 Tahun 2026"


def test_a_unit_looks_at_its_actions_before_sending_them_on(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = start(kantor, now)
    menurut = {t.unit.kode: t for t in aktif(draf) if t.unit}
    client.force_login(pemulai(kantor))
    isi = client.get(menurut["B1"].get_absolute_url()).content.decode()
    assert "Cermati konsep rencana aksi" in isi
    assert "Melatih kader" in isi
    assert "Melatih kader" not in client.get(menurut["B2"].get_absolute_url()).content.decode()
    draf = kantor.work_all(draf, now)
    (tugas,) = aktif(draf)
    client.force_login(kantor.pelaku(tugas))
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "Ubah rencana aksi" in isi
    assert "Ubah para pihak" not in isi


def test_it_is_ordered_on_a_page(client: Client, kantor: Kantor) -> None:
    url = reverse("laporan:create-draf", args=[kantor.versi.pk])
    client.force_login(pemulai(kantor))
    assert "Mulai Rencana Aksi" in client.get(url).content.decode()
    assert client.post(url, {"tahun": "x"}).status_code == 422
    assert client.post(url, {"tahun": "2026"}).status_code == 302
    draf = Draf.objects.get()
    tolak = client.post(url, {"tahun": "2026"})
    assert tolak.status_code == 422
    assert draf.get_absolute_url() in tolak.content.decode()
    client.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk])
    assert "dimulai oleh pelaksana langkah pertama" in client.get(url).content.decode()
    assert client.post(url, {"tahun": "2026"}).status_code == 403
