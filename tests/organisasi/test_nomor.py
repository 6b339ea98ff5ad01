"""Patterns of numbers: the three schemes seen on real SOPs, and what cannot be used."""

from datetime import date

import pytest

from organisasi.rules.nomor import (
    Unsur,
    format_nomor,
    list_masalah_pola,
    make_kurun,
    next_sisipan,
)

HARI = date(2023, 2, 9)


@pytest.mark.parametrize(
    ("pola", "unsur", "nomor"),
    [
        (
            "{klasifikasi}/{nomor}/{kode_unit}/{bulan_romawi}/{tahun}",
            Unsur(101, HARI, "", "800", "Kes-Set"),
            "800/101/Kes-Set/II/2023",
        ),
        (
            "{nomor}/SOP/{bulan_romawi}/{tahun}",
            Unsur(5459, date(2023, 8, 16)),
            "5459/SOP/VIII/2023",
        ),
        (
            "{klasifikasi}/{nomor}/{kode_unit}/{tahun}",
            Unsur(111, HARI, "", "065", "416-317"),
            "065/111/416-317/2023",
        ),
        ("{nomor:03}/{bulan}/{tahun}", Unsur(7, HARI, "b"), "007.b/02/2023"),
    ],
)
def test_numbers_are_written_as_offices_write_them(pola: str, unsur: Unsur, nomor: str) -> None:
    isi = {"klasifikasi": unsur.klasifikasi, "kode_unit": unsur.kode_unit}
    assert list_masalah_pola(pola, reset="tahun", **isi) == []
    assert format_nomor(pola, unsur) == nomor


@pytest.mark.parametrize(
    ("pola", "reset", "kata"),
    [
        ("{tahun}", "tahun", "{nomor} tepat satu kali"),
        ("{nomor}/{nomor:03}/{tahun}", "tahun", "{nomor} tepat satu kali"),
        ("{nomor}", "tahun", "memuat {tahun}"),
        ("{nomor}/{tahun}", "bulan", "{bulan} atau {bulan_romawi}"),
        ("{nomor}/{hari}", "tidak", "{hari} tidak dikenal"),
        ("{nomor:3}", "tidak", "{nomor:3} tidak dikenal"),
        ("{nomor}/{tahun", "tidak", "tidak berpasangan"),
        ("{nomor}/{klasifikasi}", "tidak", "Isi dahulu klasifikasi"),
        ("{nomor}/{kode_unit}", "tidak", "Isi dahulu kode_unit"),
    ],
)
def test_a_pattern_that_would_lose_or_double_a_number_is_refused(
    pola: str, reset: str, kata: str
) -> None:
    assert any(kata in m for m in list_masalah_pola(pola, reset=reset))


def test_an_endless_register_needs_no_year() -> None:
    assert list_masalah_pola("{nomor}", reset="tidak") == []


def test_counts_begin_again_by_year_or_month() -> None:
    assert [make_kurun(r, HARI) for r in ("tahun", "bulan", "tidak")] == ["2023", "2023-02", ""]


def test_letters_run_from_a_to_z() -> None:
    assert (next_sisipan(0), next_sisipan(25), next_sisipan(26)) == ("a", "z", None)
