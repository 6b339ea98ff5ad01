"""Bad workbooks at the import page, in the browser: what is wrong is said, and nothing is kept."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.e2e.orang import PERENCANA
from tests.kinerja.buku_e81 import BERKAS, LEMBAR

pytestmark = pytest.mark.e2e
LAMA = b"\xd0\xcf\x11\xe0" + b"\0" * 600
KEPALA = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
EKOR = b"</sheetData></worksheet>"
# Cells of the form that hold something wrong, and a piece of what is said about each.
SALAH = (
    ("O12", "Sel berisi galat Excel #VALUE!"),
    ("U17", "TW II kosong, sedangkan triwulan sesudahnya terisi"),
    ("U18", "Isi dengan angka, contoh 91,4"),
    ("G23", "ada dua kali"),
)


def pack(**bagian: bytes) -> bytes:
    """A plain workbook with parts put in place of its own, or beside them."""
    keluar, buku = io.BytesIO(), io.BytesIO()
    Workbook().save(buku)
    ganti = {nama.replace("__", "/").replace("_", "."): isi for nama, isi in bagian.items()}
    with (
        zipfile.ZipFile(buku) as lama,
        zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as baru,
    ):
        for nama in lama.namelist():
            baru.writestr(nama, ganti.pop(nama, lama.read(nama)))
        for nama, isi in ganti.items():
            baru.writestr(nama, isi)
    return keluar.getvalue()


def million_rows() -> bytes:
    """A sheet of a million rows, one figure in each."""
    baris = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 1_000_001))
    return pack(xl__worksheets__sheet1_xml=KEPALA + baris + EKOR)


BURUK: dict[str, tuple[Callable[[], bytes], str]] = {
    "lama.xlsx": (lambda: LAMA, "Excel lama (.xls)"),
    "makro.xlsx": (lambda: pack(xl__vbaProject_bin=b"x"), "memuat makro"),
    "bom.xlsx": (lambda: pack(xl__media__a_bin=b"0" * 60_000_000), "terlalu besar setelah dibuka"),
    "sejuta.xlsx": (million_rows, "terlalu besar"),
    "kosong.xlsx": (lambda: pack(), "tidak dikenali sebagai Form E.81"),
}


def upload(halaman: Page, berkas: Path) -> None:
    """Choose the file as an Evaluasi Renja."""
    halaman.goto("/capaian/impor/?tahun=2026")
    halaman.get_by_label("Buku kerja Form E.81").set_input_files(berkas)
    halaman.get_by_role("button", name="Unggah dan periksa Form E.81").click()


def test_every_bad_workbook_is_refused_in_words_and_the_real_one_names_its_cells(
    buka: Callable[..., Page], tmp_path: Path
) -> None:
    halaman = buka(PERENCANA)
    for nama, (buat, kata) in BURUK.items():
        berkas = tmp_path / nama
        berkas.write_bytes(buat())
        upload(halaman, berkas)
        galat = halaman.get_by_role("alert")
        expect(galat).to_contain_text(kata, timeout=45_000)
        expect(halaman.get_by_role("button", name="Simpan")).to_have_count(0)
    upload(halaman, BERKAS)
    galat = halaman.get_by_role("alert")
    expect(galat).to_contain_text("baris tidak dapat disimpan", timeout=45_000)
    for sel, kata in SALAH:
        butir = galat.get_by_role("listitem").filter(has_text=f"{LEMBAR}!{sel}")
        expect(butir).to_contain_text(kata)
    halaman.get_by_role("button", name="yang sah saja").click()
    expect(halaman.get_by_text("baris dari Excel disimpan")).to_be_visible()
