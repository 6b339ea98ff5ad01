"""The structure of a document as data: what each kind of report has, numbered and repeated."""

from dataclasses import replace

import pytest

from laporan.rules.blok import BLOK
from laporan.rules.kerangka import (
    JENIS,
    TEKS,
    Bagian,
    Butir,
    arrange_bagian,
    drop_bagian,
    find_kosong,
    insert_bagian,
    list_salah,
    list_tercetak,
    make_kode,
    move_bagian,
    place_lembar,
    select_bagian,
    write_romawi,
)
from laporan.selectors.kerangka import list_baku
from sakip.common.teks_kaya import bersihkan

DOKUMEN = ("laporan_kinerja", "perjanjian_kinerja", "rencana_aksi")
RENCANA = (
    Butir(7, "1", "Sehat", (Butir(71, "1.1", "Gizi"), Butir(72, "1.2", "Imunisasi"))),
    Butir(8, "2", "Tertib", (Butir(81, "2.1", "Nilai SAKIP"),)),
)
dokumen = pytest.mark.parametrize("dokumen", DOKUMEN)


@dokumen
def test_the_template_that_comes_with_the_product_is_sound(dokumen: str) -> None:
    semua = list_baku(dokumen)
    assert not list_salah(semua)
    for b in semua:
        assert set(b.untuk) <= set(JENIS)
        assert set(b.wajib) <= set(b.untuk)
        assert set(b.blok) <= {*BLOK, TEKS}
        assert bersihkan(b.isi) == b.isi


def judul(jenis: str) -> list[str]:
    """Titles of a report of that kind."""
    bagian = select_bagian(list_baku("laporan_kinerja"), jenis)
    return [s.judul for s in arrange_bagian(bagian, RENCANA)]


def test_an_annual_report_has_the_chapters_of_the_regulation() -> None:
    semua = judul("tahunan")
    bab = [j for j in semua if j.startswith("Bab ")]
    assert bab == [
        "Bab I Pendahuluan",
        "Bab II Perencanaan Kinerja",
        "Bab III Akuntabilitas Kinerja",
        "Bab IV Penutup",
    ]
    assert semua.index("Ikhtisar Eksekutif") < semua.index("Bab I Pendahuluan")
    ada = [
        "1.1 Latar Belakang",
        "1.2 Dasar Hukum",
        "2.2 Perjanjian Kinerja",
        "3.2 Realisasi Anggaran",
    ]
    assert set(ada) <= set(semua)


def test_each_indikator_has_its_place_below_its_sasaran() -> None:
    semua = judul("tahunan")
    awal = semua.index("3.1.1 Sasaran 1: Sehat")
    assert semua[awal : awal + 5] == [
        "3.1.1 Sasaran 1: Sehat",
        "Indikator 1.1: Gizi",
        "Indikator 1.2: Imunisasi",
        "3.1.2 Sasaran 2: Tertib",
        "Indikator 2.1: Nilai SAKIP",
    ]


def test_shorter_periods_have_shorter_reports() -> None:
    assert len(judul("bulanan")) < len(judul("triwulan")) < len(judul("tahunan"))
    assert "Kata Pengantar" not in judul("bulanan")


def test_codes_stay_apart_where_a_part_repeats() -> None:
    susun = arrange_bagian(select_bagian(list_baku("laporan_kinerja"), "tahunan"), RENCANA)
    assert len({s.kode for s in susun}) == len(susun)


def test_a_part_switched_off_takes_what_lies_below_along() -> None:
    bagian = [Bagian("a", "A"), Bagian("b", "B", tingkat=2), Bagian("c", "C")]
    mati = [replace(bagian[0], is_aktif=False), *bagian[1:]]
    assert [b.kode for b in select_bagian(mati, "tahunan")] == ["c"]
    assert [b.kode for b in select_bagian(bagian, "tahunan")] == ["a", "b", "c"]


def test_annexes_are_counted_apart_and_their_parts_bear_no_number() -> None:
    bagian = [
        Bagian("a", "Isi", nomor="bab"),
        Bagian("b", "Bagian", tingkat=2),
        Bagian("c", "Dalam", tingkat=3),
        Bagian("d", "Lain", tingkat=3),
        Bagian("e", "Akhir", tingkat=2),
        Bagian("f", "Satu", nomor="lampiran"),
        Bagian("g", "Dua", nomor="lampiran"),
        Bagian("h", "Bawah", tingkat=2),
    ]
    assert [s.judul for s in arrange_bagian(bagian)] == [
        "Bab I Isi",
        "1.1 Bagian",
        "1.1.1 Dalam",
        "1.1.2 Lain",
        "1.2 Akhir",
        "Lampiran I Satu",
        "Lampiran II Dua",
        "Bawah",
    ]


def test_an_indikator_part_may_stand_without_a_sasaran_part() -> None:
    bagian = [Bagian("a", "Isi"), Bagian("i", "Indikator", tingkat=2, ulang="indikator")]
    assert [s.kode for s in arrange_bagian(bagian, RENCANA)] == ["a", "i-71", "i-72", "i-81"]


@pytest.mark.parametrize(
    ("bagian", "kata"),
    [
        ([Bagian("a", "A", is_aktif=False)], "Paling sedikit satu"),
        ([Bagian("a", "A"), Bagian("a", "B")], "dua kali"),
        ([Bagian("a", "A"), Bagian("b", "B", tingkat=3)], "melompat"),
        ([Bagian("a", "A", tingkat=2)], "melompat"),
        ([Bagian("a", "A"), Bagian("b", "B", tingkat=2, nomor="bab")], "bagian utama"),
        ([Bagian("a", "A", blok=("banding",))], "tiap indikator"),
        ([Bagian("a", "A"), Bagian("s", "S", lembar="sampul")], "paling depan"),
        ([Bagian("a", "A"), Bagian("d", "D", lembar="daftar_isi")], "tempat tanda tangan"),
        ([Bagian("p", "P", lembar="pengesahan", untuk=("tahunan",))], "tempat tanda tangan"),
    ],
)
def test_what_makes_no_document_is_said(bagian: list[Bagian], kata: str) -> None:
    assert kata in list_salah(bagian)[0]


def test_a_heading_is_empty_only_with_everything_below_it() -> None:
    #          I: below says something   II: nothing at all      III
    bagian = [(1, False), (2, True), (1, False), (2, False), (3, False), (1, True), (2, False)]
    assert find_kosong(bagian) == [False, False, True, True, True, False, True]


@pytest.mark.parametrize(
    ("n", "teks"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (38, "XXXVIII")]
)
def test_roman_numerals(n: int, teks: str) -> None:
    assert write_romawi(n) == teks


@pytest.mark.parametrize(
    ("bagian", "tercetak"),
    [
        # nobody counts with it, so it may go; the last of those counted may go as well
        ([(1, "", True), (1, "Bab", False), (1, "Bab", True)], "-+-"),
        # a gap in the numbers would be worse than an empty part
        ([(1, "Bab", True), (1, "", True), (1, "Bab", False)], "+-+"),
        # subchapters are counted within their chapter
        ([(1, "Bab", False), (2, "1.", True), (1, "Bab", False), (2, "2.", False)], "+-++"),
        # what stands below keeps its head
        ([(1, "", True), (2, "", False)], "++"),
    ],
)
def test_an_empty_part_is_left_out_where_no_number_goes_missing(
    bagian: list[tuple[int, str, bool]], tercetak: str
) -> None:
    assert "".join("+" if t else "-" for t in list_tercetak(bagian)) == tercetak


def test_parts_come_and_go_with_what_lies_below() -> None:
    bagian = [Bagian("a", "A"), Bagian("b", "B", tingkat=2), Bagian("c", "C")]

    def kode(semua: list[Bagian]) -> str:
        return "".join(b.kode for b in semua)

    assert kode(insert_bagian(bagian, Bagian("x", "X"), "a")) == "abxc"
    assert kode(insert_bagian(bagian, Bagian("x", "X", tingkat=2), "a")) == "axbc"
    assert kode(insert_bagian(bagian, Bagian("x", "X"), "b")) == "abxc"
    assert kode(drop_bagian(bagian, "a")) == "c"
    assert kode(drop_bagian(bagian, "c")) == "ab"


def test_codes_of_new_parts_are_their_own() -> None:
    assert make_kode("Inovasi & Penghargaan", []) == "inovasi-penghargaan"
    assert make_kode("Ubah", ["ubah", "ubah-2"]) == "ubah-3"
    assert make_kode("???", []) == "bagian"
    assert len(make_kode("a" * 200, ["a" * 36])) <= 40


def test_sheets_stand_before_the_part_that_follows() -> None:
    bagian = [
        Bagian("s", "S", lembar="sampul"),
        Bagian("d", "D", lembar="daftar_isi"),
        Bagian("a", "A", nomor="bab"),
        Bagian("g", "G", lembar="daftar_gambar"),
    ]
    susun = arrange_bagian(bagian)
    assert place_lembar(susun) == [("sampul", "a"), ("daftar_isi", "a"), ("daftar_gambar", "")]


def test_a_part_moves_with_what_lies_below_it() -> None:
    bagian = [Bagian("a", "A"), Bagian("b", "B", tingkat=2), Bagian("c", "C"), Bagian("d", "D")]

    def kode(semua: list[Bagian]) -> str:
        return "".join(b.kode for b in semua)

    assert kode(move_bagian(bagian, "a", turun=True)) == "cabd"
    assert kode(move_bagian(bagian, "c", turun=False)) == "cabd"
    assert kode(move_bagian(bagian, "d", turun=False)) == "abdc"
    for tepi, turun in (("a", False), ("d", True), ("b", True), ("b", False)):
        assert kode(move_bagian(bagian, tepi, turun=turun)) == "abcd"
