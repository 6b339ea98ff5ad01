"""Judging rows that are more than two plain figures. Every row here is invented."""

from decimal import Decimal

import pytest

from kinerja.rules.tercetak.putusan import (
    BarisUji,
    Kelompok,
    Keputusan,
    Putusan,
    judge_baris,
    match_cetak,
)

COCOK, BEDA, AMBIGU = Keputusan.COCOK, Keputusan.BEDA, Keputusan.AMBIGU
TAK, TANPA = Keputusan.TAK_TERHITUNG, Keputusan.TANPA_PEMBANDING


def putus(
    target: str, realisasi: str, tercetak: str = "", rumus: str = "", satuan: str = ""
) -> Putusan:
    """One row of a rising indikator."""
    return judge_baris(BarisUji(target, realisasi, tercetak, "higher", rumus, satuan))


@pytest.mark.parametrize(
    ("target", "realisasi", "tercetak", "rumus", "keputusan"),
    [
        ("31 Maret 2023", "28 Maret 2023", "100", "", COCOK),
        ("31 Maret 2023", "31/03/2023", "100%", "", COCOK),
        ("Maret 2023", "Februari 2023", "100", "", COCOK),
        ("31 Maret 2023", "1 Mei 2023", "0", "", TAK),
        ("15 Maret 2023", "Maret 2023", "100", "", TAK),
        ("31 Maret 2023", "5", "100", "", TAK),
        ("5", "31 Maret 2023", "100", "", TAK),
        ("WTP", "WDP", "75", "ordinal WTP=4, WDP=3", COCOK),
        ("WTP", "WDP", "75", "", TAK),
        ("Opini WTP", "Wajar Tanpa Pengecualian", "100", "", COCOK),
        ("BB", "BB (75,3)", "100", "", COCOK),
        ("70 (B)", "75,3 (BB)", "107,57", "R/T", COCOK),
        ("nihil", "nihil", "100", "", TAK),
        ("Belum dirilis", "Belum dirilis", "100", "", TAK),
        ("-2", "-1", "50", "R/T", COCOK),
        ("-2", "-1", "51", "R/T", TAK),
        ("-2", "-1", "50", "", TAK),
        ("0", "0", "100", "R/T", TAK),
        ("10", "0", "100", "T/R", TAK),
        ("5", "3", "40", "(T-R)/T", COCOK),
        ("5", "3", "41", "(T-R)/T", BEDA),
        ("5", "3", "30", "(T-R)/T capped at 30", COCOK),
        ("5", "3", "0,4", "(T-R)/T as a fraction", COCOK),
        ("5", "3", "60", "rumus rahasia", COCOK),
        ("5", "3", "61", "rumus rahasia", TAK),
        ("80 - 90", "92", "102,22", "range: R / upper bound", COCOK),
        ("1.000 - 1.500", "2.000", "133,33", "R/T", COCOK),
        ("1.000 - 1.500", "2.000", "", "", TANPA),
        ("3/4", "1/2", "66,67", "R/T", COCOK),
        ("1 : 20", "1 : 18", "111,11", "R/T", COCOK),
        ("1 : 20", "1 : 18", "90", "R/T", COCOK),
        ("1 : 20", "1 : 18", "", "", AMBIGU),
        ("(5)", "(4)", "80", "R/T", COCOK),
        ("45 (90%)", "40 (80%)", "88,89", "R/T", COCOK),
        ("1.234", "1,300", "", "", AMBIGU),
        ("900", "1.300", "144,44", "R/T", COCOK),
        ("1.000", "900", "0,090", "", AMBIGU),
        ("3\u00b11", "2,61", "100", "", COCOK),
        ("80", "40", "50 (B)", "", COCOK),
        ("80", "40", "Tercapai", "", TANPA),
        ("80", "40", "#DIV/0!", "", TANPA),
        ("80", "40", "40 - 60", "", TANPA),
        ("1,2E+05", "1,2E+05", "100", "", COCOK),
        ("3", "2", "67", "R/T", COCOK),
        ("3", "2", "66", "R/T", COCOK),
        ("3", "2", "68", "R/T", BEDA),
    ],
)
def test_rows_are_judged(
    target: str, realisasi: str, tercetak: str, rumus: str, keputusan: Keputusan
) -> None:
    putusan = putus(target, realisasi, tercetak, rumus)
    assert putusan.keputusan is keputusan, putusan.alasan
    assert (putusan.hasil is None) is (keputusan in (TAK, AMBIGU))
    assert putusan.alasan


@pytest.mark.parametrize(
    ("target", "realisasi", "sebab"),
    [
        ("", "1", "target kosong"),
        ("80", "-", "realisasi kosong"),
        ("#REF!", "1", "target galat"),
        ("80", "1O0", "realisasi teks"),
        ("80", "BB", "realisasi sebutan"),
        ("80", "70 - 75", "realisasi rentang"),
        ("80", "1 Mei 2023", "realisasi tanggal"),
        ("1 Mei 2023", "80", "target tanggal"),
        ("0", "1", "target nol"),
        ("-1", "1", "target kurang dari nol"),
        ("1 Mei 2023", "2 Mei 2023", "tabel keterlambatan tidak tercetak"),
        ("1 Mei 2023", "Mei 2023", "hari selesai tidak tercetak"),
        ("900", "1.300", "angka ambigu"),
    ],
)
def test_reasons_can_be_counted(target: str, realisasi: str, sebab: str) -> None:
    putusan = putus(target, realisasi)
    assert putusan.calon.sebab == sebab
    assert putusan.hasil is None


def test_every_unreadable_cell_is_named() -> None:
    alasan = putus("N/A", "#REF!", "#DIV/0!").alasan
    assert "target tidak ada angka (“N/A”)" in alasan
    assert "realisasi galat lembar kerja #REF!" in alasan
    assert "capaian tercetak galat lembar kerja #DIV/0!" in alasan


def test_predicates_are_shown_as_understood() -> None:
    calon = putus("Opini WTP", "Wajar Tanpa Pengecualian", "100").calon
    assert (calon.target, calon.realisasi, calon.nilai) == ("wtp", "wtp", 100)


def test_an_empty_direction_is_said_in_every_row() -> None:
    for isi in (("80", "70", "87,5", "R/T"), ("x", "", "", ""), ("", "", "5", "mean of above")):
        target, realisasi, tercetak, rumus = isi
        putusan = judge_baris(BarisUji(target, realisasi, tercetak, "", rumus))
        assert putusan.alasan.endswith("arah tidak tercetak, dipakai makin tinggi makin baik")


def test_nothing_left_has_a_reason_of_its_own() -> None:
    putusan = judge_baris(BarisUji("10", "0", "", "lower", "T/R"))
    assert putusan.calon.sebab == "realisasi tidak dapat menjadi pembagi"


@pytest.mark.parametrize(
    ("realisasi", "tercetak", "rumus", "hasil", "aturan"),
    [
        ("-1", "-50", "R/T", "-50", ", lantai, sebelum lantai dan batas"),
        ("-1", "0", "R/T", "0", ", lantai"),
        ("3", "150", "R/T capped at 100", "150", ", batas, sebelum lantai dan batas"),
        ("3", "100", "R/T capped at 100", "100", ", batas"),
    ],
)
def test_the_result_is_what_agrees_before_or_after_floor_and_cap(
    realisasi: str, tercetak: str, rumus: str, hasil: str, aturan: str
) -> None:
    putusan = putus("2", realisasi, tercetak, rumus)
    assert (putusan.keputusan, putusan.hasil) == (COCOK, Decimal(hasil))
    assert putusan.calon.aturan == f"realisasi ÷ target × 100{aturan}"


def test_a_formula_outside_the_engine_is_called_so() -> None:
    putusan = putus("5", "3", "40", "(T-R)/T")
    assert putusan.calon.aturan == "(T-R)/T menurut dokumen, di luar mesin"
    assert "tidak memberi 100 saat target tercapai" in putusan.alasan
    negatif = putus("-2", "-1", "50", "R/T")
    assert "target kurang dari nol" in negatif.alasan


@pytest.mark.parametrize(
    ("target", "realisasi", "tercetak", "saran"),
    [
        ("20", "16", "120", "(2 × target – realisasi) ÷ target × 100"),
        ("20", "16", "125", "target ÷ realisasi × 100"),
        ("20", "16", "0,8", "realisasi ÷ target × 100 sebagai pecahan"),
        ("20", "30", "120", "dengan batas 120%"),
        ("20", "30", "100", "dengan batas 100%"),
        ("20", "16", "81", ""),
        ("20", "0", "81", ""),
    ],
)
def test_what_would_have_agreed_is_suggested(
    target: str, realisasi: str, tercetak: str, saran: str
) -> None:
    putusan = putus(target, realisasi, tercetak)
    assert putusan.keputusan is BEDA
    assert putusan.alasan.partition("; cocok bila dihitung ")[2] == saran


def test_repeated_realisasi_that_was_changed_differs_without_advice() -> None:
    putusan = putus("80", "70", "71", "=R")
    assert putusan.keputusan is BEDA
    assert "cocok bila" not in putusan.alasan


def test_rupiah_have_no_third_decimal() -> None:
    assert putus("900", "1.300", satuan="Rp").calon.realisasi == "1300"
    assert putus("900", "1.300", satuan="Rupiah").keputusan is TANPA
    assert putus("900", "1.300", satuan="orang").keputusan is AMBIGU


def test_every_meaning_is_listed_even_where_the_print_decides() -> None:
    putusan = putus("900", "1.300", "144,44")
    assert putusan.keputusan is COCOK
    assert putusan.bacaan_lain == "realisasi 1300 (titik ribuan) atau 1.300 (titik desimal)"
    assert putusan.calon.realisasi == "1300"
    ambigu = putus("1.000 - 1.500", "2000")
    assert ambigu.calon.target == "1000 - 1500 atau 1.000 - 1.500"
    assert ambigu.bacaan_lain.startswith("target 1000 - 1500 (titik ribuan) atau")


def test_what_was_set_aside_is_said() -> None:
    alasan = putus("\u2265 80", "70 dokumen", "87,5").alasan
    assert "target disisihkan: \u2265" in alasan
    assert "realisasi disisihkan: dokumen" in alasan


def test_a_mean_of_printed_figures_is_a_mean_too() -> None:
    di_atas = Kelompok()
    for satu in (putus("3", "2", "66"), putus("3", "2", "67"), putus("3", "", "100")):
        di_atas.add(satu)
    baris = BarisUji("", "", "77,67", rumus="mean of the indicators above")
    putusan = judge_baris(baris, di_atas)
    assert (putusan.keputusan, str(putusan.hasil)[:8]) == (COCOK, "77.66666")
    assert "angka tercetak" in putusan.calon.aturan
    lain = judge_baris(BarisUji("", "", "50", rumus="mean"), di_atas)
    assert (lain.keputusan, lain.calon.alasan) == (BEDA, "rata-rata 2 indikator")


def test_a_mean_of_nothing_is_not_computable() -> None:
    di_atas = Kelompok()
    di_atas.add(putus("900", "1.300"))
    putusan = judge_baris(BarisUji("", "", "50", rumus="mean"), di_atas)
    assert (putusan.keputusan, putusan.calon.sebab) == (TAK, "tidak ada indikator di atasnya")


@pytest.mark.parametrize(
    ("nilai", "tercetak", "kata"),
    [
        ("87.625", "87.63", "dibulatkan 2 desimal"),
        ("87.625", "87.62", "dipotong 2 desimal"),
        ("87.625", "88", "dibulatkan 0 desimal"),
        ("-3333.333", "-3333.33", "dibulatkan 2 desimal"),
        ("-0.666", "-0.66", "dipotong 2 desimal"),
        ("87.625", "87.64", ""),
        ("125000", "1.2E+5", ""),
    ],
)
def test_print_is_rounded_or_cut(nilai: str, tercetak: str, kata: str) -> None:
    assert match_cetak(Decimal(nilai), Decimal(tercetak)) == kata
