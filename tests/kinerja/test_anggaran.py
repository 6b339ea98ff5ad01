"""Money beside results: absorption and efficiency, entered and never derived."""

from decimal import Decimal as D

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import AngkaPembanding, Program, RealisasiAnggaran, Sasaran, TargetRenstra
from kinerja.rules.periode import Periode
from kinerja.selectors.anggaran import Uang, list_anggaran, reckon_efisiensi
from kinerja.selectors.rekap import get_rekap
from kinerja.selectors.tabel_laporan import draw_tabel, list_tabel_laporan
from tests.factories.kinerja import make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
TW3 = Periode(2026, 3)


def program(
    bidang: Bidang, kode: str, sasaran: Sasaran | None, pagu: int | None, belanja: int | None
) -> Program:
    """A program with what was spent up to triwulan III."""
    p = Program.objects.create(
        instansi=bidang.instansi,
        tahun=2026,
        kode=kode,
        nama=f"Program {kode}",
        jenis="program",
        sasaran=sasaran,
        pagu=pagu,
    )
    if belanja is not None:
        RealisasiAnggaran.objects.create(program=p, triwulan=3, nilai=belanja)
    return p


@pytest.mark.parametrize(
    ("pagu", "belanja", "teks"),
    [
        (200, 150, "75,00%"),
        (200, 0, "0,00%"),
        (None, 150, "–"),
        (200, None, "–"),
        (0, 0, "–"),
        (3, 1, "33,33%"),
    ],
)
def test_absorption_is_of_what_was_entered(
    pagu: int | None, belanja: int | None, teks: str
) -> None:
    uang = Uang(None if pagu is None else D(pagu), None if belanja is None else D(belanja))
    assert uang.serapan_teks == teks


def test_programs_are_added_and_rows_below_them_are_not(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "81"), diverifikasi=True)
    sasaran = c.indikator.sasaran
    atas = program(bidang, "1.02.02", sasaran, 100, 60)
    program(bidang, "1.02.03", sasaran, 100, 30)
    program(bidang, "X.XX.01", None, 50, 10)
    Program.objects.create(
        instansi=bidang.instansi,
        tahun=2026,
        kode="1.02.02.2.01",
        nama="K",
        jenis="kegiatan",
        induk=atas,
        pagu=999,
    )
    RealisasiAnggaran.objects.create(program=atas, triwulan=4, nilai=99)
    anggaran = list_anggaran(bidang.instansi, TW3)
    uang = anggaran[sasaran.pk].uang
    assert (uang.pagu, uang.belanja, uang.serapan_teks) == (200, 90, "45,00%")
    assert [p.kode for p in anggaran[None].program] == ["X.XX.01"]
    rekap = get_rekap(bidang.instansi, TW3)
    assert rekap.anggaran is not None
    assert rekap.anggaran.uang.belanja == 100
    assert rekap.anggaran.nilai_teks == "100,00"
    assert rekap.sasaran[0].anggaran["efisiensi"][0]["nilai"] == "+45,00"


def test_a_missing_part_leaves_the_sum_missing(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "81"), diverifikasi=True)
    program(bidang, "1.02.02", c.indikator.sasaran, 100, 60)
    program(bidang, "1.02.03", c.indikator.sasaran, 100, None)
    uang = list_anggaran(bidang.instansi, TW3)[c.indikator.sasaran_id].uang
    assert (uang.pagu, uang.belanja, uang.serapan_teks) == (200, None, "–")
    rekap = get_rekap(bidang.instansi, TW3)
    assert rekap.anggaran is not None
    assert (rekap.anggaran.nilai_teks, rekap.anggaran.uang.belanja_teks) == ("–", "–")


@pytest.mark.parametrize(
    ("capaian", "selisih", "sebutan", "keluaran"),
    [
        ("98.5", "+7,30", "Efisien", "7,41%"),
        ("90", "-1,20", "Cukup efisien", "-1,33%"),
        ("80", "-11,20", "Tidak efisien", "-14,00%"),
        (None, "–", "Tidak dapat dihitung", "–"),
    ],
)
def test_both_families_of_efficiency(
    capaian: str | None, selisih: str, sebutan: str, keluaran: str
) -> None:
    hasil = reckon_efisiensi(capaian and D(capaian), Uang(D(1000), D(912)))  # type: ignore[arg-type]
    assert (hasil.selisih_teks, hasil.selisih.sebutan) == (selisih, sebutan)
    assert hasil.keluaran_teks == keluaran
    assert reckon_efisiensi(D(90), None).selisih_teks == "–"


def test_an_incomplete_sasaran_has_no_efficiency(bidang: Bidang) -> None:
    (c, _kosong) = make_baris(bidang.unit, ("90", "81"), ("90", None), diajukan=True)
    program(bidang, "1.02.02", c.indikator.sasaran, 100, 60)
    (s,) = get_rekap(bidang.instansi, TW3).sasaran
    assert {e["nilai"] for e in s.anggaran["efisiensi"]} == {"–"}


def test_attention_names_who_has_not_sent_and_the_lowest_results(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "30"), ("90", "90"), ("90", "60"), diajukan=True)
    make_baris(bidang.kolega.unit, ("90", "30"))  # type: ignore[arg-type]
    perhatian = get_rekap(bidang.instansi, TW3).perhatian
    assert [(u.pk, s.keadaan) for u, s in perhatian.belum] == [(bidang.kolega.unit_id, "Draf")]
    assert [b.capaian_teks for b in perhatian.rendah] == ["33,33%", "66,67%"]
    assert not get_rekap(bidang.orang_luar.jabatan.instansi, TW3).perhatian.ada


def test_tables_of_the_report_carry_comparisons_and_money_as_plain_values(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lama = make_baris(bidang.unit, ("90", "72"), tahun=2025, triwulan=4, diverifikasi=True)[0]
    kini = make_baris(bidang.unit, ("90", "81"), ("90", None), diverifikasi=True)[0]
    kini.indikator = lama.indikator
    kini.save()
    TargetRenstra.objects.create(indikator=lama.indikator, tahun=2029, nilai=D(100))
    AngkaPembanding.objects.create(
        indikator=lama.indikator, tahun=2025, tingkat="nasional", nilai=D(70), sumber="BPS"
    )
    program(bidang, "1.02.02", lama.indikator.sasaran, 100, 60)
    with django_assert_num_queries(10):
        tabel = list_tabel_laporan(bidang.instansi, 2026, 3)
    satu = next(t for t in tabel if t["baris"][0]["indikator_id"] == lama.indikator_id)
    assert satu["banding"]["tahun"] == ["2025", "2026 s.d. TW III"]
    (baris,) = satu["banding"]["baris"]
    assert [n["capaian"] for n in baris["nilai"]] == ["80,00%", "90,00%"]
    assert (baris["perubahan"], satu["banding"]["judul_perubahan"]) == (
        "",
        "Dari TW III tahun lalu",
    )
    assert "baru sampai TW III" in satu["banding"]["catatan"]
    penuh = list_tabel_laporan(bidang.instansi, 2025, 4)[0]["banding"]
    assert (penuh["judul_perubahan"], penuh["catatan"]) == ("Dari tahun lalu", "")
    assert satu["banding"]["renstra"][0]["teks"] == "81,00%"
    assert satu["banding"]["lain"][0]["letak"] == "11 lebih tinggi, lebih baik"
    assert satu["anggaran"]["jumlah"] == {"pagu": "100", "belanja": "60", "serapan": "60,00%"}
    assert "90,00%" in draw_tabel(satu).lebar
    lain = next(t for t in tabel if t is not satu)
    assert (lain["banding"]["tahun"], lain["anggaran"]) == ([], {})
    assert not draw_tabel(lain)


def test_pages_show_money_attention_and_comparisons(client: Client, bidang: Bidang) -> None:
    (c, _d) = make_baris(bidang.unit, ("90", "30"), ("90", "90"), diverifikasi=True)
    TargetRenstra.objects.create(indikator=c.indikator, tahun=2029, nilai=D(100))
    program(bidang, "1.02.02", c.indikator.sasaran, 1_500_000, 900_000)
    client.force_login(bidang.kolega.pengguna)
    teks = " ".join(client.get("/capaian/rekap/?periode=2026-3").content.decode().split())
    for kata in (
        "Paling jauh di bawah target",
        "Serapan anggaran",
        "1.500.000",
        "Capaian dikurangi serapan: +6,67",
        "Menuju akhir Renstra",
        "30 ÷ 100 × 100 = 30,00%.",
    ):
        assert kata in teks
