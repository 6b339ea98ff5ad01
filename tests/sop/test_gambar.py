"""Pictures of the printed SOPs: every flowchart page of the five, and one identity page.

They go to a temporary folder; script/screens sends them to docs/screens.
"""

import os
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from sakip.common.pdf import render_pdf
from sop.rules.kertas import KERTAS
from sop.selectors.cetak import build_cetak
from sop.services.dokumen import render_sop
from tests.factories.sop import JABATAN, muat

pytestmark = pytest.mark.django_db
DPI = 110
BERIDENTITAS = "dinkes-banten"


@pytest.mark.parametrize("nama", JABATAN)
def test_the_five_are_pictured_as_printed(nama: str, tmp_path: Path) -> None:
    folder = Path(os.environ.get("SAKIP_LAYAR", tmp_path))
    folder.mkdir(parents=True, exist_ok=True)
    cetak = build_cetak(muat(nama), KERTAS["a4"])
    hasil = render_pdf(render_sop(cetak), gaya=cetak.gaya)
    awal = hasil.halaman - len(cetak.lembar)
    nomor = {awal + n: f"sop-alur-{nama}-{n}" for n in range(1, len(cetak.lembar) + 1)}
    if nama == BERIDENTITAS:
        nomor[1] = f"sop-identitas-{nama}"
    for halaman, berkas in nomor.items():
        perintah = ["pdftoppm", "-png", "-r", str(DPI), "-singlefile", "-gray"]
        bagian = ["-f", str(halaman), "-l", str(halaman), "-", str(folder / berkas)]
        subprocess.run([*perintah, *bagian], input=hasil.isi, check=True)
        with Image.open(folder / f"{berkas}.png") as gambar:
            assert gambar.width > gambar.height > DPI * 8
            gelap = gambar.convert("L").point(lambda n: n < 128, mode="1")  # ink, not paper
            assert gelap.getbbox() is not None
