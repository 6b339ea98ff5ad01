"""The whole annual report of the demo office, from the order to its signed PDF, in the browser."""

import csv
import re
import subprocess
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from django.utils.html import strip_tags
from playwright.sync_api import Page, expect

from laporan.management.tahunan import TAHUN, read_isi
from tests.e2e.conftest import Pasang
from tests.e2e.orang import KEPALA
from tests.e2e.penelusur import Penelusur

pytestmark = pytest.mark.e2e
KOREKSI_PERENCANA, TANDA_TANGAN = 6, 8
MIN_HALAMAN, MIN_INDIKATOR = 40, 25
_SELESAI_MS = 180_000


def run(*perintah: str) -> str:
    """What a program of the system says of the file."""
    return subprocess.run(perintah, capture_output=True, text=True, check=True).stdout


def fold(teks: str) -> str:
    """Without spaces and hyphens, at which lines of a table may be broken."""
    return re.sub(r"[\s­-]", "", teks).lower()


def write_naskah(penelusur: Penelusur, halaman: Page) -> None:
    """What only the writer can know: the words of the demo, each into its own part."""
    sql = "SELECT kode, judul FROM laporan_babnaskah WHERE draf_id = ?"
    judul = {str(kode): str(judul) for kode, judul in penelusur.ask(sql, penelusur.draf)}
    for kode, isi in read_isi()["naskah"].items():
        bagian = halaman.get_by_role("region", name=judul[kode], exact=True)
        bagian.locator("[contenteditable=true]").fill(strip_tags(isi))
        expect(bagian.get_by_role("status")).to_contain_text("Tersimpan")


def list_data(berkas: Path) -> Iterator[dict[str, str]]:
    """Rows of the figures that lie inside of the PDF."""
    folder = berkas.parent / "lampiran"
    folder.mkdir()
    run("pdfdetach", "-saveall", "-o", str(folder), str(berkas))
    with (folder / "data-capaian.csv").open(encoding="utf-8-sig", newline="") as isi:
        yield from csv.DictReader(isi)


def test_annual_report_is_written_signed_and_prints_its_data(
    buka: Callable[..., Page], pasang: Pasang, tmp_path: Path
) -> None:
    pasang.manage("muat_demo", "--lengkap")
    penelusur = Penelusur(buka, pasang, tmp_path / "tidak-dipakai.pdf")
    penelusur.start(KEPALA, "Setahun penuh", TAHUN)
    penelusur.walk(sampai=KOREKSI_PERENCANA)
    (giliran,) = penelusur.list_terbuka()
    halaman = penelusur.page_of(giliran.nip)
    halaman.goto(f"/tugas/{giliran.tugas}/")
    write_naskah(penelusur, halaman)
    penelusur.walk(sampai=TANDA_TANGAN)
    (giliran,) = penelusur.list_terbuka()
    kepala = penelusur.page_of(KEPALA)
    kepala.set_default_timeout(_SELESAI_MS)
    kepala.goto(f"/tugas/{giliran.tugas}/")
    kepala.get_by_role("link", name="Sudah saya baca, lanjutkan").wait_for()
    penelusur.walk()

    kepala.goto(f"/laporan/{penelusur.draf}/")
    with kepala.expect_download() as unduhan:
        kepala.get_by_role("link", name="Unduh PDF").first.click()
    unduhan.value.save_as(berkas := tmp_path / "lkjip.pdf")
    check_berkas(berkas)


def check_berkas(berkas: Path) -> None:
    """Long, sound, signed, and its pages say what its data say."""
    assert "Signature is Valid" in run("pdfsig", "-nocert", str(berkas))
    run("qpdf", "--check", str(berkas))
    ukuran = re.findall(r"size:\s+([\d.]+) x ([\d.]+)", run("pdfinfo", "-l", "999", str(berkas)))
    assert len(ukuran) >= MIN_HALAMAN
    assert {Decimal(lebar) > Decimal(tinggi) for lebar, tinggi in ukuran} == {True, False}
    teks = fold(run("pdftotext", str(berkas), "-"))
    data = list(list_data(berkas))
    assert len(data) >= MIN_INDIKATOR
    hilang = [b["Indikator"] for b in data if fold(b["Indikator"]) not in teks]
    assert not hilang
