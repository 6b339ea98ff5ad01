"""Stored files, by their name in the store: written whole, read against their fingerprint.

What the store is, a folder or a bucket of objects, the settings say; see `penyimpanan`.
"""

import hashlib
from contextlib import closing
from io import BytesIO
from typing import IO

from django.utils.translation import gettext as _

from sakip.common.errors import DomainError
from sakip.common.penyimpanan import get_penyimpanan


class BerkasBerubah(DomainError):
    """A stored file is gone or is not what was written."""


def sha256_hex(isi: bytes) -> str:
    """SHA-256 of `isi` as 64 lowercase hexadecimal characters."""
    return hashlib.sha256(isi).hexdigest()


def store_berkas(nama: str, isi: bytes | IO[bytes]) -> None:
    """Keep `isi` whole under `nama`, in place of what waited there.

    Raises:
        OSError: the store is full, refuses or does not answer; nothing new is under `nama`.
    """
    get_penyimpanan().store(nama, BytesIO(isi) if isinstance(isi, bytes) else isi)


def has_berkas(nama: str) -> bool:
    """Whether something is stored under that name."""
    return get_penyimpanan().exists(nama)


def open_berkas(nama: str) -> tuple[IO[bytes], int]:
    """A stored file to hand out, read once from its beginning, and its size in bytes.

    Raises:
        FileNotFoundError: there is none of that name.
        OSError: the store refuses or does not answer.
    """
    return get_penyimpanan().open_alir(nama)


def find_isi(nama: str) -> bytes | None:
    """What is stored under that name, unchecked; None where there is nothing."""
    try:
        sumber, _ukuran = open_berkas(nama)
    except FileNotFoundError:
        return None
    with closing(sumber):
        return sumber.read()


def discard_berkas(nama: str) -> None:
    """Delete what is stored under that name, if it is there."""
    get_penyimpanan().delete(nama)


def read_berkas(berkas: str, sha256: str) -> bytes:
    """A stored file, checked against the fingerprint it had when it was written.

    Raises:
        BerkasBerubah: it is gone or was changed in the store.
    """
    isi = find_isi(berkas) or b""
    if sha256_hex(isi) != sha256:
        raise BerkasBerubah(
            _("Berkas di penyimpanan tidak sama dengan saat dibekukan. Hubungi pengelola.")
        )
    return isi
