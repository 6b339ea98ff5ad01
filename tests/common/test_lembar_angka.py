"""What a stored figure of a workbook is: an amount, a share, a moment."""

from datetime import datetime

import pytest

from sakip.common.lembar_anak import angka, arsip


@pytest.mark.parametrize(
    ("isi", "kelas", "hasil"),
    [
        ("98.239999999999995", "", ("angka", "98.24")),
        ("1E-7", "", ("angka", "0.0000001")),
        ("-12", "persen", ("persen", "-12")),
        ("123456789012345678", "", ("angka", "123456789012345680")),
        ("45982.354166666664", "waktu", ("waktu", "2025-11-21 08:30:00")),
        ("0.354166666666667", "waktu", ("waktu", "08:30:00")),
        ("1.0833333333333333", "lama", ("waktu", "1 day, 2:00:00")),
        ("59", "waktu", ("tanggal", "1900-02-28")),
        ("61", "waktu", ("tanggal", "1900-03-01")),
        ("1e12", "waktu", ("galat", "#VALUE!")),
    ],
)
def test_a_stored_figure_is_what_excel_shows(isi: str, kelas: str, hasil: tuple[str, str]) -> None:
    assert angka.describe_angka(isi, kelas, datetime(1899, 12, 30)) == hasil  # noqa: DTZ001 - Excel knows no zones


@pytest.mark.parametrize("isi", ["abc", "", "1_0x"])
def test_what_is_no_figure_is_refused(isi: str) -> None:
    with pytest.raises(arsip.Tolak, match="rusak"):
        angka.describe_angka(isi, "", datetime(1899, 12, 30))  # noqa: DTZ001 - as above


@pytest.mark.parametrize(
    ("nomor", "bentuk", "kelas"),
    [
        (0, "", ""),
        (9, "", "persen"),
        (14, "", "waktu"),
        (46, "", "lama"),
        (170, '"hari "0', ""),
        (171, "[Red]#,##0", ""),
        (172, "dd/mm/yyyy;@", "waktu"),
        (173, "[h]:mm", "lama"),
        (174, "0.0%", "persen"),
        (175, "_-Rp* #,##0_-", ""),
    ],
)
def test_a_number_format_says_what_a_figure_is(nomor: int, bentuk: str, kelas: str) -> None:
    assert angka.classify(nomor, bentuk) == kelas
