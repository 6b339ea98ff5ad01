"""Edges of small rules that a page or a workbook seldom reaches."""

from decimal import Decimal

import pytest

from kinerja.rules.acuan import Acuan
from kinerja.rules.isian import BentukNilai, check_realisasi
from kinerja.rules.kolom import Kolom, SelTidakTerbaca
from sakip.common.lembar_isi import Jenis, Sel


@pytest.mark.parametrize(
    ("nilai", "bentuk", "pesan"),
    [
        ("-1", BentukNilai(), "kurang dari nol"),
        ("-1", BentukNilai(is_dapat_negatif=True), ""),
        ("101", BentukNilai(maks=Decimal(100)), "paling tinggi indikator ini 100"),
        ("100", BentukNilai(maks=Decimal(100)), ""),
        ("1e14", BentukNilai(), "terlalu besar"),
        ("99999999999999", BentukNilai(), ""),
    ],
)
def test_an_impossible_realisasi_is_named(nilai: str, bentuk: BentukNilai, pesan: str) -> None:
    alasan = check_realisasi(Decimal(nilai), bentuk)
    assert pesan in alasan
    assert bool(alasan) is bool(pesan)


def test_a_cell_longer_than_its_column_is_refused() -> None:
    kolom = Kolom("nama", "Nama", maks=5)
    assert kolom.read(Sel(Jenis.TEKS, "12345")) == "12345"
    with pytest.raises(SelTidakTerbaca, match="Nama paling panjang 5 huruf"):
        kolom.read(Sel(Jenis.TEKS, "123456"))


@pytest.mark.parametrize(("isi", "kata"), [("TRUE", "Ya"), ("FALSE", "Tidak")])
def test_a_tick_of_excel_is_a_word(isi: str, kata: str) -> None:
    assert Kolom("aktif", "Aktif").read(Sel(Jenis.LOGIKA, isi)) == kata


def test_a_row_is_named_as_shortly_as_is_clear() -> None:
    acuan = Acuan("Indikator", [("1", "1.1"), ("2", "1.1"), ("2", "2.1")])
    assert acuan.shorten(("2", "2.1")) == "2.1"
    assert acuan.shorten(("1", "1.1")) == "1/1.1"
    assert acuan.shorten(()) == ""
