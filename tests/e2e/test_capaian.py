"""Figures on their way: by hand, pasted, from Excel; sent back, answered, verified, read."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from kinerja.services.lembar_capaian import BARIS_JUDUL, KODE, LEMBAR, REALISASI
from tests.e2e import kantor_capaian as kantor
from tests.e2e.conftest import UKURAN, Pasang
from tests.e2e.layar import check_halaman
from tests.e2e.penelusur import Giliran, Penelusur

pytestmark = pytest.mark.e2e
PONSEL: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
}
SEBAB = "Samakan angka dengan bukti dukung"
# What a block copied from a spreadsheet holds: figure, tab, words; the last row needs none.
TEMPELAN = '88,5\t"Pendampingan\nberjalan."\n1.091,4\tSalah ketik.\n91.4\n70'
# Row of the workbook, what is typed into it, and what the page answers.
GALAT: tuple[tuple[int, int, str | int, str], ...] = (
    (1, REALISASI, "sembilan", "Isi dengan angka, contoh 91,4"),
    (2, REALISASI, -5, "tidak dapat kurang dari nol"),
    (3, REALISASI, "=45+45", "rumus"),
    (4, KODE, "SATU.1", "milik Bidang Satu, bukan unit ini"),
    (6, KODE, "TIGA.5", "ada dua kali"),
)


@pytest.fixture
def penelusur(buka: Callable[..., Page], pasang: Pasang, tmp_path: Path) -> Penelusur:
    """A report of an office of its own, whose five bidang are to fill in their figures."""
    kantor.load_kantor(pasang, tmp_path)
    lampiran = tmp_path / "bukti.pdf"
    lampiran.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    penelusur = Penelusur(buka, pasang, lampiran)
    penelusur.start(kantor.KEPALA, "Triwulan III")
    penelusur.walk(sampai=2)
    return penelusur


def open_turn(penelusur: Penelusur, unit: str) -> tuple[Page, Giliran]:
    """The page on which that bidang fills in its figures."""
    (giliran,) = [g for g in penelusur.list_terbuka() if g.unit == unit]
    halaman = penelusur.page_of(giliran.nip)
    halaman.goto(f"/tugas/{giliran.tugas}/")
    return halaman, giliran


def realisasi(halaman: Page) -> list[Locator]:
    """The cells for figures, from the top."""
    return halaman.get_by_role("textbox", name=re.compile("^Realisasi,")).all()


def send(halaman: Page) -> None:
    """Hand the figures in."""
    halaman.get_by_role("button", name="Kirim capaian").click()
    expect(halaman.get_by_text("Terkirim.")).to_be_visible()


def check_sempit(halaman: Page, nama: str) -> None:
    """The same page on a phone."""
    halaman.set_viewport_size(PONSEL["viewport"])
    check_halaman(halaman, nama)
    halaman.set_viewport_size(UKURAN["viewport"])


def fill_by_hand(penelusur: Penelusur) -> None:
    """Keys only: a figure, Enter, the next; the percentage stands beside it at once."""
    halaman, _giliran = open_turn(penelusur, "SATU")
    satu, dua = realisasi(halaman)
    satu.focus()
    halaman.keyboard.type("88,2")
    halaman.keyboard.press("Enter")
    expect(dua).to_be_focused()
    halaman.keyboard.type("45")
    baris = halaman.locator("tr[data-baris]")
    expect(baris.nth(0).locator("[data-hasil]")).to_have_text("98,00%")
    kategori = baris.nth(0).locator("[data-kategori]")
    expect(kategori).to_have_text("Sangat Tinggi")
    expect(kategori).to_have_class("tanda")  # without colour until it is verified
    expect(baris.nth(0).get_by_text("Tersimpan otomatis")).to_be_visible()
    expect(baris.nth(1).get_by_text("Capaian di bawah 76%")).to_be_visible()
    dua.fill("sembilan")
    expect(baris.nth(1).get_by_text("Belum tersimpan.")).to_be_visible()
    expect(baris.nth(1).get_by_text("Isi dengan angka, contoh 91,4")).to_have_count(1)
    dua.fill("45")
    expect(baris.nth(1).get_by_text("Isi dengan angka, contoh 91,4")).to_have_count(0)
    halaman.get_by_role("button", name="Kirim capaian").click()
    expect(halaman.get_by_role("alert")).to_contain_text("Indikator Satu ke-2")
    penelusur.fill(halaman)
    send(halaman)


def paste_block(penelusur: Penelusur) -> None:
    """A block of a spreadsheet, dropped into the first cell."""
    halaman, _giliran = open_turn(penelusur, "DUA")
    ruas = realisasi(halaman)
    ruas[0].focus()
    ruas[0].evaluate(
        """(el, teks) => {
            const isi = new DataTransfer();
            isi.setData("text/plain", teks);
            const tempel = {clipboardData: isi, bubbles: true, cancelable: true};
            el.dispatchEvent(new ClipboardEvent("paste", tempel));
        }""",
        TEMPELAN,
    )
    assert [r.input_value() for r in ruas] == ["88,5", "1.091,4", "91.4"]
    sisa = halaman.get_by_text("1 baris tidak muat di bawah baris terakhir: 70.")
    expect(sisa).to_be_visible()
    penjelasan = halaman.locator("textarea[name^=penjelasan]").first
    expect(penjelasan).to_have_value("Pendampingan\nberjalan.")
    ruas[1].fill("91,4")
    expect(halaman.get_by_text("Tersimpan otomatis")).to_have_count(3)
    penelusur.fill(halaman)
    send(halaman)


def upload_excel(penelusur: Penelusur, folder: Path) -> None:
    """Five kinds of error are named by their cells and nothing is kept; then it is right."""
    halaman, giliran = open_turn(penelusur, "TIGA")
    with halaman.expect_download() as unduhan:
        halaman.get_by_role("link", name="Unduh format Excel").click()
    salah, benar = folder / "salah.xlsx", folder / "benar.xlsx"
    unduhan.value.save_as(salah)
    unduhan.value.save_as(benar)
    write_salah(salah)
    write_benar(benar)
    _upload(halaman, salah)
    galat = halaman.get_by_role("alert")
    expect(galat.get_by_role("heading", name="Ada 5 galat")).to_be_visible(timeout=30_000)
    for baris, _kolom, _isi, pesan in GALAT:
        butir = galat.get_by_role("listitem").filter(
            has_text=re.compile(rf"\w{BARIS_JUDUL + baris}\b")
        )
        expect(butir).to_contain_text(pesan)
    check_sempit(halaman, "hasil unggahan")
    halaman.goto(f"/tugas/{giliran.tugas}/")
    assert not any(r.input_value() for r in realisasi(halaman))
    _upload(halaman, benar)
    halaman.get_by_role("button", name="Simpan 6 perubahan").click(timeout=30_000)
    expect(halaman.get_by_text("6 baris dari Excel disimpan")).to_be_visible()
    halaman.goto(f"/tugas/{giliran.tugas}/")
    assert [r.input_value() for r in realisasi(halaman)] == ["89"] * 6
    send(halaman)


def _upload(halaman: Page, berkas: Path) -> None:
    halaman.get_by_text("Unggah Excel").click()
    halaman.get_by_label("Berkas Excel capaian").set_input_files(berkas)
    halaman.get_by_role("button", name="Periksa berkas").click()


def write_salah(berkas: Path) -> None:
    """The workbook as somebody in a hurry returns it."""
    buku = load_workbook(berkas)
    lembar = buku[LEMBAR]
    for baris in range(1, 7):
        lembar.cell(BARIS_JUDUL + baris, REALISASI, 89)
    for baris, kolom, isi, _pesan in GALAT:
        lembar.cell(BARIS_JUDUL + baris, kolom, isi)
    buku.save(berkas)


def write_benar(berkas: Path) -> None:
    """The workbook with a figure in every row."""
    buku = load_workbook(berkas)
    for baris in range(1, 7):
        buku[LEMBAR].cell(BARIS_JUDUL + baris, REALISASI, 89)
    buku.save(berkas)


def open_verifikasi(penelusur: Penelusur) -> Page:
    """The page on which the Perencana judges the five bidang."""
    (giliran,) = penelusur.list_terbuka()
    assert giliran.langkah == 3
    halaman = penelusur.page_of(giliran.nip)
    halaman.goto(f"/tugas/{giliran.tugas}/")
    return halaman


def find_unit(halaman: Page, kode: str) -> Locator:
    """The rows of one bidang."""
    return halaman.locator("details.periksa-unit").filter(has_text=kantor.name_unit(kode))


def send_one_back(penelusur: Penelusur) -> None:
    """One row by keyboard is wanting; the rest of every bidang is found right in one press each."""
    halaman = open_verifikasi(penelusur)
    satu = find_unit(halaman, "SATU")
    satu.get_by_role("radio", name="Sesuai", exact=True).first.focus()
    halaman.keyboard.press("s")
    expect(satu.get_by_text("Tersimpan otomatis")).to_have_count(1)
    expect(satu.get_by_role("radio", name="Sesuai", exact=True).nth(1)).to_be_focused()
    halaman.keyboard.press("p")
    baris = satu.locator("fieldset").nth(1)
    expect(baris.get_by_text("Pilihan tersimpan.")).to_be_visible()
    baris.get_by_text(SEBAB).click()
    baris.get_by_label("Catatan untuk unit").fill("Lampiran halaman 2 menyebut 48.")
    expect(baris.get_by_text("Tersimpan otomatis")).to_be_visible()
    for kode in ("DUA", "TIGA", "EMPAT", "LIMA"):
        unit = find_unit(halaman, kode)
        for satu_baris in unit.locator("fieldset").all():
            satu_baris.scroll_into_view_if_needed()
        unit.get_by_role("button", name="Sisanya sesuai").click()
        expect(find_unit(halaman, kode).locator("summary").first).to_contain_text(
            f"{kantor.BANYAK[kode]} sesuai"
        )
    check_sempit(halaman, "verifikasi")
    halaman.get_by_role("button", name="Kembalikan").click()
    expect(halaman.get_by_text("Dikembalikan.")).to_be_visible()


def answer_with_rtl(penelusur: Penelusur) -> None:
    """Only the row at fault is open; it is sent with its RTL and new evidence, not without."""
    (giliran,) = penelusur.list_terbuka()
    assert giliran.unit == "SATU"
    halaman, _giliran = open_turn(penelusur, "SATU")
    (isian,) = realisasi(halaman)
    expect(halaman.get_by_text("Lampiran halaman 2 menyebut 48.").first).to_be_visible()
    check_sempit(halaman, "dikembalikan")
    isian.fill("48")
    halaman.get_by_role("button", name="Kirim capaian").click()
    expect(halaman.get_by_role("alert")).to_contain_text("Jawab catatan pemeriksa dengan RTL")
    halaman.locator("textarea[name^='rtl-']").first.fill("Disamakan dengan lampiran.")
    unggah = halaman.get_by_label("Unggah bukti dukung, Indikator Satu ke-2")
    unggah.set_input_files(str(penelusur.lampiran))
    expect(halaman.get_by_role("link", name="bukti.pdf")).to_be_visible()
    send(halaman)


def verify_all(penelusur: Penelusur) -> None:
    """The second round shows what changed; agreeing locks the figures of all five."""
    halaman = open_verifikasi(penelusur)
    satu = find_unit(halaman, "SATU")
    beda = satu.locator(".periksa-beda")
    for kata in (SEBAB, "Disamakan dengan lampiran.", "bukti.pdf"):
        expect(beda).to_contain_text(kata)
    expect(beda.locator("del")).to_contain_text("45")
    expect(beda.locator("ins").first).to_contain_text("48")
    expect(satu.get_by_text("1 indikator sudah sesuai sejak putaran lalu")).to_be_visible()
    satu.locator("[data-periksa]").get_by_text("Sesuai", exact=True).click()
    expect(satu.get_by_text("Tersimpan otomatis")).to_be_visible()
    halaman.get_by_role("button", name="Setujui").click()
    expect(halaman.get_by_text("Terkirim.")).to_be_visible()
    halaman.goto("/capaian/?periode=2026-3")
    expect(halaman.get_by_text("5 dari 5 unit mengirim, 5 terverifikasi")).to_be_visible()


def read_rekap(buka: Callable[..., Page]) -> None:
    """Kepala Dinas reads the rekap on a phone: only that triwulan, nothing beyond the edge."""
    kepala = buka(kantor.KEPALA, **PONSEL)
    kepala.goto("/capaian/rekap/?periode=2026-3")
    expect(kepala.get_by_role("heading", level=1, name="Rekap")).to_be_visible()
    expect(kepala.get_by_text("Unit terverifikasi").locator("..")).to_contain_text("5")
    expect(kepala.get_by_text("Diverifikasi", exact=True).locator("visible=true")).to_have_count(5)
    lebar = kepala.evaluate("document.documentElement.scrollWidth")
    assert lebar <= PONSEL["viewport"]["width"]


def test_figures_go_from_five_bidang_through_verification_to_the_rekap(
    penelusur: Penelusur, buka: Callable[..., Page], tmp_path: Path
) -> None:
    fill_by_hand(penelusur)
    paste_block(penelusur)
    upload_excel(penelusur, tmp_path)
    for giliran in penelusur.list_terbuka():
        penelusur.work(giliran)
    send_one_back(penelusur)
    answer_with_rtl(penelusur)
    verify_all(penelusur)
    read_rekap(buka)
