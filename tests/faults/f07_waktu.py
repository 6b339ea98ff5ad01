"""F7: deadlines across midnight, days off, halts and the three zones."""

from tests.faults._landasan import Hasil, Landasan
from tests.faults._uji import run_uji


def run(landasan: Landasan) -> Hasil:
    """Every test of the working clock and of deadlines."""
    return run_uji(
        landasan,
        "tests/common/test_waktu.py",
        "tests/laporan/test_tenggat.py",
        "tests/laporan/test_tempo.py",
    )
