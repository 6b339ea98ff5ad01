"""The folder through which the processes of one service add up what they count."""

import atexit
import os
import shutil
import tempfile

_NAMA = "PROMETHEUS_MULTIPROC_DIR"


def share_metrik() -> None:
    """Make it, empty, for this process and its children, until this process ends.

    To be called before any of them imports `sakip.common.metrik`.
    """
    if _NAMA in os.environ:
        return
    folder = os.environ[_NAMA] = tempfile.mkdtemp(prefix="sakip-metrik-")
    atexit.register(_discard, folder, os.getpid())


def _discard(folder: str, pemilik: int) -> None:
    """By the process that made it only: its children end too."""
    if os.getpid() == pemilik:
        shutil.rmtree(folder, ignore_errors=True)
