"""Looking a report up: by what it is called and by what was handed over, never by more."""

from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import BabNaskah, Draf, NomorLaporan, TeksNaskah
from laporan.rules.cuplikan import Cuplikan, find_cuplikan
from laporan.selectors.cari import search_teks
from laporan.selectors.draf import list_baris, list_draf
from laporan.services.naskah import hand_over_naskah
from organisasi.middleware import Pelaku
from organisasi.models import NomorRegister, Register
from tests.laporan.rute import Baris, Kantor, make_kantor, satu
from tests.laporan.test_izin import give
from tests.laporan.test_selectors import orang

pytestmark = pytest.mark.django_db
RUTE: list[Baris] = [
    (1, "mulai", "susun", satu("perencana"), None),
    (2, "akhir", "koreksi", satu("kepala"), None),
]


def tulis(draf: Draf, isi: str, now: datetime, *, serahkan: bool = True) -> None:
    """Write the first chapter, and hand the text over."""
    bab = BabNaskah.objects.filter(draf=draf)[0]
    BabNaskah.objects.filter(pk=bab.pk).update(isi=isi)
    if serahkan:
        hand_over_naskah(draf, oleh=draf.dibuat_oleh, now=now)


def cari(pelaku: Pelaku, teks: str) -> list[int]:
    """Which quarters are found."""
    return [d.periode_ke for d in list_draf(pelaku, teks.split())]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with two reports, the first of them handed over."""
    kantor = make_kantor(RUTE, now)
    tulis(kantor.start(now, periode_ke=1), "<p>Imunisasi&nbsp;balita <b>065/12</b></p>", now)
    tulis(kantor.start(now, periode_ke=2), "<p>Puskesmas keliling</p>", now, serahkan=False)
    return kantor


@pytest.mark.basisdata
def test_every_word_begins_a_word_of_title_number_or_handed_over_text(
    kantor: Kantor, now: datetime
) -> None:
    kepala = orang(kantor, "kepala")
    draf = Draf.objects.get(periode_ke=2)
    register = Register.objects.create(
        instansi=kantor.instansi,
        nama="Laporan",
        untuk=Register.Untuk.LAPORAN,
        pola="700/{nomor}/X",
        reset="tahun",
    )
    nomor = NomorRegister.objects.create(
        register=register, urut=8, nomor="700/8/X", tanggal=now, diambil_pada=now, diubah_pada=now
    )
    NomorLaporan.objects.create(draf=draf, nomor=nomor)
    assert cari(kepala, "kinerja") == [2, 1]
    assert cari(kepala, "IMUN 065 balita triwulan") == [1]
    assert cari(kepala, "munisasi") == []
    assert cari(kepala, "700 8 triwulan") == [2]
    assert cari(kepala, "imunisasi puskesmas") == []
    assert cari(kepala, "puskesmas") == []  # still on its writer's desk
    tulis(draf, "<p>Puskesmas keliling</p>", now)
    assert cari(kepala, "puskesmas") == [2]
    tulis(draf, "<p>Posyandu</p>", now)
    assert cari(kepala, "puskesmas") == []
    assert cari(kepala, "posyandu") == [2]
    if connection.vendor == "postgresql":
        with connection.cursor() as kursor:
            kursor.execute("SET LOCAL enable_seqscan = off")
        assert (
            "laporan_teks_naskah_kata" in search_teks(TeksNaskah.objects.all(), ["imun"]).explain()
        )


def test_only_what_one_may_read_is_found_and_quoted(kantor: Kantor, now: datetime) -> None:
    asing = orang(make_kantor(RUTE, now), "kepala")
    client = Client()
    client.force_login(asing.pengguna)
    halaman = reverse("laporan:list-draf")
    assert cari(asing, "imunisasi") == []
    assert "balita" not in client.get(halaman, {"cari": "imunisasi"}).content.decode()
    give(kantor, Draf.objects.get(periode_ke=1), asing.pengguna, timezone.now())
    assert cari(asing, "triwulan") == [1]
    ketemu = client.get(halaman, {"cari": "imunisasi"}).content.decode()
    assert "<mark>Imunisasi</mark> balita 065/12" in ketemu
    kosong = client.get(halaman, {"cari": "puskesmas"}).content.decode()
    assert "Tidak ada laporan yang cocok" in kosong


def test_a_search_costs_one_query_more_however_many_are_found(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kepala = orang(kantor, "kepala")
    list_baris(list_draf(kepala), kini=now)  # calendar of the office, remembered
    with django_assert_num_queries(4):
        assert len(list_baris(list_draf(kepala), kini=now)) == 2
    with django_assert_num_queries(5):
        semua = list_baris(list_draf(kepala, ["triwulan"]), kini=now, cari=["triwulan"])
    assert [b.cuplikan for b in semua] == [None, None]


@pytest.mark.parametrize(
    ("teks", "kata", "hasil"),
    [
        ("Capaian imunisasi 92,5 persen", ["imun"], ("Capaian ", "imunisasi", " 92,5 persen")),
        ("Imunisasi", ["zzz", "IMUN"], ("", "Imunisasi", "")),
        ("a" * 80 + " " + "b" * 80 + " satu " + "c" * 60 + " " + "d" * 60, ["satu"], None),
    ],
    ids=["tengah", "seluruhnya", "panjang"],
)
def test_a_quotation_is_whole_words_around_the_first_found(
    teks: str, kata: list[str], hasil: tuple[str, str, str] | None
) -> None:
    panjang = ("…" + "b" * 80 + " ", "satu", " " + "c" * 60 + "…")
    assert find_cuplikan(teks, kata) == Cuplikan(*(hasil or panjang))
    assert find_cuplikan(teks, ["tidakada"]) is None
    assert find_cuplikan(teks, []) is None
