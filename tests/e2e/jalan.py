"""The hands of the demo people: each function does one turn through the browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import FRASA
from tests.e2e.orang import KEPALA, PERENCANA, SEKRETARIS, STAF

Buka = Callable[..., Page]

# Of the SOP that makes reports: the office also has one for agreements.
MULAI = re.compile(r"Mulai laporan(: .*(Pengumpulan Data|Pengukuran) Kinerja)?$")


def near(target: str, n: int) -> str:
    """A plausible figure for that target, in one of the notations people use."""
    nilai = (Decimal(target) * (Decimal(96 + n % 6) / 100)).quantize(Decimal("0.1"))
    return str(nilai) if n % 2 else str(nilai).replace(".", ",")


def fill_realisasi(halaman: Page, baris: Locator, n: int) -> None:
    """Whatever the row takes: a figure, a level, a day, or the parts that make it."""
    isian = baris.locator("[name^='realisasi-']:not([type=hidden])")
    if not isian.count() or isian.input_value():
        return
    milik = halaman.locator(f"[data-milik='{baris.get_attribute('id')}'] [name^=komponen]")
    if milik.count():
        for ruas, angka in zip(milik.all(), ("445", "500"), strict=False):
            ruas.fill(angka)
            ruas.press("Tab")
    elif isian.evaluate("el => el.matches('select')"):
        isian.select_option(index=1)
    elif isian.get_attribute("type") == "date":
        isian.fill("2026-06-30")
    else:
        isian.fill(near(baris.get_attribute("data-target") or "0", n))
        isian.press("Tab")


def write_chapter(halaman: Page, judul: str, teks: str) -> None:
    """Type into the editor of one chapter."""
    bagian = halaman.get_by_role("region", name=judul)
    penyunting = bagian.locator("[contenteditable=true]")
    penyunting.click()
    # After what the office's kerangka has filled in, as a person goes on.
    penyunting.press("ControlOrMeta+End")
    penyunting.press_sequentially(teks, delay=0)


def sign(kepala: Page, frasa: str = FRASA) -> None:
    """Kepala Dinas states having read it and signs."""
    kepala.get_by_role("checkbox").check()
    kepala.get_by_label("Frasa sandi").fill(frasa)
    kepala.get_by_role("button", name="Tandatangani").click()


@dataclass(frozen=True)
class Jalan:
    """One report of the demo office and the people who carry it along."""

    buka: Buka
    periode: str = "Triwulan III"
    tahun: int = 2026

    @property
    def laporan(self) -> str:
        """Title of the report."""
        return f"Laporan Kinerja {self.periode} Tahun {self.tahun}"

    def open_turn(self, halaman: Page, kerja: str) -> None:
        """From Meja Kerja to the page of a turn of this report."""
        halaman.goto("/")
        baris = halaman.get_by_role("listitem").filter(has_text=self.laporan)
        baris.get_by_role("link", name=kerja, exact=True).first.click()
        halaman.get_by_role("heading", level=1, name=kerja).wait_for()

    def start_report(self) -> None:
        """Kepala Dinas orders the report and sends the disposition (step 1)."""
        kepala = self.buka(KEPALA)
        kepala.get_by_role("link", name=MULAI).click()
        kepala.get_by_label("Periode").select_option(label=self.periode)
        kepala.get_by_label("Tahun").fill(str(self.tahun))
        kepala.get_by_role("button", name="Mulai laporan").click()
        kepala.get_by_role("button", name="Kirim disposisi").click()
        expect(kepala.get_by_text("kini di meja Sekretaris")).to_be_visible()

    def hold_meeting(self) -> None:
        """Sekretaris hosts the meeting (step 2) and tasks the Perencana (step 3)."""
        sekretaris = self.buka(SEKRETARIS)
        self.open_turn(sekretaris, "Fasilitasi rapat")
        kemarin = timezone.localdate() - timedelta(days=1)
        sekretaris.get_by_label("Tanggal rapat").fill(str(kemarin))
        sekretaris.get_by_label("Pukul", exact=True).fill("09:00")
        sekretaris.get_by_label("Tempat").fill("Ruang Rapat Sekretariat")
        sekretaris.get_by_role("button", name="Simpan undangan").click()
        penyunting = sekretaris.locator("[contenteditable=true]")
        penyunting.click()
        penyunting.press_sequentially("Data dikirim paling lambat hari Rabu.", delay=0)
        sekretaris.get_by_role("checkbox").first.check()
        sekretaris.get_by_role("button", name="Simpan hasil rapat").click()
        self.open_turn(sekretaris, "Beri disposisi")
        sekretaris.get_by_role("button", name="Kirim disposisi").click()

    def write_concept(self) -> None:
        """Perencana writes the concept (step 4)."""
        perencana = self.buka(PERENCANA)
        self.open_turn(perencana, "Susun konsep laporan")
        for judul in ("Kata Pengantar", "Bab I Pendahuluan", "Bab IV Penutup"):
            write_chapter(perencana, judul, f"Naskah {judul} disusun dari data bidang.")
        perencana.get_by_role("button", name="Selesai dan teruskan").click()
        expect(perencana.get_by_text("Terkirim.")).to_be_visible()

    def fill_capaian(self, unit: str, *, bukti: str = "") -> Page:
        """The staff of one unit fill in and send their figures (step 5)."""
        staf = self.buka(STAF[unit])
        self.open_turn(staf, "Isi capaian kinerja")
        for n, baris in enumerate(staf.locator("tr[data-baris]").all()):
            fill_realisasi(staf, baris, n)
        for ruas in staf.locator("textarea[name^=penjelasan]").all():
            ruas.fill("Pendampingan diperluas ke seluruh puskesmas.")
        if bukti:
            staf.locator("input[type=file]").first.set_input_files(bukti)
        staf.get_by_role("button", name="Kirim capaian").click()
        expect(staf.get_by_text("Terkirim.")).to_be_visible()
        return staf

    def correct(self, teks: str) -> None:
        """Perencana corrects the draft and passes it up (step 6)."""
        perencana = self.buka(PERENCANA)
        self.open_turn(perencana, "Koreksi draf laporan")
        write_chapter(perencana, "Ikhtisar Eksekutif", teks)
        perencana.get_by_role("button", name="Setujui dan teruskan").click()
        expect(perencana.get_by_text("Terkirim.")).to_be_visible()

    def send_back(self, alasan: str) -> None:
        """Sekretaris answers Tidak (step 7)."""
        sekretaris = self.buka(SEKRETARIS)
        self.open_turn(sekretaris, "Koreksi draf laporan")
        sekretaris.get_by_role("button", name="Kembalikan").click()
        dialog = sekretaris.get_by_role("dialog")
        dialog.get_by_text("Redaksi").click()
        dialog.get_by_label("Yang harus diperbaiki").fill(alasan)
        dialog.get_by_role("button", name="Kembalikan").click()
        expect(sekretaris.get_by_text("kini di meja Perencana")).to_be_visible()

    def approve(self) -> None:
        """Sekretaris answers Ya (step 7)."""
        sekretaris = self.buka(SEKRETARIS)
        self.open_turn(sekretaris, "Koreksi draf laporan")
        sekretaris.get_by_role("button", name="Saya sudah membaca versi ini").click()
        sekretaris.get_by_role("button", name="Setujui").click()
        dialog = sekretaris.get_by_role("dialog")
        dialog.get_by_role("button", name="Setujui dan teruskan").click()
        expect(sekretaris.get_by_text("kini di meja Kepala")).to_be_visible()

    def open_signing(self, **ukuran: object) -> Page:
        """Kepala Dinas waits until the PDF is frozen, reads it, and goes on to sign (step 8)."""
        kepala = self.buka(KEPALA, **ukuran)
        self.open_turn(kepala, "Tandatangani laporan")
        lanjut = kepala.get_by_role("link", name="Sudah saya baca, lanjutkan")
        lanjut.wait_for(timeout=60_000)
        baca = kepala.get_by_role("link", name="Buka PDF").get_attribute("href")
        assert kepala.request.get(str(baca)).headers["content-type"] == "application/pdf"
        lanjut.click()
        kepala.get_by_text("sama dengan yang Anda baca").wait_for()
        return kepala
