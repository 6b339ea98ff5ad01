"""The report at its most awkward: nothing lost, nothing beyond the margins, no head left alone."""

import re
import subprocess
from datetime import datetime
from pathlib import Path

import pytest
from lxml import etree

from laporan.selectors.cetak import build_cetak
from laporan.services.dokumen import render_laporan
from sakip.common.pdf import render_pdf
from tests.laporan.meja_tanda import until
from tests.laporan.naskah_besar import make_naskah, make_tabel_ketik
from tests.laporan.rute import Kantor
from tests.laporan.test_dokumen_cetak import list_halaman

pytestmark = pytest.mark.django_db

BARIS = 300
# Points between the edge of the paper and the text, left and right (26 mm and 22 mm), with a hair.
KIRI, KANAN = 26 * 72 / 25.4 - 1, 22 * 72 / 25.4 - 1
_X = "{http://www.w3.org/1999/xhtml}"


def list_luar(berkas: Path) -> list[str]:
    """Words beyond the margins, on every page but the cover."""
    perintah = ["pdftotext", "-bbox", "-f", "2", str(berkas), "-"]
    pohon = etree.fromstring(subprocess.run(perintah, capture_output=True, check=True).stdout)
    return [
        str(w.text)
        for h in pohon.iter(f"{_X}page")
        for w in h.iter(f"{_X}word")
        if float(w.get("xMin", "0")) < KIRI
        or float(w.get("xMax", "0")) > float(h.get("width", "0")) - KANAN
    ]


def read_daftar(halaman: list[str]) -> list[tuple[str, str]]:
    """Number and promised page of each line in the lists of tables and figures."""
    depan = "\n".join(h for h in halaman if "DAFTAR TABEL" in h or "DAFTAR GAMBAR" in h)
    pola = r"^((?:Tabel|Gambar) 3\.\d+) (?:.*\n){0,3}?.*?\.{3,}[ .]* (\d+)$"
    return re.findall(pola, re.sub(r"\. (?=\.)", ".", depan), re.M)


def test_a_chapter_of_300_rows_is_printed_whole_and_found_by_the_lists(
    kantor_satu: Kantor, now: datetime, tmp_path: Path
) -> None:
    versi = make_naskah(until(kantor_satu, 2, now).versi_naskah.get(), ringkas=True)
    versi.tabel = versi.tabel[:1]
    versi.isi[-1]["html"] += make_tabel_ketik(BARIS)
    hasil = render_pdf(render_laporan(build_cetak(versi, pada=now)))
    halaman = list_halaman(hasil.isi, tmp_path)
    teks = "\n".join(halaman)

    for nomor in range(1, BARIS + 1):
        assert f"Puskesmas {nomor} " in teks
    assert "AKHIRRAKSASA" in teks

    berbaris = [h for h in halaman if re.search(r"Puskesmas \d+ ", h)]
    assert len(berbaris) > 5
    assert all("Fasilitas" in h and "Belanja" in h for h in berbaris)

    for isi in halaman[1:]:
        baris = [b.strip() for b in isi.splitlines() if b.strip()]
        tubuh = [b for b in baris[2:] if "halaman " not in b and "/v/" not in b]
        assert tubuh
        assert not re.fullmatch(r"(Indikator|Sasaran) \d+", tubuh[-1])
    assert list_luar(tmp_path / "laporan.pdf") == []

    janji = read_daftar(halaman)
    assert len(janji) >= 6
    for bagian, ke in janji:
        assert re.search(rf"^\s*{bagian} ", halaman[int(ke) - 1], re.M), bagian
