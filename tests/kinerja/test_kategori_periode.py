"""Scales and periods."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.kategori import SKALA_BAKU, Kategori, find_kategori
from kinerja.rules.periode import Periode, find_periode


@pytest.mark.parametrize(
    ("persen", "label", "warna"),
    [
        ("224", "Sangat Tinggi", "daun"),
        ("91", "Sangat Tinggi", "daun"),
        ("90.9999", "Tinggi", "daun"),
        ("90.4", "Tinggi", "daun"),
        ("76", "Tinggi", "daun"),
        ("75.5", "Sedang", "kunyit"),
        ("66", "Sedang", "kunyit"),
        ("51", "Rendah", "bata"),
        ("50.99", "Sangat Rendah", "bata"),
        ("0", "Sangat Rendah", "bata"),
    ],
)
def test_bands_begin_where_the_one_below_ends(persen: str, label: str, warna: str) -> None:
    kategori = find_kategori(Decimal(persen))
    assert (kategori.label, kategori.warna) == (label, warna)


def test_an_office_may_bring_its_own_scale() -> None:
    skala = (Kategori(Decimal(100), "Tercapai", "daun"), Kategori(None, "Belum", "bata"))
    assert find_kategori(Decimal("99.99"), skala).label == "Belum"


@given(st.decimals(min_value=-1000, max_value=1000, places=3))
def test_every_percentage_has_a_band(persen: Decimal) -> None:
    assert find_kategori(persen) in SKALA_BAKU


@pytest.mark.parametrize(
    ("triwulan", "nama", "bulan", "awal", "akhir"),
    [
        (1, "Triwulan I Tahun 2026", "Januari sampai Maret 2026", (1, 1), (3, 31)),
        (2, "Triwulan II Tahun 2026", "April sampai Juni 2026", (4, 1), (6, 30)),
        (3, "Triwulan III Tahun 2026", "Juli sampai September 2026", (7, 1), (9, 30)),
        (4, "Triwulan IV Tahun 2026", "Oktober sampai Desember 2026", (10, 1), (12, 31)),
    ],
)
def test_names_months_and_days(
    triwulan: int, nama: str, bulan: str, awal: tuple[int, int], akhir: tuple[int, int]
) -> None:
    periode = Periode(2026, triwulan)
    assert (periode.nama, periode.bulan) == (nama, bulan)
    assert (periode.awal, periode.akhir) == (date(2026, *awal), date(2026, *akhir))


def test_short_name() -> None:
    assert Periode(2026, 4).singkat == "TW IV"


@pytest.mark.parametrize("triwulan", [0, 5, -1])
def test_there_are_four(triwulan: int) -> None:
    with pytest.raises(ValueError, match="tidak ada"):
        Periode(2026, triwulan)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2100, 12, 30)))
def test_a_day_lies_in_exactly_one(hari: date) -> None:
    periode = find_periode(hari)
    assert periode.awal <= hari <= periode.akhir
    berikut = find_periode(periode.akhir + timedelta(days=1))
    assert periode < berikut
