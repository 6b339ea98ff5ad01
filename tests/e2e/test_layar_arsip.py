"""What follows the signature, at three widths: archive, deliveries, register, LKE, and the audit.

The demo has a report that went the whole way.
"""

import pytest

from tests.e2e.test_layar import Pemotret, potret

__all__ = ["potret"]

pytestmark = pytest.mark.e2e
# Looks after the application in the office with letters: Dinas Contoh Kota Blitar.
PENGELOLA = "199004302015031065"
LAPORAN = "Laporan Kinerja Triwulan II Tahun 2026"


def test_papers_after_the_signature_are_accessible_and_fit(potret: Pemotret) -> None:
    potret.look("arsip", PENGELOLA, "/arsip/")
    potret.look("arsip-kosong", PENGELOLA, "/arsip/?cari=tidakada")
    potret.look("penyampaian", PENGELOLA, "/penyampaian/")
    potret.look("register", PENGELOLA, "/register/")
    potret.look("bukti-lke", PENGELOLA, "/bukti-lke/?tahun=2026")
    potret.look("kerangka", PENGELOLA, "/kerangka/")
    halaman = potret.buka(PENGELOLA)
    halaman.goto("/arsip/")
    halaman.get_by_role("link", name=LAPORAN, exact=True).click()
    potret.look("jejak", PENGELOLA, f"{halaman.url}jejak/")
