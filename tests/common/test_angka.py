"""Figures as people write them."""

from contextlib import suppress
from decimal import Decimal
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.angka import (
    AngkaTidakTerbaca,
    bulatkan,
    format_angka,
    format_batas,
    format_persen,
    parse_angka,
)

tersimpan = st.decimals(
    min_value="-99999999999999.999999", max_value="99999999999999.999999", places=6
)


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("1.234,5", "1234.5"),
        ("91,4", "91.4"),
        ("91.4", "91.4"),
        ("1,234.5", "1234.5"),
        ("1.234", "1234"),
        ("1,234", "1.234"),
        ("1.234.567,89", "1234567.89"),
        ("1,234,567", "1234567"),
        ("1,234,567.8", "1234567.8"),
        ("1 234,5", "1234.5"),
        ("1\u00a0234\u00a0567", "1234567"),
        ("  87 %\n", "87"),
        ("87,5%", "87.5"),
        ("-2,5", "-2.5"),
        ("\u22122,5", "-2.5"),
        ("+ 3", "3"),
        ("0", "0"),
        ("0.125", "0.125"),
        ("007", "7"),
        ("91.400000000", "91.4"),
        ("99999999999999", "99999999999999"),
    ],
)
def test_reads_what_offices_write(teks: str, nilai: str) -> None:
    assert parse_angka(teks) == Decimal(nilai)


@pytest.mark.parametrize(
    "teks",
    [
        "",
        "   ",
        "%",
        "sembilan",
        "1.2.3",
        "1,2,3",
        "12.34.567",
        "NaN",
        "Infinity",
        "1e308",
        "1E5",
        "0x10",
        "12 34",
        "1.234,5.6",
        "--5",
        "5-",
        "80 - 90",
        "#REF!",
        "N/A",
        "-",
        "±3",
        "9" * 15,
        "1,1234567",
        "1" * 5000,
        "\u0661\u0662",
    ],
)
def test_refuses_what_is_not_one_figure(teks: str) -> None:
    with pytest.raises(AngkaTidakTerbaca):
        parse_angka(teks)


def test_refusal_shows_how_to_write_it() -> None:
    with pytest.raises(AngkaTidakTerbaca, match=r"Isi dengan angka, contoh 91,4\."):
        parse_angka("sembilan")
    with pytest.raises(AngkaTidakTerbaca, match="paling banyak 14 angka di depan koma dan 6"):
        parse_angka("9" * 15)


@pytest.mark.parametrize(
    ("teks", "saran"),
    [
        ("sembilan", ""),
        ("1e308", "Tulis semua angkanya, tanpa huruf E."),
        ("1e400", "Tulis semua angkanya, tanpa huruf E."),
        ("-1,5E-7", "Tulis semua angkanya, tanpa huruf E."),
        ("NaN", "Bila belum ada angkanya, kosongkan."),
        ("N/A", "Bila belum ada angkanya, kosongkan."),
        ("\u2013", "Bila belum ada angkanya, kosongkan."),
        ("belum dirilis", "Bila belum ada angkanya, kosongkan."),
        ("Infinity", ""),
        ("#DIV/0!", "Sel asalnya berisi galat lembar kerja."),
        ("=SUM(A1:A3)", "Tulis hasilnya, bukan rumusnya."),
        ("80 - 90%", "Tulis satu angka, bukan rentang."),
        ("80 s.d. 90", "Tulis satu angka, bukan rentang."),
        ("12 dokumen", "Tulis angkanya saja, tanpa satuan."),
        ("12,5 km\u00b2", "Tulis angkanya saja, tanpa satuan."),
        ("Rp 1.500.000", "Tulis angkanya saja, tanpa satuan."),
    ],
)
def test_refusal_says_what_is_wrong_where_that_is_plain(teks: str, saran: str) -> None:
    with pytest.raises(AngkaTidakTerbaca) as galat:
        parse_angka(teks)
    assert str(galat.value) == f"Isi dengan angka, contoh 91,4. {saran}".rstrip()


def test_a_page_of_dashes_is_refused_at_once() -> None:
    mulai = perf_counter()
    with pytest.raises(AngkaTidakTerbaca, match=r"contoh 91,4\.$"):
        parse_angka(f"1{'-' * 30_000}x")
    assert perf_counter() - mulai < 1


@given(tersimpan)
def test_what_is_printed_can_be_read_again(nilai: Decimal) -> None:
    assert parse_angka(format_angka(nilai)) == nilai


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_refused(teks: str) -> None:
    with suppress(AngkaTidakTerbaca):
        assert parse_angka(teks).is_finite()


@pytest.mark.parametrize(
    ("nilai", "desimal", "teks"),
    [
        ("1234.50", None, "1.234,5"),
        ("1234.5", 2, "1.234,50"),
        ("1234567", None, "1.234.567"),
        ("-1234.5", None, "-1.234,5"),
        ("0", None, "0"),
        ("-0", None, "0"),
        ("-0.001", 2, "0,00"),
        ("1E+3", None, "1.000"),
        ("0.5", 0, "1"),
        ("2.675", 2, "2,68"),
    ],
)
def test_prints_as_indonesian_does(nilai: str, desimal: int | None, teks: str) -> None:
    assert format_angka(Decimal(nilai), desimal) == teks


def test_reckoned_percentages_always_show_two_decimals_and_limits_what_they_have() -> None:
    teks = [format_persen(Decimal(n)) for n in ("98.2352", "100.000", "97", "-0.001", "1234.5")]
    assert teks == ["98,24%", "100,00%", "97,00%", "0,00%", "1.234,50%"]
    assert [format_batas(Decimal(n)) for n in ("76.00", "120.5")] == ["76%", "120,5%"]


@given(tersimpan, st.integers(0, 6))
def test_rounding_moves_by_at_most_half_a_step(nilai: Decimal, desimal: int) -> None:
    assert abs(bulatkan(nilai, desimal) - nilai) * 2 <= Decimal(1).scaleb(-desimal)


@pytest.mark.parametrize("nilai", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_figure_is_neither_rounded_nor_printed(nilai: str) -> None:
    with pytest.raises(ValueError, match="dibulatkan"):
        bulatkan(Decimal(nilai), 2)
    with pytest.raises(ValueError, match="ditulis"):
        format_angka(Decimal(nilai))
