"""A semester is built from its two quarters, a year from its two semesters."""

from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import Draf
from laporan.rules.pendahulu import list_pendahulu
from laporan.services.draf import LaporanBaru, PendahuluBelumSelesai, start_draf
from organisasi.selectors import list_pemegang
from sop.rules.graf import Graf, SimpulLangkah
from sop.selectors import get_graf
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif

pytestmark = pytest.mark.django_db


@pytest.fixture
def banten(now: datetime) -> KantorContoh:
    """The office whose SOP names its periods."""
    return load_kantor("dinkes-banten", now)


def begin(kantor: KantorContoh, jenis: str, ke: int) -> Draf:
    """Start a report, for real."""
    graf = get_graf(kantor.versi.pk, kantor.versi.sidik)
    awal = next(s for s in graf.langkah if s.periode == jenis)
    (orang, *_) = list_pemegang(jabatan_ids=[awal.pelaksana[0].jabatan_id], pada=kantor.now)
    return start_draf(
        versi=kantor.versi,
        laporan=LaporanBaru(jenis, 2026, ke),
        aktor=orang.pengguna,
        now=kantor.now,
    )


def finish(kantor: KantorContoh, draf: Draf) -> None:
    """Walk a report to its end."""
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0])


def test_a_year_of_an_office_that_reports_by_quarter_semester_and_year(
    banten: KantorContoh,
) -> None:
    for semester in (1, 2):
        for triwulan in (2 * semester - 1, 2 * semester):
            with pytest.raises(PendahuluBelumSelesai) as belum:
                begin(banten, "semester", semester)
            assert not all(p.is_selesai for p in belum.value.pendahulu)
            finish(banten, begin(banten, "triwulan", triwulan))
        with pytest.raises(PendahuluBelumSelesai):
            begin(banten, "tahunan", 0)
        finish(banten, begin(banten, "semester", semester))
    finish(banten, begin(banten, "tahunan", 0))
    assert Draf.objects.filter(status=Draf.Status.SELESAI).count() == 7


def test_the_page_names_what_is_missing_and_where_to_start_it(
    client: Client, banten: KantorContoh
) -> None:
    finish(banten, begin(banten, "triwulan", 1))
    jalan = begin(banten, "triwulan", 2)
    graf = get_graf(banten.versi.pk, banten.versi.sidik)
    staf = next(s for s in graf.langkah if s.periode == "semester").pelaksana[0].jabatan_id
    client.force_login(list_pemegang(jabatan_ids=[staf], pada=banten.now)[0].pengguna)
    alamat = reverse("laporan:create-draf", args=[banten.versi.pk])
    jawab = client.post(alamat, {"periode": "semester-1", "tahun": "2026"})
    isi = jawab.content.decode()
    assert jawab.status_code == 409
    assert "Laporan sebelumnya belum selesai" in isi
    assert jalan.get_absolute_url() in isi
    kedua = client.post(alamat, {"periode": "semester-2", "tahun": "2026"}).content.decode()
    assert "Laporan Kinerja Triwulan III Tahun 2026" in kedua
    assert "Dimulai oleh Sekretaris Dinas" in kedua
    tahunan = client.post(alamat, {"periode": "tahunan-0", "tahun": "2026"}).content.decode()
    assert "?periode=semester-1&amp;tahun=2026" in tahunan  # the same person starts those


def test_the_later_report_shows_its_sources(client: Client, banten: KantorContoh) -> None:
    for n in (1, 2):
        finish(banten, begin(banten, "triwulan", n))
    draf = begin(banten, "semester", 1)
    client.force_login(banten.mandat(aktif(draf)[0]).pengguna)
    isi = client.get(draf.get_absolute_url()).content.decode()
    assert "Sumber: laporan sebelumnya" in isi
    assert "Laporan Kinerja Triwulan II Tahun 2026" in isi


def test_a_route_without_periods_asks_for_nothing() -> None:
    def rute(*periode: str) -> Graf:
        return Graf(
            tuple(SimpulLangkah(n, n, "x", periode=p) for n, p in enumerate(periode, start=1))
        )

    assert list_pendahulu(rute("", ""), "tahunan", 0) == []
    assert list_pendahulu(rute("triwulan", "tahunan"), "triwulan", 3) == []
    assert list_pendahulu(rute("triwulan", "tahunan"), "semester", 1) == []
    assert list_pendahulu(rute("bulanan", "triwulan"), "triwulan", 2) == [
        ("bulanan", 4),
        ("bulanan", 5),
        ("bulanan", 6),
    ]
    semua = rute("triwulan", "semester", "tahunan")
    assert list_pendahulu(semua, "tahunan", 0) == [("semester", 1), ("semester", 2)]
