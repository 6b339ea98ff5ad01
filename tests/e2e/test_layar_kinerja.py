"""The pages of plan and figures, filled and empty: accessible wide and narrow, never too wide.

Each is opened once and resized: the layout follows the window, and opening costs most of the time.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.e2e.layar import check_halaman, check_lebar
from tests.e2e.orang import CAMAT, PEMBINA, PERENCANA

pytestmark = pytest.mark.e2e

# Kecamatan Dawarblandong has the figures of 2025; Dinas Kesehatan has a plan and none.
ALAMAT = {
    CAMAT: (
        "/capaian/?tahun=2025",
        "/capaian/rekap/?periode=2025-3",
        "/capaian/5/",
        "/capaian/data/",
        "/organisasi/kunci-api/",
    ),
    PERENCANA: (
        "/capaian/rekap/",
        "/capaian/pohon/?tahun=2026",
        "/capaian/pohon/bagan/?tahun=2026",
        "/capaian/indikator/1/",
        "/capaian/kamus/",
        "/capaian/rencana-aksi/?tahun=2026",
        "/capaian/pembanding/",
        "/capaian/kategori/",
        "/capaian/impor/",
        "/laporan/perjanjian/?tahun=2026",
    ),
    PEMBINA: ("/capaian/daerah/?periode=2025-3",),
}
TINGGI = 900


@pytest.mark.parametrize("nip", ALAMAT, ids=["camat", "perencana", "pembina"])
def test_pages_of_figures_are_accessible_and_fit(buka: Callable[..., Page], nip: str) -> None:
    halaman = buka(nip)
    for alamat in ALAMAT[nip]:
        halaman.set_viewport_size({"width": 1440, "height": TINGGI})
        jawab = halaman.goto(alamat)
        assert jawab is not None
        assert jawab.status == 200, alamat
        check_lebar(halaman, alamat)
        halaman.set_viewport_size({"width": 320, "height": TINGGI})
        check_lebar(halaman, alamat)
        halaman.set_viewport_size({"width": 390, "height": TINGGI})
        check_halaman(halaman, alamat)
