"""Datasets as files: what goes out reads back, and nothing in it calculates."""

import csv
import io
import json
from decimal import Decimal

import pytest
from django.test import Client

from sakip.common.lembar import Jenis, read_buku
from tests.factories.kinerja import make_baris
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
RUMUS = "=HYPERLINK(1)"


@pytest.fixture
def pembaca(client: Client, bidang: Bidang) -> Client:
    """Somebody of the office, with one verified year in it."""
    baris = make_baris(bidang.unit, ("90", "88.2"), ("10", "-5"), ("5", None), diverifikasi=True)
    baris[0].nama = RUMUS
    baris[0].save()
    client.force_login(bidang.perencana.pengguna)
    return client


def test_csv_keeps_figures_and_defuses_text(pembaca: Client) -> None:
    teks = pembaca.get("/capaian/data/2026.csv").content.decode("utf-8-sig")
    satu, dua, kosong = csv.DictReader(io.StringIO(teks))
    assert (satu["indikator"], satu["realisasi"]) == (f"'{RUMUS}", "88.2")
    assert (dua["realisasi"], kosong["realisasi"]) == ("-5", "")


def test_excel_holds_numbers_text_and_metadata(pembaca: Client) -> None:
    buku = read_buku(pembaca.get("/capaian/data/2026.xlsx").content)
    lembar = buku.get("Capaian")
    assert lembar
    assert (lembar.at(2, 2).jenis, lembar.at(2, 2).teks) == (Jenis.TEKS, RUMUS)
    assert (lembar.at(2, 9).jenis, Decimal(lembar.at(2, 9).teks)) == (Jenis.ANGKA, Decimal("88.2"))
    assert lembar.at(4, 9).teks == ""
    metadata = buku.get("Metadata")
    assert metadata
    assert metadata.at(2, 2).teks.startswith("Capaian kinerja")


def test_json_carries_definitions(pembaca: Client) -> None:
    isi = json.loads(pembaca.get("/capaian/data/2026.json").content)
    assert set(isi["metadata"]) == {"nama", "definisi", "satuan", "periode", "sumber", "kode"}
    assert len(isi["indikator"]) == 3
    assert isi["capaian"][0]["capaian_persen"] == "98"


def test_page_offers_the_years_that_have_something(pembaca: Client) -> None:
    isi = pembaca.get("/capaian/data/").content.decode()
    assert "Capaian kinerja 2026" in isi
    assert "titik desimal, tanpa pemisah ribuan" in isi
    assert pembaca.get("/capaian/data/2020.csv").status_code == 404
    assert pembaca.get("/capaian/data/2026.pdf").status_code == 404


def test_without_verified_figures_there_is_nothing_to_download(
    client: Client, bidang: Bidang
) -> None:
    make_baris(bidang.unit, ("90", "88"), diajukan=True)
    client.force_login(bidang.perencana.pengguna)
    assert "Belum ada capaian" in client.get("/capaian/data/").content.decode()
    assert client.get("/capaian/data/2026.csv").status_code == 404


@pytest.mark.parametrize(
    "alamat",
    ["data/2026.csv?label=%00", "kamus/?label=a%00b", "rekap/?label=%00", "kamus%00/"],
)
def test_an_address_with_nul_is_refused_before_any_database_sees_it(
    pembaca: Client, alamat: str
) -> None:
    assert pembaca.get(f"/capaian/{alamat}").status_code == 400
