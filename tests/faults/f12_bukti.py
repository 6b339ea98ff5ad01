"""F12: evidence that is not what its name says."""

from tests.faults._landasan import Hasil, Landasan
from tests.faults._uji import run_uji


def run(landasan: Landasan) -> Hasil:
    """Nothing active is taken in or served."""
    return run_uji(landasan, "tests/kinerja/test_isian_bukti.py", "tests/laporan/test_gambar.py")
