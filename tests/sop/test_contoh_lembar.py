"""The empty workbook of an office, filled in by hand as its instructions say."""

import io

import pytest
from openpyxl import Workbook, load_workbook

from organisasi.models import Instansi
from sakip.common.lembar import read_buku
from sakip.common.lembar_tulis import to_bytes
from sop.rules.lembar import HasilLembar, read_lembar
from sop.rules.masalah import list_galat
from sop.rules.periksa import check_graf
from sop.selectors import map_jabatan
from sop.selectors.contoh_lembar import build_contoh
from tests.factories.organisasi import InstansiFactory
from tests.factories.sop import create_instansi

pytestmark = pytest.mark.django_db
LANGKAH = (
    ("Memerintahkan penyusunan laporan", 0, "○ Mulai", "10 menit"),
    ("Menyusun konsep", 1, "x", "3 hari"),
    ("Mengoreksi konsep", 2, "◇ Keputusan", "1 hari"),
    ("Menandatangani laporan", 0, "○ Selesai", "1 jam"),
)


@pytest.fixture
def instansi() -> Instansi:
    """The office of the Dinkes file."""
    return create_instansi()


def _buka(instansi: Instansi) -> Workbook:
    return load_workbook(io.BytesIO(build_contoh(instansi)))


def _baca(buku: Workbook, instansi: Instansi) -> HasilLembar:
    return read_lembar(read_buku(to_bytes(buku)), map_jabatan(instansi))


def _kolom(buku: Workbook, kunci: str) -> int:
    return next(int(s.column) for s in buku["Prosedur"][4] if s.value == f"#{kunci}")


def test_four_rows_with_marks_make_a_route_that_may_be_published(instansi: Instansi) -> None:
    buku = _buka(instansi)
    s = buku["Prosedur"]
    for baris, (kegiatan, lajur, tanda, waktu) in enumerate(LANGKAH, start=5):
        s.cell(baris, 2).value, s.cell(baris, 3 + lajur).value = kegiatan, tanda
        s.cell(baris, _kolom(buku, "waktu")).value = waktu
        s.cell(baris, _kolom(buku, "kelengkapan")).value = "Renja\nDPA"
    s.cell(7, _kolom(buku, "tidak")).value = 2
    kunci = {str(sel.value): sel.row for (sel,) in reversed(buku["Identitas"]["C2:C80"])}
    buku["Identitas"].cell(kunci["nama"], 2).value = "SOP Uji"
    buku["Identitas"].cell(kunci["dasar_hukum"], 2).value = "Peraturan satu"
    buku["Identitas"].cell(kunci["dasar_hukum"] + 1, 2).value = "Peraturan dua"
    hasil = _baca(buku, instansi)
    graf = hasil.sop.graf
    assert hasil.temuan == ()
    assert list_galat(check_graf(graf)) == []
    assert [g.simbol for g in graf.langkah] == ["mulai", "proses", "keputusan", "akhir"]
    assert graf.langkah[2].ke == {"ya": 4, "tidak": 2}
    assert graf.langkah[0].kelengkapan == ("Renja", "DPA")
    assert hasil.sop.nama == "SOP Uji"
    assert hasil.sop.identitas.dasar_hukum == ("Peraturan satu", "Peraturan dua")


def test_untouched_it_holds_no_step_and_its_posts_are_known(instansi: Instansi) -> None:
    hasil = _baca(_buka(instansi), instansi)
    assert hasil.sop.graf.langkah == ()
    assert hasil.asing == {}
    assert {k for kolom in hasil.sop.identitas.judul_pelaksana for k in kolom.jabatan} == {
        "kepala_dinas",
        "sekretaris_dinas",
        "perencana",
        "staf",
    }


def test_an_office_without_posts_still_gets_a_workbook() -> None:
    kantor = InstansiFactory.create()
    hasil = _baca(_buka(kantor), kantor)
    assert hasil.asing == {"Jabatan pelaksana": "Pelaksana!B2"}


def test_the_example_shows_one_decision_and_lists_offer_what_is_known(instansi: Instansi) -> None:
    buku = _buka(instansi)
    contoh = [str(sel.value) for baris in buku["Contoh"].iter_rows() for sel in baris if sel.value]
    assert "◇ Keputusan" in contoh
    aturan = buku["Prosedur"].data_validations.dataValidation
    assert any("Keputusan" in str(a.formula1) for a in aturan)
    assert any(not a.showErrorMessage for a in aturan)
