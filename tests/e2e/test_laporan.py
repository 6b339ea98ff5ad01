"""From order to signed PDF: every actor of the Dinkes Mojokerto SOP, in the browser."""

import hashlib
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from sakip.common.tte import BERKAS_AKAR_UJI
from sakip.common.tte_periksa import validate_pdf
from tests.e2e.conftest import SANDI, Pasang
from tests.e2e.jalan import MULAI, Jalan, sign
from tests.e2e.orang import KEPALA, LAPORAN, PERENCANA, SEKRETARIS, STAF

pytestmark = pytest.mark.e2e
ALASAN = "Samakan angka TB dengan lampiran SITB."


def test_report_goes_from_order_to_signed_pdf(
    buka: Callable[..., Page], pasang: Pasang, tmp_path: Path
) -> None:
    bukti = tmp_path / "SITB-TW3.pdf"
    bukti.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    jalan = Jalan(buka)
    jalan.start_report()
    jalan.hold_meeting()
    jalan.write_concept()
    for unit in STAF:
        jalan.fill_capaian(unit, bukti=str(bukti) if unit == "P2P" else "")
    jalan.correct("Capaian triwulan ini meningkat.")
    jalan.send_back(ALASAN)
    perencana = buka(PERENCANA)
    expect(perencana.get_by_text(f"Redaksi. {ALASAN}")).to_be_visible()
    jalan.correct(" Angka TB telah disamakan.")
    jalan.approve()

    kepala = jalan.open_signing()
    sign(kepala, "salah-sama-sekali")
    expect(kepala.get_by_text("Frasa sandi sertifikat salah")).to_be_visible(timeout=30_000)
    sign(kepala)
    selesai = kepala.get_by_role("heading", name="Laporan telah ditandatangani")
    expect(selesai).to_be_visible(timeout=60_000)

    with kepala.expect_download() as unduhan:
        kepala.get_by_role("link", name="Unduh PDF").first.click()
    berkas = tmp_path / "laporan.pdf"
    unduhan.value.save_as(berkas)
    check_signature(berkas.read_bytes(), berkas, pasang)
    check_public_page(buka, kepala, berkas)


def check_signature(isi: bytes, berkas: Path, pasang: Pasang) -> None:
    """Two independent tools accept the file, and neither accepts it with one byte changed."""
    akar = (pasang.folder / "tte" / BERKAS_AKAR_UJI).read_bytes()
    # Playwright keeps an event loop in this thread, and the validator wants one of its own.
    with ThreadPoolExecutor(1) as utas:
        hasil = utas.submit(validate_pdf, isi, [akar]).result()
    assert [(h.sah, h.utuh, h.dipercaya, h.seluruhnya) for h in hasil] == [(True,) * 4]
    pdfsig = subprocess.run(
        ["pdfsig", "-nocert", str(berkas)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Signature is Valid" in pdfsig.stdout
    assert "Total document signed" in pdfsig.stdout
    rusak = bytearray(isi)
    rusak[len(rusak) // 3] ^= 1
    berkas.with_name("rusak.pdf").write_bytes(rusak)
    pdfsig = subprocess.run(
        ["pdfsig", "-nocert", str(berkas.with_name("rusak.pdf"))],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Signature is Valid" not in pdfsig.stdout


def check_public_page(buka: Callable[..., Page], kepala: Page, berkas: Path) -> None:
    """Anybody with the code sees what is registered, and can compare a file on the spot."""
    kepala.get_by_role("link", name="Buka laporan").click()
    expect(kepala.get_by_role("heading", level=1, name=LAPORAN)).to_be_visible()
    expect(kepala.get_by_text("Telah ditandatangani")).to_be_visible()
    alamat = kepala.get_by_role("link", name="Halaman verifikasi").get_attribute("href")
    assert alamat
    umum = buka("")
    umum.goto(alamat)
    expect(umum.get_by_text("Dokumen terdaftar").first).to_be_visible()
    sidik = hashlib.sha256(berkas.read_bytes()).hexdigest()
    assert sidik in (umum.text_content("main") or "").replace(" ", "")
    umum.locator("input[type=file]").set_input_files(str(berkas))
    expect(umum.get_by_text("sama dengan dokumen terdaftar")).to_be_visible()
    umum.goto("/v/tidak-ada-kode-seperti-ini/")
    expect(umum.get_by_text("Kode tidak ditemukan")).to_be_visible()


def test_turn_of_another_is_explained_not_opened(buka: Callable[..., Page]) -> None:
    jalan = Jalan(buka, "Triwulan I", 2025)
    jalan.start_report()
    sekretaris = buka(SEKRETARIS)
    jalan.open_turn(sekretaris, "Fasilitasi rapat")
    staf = buka(STAF["P2P"])
    staf.goto(sekretaris.url)
    expect(staf.get_by_text("Langkah ini dikerjakan oleh Sekretaris Dinas")).to_be_visible()
    staf.goto("/tugas/999999/")
    expect(staf.get_by_role("heading", level=1)).to_contain_text("tidak ditemukan")


def test_text_survives_a_session_that_ends_in_the_middle_of_a_form(
    buka: Callable[..., Page],
) -> None:
    kepala = buka(KEPALA)
    kepala.get_by_role("link", name=MULAI).click()
    kepala.get_by_label("Periode").select_option(label="Triwulan IV")
    kepala.get_by_label("Tahun").fill("2026")
    kepala.get_by_role("button", name="Mulai laporan").click()
    kepala.get_by_label("Isi disposisi").fill("Selesaikan sebelum rapat paripurna.")
    kepala.context.clear_cookies(name="sessionid")
    kepala.get_by_role("button", name="Kirim disposisi").click()
    expect(kepala.get_by_text("Sesi Anda telah berakhir")).to_be_visible()
    kepala.get_by_label("NIP atau surel").fill(KEPALA)
    kepala.get_by_label("Kata sandi", exact=True).fill(SANDI)
    kepala.get_by_role("button", name="Masuk", exact=True).click()
    isian = kepala.get_by_label("Isi disposisi")
    expect(isian).to_have_value("Selesaikan sebelum rapat paripurna.")
    kepala.get_by_role("button", name="Kirim disposisi").dblclick()
    expect(kepala.get_by_text("kini di meja Sekretaris")).to_be_visible()
