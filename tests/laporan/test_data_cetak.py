"""The data inside of a report's PDF: the figures of the frozen version, as figures."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import pikepdf
import pytest
from openpyxl import load_workbook

from laporan.models import Draf, VersiNaskah
from laporan.selectors.blok.bentuk import BlokData, Kolom, Tabel
from laporan.selectors.data_cetak import build_lampiran
from laporan.selectors.naskah import build_isi
from laporan.services import naskah
from tests.laporan.meja_tanda import read, until, until_beku
from tests.laporan.naskah_besar import SASARAN, make_tabel
from tests.laporan.rute import Kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def versi(kantor_satu: Kantor, now: datetime) -> VersiNaskah:
    """A version with one table of capaian and one data block."""
    draf: Draf = until(kantor_satu, 2, now)
    versi = draf.versi_naskah.get()
    kolom = (Kolom("Program"), Kolom("Pagu", is_angka=True))
    blok = BlokData("anggaran", (Tabel("Anggaran: 2026", kolom, (("Satu", "10"),)),))
    versi.tabel = [make_tabel(0), blok.to_json()]
    return versi


def test_csv_has_a_row_of_figures_for_each_indikator(versi: VersiNaskah) -> None:
    data, _buku = build_lampiran(versi)
    baris = list(csv.DictReader(io.StringIO(data.isi.decode("utf-8-sig"))))
    assert len(baris) == len(versi.tabel[0]["baris"])
    assert baris[0]["Sasaran"] == SASARAN[0]
    assert (baris[0]["Target"], baris[0]["Capaian (%)"]) == ("90.5", "90")


def test_workbook_has_every_table(versi: VersiNaskah) -> None:
    _data, buku = build_lampiran(versi)
    lembar = load_workbook(io.BytesIO(buku.isi))
    assert lembar.sheetnames == ["Capaian", "1 Anggaran  2026"]
    assert Decimal(str(lembar["Capaian"]["E2"].value)) == Decimal("90.5")
    assert [s.value for s in lembar.worksheets[1][2]] == ["Satu", "10"]


def test_missing_figures_stay_missing(versi: VersiNaskah) -> None:
    versi.tabel[0]["baris"][0] |= {"realisasi": None, "persen": None}
    data, _buku = build_lampiran(versi)
    baris = list(csv.DictReader(io.StringIO(data.isi.decode("utf-8-sig"))))
    assert (baris[0]["Realisasi"], baris[0]["Capaian (%)"]) == ("", "")


def test_a_version_without_figures_carries_nothing(versi: VersiNaskah) -> None:
    versi.tabel = []
    assert build_lampiran(versi) == []


def test_equal_versions_carry_equal_bytes(versi: VersiNaskah) -> None:
    assert build_lampiran(versi) == build_lampiran(versi)


def test_frozen_document_carries_its_data(
    kantor_satu: Kantor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naskah, "build_naskah", lambda d, **_k: (build_isi(d), [make_tabel(0)]))
    draf, dokumen = until_beku(kantor_satu, 3, now)
    versi = draf.versi_naskah.latest("nomor")
    with pikepdf.open(io.BytesIO(read(dokumen))) as pdf:
        assert len(pdf.attachments) == 2
        assert sorted(pdf.attachments) == sorted(b.nama for b in build_lampiran(versi))
        assert b"pdfuaid" not in pdf.Root.Metadata.read_bytes()
