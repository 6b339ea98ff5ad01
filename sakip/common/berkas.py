"""Files on disk that are whole or not there at all.

A full disk leaves a truncated file that looks valid. So bytes go to a temporary name in the same
folder, are flushed to the disk, and only then get their name.
"""

import hashlib
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files import File
from django.core.files.storage import FileSystemStorage
from django.utils.translation import gettext as _

from sakip.common.antivirus import require_bersih
from sakip.common.errors import DomainError

AKHIRAN_SEMENTARA = ".part"


class BerkasBerubah(DomainError):
    """A stored file is gone or is not what was written."""


def sha256_hex(isi: bytes) -> str:
    """SHA-256 of `isi` as 64 lowercase hexadecimal characters."""
    return hashlib.sha256(isi).hexdigest()


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


def path_of(berkas: str) -> Path:
    """Where a stored file lies. berkas: its name relative to MEDIA_ROOT."""
    return Path(settings.MEDIA_ROOT) / berkas


def read_berkas(berkas: str, sha256: str) -> bytes:
    """A stored file, checked against the fingerprint it had when it was written.

    Raises:
        BerkasBerubah: it is gone or was changed on the disk.
    """
    try:
        isi = path_of(berkas).read_bytes()
    except FileNotFoundError:
        isi = b""
    if sha256_hex(isi) != sha256:
        raise BerkasBerubah(
            _("Berkas di penyimpanan tidak sama dengan saat dibekukan. Hubungi pengelola.")
        )
    return isi


class PenyimpananAman(FileSystemStorage):
    """Django's file storage with whole files only; names are given once and never overwritten.

    What people upload comes through here, and past the scanner for viruses.
    """

    def _save(self, name: str, content: File[bytes]) -> str:
        require_bersih(content.chunks())
        tujuan = Path(self.path(name))
        write_whole(tujuan, content.chunks())
        return name
