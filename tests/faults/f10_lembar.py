"""F10: hostile and broken workbooks."""

from tests.faults._landasan import Hasil, Landasan
from tests.faults._uji import run_uji


def run(landasan: Landasan) -> Hasil:
    """Each is refused with its place and reason, or nothing of it is applied."""
    return run_uji(landasan, "tests/common/test_lembar.py", "tests/kinerja/test_impor_ditolak.py")
