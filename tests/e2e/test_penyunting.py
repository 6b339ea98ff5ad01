"""The text editor: what can be made in it, what a paste brings, what the server keeps."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from sakip.common.teks_kaya import bersihkan, is_tautan_sah, mark_blok
from tests.common.test_teks_kaya import TAUTAN_LAIN, TAUTAN_SAH, read_izin
from tests.e2e.penyunting import SRC, paste, read, serve_static

pytestmark = pytest.mark.e2e
TEMPELAN = Path(__file__).resolve().parents[1] / "data" / "tempelan"
SEMUA = (
    "<h3>Judul</h3><h4>Kecil</h4><p>a <strong>b</strong><em>c</em><u>d</u><sub>e</sub><sup>f</sup>"
    '<br><a href="https://bps.go.id/x?a=1&amp;b=2">g</a></p><blockquote><p>h</p></blockquote>'
    "<ul><li><p>i</p><ul><li><p>j</p></li></ul></li></ul>"
    '<ol start="3"><li><p>k</p></li></ol>'
    '<table><thead><tr><th scope="col"><p>l</p></th><th colspan="2" scope="col"><p>m</p></th></tr>'
    '</thead><tbody><tr><td rowspan="2"><p>n</p></td><td><p>o</p></td><td><p>p</p></td></tr>'
    "<tr><td><p>q</p></td><td><p></p></td></tr></tbody></table>"
    f'<figure><img src="{SRC}" alt="r &lt; s">'
    "<figcaption>t <strong>u</strong></figcaption></figure>"
    "<p>v &amp; w</p>"
)
HASIL = {
    "word": (
        "<h3>A. Capaian Sasaran</h3>"
        "<p>Angka Kematian Ibu turun menjadi <strong>92,1</strong> per 100.000 kelahiran hidup "
        "(<em>sementara</em>). Lihat H<sub>2</sub>O.</p><p>Kalimat tambahan.</p>"
        "<ul><li><p>Puskesmas</p><ul><li><p>Rawat inap</p></li></ul></li>"
        "<li><p>Posyandu</p></li></ul>"
        '<ol start="3"><li><p>Melatih kader</p></li><li><p>Menambah alat</p></li></ol>'
        '<table><thead><tr><th scope="col"><p>Indikator</p></th>'
        '<th colspan="2" scope="col"><p>Capaian</p></th></tr></thead>'
        '<tbody><tr><td rowspan="2"><p>AKI</p></td><td><p>92,1</p></td><td><p>98,24%</p></td></tr>'
        "<tr><td><p>88,0</p></td><td><p></p></td></tr></tbody></table>"
        '<p>Renstra, <a href="https://mojokertokab.go.id/renstra">situs kabupaten</a>, metadata</p>'
    ),
    "excel": (
        '<table><thead><tr><th scope="col"><p>Program</p></th><th scope="col"><p>Pagu (Rp)</p></th>'
        '<th scope="col"><p>Realisasi (Rp)</p></th></tr></thead><tbody>'
        "<tr><td><p>Upaya Kesehatan</p></td><td><p>1.250.000.000</p></td>"
        "<td><p>1.200.500.000</p></td></tr>"
        '<tr><td colspan="2"><p><strong>Jumlah</strong></p></td><td><p>1.200.500.000</p></td></tr>'
        "</tbody></table>"
    ),
    "libreoffice": (
        "<h3>Evaluasi</h3>"
        "<p><strong>Kinerja</strong> sasaran <em>strategis</em> <u>tercapai</u>.</p>"
        "<ul><li><p>Butir satu</p></li>"
        "<li><p>Butir dua</p><ol><li><p>Anak</p></li></ol></li></ul>"
        '<table><thead><tr><th scope="col"><p>Tahun</p></th><th scope="col"><p>Nilai</p></th></tr>'
        "</thead><tbody><tr><td><p>2026</p></td><td><p>76,5</p></td></tr></tbody></table>"
    ),
    "gdocs": (
        "<h3>Rencana Tindak Lanjut</h3>"
        "<p>Kunjungan <strong>ANC</strong><em> lengkap</em> m<sup>2</sup></p>"
        "<ul><li><p>Satu</p><ul><li><p>Satu a</p></li></ul></li><li><p>Dua</p></li></ul>"
        '<table><thead><tr><th scope="col"><p>Bulan</p></th><th scope="col"><p>Jumlah</p></th></tr>'
        "</thead><tbody><tr><td><p>Juli</p></td>"
        '<td><p><a href="https://docs.google.com/spreadsheets/d/abc">120</a></p></td></tr>'
        "</tbody></table>"
    ),
}


@pytest.fixture
def penyunting(browser: Browser) -> Iterator[Page]:
    """The editor on a page of its own; no error and no breach of the policy is left unnoticed."""
    galat: list[str] = []
    with serve_static() as alamat:
        konteks = browser.new_context(locale="id-ID")
        halaman = konteks.new_page()
        halaman.on("pageerror", lambda e: galat.append(str(e)))
        halaman.on("console", lambda m: galat.append(m.text) if "Security" in m.text else None)
        minta: list[str] = []
        halaman.on("request", lambda r: minta.append(r.url))
        halaman.goto(alamat)
        halaman.locator(".ProseMirror").first.wait_for()
        yield halaman
        konteks.close()
    assert not galat
    luar = [u for u in minta if not u.startswith((alamat, "data:"))]
    assert not luar, luar


def set_text(halaman: Page, html: str) -> str:
    """Put HTML into the form field as a restored session does, type a letter; what comes out."""
    halaman.evaluate(
        """html => {
            const ruas = document.querySelector('#isi-1');
            ruas.value = html;
            ruas.dispatchEvent(new Event('input', {bubbles: true}));
        }""",
        html,
    )
    halaman.locator(".ProseMirror").first.click()
    halaman.keyboard.press("ControlOrMeta+End")
    halaman.keyboard.type(".")
    return read(halaman)


def test_editor_and_server_keep_the_same(penyunting: Page) -> None:
    hasil = set_text(penyunting, SEMUA)
    assert hasil == SEMUA.replace("w</p>", "w.</p>")
    assert bersihkan(hasil) == hasil
    asli = str(penyunting.evaluate("document.querySelector('#isi-1').value"))
    assert mark_blok(asli) == asli, "the server gives no codes where the editor did"
    izin = read_izin()
    ditulis = set(re.findall(r"<([a-z0-9]+)", hasil))
    assert ditulis == set(izin["tag"])


def test_editor_and_server_agree_on_links(penyunting: Page) -> None:
    alamat = [*TAUTAN_SAH, *TAUTAN_LAIN]
    hasil = penyunting.evaluate(
        "async (alamat) => (await import('/js/naskah-izin.js')).tautanSah"
        " && alamat.map((await import('/js/naskah-izin.js')).tautanSah)",
        alamat,
    )
    beda = [a for a, sah in zip(alamat, hasil, strict=True) if sah != is_tautan_sah(a)]
    assert not beda


@pytest.mark.parametrize("asal", ["word", "excel", "libreoffice", "gdocs"])
def test_paste_keeps_what_means_something(penyunting: Page, asal: str) -> None:
    hasil = paste(penyunting, (TEMPELAN / f"{asal}.html").read_text())
    assert hasil == HASIL[asal]
    assert bersihkan(hasil) == hasil


def test_paste_tells_what_did_not_come_along(penyunting: Page) -> None:
    paste(penyunting, (TEMPELAN / "word.html").read_text())
    kabar = penyunting.locator(".penyunting__kabar").first
    expect(kabar).to_contain_text("1 gambar tidak ikut tertempel")
    expect(kabar).to_contain_text("2 tautan dilepas")


def test_pasted_picture_is_offered_for_upload(penyunting: Page) -> None:
    paste(penyunting, (TEMPELAN / "libreoffice.html").read_text())
    assert "data:" not in read(penyunting)
    dialog = penyunting.get_by_role("dialog", name="Gambar")
    dialog.get_by_role("button", name="Sisipkan gambar").click()
    expect(dialog.get_by_role("alert")).to_have_text("Tuliskan uraian gambarnya.")
    dialog.get_by_label("Uraian gambar").fill("Grafik capaian")
    dialog.get_by_label("Keterangan di bawah gambar").fill("Tren")
    dialog.get_by_role("button", name="Sisipkan gambar").click()
    expect(dialog).to_be_hidden()
    figur = f'<figure><img src="{SRC}" alt="Grafik capaian"><figcaption>Tren</figcaption></figure>'
    assert figur in read(penyunting)


def test_a_megabyte_of_rows_is_announced_and_kept_in_the_field(penyunting: Page) -> None:
    baris = "<tr><td>Puskesmas</td><td>12.345</td><td>98,24%</td></tr>"
    hasil = paste(penyunting, f"<table>{baris * 300}</table>")
    assert hasil.count("<tr>") == 300
    hasil = paste(penyunting, "<p>" + "kata " * 100_000 + "</p>")
    assert len(hasil) > 400_000
    expect(penyunting.locator(".penyunting__kabar").first).to_contain_text("terlalu panjang")


def test_toolbar_is_one_stop_of_the_tab_key(penyunting: Page) -> None:
    bilah = penyunting.get_by_role("toolbar")
    expect(bilah).to_have_count(1)
    penyunting.locator(".ProseMirror").nth(1).click()
    expect(bilah).to_have_attribute("aria-label", "Alat teks Bab II")
    penyunting.keyboard.type("kata")
    penyunting.keyboard.press("ControlOrMeta+a")
    penyunting.keyboard.press("Alt+F10")
    expect(penyunting.get_by_role("button", name="Tebal")).to_be_focused()
    penyunting.keyboard.press("ArrowRight")
    expect(penyunting.get_by_role("button", name="Miring")).to_be_focused()
    penyunting.keyboard.press("Enter")
    assert "<em>kata</em>" in penyunting.locator("#isi-2").input_value()
    penyunting.keyboard.press("Alt+F10")
    penyunting.keyboard.press("End")
    penyunting.keyboard.press("Escape")
    expect(penyunting.locator(".ProseMirror").nth(1)).to_be_focused()
    assert penyunting.locator("[role=toolbar] [tabindex='0']").count() == 1


def test_table_is_built_with_the_toolbar(penyunting: Page) -> None:
    penyunting.locator(".ProseMirror").first.click()

    def tekan(nama: str) -> None:
        penyunting.get_by_role("button", name=nama, exact=True).click()

    tekan("Sisipkan tabel")
    for kata in ("A", "B", "C", "1"):
        penyunting.keyboard.type(kata)
        penyunting.keyboard.press("Tab")
    tekan("Kolom di kanan")
    tekan("Baris di bawah")
    tekan("Hapus kolom")
    hasil = read(penyunting)
    assert (hasil.count("<tr>"), hasil.count("<td>") + hasil.count("<th ")) == (4, 12)
    tekan("Baris judul")
    assert "<th" not in read(penyunting)
    tekan("Baris judul")
    assert read(penyunting).startswith('<table><thead><tr><th scope="col"><p>A</p></th>')
    tekan("Hapus tabel")
    assert read(penyunting) == ""
    tekan("Urungkan")
    assert "<table>" in read(penyunting)


def test_link_and_picture_by_keyboard(penyunting: Page) -> None:
    penyunting.locator(".ProseMirror").first.click()
    penyunting.keyboard.type("Lihat ")
    penyunting.keyboard.press("ControlOrMeta+k")
    dialog = penyunting.get_by_role("dialog", name="Tautan")
    dialog.get_by_label("Alamat").fill("http://169.254.169.254/latest/")
    penyunting.keyboard.press("Enter")
    expect(dialog.get_by_role("alert")).to_contain_text("diawali https://")
    dialog.get_by_label("Alamat").fill("https://bps.go.id/")
    dialog.get_by_label("Teks yang tampak").fill("BPS")
    penyunting.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    assert read(penyunting) == '<p>Lihat <a href="https://bps.go.id/">BPS</a></p>'
    expect(penyunting.locator(".ProseMirror").first).to_be_focused()
    penyunting.keyboard.press("ArrowLeft")
    # The browser tells the editor of a moved caret one frame later.
    penyunting.evaluate("new Promise((siap) => requestAnimationFrame(() => setTimeout(siap, 50)))")
    penyunting.keyboard.press("ControlOrMeta+k")
    dialog.get_by_role("button", name="Lepas tautan").click()
    assert read(penyunting) == "<p>Lihat BPS</p>"


def test_enter_leaves_a_caption_and_codes_stay_with_their_blocks(penyunting: Page) -> None:
    figur = f'<img src="{SRC}" alt="x"><figcaption>Ket</figcaption>'
    set_text(
        penyunting,
        f'<p data-blok="bbbbbbbb">Satu dua</p><figure data-blok="aaaaaaaa">{figur}</figure>'
        '<p data-blok="cccccccc">z</p>',
    )
    # The first click makes tools and picture take their place; the second meets what lies still.
    expect(penyunting.locator("figure img")).to_have_js_property("complete", value=True)
    penyunting.locator("figcaption").click()
    penyunting.locator("figcaption").click(delay=50)
    penyunting.keyboard.press("End")
    penyunting.keyboard.press("Enter")
    penyunting.keyboard.type("baru")
    isi = str(penyunting.evaluate("document.querySelector('#isi-1').value"))
    kode = re.findall(r'data-blok="([0-9a-f]{8})"', isi)
    assert (kode[0], kode[1], kode[3], len(set(kode))) == ("bbbbbbbb", "aaaaaaaa", "cccccccc", 4)
    penyunting.locator("figcaption").click()
    penyunting.get_by_role("button", name="Hapus gambar").click()
    assert "<figure" not in read(penyunting)
