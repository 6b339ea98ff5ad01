"""Reading a pasted list of free days; which hours a week may have."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisasi.rules.kalender import BarisLibur, explain_jam, parse_daftar_libur
from sakip.common.waktu import BULAN, JAM_KERJA_BAKU, JAM_RAMADAN_BAKU, Sesi

TAHUN_BARU = BarisLibur(date(2027, 1, 1), "Tahun Baru 2027 Masehi")


@pytest.mark.parametrize(
    "baris",
    [
        "2027-01-01 Tahun Baru 2027 Masehi",
        "2027-1-1; Tahun Baru 2027 Masehi",
        "2027-01-01\tTahun Baru 2027 Masehi ",
        "1 Januari 2027 - Tahun Baru 2027 Masehi",
        "01 JANUARI 2027: Tahun Baru 2027 Masehi",
    ],
    ids=["iso", "titik-koma", "tab", "kata", "huruf-besar"],
)
def test_line_is_read_in_the_ways_people_paste_it(baris: str) -> None:
    assert parse_daftar_libur(f"\n{baris}\n\n") == ([TAHUN_BARU], [])


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("", "Belum ada baris"),
        ("Tahun Baru", "Baris 1: “Tahun Baru” tidak diawali tanggal"),
        ("2027-01-01", "Baris 1: namanya kosong"),
        ("2027-01-01 " + "x" * 151, "lebih dari 150 huruf"),
        ("2027-02-30 Tidak ada", "Baris 1: tanggal 2027-02-30 tidak ada."),
        ("31 April 2027 Tidak ada", "tanggal 31 April 2027 tidak ada."),
        ("2027-01-01 Satu\n1 Januari 2027 Dua", "Baris 2: 2027-01-01 sudah tertulis"),
    ],
    ids=["kosong", "tanpa-tanggal", "tanpa-nama", "panjang", "iso", "kata", "ganda"],
)
def test_line_that_cannot_be_read_is_named(teks: str, pesan: str) -> None:
    _hari, masalah = parse_daftar_libur(teks)
    assert len(masalah) == 1
    assert pesan in masalah[0]


@given(st.lists(st.dates(date(2000, 1, 1), date(2100, 12, 31)), unique=True, min_size=1))
def test_every_list_of_days_reads_back(hari: list[date]) -> None:
    teks = "\n".join(f"{h.day} {BULAN[h.month - 1]} {h.year} Libur" for h in hari)
    assert parse_daftar_libur(teks) == ([BarisLibur(h, "Libur") for h in hari], [])


@given(st.text(max_size=300))
def test_any_text_is_answered_with_days_or_faults(teks: str) -> None:
    hari, masalah = parse_daftar_libur(teks)
    assert hari or masalah


def sesi(*jam: int) -> tuple[Sesi, ...]:
    """Sessions between those full hours, two by two."""
    return tuple((time(a), time(b)) for a, b in zip(jam[::2], jam[1::2], strict=True))


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        ({}, "paling sedikit satu jam"),
        ({0: ((time(8), time(8, 30)),)}, "paling sedikit satu jam"),
        ({0: sesi(8, 8)}, "Senin: jam selesai harus sesudah jam mulai"),
        ({4: sesi(8, 12, 11, 16)}, "Jumat: sesi kedua harus mulai sesudah"),
    ],
    ids=["kosong", "setengah-jam", "terbalik", "tumpang"],
)
def test_week_that_cannot_be_worked_is_refused(
    isi: dict[int, tuple[Sesi, ...]], pesan: str
) -> None:
    (masalah,) = explain_jam(isi)
    assert pesan in masalah


@pytest.mark.parametrize(
    "isi",
    [JAM_KERJA_BAKU, JAM_RAMADAN_BAKU, {6: sesi(8, 9)}, {0: sesi(8, 12, 12, 16)}],
    ids=["biasa", "ramadan", "sejam", "tanpa-jeda"],
)
def test_week_with_an_hour_of_work_holds(isi: dict[int, tuple[Sesi, ...]]) -> None:
    assert explain_jam(isi) == []
