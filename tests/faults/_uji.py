"""Faults that are inputs: the tests which already feed them, run and counted."""

import subprocess
import sys
from xml.etree import ElementTree

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command

from sakip.env import BASE_DIR
from sop.selectors import get_graf
from tests.faults._landasan import Hasil, Landasan


def make_kosong() -> None:
    """Tests begin in an empty database; what this process remembers of the old one is gone too."""
    call_command("flush", interactive=False, verbosity=0)
    ContentType.objects.clear_cache()
    get_graf.cache_clear()


def run_uji(landasan: Landasan, *pilihan: str) -> Hasil:
    """Run those tests in the database that is there; each that does not pass is named."""
    hasil = Hasil()
    make_kosong()
    for ke in range(landasan.kali):
        laporan = landasan.folder / f"uji-{ke}.xml"
        subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "--reuse-db", f"--junitxml={laporan}", *pilihan],
            cwd=BASE_DIR,
            check=False,
            stdout=subprocess.DEVNULL,
        )
        kasus = list(ElementTree.parse(laporan).iter("testcase"))  # noqa: S314 - written by pytest, above
        hasil.kejadian += len(kasus)
        hasil.salah += [
            f"{k.attrib['name']}: {k[0].attrib.get('message', '')[:200]}" for k in kasus if len(k)
        ]
        hasil.require(kasus, "tidak ada uji yang berjalan")
    hasil.catatan.append(f"uji di {', '.join(p for p in pilihan if not p.startswith('-'))}")
    return hasil
