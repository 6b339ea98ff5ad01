"""Figures of two versions beside each other."""

from laporan.rules.beda_angka import BedaAngka, compare_angka

BARIS = {"nomor": 1, "kode": "I1", "indikator": "Keberhasilan pengobatan TB", "target_teks": "90"}
LAMA = {
    "judul": "Sasaran 2",
    "baris": [
        {**BARIS, "realisasi": "86.1", "realisasi_teks": "86,1", "capaian_teks": "95,67%"},
        {"nomor": 2, "kode": "I2", "indikator": "Imunisasi", "realisasi_teks": "91,4"},
    ],
}


def test_nothing_changed_says_nothing() -> None:
    assert compare_angka([LAMA], [LAMA]) == []


def test_a_changed_figure_names_its_indikator_once() -> None:
    baris = {**LAMA["baris"][0], "realisasi": "88.7", "realisasi_teks": "88,7"}  # type: ignore[dict-item]
    baru = {**LAMA, "baris": [LAMA["baris"][1], baris]}
    assert compare_angka([LAMA], [baru]) == [
        BedaAngka("Sasaran 2", "Keberhasilan pengobatan TB", "Realisasi", "86,1", "88,7")
    ]


def test_rows_and_tables_that_came_or_went_are_named() -> None:
    baru = {**LAMA, "baris": LAMA["baris"][:1]}
    assert compare_angka([LAMA], [baru]) == [
        BedaAngka("Sasaran 2", "Imunisasi", "Baris", "ada", "tidak ada")
    ]
    assert compare_angka([], [LAMA]) == [BedaAngka("Sasaran 2", "", "", "tidak ada", "ada")]


def test_missing_is_a_dash_and_not_zero() -> None:
    satu, dua = ({"judul": "T", "nilai": n} for n in (None, 0))
    assert compare_angka([satu], [dua]) == [BedaAngka("T", "", "Nilai", "–", "0")]


def test_words_for_claims_and_for_values_that_are_no_single_figure() -> None:
    lama = {"judul": "T", "ada": True, "isi": "a", "rtl": ["x"], "satu": []}
    baru = {"judul": "T", "ada": False, "isi": ["a"], "rtl": ["y"], "satu": ""}
    assert [(b.kolom, b.lama, b.baru) for b in compare_angka([lama], [baru])] == [
        ("Ada", "ya", "tidak"),
        ("Isi", "a", "ada"),
        ("RTL", "x", "y"),
    ]


def test_rows_that_share_every_name_are_compared_in_their_order() -> None:
    lama, baru = (
        {"judul": "T", "baris": [{"nama": "a", "n": 1}, {"nama": "a", "n": n}]} for n in (2, 3)
    )
    assert compare_angka([lama], [baru]) == [BedaAngka("T", "a", "N", "2", "3")]


def test_a_colour_that_came_with_a_verdict_is_no_figure() -> None:
    satu, dua = (
        {"judul": "T", "kategori_warna": w, "terverifikasi": w != ""} for w in ("", "daun")
    )
    assert compare_angka([satu], [dua]) == [BedaAngka("T", "", "Terverifikasi", "tidak", "ya")]
