"""An SOP from Excel, in the browser: imported, mended, published, and a report started on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.e2e.orang import KEPALA

pytestmark = pytest.mark.e2e
PENGELOLA = "199001152015031061"
NAMA = "SOP Laporan Singkat"
BARIS = (
    ("No", "Uraian Prosedur", "Pelaksana", "", "", "Mutu Buku", "", "", "Ket"),
    ("", "", "Kepala Dinas", "Juru Konsep", "Sekretaris", "Kelengkapan", "Waktu", "Output", ""),
    ("1", "Memerintahkan penyusunan laporan", "√", "", "", "Surat", "10 menit", "Disposisi", ""),
    ("2", "Menyusun konsep laporan", "", "√", "", "Renja\nDPA", "3 - 5 hari", "Konsep", ""),
    ("3", "Mengoreksi konsep", "", "", "◇", "Konsep", "1 hari", "Koreksi", "Tidak ke langkah 2"),
    ("4", "Menandatangani laporan", "√", "", "", "Konsep", "1 hari", "Laporan", ""),
)


def _tulis(berkas: Path, waktu: str) -> Path:
    buku = Workbook()
    lembar = buku.worksheets[0]
    lembar.title = "Bagan"
    for baris in ((NAMA,), (), *BARIS):
        lembar.append([waktu if isi == "3 - 5 hari" else isi for isi in baris])
    lembar.merge_cells("A3:A4")
    lembar.merge_cells("C3:E3")
    lembar.merge_cells("F3:H3")
    buku.save(berkas)
    return berkas


def _unggah(halaman: Page, berkas: Path) -> None:
    halaman.goto("/sop/")
    halaman.get_by_role("link", name="Impor dari Excel").click()
    halaman.get_by_label("Berkas SOP").set_input_files(berkas)
    halaman.get_by_role("button", name="Unggah dan baca").click()
    expect(halaman.get_by_role("heading", name=NAMA)).to_be_visible()


def test_an_sop_from_excel_is_mended_published_and_run(
    buka: Callable[..., Page], tmp_path: Path
) -> None:
    pengelola = buka(PENGELOLA)
    _unggah(pengelola, _tulis(tmp_path / "singkat.xlsx", "3 - 5 hari"))
    temuan = pengelola.get_by_role("region", name="Sel yang perlu dilihat")
    expect(temuan.get_by_text("Bagan!G6: waktu “3 - 5 hari” belum terbaca.")).to_be_visible()
    expect(pengelola.get_by_text("“Uraian Prosedur” dibaca sebagai Kegiatan")).to_be_visible()
    pengelola.get_by_role("button", name="Buang unggahan").click()
    expect(pengelola.get_by_text("Unggahan singkat.xlsx dibuang.")).to_be_visible()

    _unggah(pengelola, _tulis(tmp_path / "singkat.xlsx", "5 hari"))
    pengelola.get_by_label("Juru Konsep").select_option(value="perencana")
    pengelola.get_by_role("button", name="Terapkan jabatan").click()
    expect(pengelola.get_by_text("Semua sel terbaca.")).to_be_visible()
    pengelola.get_by_role("button", name="Simpan sebagai konsep").click()
    expect(pengelola.get_by_text("SOP tersimpan sebagai konsep.")).to_be_visible()

    pengelola.get_by_role("link", name="Terbitkan", exact=False).first.click()
    pengelola.get_by_label("Nomor SOP").fill("1/SOP/2026")
    pengelola.get_by_role("button", name="Isi pejabat menurut tanggal").click()
    pengelola.get_by_role("button", name="Terbitkan versi 1").click()
    expect(pengelola.get_by_text("Versi 1 terbit dan berlaku mulai")).to_be_visible()

    kepala = buka(KEPALA)
    kepala.goto("/laporan/")
    kepala.get_by_role("link", name=f"Mulai laporan: {NAMA}").click()
    kepala.get_by_role("button", name="Mulai laporan").click()
    expect(kepala.get_by_text("Memerintahkan penyusunan laporan").first).to_be_visible()
