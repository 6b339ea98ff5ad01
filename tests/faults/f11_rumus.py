"""F11: text that a spreadsheet would calculate, out and back."""

from tests.faults._landasan import Hasil, Landasan
from tests.faults._uji import run_uji


def run(landasan: Landasan) -> Hasil:
    """No cell of any download is a formula."""
    return run_uji(landasan, "tests/common/test_unduhan.py", "tests/kinerja/test_unduhan.py")
