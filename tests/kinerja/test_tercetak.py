"""Figures as documents print them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.tercetak.bilangan import Bacaan
from kinerja.rules.tercetak.sel import Jenis, read_tercetak
from tests.kinerja.cetakan import nilai_bacaan


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("91,4", "91.4"),
        ("91.4", "91.4"),
        ("100%", "100"),
        ("0,26 %", "0.26"),
        ("-100%", "-100"),
        ("\u22125", "-5"),
        ("0,48 Angka", "0.48"),
        ("100 Persen", "100"),
        ("6,5 bulan", "6.5"),
        ("12 dokumen/tahun", "12"),
        ("1.550.220,39", "1550220.39"),
        ("1,550,220.39", "1550220.39"),
        ("16.354.125.672", "16354125672"),
        ("1.234.56", "1234.56"),
        ("1.234.567", "1234567"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("Rp 1.234.567,00", "1234567.00"),
        ("Rp2,5 miliar", "2500000000.0"),
        ("5 juta buku", "5000000"),
        ("≥ 85", "85"),
        ("maks. 5", "5"),
        ("Level 3", "3"),
        ("38% (Evaluasi Semester I)", "38"),
        ("88,7*)", "88.7"),
        ("88,7\u00b9", "88.7"),
        ("BB (75,35)", "75.35"),
        ("B/65,2", "65.2"),
        ("0.125", "0.125"),
        ('"7"', "7"),
    ],
)
def test_a_figure_is_found_inside_its_cell(teks: str, nilai: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.is_ambigu) == (Jenis.ANGKA, False)
    assert nilai_bacaan(sel) == (Decimal(nilai),)


def test_printed_decimals_are_kept() -> None:
    assert str(read_tercetak("92,00").bacaan[0].nilai) == "92.00"


def test_what_was_left_aside_is_said() -> None:
    assert read_tercetak("Rp 5 juta").catatan == "disisihkan: Rp … juta"
    assert read_tercetak("5%").catatan == ""
    assert read_tercetak("BB (75,35)").catatan == "disisihkan: BB"


@pytest.mark.parametrize(
    ("teks", "satu", "dua"),
    [
        ("4.079", "4079", "4.079"),
        ("1,234", "1.234", "1234"),
        ("-4.079", "-4079", "-4.079"),
        ("1.500 juta", "1500000000", "1500000.000"),
    ],
)
def test_three_digits_after_one_mark_are_ambiguous(teks: str, satu: str, dua: str) -> None:
    assert nilai_bacaan(read_tercetak(teks)) == (Decimal(satu), Decimal(dua))


def test_a_share_may_mean_the_count() -> None:
    sel = read_tercetak("99 dari 110 desa")
    assert nilai_bacaan(sel) == (Decimal(90), Decimal(99))
    assert "persen, banyaknya" in sel.catatan


@pytest.mark.parametrize(
    "teks", ["80 - 90%", "80–90", "80% s.d. 90%", "80 sampai dengan 90", "80 s/d 90"]
)
def test_ranges_have_two_bounds(teks: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.bacaan) == (Jenis.RENTANG, (Bacaan(Decimal(80), atas=Decimal(90)),))


@pytest.mark.parametrize("teks", ["", " ", "-", "–", "N/A", "n.a.", "Nihil", "belum ada"])
def test_nothing_is_nothing(teks: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.bacaan) == (Jenis.KOSONG, ())


@pytest.mark.parametrize("teks", ["#REF!", "#DIV/0!", "#NAME?", "#VALUE!"])
def test_sheet_errors_are_named(teks: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.catatan) == (Jenis.GALAT, f"galat lembar kerja {teks}")


@pytest.mark.parametrize("teks", ["Tinggi", "WTP", "A", "Sangat Baik", "tepat-waktu"])
def test_predicates_stay_words(teks: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.sebutan) == (Jenis.SEBUTAN, teks.casefold())


@pytest.mark.parametrize(
    "teks",
    [
        "12 dokumen dan 3 laporan",
        "3 kegiatan yang belum selesai karena hujan",
        "1e308",
        "12.34.56",
        "1.23.456",
        "0.123.456",
        "90 - 80",
        "12.34.5 - 20",
        "9" * 40,
        "5 dari 0",
        "1.2.3 dari 4",
        "A (1.2.3)",
        "1.2.3",
    ],
)
def test_everything_else_is_named_as_unreadable(teks: str) -> None:
    sel = read_tercetak(teks)
    assert (sel.jenis, sel.bacaan) == (Jenis.TEKS, ())
    assert sel.catatan == f"bukan angka: “{teks}”"


def test_long_texts_are_cut_in_what_is_said() -> None:
    sel = read_tercetak("kata " * 10_000)
    assert (sel.jenis, len(sel.catatan)) == (Jenis.TEKS, 176)
    assert sel.catatan.endswith("kata …”")


@given(st.text(max_size=60))
def test_any_cell_is_understood_or_named(teks: str) -> None:
    sel = read_tercetak(teks)
    assert bool(sel.bacaan) is (sel.jenis in (Jenis.ANGKA, Jenis.RENTANG, Jenis.TANGGAL))
    assert sel.bacaan or sel.catatan  # named as what it is


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_a_printed_figure_is_read_back(nilai: Decimal) -> None:
    sel = read_tercetak(f"{nilai:f}".replace(".", ","))
    assert nilai_bacaan(sel) == (nilai,)
