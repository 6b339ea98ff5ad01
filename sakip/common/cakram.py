"""Files on disk that are whole or not there at all.

A full disk leaves a truncated file that looks valid. So bytes go to a temporary name in the same
folder, are flushed to the disk, and only then get their name.
"""

import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

AKHIRAN_SEMENTARA = ".part"
_POTONGAN = 1 << 20


@contextmanager
def open_whole(path: Path, *, mode: int | None = None) -> Iterator[BinaryIO]:
    """A new file that gets its name `path` when the block ends well, and else leaves no trace.

    mode: its permissions from the first byte on; None as the umask says.

    Raises:
        OSError: the disk is full or refuses; nothing is left under `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    sementara = path.with_name(f".{path.name}.{uuid.uuid4().hex}{AKHIRAN_SEMENTARA}")
    try:
        with sementara.open("xb") as keluaran:
            if mode is not None:
                os.fchmod(keluaran.fileno(), mode)
            yield keluaran
            keluaran.flush()
            os.fsync(keluaran.fileno())
        sementara.replace(path)
        _sync_folder(path.parent)
    finally:
        sementara.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """A name is on the disk when its folder is."""
    terbuka = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(terbuka)
    finally:
        os.close(terbuka)


def write_whole(path: Path, potongan: Iterable[bytes], *, mode: int | None = None) -> None:
    """Write the chunks to `path` completely, or leave no trace; see `open_whole`."""
    with open_whole(path, mode=mode) as keluaran:
        for p in potongan:
            keluaran.write(p)


def read_potongan(sumber: IO[bytes]) -> Iterator[bytes]:
    """A stream piece by piece."""
    while isi := sumber.read(_POTONGAN):
        yield isi
