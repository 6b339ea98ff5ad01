"""Every screen of the journey, wide and narrow: accessible, no wider than the window, and pictured.

The pictures go to a temporary folder; script/screens sends them to docs/screens.
"""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.jalan import Jalan, sign
from tests.e2e.layar import check_halaman
from tests.e2e.orang import CAMAT, KEPALA, PERENCANA, SEKRETARIS, STAF

pytestmark = pytest.mark.e2e

LEBAR: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}}
PONSEL: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
SEMPIT: dict[str, Any] = {"viewport": {"width": 320, "height": 700}}
UKURAN = {"desktop": LEBAR, "ponsel": PONSEL, "": SEMPIT}


class Pemotret:
    """Looks at one page at three widths."""

    def __init__(self, buka: Callable[..., Page], folder: Path) -> None:
        self.buka = buka
        self.folder = folder
        self._halaman: dict[tuple[str, str], Page] = {}

    def _get_halaman(self, nip: str, akhiran: str) -> Page:
        """One browser for each person and width: signing in costs more than looking."""
        kunci = (nip, akhiran)
        if kunci not in self._halaman:
            self._halaman[kunci] = self.buka(nip, **UKURAN[akhiran])
        return self._halaman[kunci]

    def look(self, nama: str, nip: str, alamat: str) -> None:
        """Check the page at every width, and picture the first two."""
        for akhiran, ukuran in UKURAN.items():
            halaman = self._get_halaman(nip, akhiran)
            halaman.set_viewport_size(ukuran["viewport"])
            halaman.goto(alamat)
            halaman.evaluate("document.fonts.ready")
            # As tall as the page, so that bars that stick lie where the page ends, over no field.
            tinggi = int(halaman.evaluate("document.documentElement.scrollHeight"))
            lebar = int(ukuran["viewport"]["width"])
            halaman.set_viewport_size({"width": lebar, "height": max(tinggi, 700)})
            self.check(halaman, f"{nama} {lebar}")
            if akhiran:
                halaman.screenshot(path=self.folder / f"{nama}-{akhiran}.png")

    def check(self, halaman: Page, nama: str) -> None:
        """No accessibility fault, no sideways scrolling."""
        check_halaman(halaman, nama)


@pytest.fixture
def potret(buka: Callable[..., Page], tmp_path: Path) -> Pemotret:
    """Pictures go where SAKIP_LAYAR says."""
    folder = Path(os.environ.get("SAKIP_LAYAR", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    return Pemotret(buka, folder)


def link_of(halaman: Page, jalan: Jalan, kerja: str) -> str:
    """Address of such a turn of the report."""
    jalan.open_turn(halaman, kerja)
    return halaman.url


def test_screens_are_accessible_and_fit(
    buka: Callable[..., Page], potret: Pemotret, tmp_path: Path
) -> None:
    potret.look("masuk", "", "/masuk/")
    jalan = Jalan(buka, "Triwulan II")
    jalan.start_report()
    potret.look("sop", PERENCANA, "/sop/")
    potret.look("organisasi", PERENCANA, "/organisasi/")
    potret.look("pemantauan", CAMAT, "/pemantauan/")
    potret.look("kalender", KEPALA, "/kalender/")
    potret.look("jam-kerja", KEPALA, "/kalender/jam/baru/")
    potret.look("hari-libur", KEPALA, "/kalender/libur/baru/")
    potret.look("tempel-libur", KEPALA, "/kalender/libur/impor/")
    sekretaris = buka(SEKRETARIS)
    potret.look("rapat", SEKRETARIS, link_of(sekretaris, jalan, "Fasilitasi rapat"))
    jalan.hold_meeting()
    potret.look("susun", PERENCANA, link_of(buka(PERENCANA), jalan, "Susun konsep laporan"))
    jalan.write_concept()
    potret.look("capaian", STAF["P2P"], link_of(buka(STAF["P2P"]), jalan, "Isi capaian kinerja"))
    for unit in STAF:
        jalan.fill_capaian(unit)
    jalan.correct("Capaian triwulan ini meningkat dibandingkan triwulan sebelumnya.")
    potret.look("capaian-matriks", PERENCANA, "/capaian/")
    potret.look("meja-kerja", SEKRETARIS, "/")
    potret.look("draf", SEKRETARIS, link_of(buka(SEKRETARIS), jalan, "Koreksi draf laporan"))
    look_at_return(jalan, potret)
    jalan.approve()
    look_at_signing(jalan, potret, tmp_path)


def look_at_return(jalan: Jalan, potret: Pemotret) -> None:
    """The dialog that sends a draft back, on a phone."""
    halaman = jalan.buka(SEKRETARIS, **PONSEL)
    jalan.open_turn(halaman, "Koreksi draf laporan")
    halaman.get_by_role("button", name="Kembalikan").click()
    expect(halaman.get_by_role("dialog")).to_be_visible()
    potret.check(halaman, "dialog kembali")
    halaman.screenshot(path=potret.folder / "draf-kembalikan-ponsel.png")


def look_at_signing(jalan: Jalan, potret: Pemotret, tmp_path: Path) -> None:
    """Ceremony, receipt, verification page, and the first page of the PDF."""
    kepala = jalan.open_signing()
    potret.look("tanda-tangan", KEPALA, kepala.url)
    sign(kepala)
    selesai = kepala.get_by_role("heading", name="Laporan telah ditandatangani")
    expect(selesai).to_be_visible(timeout=60_000)
    potret.look("tanda-terima", KEPALA, kepala.url)
    kepala.get_by_role("link", name="Buka laporan").click()
    potret.look("selesai", KEPALA, kepala.url)
    alamat = kepala.get_by_role("link", name="Halaman verifikasi").get_attribute("href")
    assert alamat
    potret.look("verifikasi", "", alamat)
    with kepala.expect_download() as unduhan:
        kepala.get_by_role("link", name="Unduh PDF").first.click()
    berkas = tmp_path / "laporan.pdf"
    unduhan.value.save_as(berkas)
    subprocess.run(
        ["pdftoppm", "-png", "-r", "60", str(berkas), str(potret.folder / "pdf")],
        check=True,
    )
