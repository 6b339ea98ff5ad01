"""A Perjanjian Kinerja from order to signed PDF, on the example SOP of the demo office."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.jalan import sign
from tests.e2e.orang import KEPALA, PERENCANA, SEKRETARIS, STAF

pytestmark = pytest.mark.e2e
JUDUL = "Perjanjian Kinerja Tahun 2026"
BUPATI = "Nama Bupati Contoh"


def open_turn(halaman: Page, kerja: str) -> None:
    """From Meja Kerja to a turn of the agreement."""
    halaman.goto("/")
    baris = halaman.get_by_role("listitem").filter(has_text=JUDUL)
    baris.get_by_role("link", name=kerja, exact=True).first.click()
    halaman.get_by_role("heading", level=1, name=kerja).wait_for()


def approve(sekretaris: Page) -> None:
    """Sekretaris reads the text to its end and answers Ya."""
    open_turn(sekretaris, "Koreksi draf perjanjian kinerja")
    sekretaris.get_by_role("button", name="Saya sudah membaca versi ini").click()
    sekretaris.get_by_role("button", name="Setujui").click()
    dialog = sekretaris.get_by_role("dialog")
    dialog.get_by_role("button", name="Setujui dan teruskan").click()
    expect(sekretaris.get_by_text("kini di meja Kepala")).to_be_visible()


def test_agreement_goes_from_order_to_signed_pdf(buka: Callable[..., Page], tmp_path: Path) -> None:
    kepala = buka(KEPALA)
    kepala.get_by_role("link", name="Mulai Perjanjian Kinerja").click()
    kepala.get_by_label("Tahun").fill("2026")
    kepala.get_by_role("button", name="Mulai Perjanjian Kinerja").click()
    kepala.get_by_role("button", name="Kirim disposisi").click()

    perencana = buka(PERENCANA)
    open_turn(perencana, "Susun konsep perjanjian kinerja")
    expect(perencana.get_by_text("Pihak kedua: isi nama dan jabatan")).to_be_visible()
    perencana.get_by_role("link", name="Ubah para pihak").click()
    perencana.get_by_label("Jabatan pihak kedua").fill("Bupati Mojokerto")
    perencana.get_by_label("Nama pihak kedua").fill(BUPATI)
    perencana.get_by_role("button", name="Simpan", exact=True).click()
    perencana.get_by_role("button", name="Selesai dan teruskan").click()
    expect(perencana.get_by_text("Terkirim.")).to_be_visible()

    for n, nip in enumerate(dict.fromkeys(STAF.values())):
        staf = buka(nip)
        while True:
            staf.goto("/")
            milik = staf.get_by_role("listitem").filter(has_text=JUDUL)
            milik = milik.get_by_role("link", name="Cermati konsep perjanjian kinerja", exact=True)
            if not milik.count():
                break
            milik.first.click()
            staf.get_by_label("Catatan").fill("Sudah sesuai DPA." if n == 0 else "")
            staf.get_by_role("button", name="Sudah dicermati, teruskan").click()
            expect(staf.get_by_text("Terkirim.")).to_be_visible()

    open_turn(perencana, "Koreksi draf perjanjian kinerja")
    expect(perencana.get_by_text("Sudah sesuai DPA.")).to_be_visible()
    perencana.get_by_role("button", name="Setujui dan teruskan").click()
    approve(buka(SEKRETARIS))

    open_turn(kepala, "Tandatangani perjanjian kinerja")
    lanjut = kepala.get_by_role("link", name="Sudah saya baca, lanjutkan")
    lanjut.wait_for(timeout=60_000)
    baca = kepala.get_by_role("link", name="Buka PDF").get_attribute("href")
    assert kepala.request.get(str(baca)).headers["content-type"] == "application/pdf"
    lanjut.click()
    sign(kepala)
    selesai = kepala.get_by_role("heading", name="Perjanjian kinerja telah ditandatangani")
    expect(selesai).to_be_visible(timeout=60_000)
    with kepala.expect_download() as unduhan:
        kepala.get_by_role("link", name="Unduh PDF").first.click()
    check_pdf(unduhan.value.path())

    kepala.goto("/laporan/perjanjian/?tahun=2026")
    baris = kepala.get_by_role("listitem").filter(has_text=JUDUL)
    expect(baris.get_by_text("Berlaku", exact=True)).to_be_visible()
    expect(baris).to_contain_text(BUPATI)


def check_pdf(berkas: Path) -> None:
    """One good signature, and both parties on the page."""
    tanda = subprocess.run(
        ["pdfsig", "-nocert", str(berkas)], capture_output=True, text=True, check=False
    ).stdout
    assert tanda.count("Signature is Valid") == 1
    teks = subprocess.run(
        ["pdftotext", "-layout", str(berkas), "-"], capture_output=True, text=True, check=True
    ).stdout
    for kata in ("PERJANJIAN KINERJA TAHUN 2026", BUPATI, "Pihak Kedua", "Jumlah"):
        assert kata.casefold() in teks.casefold()
