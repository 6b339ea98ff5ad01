"""Reading the Waktu column."""

import pytest

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.durasi import WaktuBaku, WaktuTidakTerbaca, parse_waktu

MENIT, JAM = SatuanWaktu.MENIT, SatuanWaktu.JAM
KERJA, KALENDER = SatuanWaktu.HARI_KERJA, SatuanWaktu.HARI_KALENDER


@pytest.mark.parametrize(
    ("teks", "nilai", "satuan", "per_unit"),
    [
        ("10 menit", 10, MENIT, False),
        ("15 Menit", 15, MENIT, False),
        ("14 jam", 14, JAM, False),
        ("1 jam/ \nbidang", 1, JAM, True),
        ("1 jam per seksi", 1, JAM, True),
        ("4 hari", 4, KERJA, False),
        ("2 hari kerja", 2, KERJA, False),
        ("120 Hari", 120, KERJA, False),
        ("5 hari kalender", 5, KALENDER, False),
    ],
)
def test_every_notation_of_the_forms_is_read(
    teks: str, nilai: int, satuan: SatuanWaktu, *, per_unit: bool
) -> None:
    assert parse_waktu(teks) == WaktuBaku(Durasi(nilai, satuan), per_unit)


@pytest.mark.parametrize("teks", ["", " \n", "-"])
def test_an_empty_cell_means_without_limit(teks: str) -> None:
    assert parse_waktu(teks) == WaktuBaku(None)


def test_a_bare_number_takes_the_unit_of_the_heading() -> None:
    assert parse_waktu("480", MENIT) == WaktuBaku(Durasi(480, MENIT))


@pytest.mark.parametrize(
    "teks",
    ["3 - 5 hari", "segera", "480", "0 jam", "1,5 jam", "-2 hari", "10 menit saja", "2 minggu"],
)
def test_anything_else_is_refused_with_a_sentence(teks: str) -> None:
    with pytest.raises(WaktuTidakTerbaca, match=r"^Waktu .*\.$"):
        parse_waktu(teks)
