"""The hands of the demo people: each function does one turn through the browser."""

import re
from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Page, expect

from tests.e2e.conftest import FRASA
from tests.e2e.orang import KEPALA, PERENCANA, SEKRETARIS, STAF

Buka = Callable[..., Page]


def near(target: str, n: int) -> str:
    """A plausible figure for that target, in one of the notations people use."""
    nilai = (Decimal(target) * (Decimal(96 + n % 6) / 100)).quantize(Decimal("0.1"))
    return str(nilai) if n % 2 else str(nilai).replace(".", ",")


def open_turn(halaman: Page, kerja: str) -> None:
    """From Meja Kerja to the page of a turn."""
    halaman.goto("/")
    halaman.get_by_role("link", name=kerja, exact=True).first.click()
    halaman.get_by_role("heading", level=1, name=kerja).wait_for()


def start_report(buka: Buka, periode: str = "Triwulan III") -> None:
    """Kepala Dinas orders the report and sends the disposition (step 1)."""
    kepala = buka(KEPALA)
    kepala.get_by_role("link", name="Mulai laporan").click()
    kepala.get_by_label("Periode").select_option(label=periode)
    kepala.get_by_label("Tahun").fill("2026")
    kepala.get_by_role("button", name="Mulai laporan").click()
    kepala.get_by_role("button", name="Kirim disposisi").click()
    expect(kepala.get_by_text("kini di meja Sekretaris")).to_be_visible()


def hold_meeting(buka: Buka) -> None:
    """Sekretaris hosts the meeting (step 2) and tasks the Perencana (step 3)."""
    sekretaris = buka(SEKRETARIS)
    open_turn(sekretaris, "Fasilitasi rapat")
    sekretaris.get_by_label("Tempat").fill("Ruang Rapat Sekretariat")
    sekretaris.get_by_label("Pokok hasil rapat").fill("Data dikirim paling lambat hari Rabu.")
    sekretaris.get_by_role("button", name="Simpan hasil rapat").click()
    open_turn(sekretaris, "Beri disposisi")
    sekretaris.get_by_role("button", name="Kirim disposisi").click()


def write_concept(buka: Buka) -> None:
    """Perencana writes the concept (step 4)."""
    perencana = buka(PERENCANA)
    open_turn(perencana, "Susun konsep laporan")
    for judul in ("Kata Pengantar", "Bab I Pendahuluan", "Bab IV Penutup"):
        write_chapter(perencana, judul, f"Naskah {judul} disusun dari data bidang.")
    perencana.get_by_role("button", name="Selesai dan teruskan").click()
    expect(perencana.get_by_text("Terkirim.")).to_be_visible()


def write_chapter(halaman: Page, judul: str, teks: str) -> None:
    """Type into the editor of one chapter."""
    bagian = halaman.get_by_role("region", name=judul)
    penyunting = bagian.locator("[contenteditable=true]")
    penyunting.click()
    penyunting.press_sequentially(teks, delay=0)


def fill_capaian(buka: Buka, unit: str, *, bukti: str = "") -> Page:
    """The staff of one unit fill in and send their figures (step 5)."""
    staf = buka(STAF[unit])
    open_turn(staf, "Isi capaian kinerja")
    for n, baris in enumerate(staf.locator("tr[data-baris]").all()):
        isian = baris.get_by_role("textbox", name=re.compile("Realisasi"))
        isian.fill(near(baris.get_attribute("data-target") or "0", n))
        isian.press("Tab")
    for ruas in staf.locator("textarea[name^=penjelasan]").all():
        ruas.fill("Pendampingan diperluas ke seluruh puskesmas.")
    if bukti:
        staf.locator("input[type=file]").first.set_input_files(bukti)
    staf.get_by_role("button", name="Kirim capaian").click()
    expect(staf.get_by_text("Terkirim.")).to_be_visible()
    return staf


def correct(buka: Buka, teks: str) -> None:
    """Perencana corrects the draft and passes it up (step 6)."""
    perencana = buka(PERENCANA)
    open_turn(perencana, "Koreksi draf laporan")
    write_chapter(perencana, "Ikhtisar Eksekutif", teks)
    perencana.get_by_role("button", name="Setujui dan teruskan").click()
    expect(perencana.get_by_text("Terkirim.")).to_be_visible()


def send_back(buka: Buka, alasan: str) -> None:
    """Sekretaris answers Tidak (step 7)."""
    sekretaris = buka(SEKRETARIS)
    open_turn(sekretaris, "Koreksi draf laporan")
    sekretaris.get_by_role("button", name="Kembalikan").click()
    dialog = sekretaris.get_by_role("dialog")
    dialog.get_by_text("Redaksi").click()
    dialog.get_by_label("Yang harus diperbaiki").fill(alasan)
    dialog.get_by_role("button", name="Kembalikan").click()
    expect(sekretaris.get_by_text("kini di meja Perencana")).to_be_visible()


def approve(buka: Buka) -> None:
    """Sekretaris answers Ya (step 7)."""
    sekretaris = buka(SEKRETARIS)
    open_turn(sekretaris, "Koreksi draf laporan")
    sekretaris.get_by_role("button", name="Setujui").click()
    dialog = sekretaris.get_by_role("dialog")
    dialog.get_by_role("button", name="Setujui dan teruskan").click()
    expect(sekretaris.get_by_text("kini di meja Kepala")).to_be_visible()


def open_signing(buka: Buka, **ukuran: object) -> Page:
    """Kepala Dinas waits until the PDF is frozen, reads it, and goes on to sign (step 8)."""
    kepala = buka(KEPALA, **ukuran)
    open_turn(kepala, "Tandatangani laporan")
    lanjut = kepala.get_by_role("link", name="Sudah saya baca, lanjutkan")
    lanjut.wait_for(timeout=60_000)
    baca = kepala.get_by_role("link", name="Buka PDF").get_attribute("href")
    assert kepala.request.get(str(baca)).headers["content-type"] == "application/pdf"
    lanjut.click()
    kepala.get_by_text("sama dengan yang Anda baca").wait_for()
    return kepala


def sign(kepala: Page, frasa: str = FRASA) -> None:
    """Kepala Dinas states having read it and signs."""
    kepala.get_by_role("checkbox").check()
    kepala.get_by_label("Frasa sandi").fill(frasa)
    kepala.get_by_role("button", name="Tandatangani").click()
