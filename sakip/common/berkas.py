"""Files on disk that are whole or not there at all.

A full disk leaves a truncated file that looks valid. So bytes go to a temporary name in the same
folder, are
flushed to the disk, and only then get their name.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable
from pathlib import Path

from django.core.files import File
from django.core.files.storage import FileSystemStorage

AKHIRAN_SEMENTARA = ".part"


def sha256_hex(isi: bytes) -> str:
    """SHA-256 of `isi` as 64 lowercase hexadecimal characters."""
    return hashlib.sha256(isi).hexdigest()


def write_whole(path: Path, potongan: Iterable[bytes]) -> None:
    """Write the chunks to `path` completely, or leave no trace.

    Raises:
        OSError: the disk is full or refuses; nothing is left under `path`.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    sementara = path.with_name(f".{path.name}.{uuid.uuid4().hex}{AKHIRAN_SEMENTARA}")
    try:
        with sementara.open("xb") as keluaran:
            for p in potongan:
                keluaran.write(p)
            keluaran.flush()
            os.fsync(keluaran.fileno())
        sementara.replace(path)
    finally:
        sementara.unlink(missing_ok=True)


class PenyimpananAman(FileSystemStorage):
    """Django's file storage with whole files only; names are given once and never overwritten."""

    def _save(self, name: str, content: File[bytes]) -> str:
        tujuan = Path(self.path(name))
        write_whole(tujuan, content.chunks())
        return name
