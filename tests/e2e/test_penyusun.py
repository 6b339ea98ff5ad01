"""An admin who has never seen the code enters an SOP from paper, and the office works by it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import SANDI
from tests.e2e.test_layar import LEBAR, Pemotret, potret

__all__ = ["potret"]
pytestmark = pytest.mark.e2e

# Dinas Contoh Kota Blitar: an office whose posts no other journey of this kind needs.
ADMIN, KEPALA, SEKRETARIS = "199004302015031065", "197010251995031041", "197507162000122042"
NAMA = "SOP Laporan Kinerja Bulanan"


@dataclass(frozen=True)
class Baris:
    """One row of the paper form."""

    kegiatan: str
    kerja: str
    waktu: str
    pelaksana: tuple[str, ...]
    simbol: str = "Proses"
    unit: tuple[str, ...] = ()
    giliran: str = ""
    tidak: int = 0


NASKAH = (
    Baris("Memerintahkan penyusunan laporan", "Disposisi", "10 menit", ("Kepala Dinas",), "Mulai"),
    Baris("Memfasilitasi rapat bersama", "Rapat", "2 jam", ("Sekretaris", "Perencana Ahli Muda")),
    Baris("Menugaskan pengumpulan data", "Disposisi", "30 menit", ("Sekretaris",)),
    Baris(
        "Mengisi data capaian",
        "Mengumpulkan data",
        "1 jam/bidang",
        ("Kepala Bidang",),
        unit=("bidang", "sekretariat"),
    ),
    Baris(
        "Memverifikasi data", "Verifikasi", "1 hari", ("Perencana Ahli Muda",), "Keputusan", tidak=4
    ),
    Baris("Menyusun konsep laporan", "Menyusun", "2 hari", ("Perencana Ahli Muda",)),
    Baris(
        "Mengetik lalu memeriksa konsep",
        "Mengetik",
        "1 hari",
        ("Staf Subbag Umum", "Perencana Ahli Muda"),
        giliran="2",
    ),
    Baris("Mengoreksi laporan", "Koreksi", "3 hari", ("Sekretaris",), "Keputusan", tidak=6),
    Baris("Menandatangani laporan", "Tanda tangan", "1 hari", ("Kepala Dinas",)),
    Baris("Mengarsipkan laporan", "Pengarsipan", "30 menit", ("Staf Subbag Umum",), "Selesai"),
)


def fill_langkah(borang: Locator, nomor: int, baris: Baris) -> None:
    """Type one row into the open form."""
    borang.get_by_label("Kegiatan", exact=True).fill(baris.kegiatan)
    for n, jabatan in enumerate(baris.pelaksana, start=1):
        borang.get_by_label(f"Jabatan pelaksana {n}").select_option(label=jabatan)
    if baris.giliran:
        borang.get_by_label("Giliran 2").select_option(baris.giliran)
    for unit in baris.unit:
        borang.locator("[data-baris-pelaksana]").first.get_by_text(unit, exact=True).click()
    borang.get_by_label("Simbol").select_option(label=baris.simbol)
    kerja = borang.get_by_label("Kerja di layar")
    pilihan = kerja.locator("option").filter(has_text=re.compile(f"^{baris.kerja}:"))
    kerja.select_option(str(pilihan.get_attribute("value")))
    borang.get_by_label("Waktu", exact=True).fill(baris.waktu)
    if baris.tidak:
        tidak = borang.get_by_label("Jika Tidak, kembali ke")
        sasaran = tidak.locator("option").filter(has_text=re.compile(rf"^{baris.tidak}\. "))
        tidak.select_option(str(sasaran.get_attribute("value")))
    borang.get_by_label("Output").fill(f"Dokumen langkah {nomor}")


def enter_sop(admin: Page) -> None:
    """From the catalogue to ten typed rows."""
    admin.goto("/sop/")
    admin.get_by_role("link", name="SOP baru").click()
    admin.get_by_label("Nama SOP").fill(NAMA)
    admin.get_by_role("button", name="Buat konsep").click()
    admin.get_by_label("Dasar hukum").fill(
        "Perpres Nomor 29 Tahun 2014\nPermenPANRB Nomor 53 Tahun 2014"
    )
    admin.get_by_role("button", name="Simpan dan lanjut ke langkah").click()
    admin.get_by_role("button", name="Tambah langkah pertama").click()
    for nomor, baris in enumerate(NASKAH, start=1):
        borang = admin.get_by_role("form", name=f"Sunting langkah {nomor}", exact=True)
        fill_langkah(borang, nomor, baris)
        lanjut = "Simpan langkah" if nomor == len(NASKAH) else "Simpan dan tambah di bawah"
        borang.get_by_role("button", name=lanjut).click()
    expect(admin.get_by_text("Langkah tersimpan pukul")).to_be_visible()


def mend_faults(admin: Page) -> None:
    """A time that nobody can read is named while typed, kept, and mended from its link."""
    admin.get_by_role("link", name="Menyusun konsep laporan").click()
    borang = admin.get_by_role("form", name="Sunting langkah 6", exact=True)
    borang.get_by_label("Waktu", exact=True).fill("3 - 5 hari")
    expect(borang.get_by_text("Waktu “3 - 5 hari” tidak dapat dibaca.")).to_be_visible()
    expect(admin.get_by_role("region", name="Pemeriksaan").get_by_text("1 galat")).to_be_visible()
    # Opening another step saves this one first.
    admin.get_by_role("link", name="Mengoreksi laporan").click()
    admin.get_by_role("form", name="Sunting langkah 8", exact=True).wait_for()
    expect(admin.get_by_text("dapat diterbitkan setelah 1 galat")).to_be_visible()
    admin.get_by_role("link", name="Ubah Langkah 6, waktu").click()
    borang = admin.get_by_role("form", name="Sunting langkah 6", exact=True)
    expect(borang.get_by_label("Waktu", exact=True)).to_have_value("3 - 5 hari")
    borang.get_by_label("Waktu", exact=True).fill("5 hari")
    borang.get_by_role("button", name="Simpan langkah").click()
    expect(admin.get_by_text("Tanpa galat")).to_be_visible()


def reorder_steps(admin: Page) -> None:
    """By button and by drag; the routes follow."""
    # After saving the table is drawn anew; a click on a row of the old one is lost.
    admin.wait_for_load_state("networkidle")
    admin.get_by_role("link", name="Menugaskan pengumpulan data").click()
    borang = admin.get_by_role("form", name="Sunting langkah 3", exact=True)
    borang.get_by_role("button", name="Naikkan").click()
    admin.get_by_role("form", name="Sunting langkah 2", exact=True).wait_for()
    admin.get_by_role("link", name="Batal").click()
    expect(admin.locator("#sunting")).to_have_count(0)
    expect(admin.get_by_text("kini bernomor")).to_have_count(0)
    baris = admin.locator("tr[data-langkah]")
    expect(baris.nth(1)).to_contain_text("Menugaskan pengumpulan data")
    baris.nth(1).locator("[data-geser]").drag_to(baris.nth(2))
    expect(baris.nth(2)).to_contain_text("Menugaskan pengumpulan data")
    expect(admin.get_by_text("Tanpa galat")).to_be_visible()


def publish(admin: Page) -> None:
    """Number, day and official; the head is already named."""
    admin.get_by_role("link", name="Terbitkan").click()
    expect(admin.get_by_label("Nama", exact=True)).to_have_value("Drs. Hari Subagyo, M.M.")
    admin.get_by_label("Nomor SOP").fill("065/12/2026")
    admin.get_by_role("button", name="Terbitkan versi 1").click()
    expect(admin.get_by_text("Versi 1 terbit dan berlaku mulai")).to_be_visible()


def start_working(buka: Callable[..., Page]) -> None:
    """The head starts a report on it and its second step reaches the Sekretaris."""
    kepala = buka(KEPALA)
    kepala.get_by_role("link", name=f"Mulai laporan: {NAMA}").click()
    kepala.get_by_label("Periode").select_option(label="Bulan Januari")
    kepala.get_by_label("Tahun").fill("2026")
    kepala.get_by_role("button", name="Mulai laporan").click()
    kepala.get_by_role("button", name="Kirim disposisi").click()
    expect(kepala.get_by_text("Terkirim.")).to_be_visible()
    sekretaris = buka(SEKRETARIS)
    sekretaris.goto("/")
    expect(sekretaris.get_by_text("Laporan Kinerja Bulan Januari Tahun 2026").first).to_be_visible()


def test_an_sop_is_entered_through_the_editor_alone_and_the_office_starts_by_it(
    buka: Callable[..., Page], potret: Pemotret
) -> None:
    admin = buka(ADMIN, **LEBAR)
    enter_sop(admin)
    expect(admin.get_by_role("img", name=re.compile("Diagram alir"))).to_be_visible()
    mend_faults(admin)
    reorder_steps(admin)
    rute = admin.url.partition("#")[0]
    potret.look("penyusun", ADMIN, rute)
    admin.get_by_role("link", name="Mengoreksi laporan").click()
    admin.get_by_role("form", name="Sunting langkah 8", exact=True).wait_for()
    potret.look("penyusun-langkah", ADMIN, admin.url.partition("#")[0])
    potret.look("penyusun-identitas", ADMIN, rute.replace("/langkah/", "/identitas/"))
    potret.look("penyusun-terbit", ADMIN, rute.replace("/langkah/", "/terbit/"))
    publish(admin)
    start_working(buka)
    # Withdrawn, and the running report stays.
    admin.goto("/sop/")
    katalog = admin.get_by_role("region", name=NAMA)
    expect(katalog.get_by_text("1 laporan berjalan")).to_be_visible()
    katalog.get_by_role("link", name="Versi 1").click()
    admin.get_by_role("link", name="Cabut").click()
    admin.get_by_label("Alasan pencabutan").fill("Uji coba selesai.")
    admin.get_by_role("button", name="Cabut versi ini").click()
    expect(admin.get_by_text("Uji coba selesai.")).to_be_visible()


def test_the_editor_works_without_script(buka: Callable[..., Page]) -> None:
    admin = buka("", java_script_enabled=False)
    admin.goto("/masuk/")
    admin.get_by_label("NIP atau surel").fill(ADMIN)
    admin.get_by_label("Kata sandi", exact=True).fill(SANDI)
    admin.get_by_role("button", name="Masuk", exact=True).click()
    admin.goto("/sop/baru/")
    admin.get_by_label("Nama SOP").fill("SOP Tanpa Skrip")
    admin.get_by_role("button", name="Buat konsep").click()
    admin.get_by_role("button", name="Simpan dan lanjut ke langkah").click()
    admin.get_by_role("button", name="Tambah langkah pertama").click()
    borang = admin.get_by_role("form", name="Sunting langkah 1", exact=True)
    fill_langkah(borang, 1, NASKAH[0])
    borang.get_by_role("button", name="Simpan dan tambah di bawah").click()
    borang = admin.get_by_role("form", name="Sunting langkah 2", exact=True)
    fill_langkah(borang, 2, NASKAH[9])
    borang.get_by_role("button", name="Simpan langkah").click()
    expect(admin.get_by_text("Tanpa galat")).to_be_visible()
    admin.get_by_role("link", name="Mengarsipkan laporan").click()
    admin.get_by_role("button", name="Naikkan").click()
    expect(admin.get_by_text("galat", exact=False).first).to_be_visible()
