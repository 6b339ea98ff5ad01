"""Correcting on screen: noted on a phone, answered at the desk, compared and approved.

The report is put on the examiner's desk through the services; the browser corrects.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Pasang
from tests.e2e.jalan import Jalan
from tests.e2e.layar import check_halaman
from tests.e2e.orang import PERENCANA, SEKRETARIS

pytestmark = pytest.mark.e2e
PONSEL = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}
KERJA = "Koreksi draf laporan"
CATATAN, JAWABAN = "Apakah sudah termasuk data Mei?", "Sudah, data Mei ada pada lampiran."
# Two versions: written, sent back, mended, and handed over again.
SIAP = """
from django.utils import timezone
from laporan.models import BabNaskah, Tugas
from laporan.services.draf import LaporanBaru
from sakip.common.teks_kaya import mark_blok
from sop.models import VersiSOP
from tests.laporan.kantor_contoh import KantorContoh
versi = VersiSOP.objects.filter(
    sop__instansi__kode="dinkes-mojokerto",
    sop__menghasilkan="laporan_kinerja",
    status="terbit",
).earliest("pk")
kantor = KantorContoh(versi.sop.instansi, versi, timezone.now())
draf = kantor.start(LaporanBaru("semester", 2025, 2))
def walk(sampai):
    while True:
        tugas = draf.tugas.filter(status="aktif").order_by("pk")[0]
        if tugas.kunjungan.langkah.nomor == sampai:
            return tugas
        kantor.work(tugas)
bab = BabNaskah.objects.filter(draf=draf, kode="pendahuluan")
isi = mark_blok("<p>Capaian mencapai 86,1 persen.</p><p>Kendala ada di vaksin.</p>")
walk(6)
bab.update(isi=isi)
kantor.work(walk(7), "tidak")
bab.update(isi=isi.replace("86,1", "<strong>88,7</strong>"))
walk(7)
"""


def test_notes_travel_back_and_the_examiner_sees_what_changed(
    buka: Callable[..., Page], pasang: Pasang
) -> None:
    pasang.manage("shell", "--no-imports", "-c", SIAP)
    jalan = Jalan(buka, "Semester II", 2025)
    note_on_a_phone(jalan)
    answer_at_the_desk(jalan)
    sekretaris = buka(SEKRETARIS)
    jalan.open_turn(sekretaris, KERJA)
    compare(sekretaris)
    approve(jalan, sekretaris)


def note_on_a_phone(jalan: Jalan) -> None:
    """Sekretaris proposes a sentence, asks about another, and returns the draft."""
    ponsel = jalan.buka(SEKRETARIS, **PONSEL)
    jalan.open_turn(ponsel, KERJA)
    check_halaman(ponsel, ponsel.title())
    ponsel.locator("[data-catat]").filter(has_text="Capaian mencapai").tap()
    usul = ponsel.get_by_label("Usul kalimat")
    expect(usul).to_have_value("Capaian mencapai 88,7 persen.")
    check_halaman(ponsel, ponsel.title())
    usul.fill("Capaian mencapai 88,7 persen dari target.")
    ponsel.get_by_role("button", name="Simpan catatan").click()
    expect(ponsel.get_by_text("Catatan tersimpan.")).to_be_visible()
    ponsel.locator("[data-catat]").filter(has_text="Kendala ada di").tap()
    ponsel.get_by_label("Catatan", exact=True).fill(CATATAN)
    ponsel.get_by_role("button", name="Simpan catatan").click()
    catatan = ponsel.get_by_role("article", name="Catatan Sekretaris")
    for ke in range(2):
        ponsel.get_by_role("link", name="Catatan berikutnya").click()
        expect(catatan.nth(ke)).to_be_focused()
    ponsel.get_by_role("button", name="Kembalikan").click()
    dialog = ponsel.get_by_role("dialog")
    expect(dialog.get_by_text("2 catatan terbuka ikut dikirim")).to_be_visible()
    dialog.get_by_role("button", name="Kembalikan").click()
    expect(ponsel.get_by_text("kini di meja Perencana")).to_be_visible()


def answer_at_the_desk(jalan: Jalan) -> None:
    """Perencana applies the proposal, answers the question and hands the text over."""
    perencana = jalan.buka(PERENCANA)
    jalan.open_turn(perencana, KERJA)
    expect(perencana.get_by_text("2 catatan terbuka pada naskah.")).to_be_visible()
    check_halaman(perencana, perencana.title())
    perencana.get_by_role("button", name="Terapkan usul").click()
    expect(perencana.get_by_text("diterapkan dan tercatat atas nama pengusulnya")).to_be_visible()
    catatan = perencana.get_by_role("article").filter(has_text=CATATAN)
    catatan.get_by_role("link", name="Jawab catatan").click()
    perencana.get_by_label("Jawaban").fill(JAWABAN)
    check_halaman(perencana, perencana.title())
    perencana.get_by_role("button", name="Tandai selesai").click()
    expect(perencana.get_by_text("Semua dijawab")).to_be_visible()
    perencana.get_by_role("button", name="Setujui dan teruskan").click()
    expect(perencana.get_by_text("Terkirim.")).to_be_visible()


def compare(sekretaris: Page) -> None:
    """On the paper, marked or clean; then any two versions, from change to change."""
    ubah = sekretaris.get_by_role("article", name="Isi draf").locator("[data-henti=ubah]")
    lawan = sekretaris.get_by_label("Bandingkan dengan versi")
    dibaca = int(lawan.input_value())
    sekretaris.get_by_role("button", name="Bersih").click()
    expect(ubah).to_have_count(0)
    expect(lawan.locator(":checked")).to_have_text(f"Versi {dibaca} (terakhir Anda baca)")
    sekretaris.get_by_role("button", name="Perubahan ditandai").click()
    expect(ubah.locator("del").first).to_contain_text("86,1")
    sekretaris.get_by_role("link", name="Perubahan berikutnya").click()
    expect(ubah).to_be_focused()
    check_halaman(sekretaris, sekretaris.title())
    meja = sekretaris.url
    sekretaris.get_by_role("link", name="Lihat yang berubah saja").click()
    sekretaris.get_by_label("Dari versi").select_option(str(dibaca + 1))
    sekretaris.get_by_label("Ke versi").select_option(str(dibaca + 2))
    sekretaris.get_by_role("button", name="Bandingkan").click()
    status = sekretaris.get_by_role("status").filter(has_text="1 perubahan di 1 bagian")
    expect(status).to_be_visible()
    check_halaman(sekretaris, sekretaris.title())
    expect(sekretaris.locator(".kertas ins")).to_contain_text("dari target")
    sekretaris.keyboard.press("n")
    expect(sekretaris.locator("#ubah-1")).to_be_focused()
    expect(sekretaris.get_by_role("region", name="Tindakan")).to_contain_text("1 dari 1")
    sekretaris.goto(meja)


def approve(jalan: Jalan, sekretaris: Page) -> None:
    """Only after stating to have read; what became of the notes stands beside the text."""
    kertas = sekretaris.get_by_role("article", name="Isi draf")
    expect(kertas.get_by_text("Usul diterapkan")).to_be_visible()
    expect(kertas.get_by_text(JAWABAN)).to_be_visible()
    expect(sekretaris.get_by_role("button", name="Setujui dan teruskan")).to_have_count(0)
    sekretaris.get_by_role("button", name="Saya sudah membaca versi ini").click()
    expect(sekretaris.get_by_text("Tercatat: Anda sudah membaca versi")).to_be_visible()
    sekretaris.get_by_role("button", name="Setujui dan teruskan").click()
    dialog = sekretaris.get_by_role("dialog")
    dialog.get_by_role("button", name="Setujui dan teruskan").click()
    expect(sekretaris.get_by_text("kini di meja Kepala")).to_be_visible()
