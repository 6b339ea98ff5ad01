"""Each of the five SOPs from its first step to its last, by its own people, in the browser."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Pasang
from tests.e2e.penelusur import Penelusur

pytestmark = pytest.mark.e2e

# Who orders the report, and the steps it goes through.
KANTOR: dict[str, tuple[str, list[int]]] = {
    "dinkes-mojokerto": ("197203151998032001", [*range(1, 9)]),
    "dinkes-banten": ("197309021998031012", [*range(1, 6)]),
    "dprkp2-mojokerto": ("197101201997031021", [*range(1, 12)]),
    "kecamatan-dawarblandong": ("198301152006042032", [*range(1, 7)]),
    "kota-blitar": ("197010251995031041", [*range(1, 15)]),
}


@pytest.fixture
def penelusur(buka: Callable[..., Page], pasang: Pasang, tmp_path: Path) -> Penelusur:
    """Somebody who walks a report along, with a file to attach."""
    lampiran = tmp_path / "lampiran.pdf"
    lampiran.write_bytes(b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n")
    return Penelusur(buka, pasang, lampiran)


@pytest.mark.parametrize("kode", KANTOR)
def test_sop_runs_from_order_to_end(penelusur: Penelusur, kode: str) -> None:
    pemulai, langkah = KANTOR[kode]
    penelusur.start(pemulai, "Triwulan I")
    penelusur.walk()
    assert sorted({n for n, _unit in penelusur.jejak}) == langkah
    halaman = penelusur.page_of(pemulai)
    halaman.goto(f"/laporan/{penelusur.draf}/")
    expect(halaman.get_by_text("Selesai", exact=True).first).to_be_visible()


def test_only_the_unit_at_fault_does_its_work_again(penelusur: Penelusur) -> None:
    pemulai, _langkah = KANTOR["dprkp2-mojokerto"]
    penelusur.start(pemulai, "Triwulan II")
    penelusur.walk(sampai=6)
    (verifikasi,) = penelusur.list_terbuka()
    penelusur.send_back(verifikasi, unit="Bidang Perumahan Rakyat", alasan="Belum cocok.")
    (perbaikan,) = penelusur.list_terbuka()
    assert (perbaikan.langkah, perbaikan.unit) == (4, "PERUM")
    penelusur.walk()
    diulang = [unit for langkah, unit in penelusur.jejak if langkah == 4]
    assert sorted(diulang) == ["HUB", "PERKIM", "PERUM", "PERUM"]
