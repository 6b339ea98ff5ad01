"""Files that are written once: their fingerprint is in their name, and nothing replaces them.

A second writer, on whatever machine, finds the same bytes or another name.
"""

from io import BytesIO
from pathlib import PurePosixPath

from sakip.common.berkas import BerkasBerubah, read_berkas, sha256_hex
from sakip.common.penyimpanan import get_penyimpanan


def store_sekali(isi: bytes, *, folder: str, akhiran: str) -> str:
    """Keep `isi` under a name made of its SHA-256 alone; that name.

    Raises:
        BerkasBerubah: a file of that name is there with other content.
        OSError: the store is full, refuses or does not answer.
    """
    sidik = sha256_hex(isi)
    return _store(f"{folder}/{sidik[:2]}/{sidik}{akhiran}", isi, sidik)


def keep_berkas(nama: str, isi: bytes) -> str:
    """Keep `isi` under `nama` with the beginning of its SHA-256 before the suffix; that name.

    Raises:
        BerkasBerubah: a file of that name is there with other content.
        OSError: the store is full, refuses or does not answer.
    """
    sidik, jalur = sha256_hex(isi), PurePosixPath(nama)
    return _store(str(jalur.with_stem(f"{jalur.stem}-{sidik[:16]}")), isi, sidik)


def is_utuh(berkas: str, sidik: str) -> bool:
    """Whether a stored file is there and still what was written."""
    try:
        read_berkas(berkas, sidik)
    except (BerkasBerubah, OSError):
        return False
    return True


def _store(nama: str, isi: bytes, sidik: str) -> str:
    try:
        get_penyimpanan().store(nama, BytesIO(isi), sekali=True)
    except FileExistsError:
        read_berkas(nama, sidik)  # it is what we meant to write, or this says so
    return nama
