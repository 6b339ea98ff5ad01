"""Plugin of pytest that takes one check away for a whole run: `-p tests.house.pasang_mutan`.

SAKIP_MUTAN names it as `script/mutasi` prints it: module, function, line, and what is missing.
"""

import os

from tests.house.mutasi import find_fungsi, list_mutan


def pytest_collection_finish() -> None:
    """Put the mutant in place once everything is imported."""
    diminta = os.environ["SAKIP_MUTAN"]
    mutan = next(m for m in list_mutan() if str(m) == diminta)
    fungsi = find_fungsi(mutan)
    assert fungsi is not None
    fungsi.__code__ = mutan.kode
