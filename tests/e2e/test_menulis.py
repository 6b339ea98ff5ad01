"""A writer at work, on a tablet: types, pastes, adds a photo, loses the line, meets another."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.e2e.conftest import Pasang, masuk
from tests.e2e.jalan import Jalan
from tests.e2e.layar import check_halaman
from tests.e2e.orang import PERENCANA, SEKRETARIS

pytestmark = pytest.mark.e2e
WORD = Path(__file__).resolve().parents[1] / "data" / "tempelan" / "word.html"
TABLET = {"viewport": {"width": 820, "height": 1180}, "is_mobile": True, "has_touch": True}
PONSEL = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
TEMPEL = """([judul, html]) => {
    const data = new DataTransfer();
    data.setData('text/html', html);
    data.setData('text/plain', 'x');
    document.querySelector(`.ProseMirror[aria-label="${judul}"]`).dispatchEvent(
      new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""
KATA, BAB = "Kata Pengantar", "Bab I Pendahuluan"


def until_writing(buka: Callable[..., Page], periode: str, tahun: int) -> Jalan:
    """A report of its own at the desk of the Perencana."""
    jalan = Jalan(buka, periode, tahun)
    jalan.start_report()
    jalan.hold_meeting()
    return jalan


def penyunting(halaman: Page, judul: str) -> Locator:
    """The editor of a part; its field of plain text is there until the editor takes its place."""
    return halaman.get_by_role("region", name=judul, exact=True).locator(".ProseMirror")


def bagian(halaman: Page, judul: str) -> None:
    """To the end of a part."""
    penyunting(halaman, judul).click()
    halaman.keyboard.press("ControlOrMeta+End")


def foto() -> bytes:
    """A photo of twelve megapixels with a position in it."""
    exif = Image.Exif()
    exif.get_ifd(0x8825).update({1: "S", 2: (7.0, 28.0, 12.0)})
    berkas = io.BytesIO()
    Image.new("RGB", (4000, 3000), "teal").save(berkas, "JPEG", exif=exif)
    return berkas.getvalue()


def test_writer_pastes_adds_a_photo_and_survives_a_lost_line(buka: Callable[..., Page]) -> None:
    menulis = until_writing(buka, "Semester I", 2026)
    meja = buka(PERENCANA, **TABLET)
    menulis.open_turn(meja, "Susun konsep laporan")
    alamat = meja.url
    penyunting(meja, KATA).tap()
    meja.evaluate(TEMPEL, [KATA, WORD.read_text()])
    expect(meja.get_by_text("2 tautan dilepas")).to_be_visible()
    status = meja.get_by_role("region", name=KATA).locator("[data-simpan]")
    expect(status).to_contain_text("Tersimpan otomatis", timeout=15_000)
    check_halaman(meja, "menulis 820")
    add_photo(buka, alamat)
    lose_line(meja, alamat)


def add_photo(buka: Callable[..., Page], alamat: str) -> None:
    """From the phone, with the camera's file."""
    ponsel = buka(PERENCANA, **PONSEL)
    ponsel.goto(alamat)
    bagian(ponsel, BAB)
    ponsel.get_by_role("button", name="Sisipkan gambar").click()
    dialog = ponsel.get_by_role("dialog", name="Gambar")
    berkas: FilePayload = {"name": "IMG_0001.JPG", "mimeType": "image/jpeg", "buffer": foto()}
    dialog.get_by_label("Berkas gambar").set_input_files(berkas)
    dialog.get_by_label("Uraian gambar").fill("Petugas menimbang balita di posyandu")
    dialog.get_by_label("Keterangan di bawah gambar").fill("Posyandu Melati")
    dialog.get_by_role("button", name="Sisipkan gambar").click()
    gambar = ponsel.get_by_role("img", name="Petugas menimbang balita")
    expect(gambar).to_be_visible(timeout=15_000)
    sumber = str(gambar.get_attribute("src"))
    isi = ponsel.request.get(sumber).body()
    tersimpan = Image.open(io.BytesIO(isi))
    assert (tersimpan.size, dict(tersimpan.getexif())) == ((2400, 1800), {})
    status = ponsel.get_by_role("region", name=BAB).locator("[data-simpan]")
    expect(status).to_contain_text("Tersimpan otomatis", timeout=15_000)


def lose_line(meja: Page, alamat: str) -> None:
    """Words typed without a line are offered when the page is opened again, and then saved."""
    meja.goto(alamat)
    expect(meja.get_by_role("img", name="Petugas menimbang balita")).to_be_visible()
    meja.context.set_offline(True)
    bagian(meja, KATA)
    meja.keyboard.type(" Ditulis tanpa jaringan.")
    status = meja.get_by_role("region", name=KATA).locator("[data-simpan]")
    expect(status).to_contain_text("aman di peramban ini")
    meja.get_by_role("button", name="Simpan", exact=True).click()
    expect(status).to_contain_text("Jaringan terputus")
    lagi = meja.context.new_page()
    meja.close()
    lagi.context.set_offline(False)
    lagi.goto(alamat)
    panel = lagi.get_by_role("group", name="Ada teks Anda yang belum sampai ke server")
    panel.get_by_role("button", name="Bandingkan").click()
    expect(panel.locator("ins").first).to_contain_text("Ditulis tanpa jaringan")
    panel.get_by_role("button", name="Pakai teks ini").click()
    status = lagi.get_by_role("region", name=KATA).locator("[data-simpan]")
    expect(status).to_contain_text("Tersimpan otomatis", timeout=15_000)
    lagi.reload()
    expect(lagi.get_by_role("textbox", name=KATA, exact=True)).to_contain_text("tanpa jaringan")
    expect(panel).to_have_count(0)
    assert lagi.evaluate("Object.keys(localStorage).length") == 0


def test_session_that_ends_keeps_the_text_and_the_page_goes_on(buka: Callable[..., Page]) -> None:
    menulis = until_writing(buka, "Triwulan II", 2025)
    meja = buka(PERENCANA)
    menulis.open_turn(meja, "Susun konsep laporan")
    meja.context.clear_cookies(name="sessionid")
    bagian(meja, BAB)
    meja.keyboard.type("Ditulis sesudah sesi berakhir.")
    status = meja.get_by_role("region", name=BAB).locator("[data-simpan]")
    expect(status).to_contain_text("sesi berakhir", timeout=15_000)
    tab = meja.context.new_page()
    masuk(tab, PERENCANA)
    expect(tab.get_by_text("Ditulis sesudah")).to_have_count(0)
    meja.bring_to_front()
    bagian(meja, BAB)
    meja.keyboard.type(" Lanjut.")
    expect(status).to_contain_text("Tersimpan otomatis", timeout=15_000)


def test_signing_out_asks_about_text_that_only_the_browser_has(buka: Callable[..., Page]) -> None:
    meja = buka(PERENCANA)
    pk = meja.locator("[data-keluar]").get_attribute("data-keluar")
    meja.evaluate("k => localStorage.setItem(k, '{}')", milik := f"naskah:{pk}:7:isi-1")
    meja.evaluate("k => localStorage.setItem(k, '{}')", lain := f"naskah:{pk}9:7:isi-1")
    meja.locator("[data-dialog=d-peran]").click()
    keluar = meja.get_by_role("button", name="Keluar", exact=True)
    meja.once("dialog", lambda tanya: tanya.dismiss())
    keluar.click()
    assert set(meja.evaluate("Object.keys(localStorage)")) == {milik, lain}
    meja.once("dialog", lambda tanya: tanya.accept())
    keluar.click()
    meja.get_by_label("Kata sandi", exact=True).wait_for()
    assert meja.evaluate("Object.keys(localStorage)") == [lain]


def test_second_person_sees_who_writes_and_takes_over_openly(
    buka: Callable[..., Page], pasang: Pasang
) -> None:
    menulis = until_writing(buka, "Triwulan III", 2025)
    pertama = buka(PERENCANA)
    menulis.open_turn(pertama, "Susun konsep laporan")
    alamat = pertama.url
    bagian(pertama, KATA)
    pertama.keyboard.type("Satu.")
    status = pertama.get_by_role("region", name=KATA).locator("[data-simpan]")
    expect(status).to_contain_text("Tersimpan otomatis", timeout=15_000)
    pasang.manage("shell", "-c", GANTI.format(nip=SEKRETARIS, tugas=alamat.split("/")[-2]))
    kedua = buka(SEKRETARIS)
    kedua.goto(alamat)
    expect(kedua.get_by_role("heading", name="Sedang disunting")).to_be_visible()
    expect(kedua.get_by_text("Satu.")).to_be_visible()
    kedua.get_by_role("button", name="Ambil alih penyuntingan").click()
    expect(kedua.get_by_text("Pengambilalihan ini tercatat")).to_be_visible()
    bagian(pertama, KATA)
    pertama.keyboard.type(" Dua.")
    expect(pertama.get_by_role("alert").filter(has_text="disunting")).to_be_visible(timeout=15_000)
    expect(pertama.get_by_role("textbox", name=KATA, exact=True)).to_contain_text("Satu. Dua.")


# Sekretaris becomes Plt. at the post of the turn, as the office would enter it.
GANTI = """
from django.utils import timezone
from laporan.models import Tugas
from organisasi.models import Pengguna, Penugasan
t = Tugas.objects.get(pk={tugas})
Penugasan.objects.get_or_create(
    pengguna=Pengguna.objects.get(nip="{nip}"), jabatan=t.jabatan, unit=t.unit, jenis="plt",
    defaults=dict(mulai=timezone.now(), dasar="Surat perintah 800/1/2026"))
"""
