"""Files that are written once: named by their content, read-only, the same bytes kept once."""

from sakip.common.berkas import BerkasBerubah, path_of, read_berkas, sha256_hex, write_whole

_BACA_SAJA = 0o444


def store_sekali(isi: bytes, *, folder: str, akhiran: str) -> str:
    """Keep `isi` under a name made of its SHA-256; its name relative to MEDIA_ROOT.

    What is there already is checked, not written again; it is read-only from its first moment.

    Raises:
        BerkasBerubah: a file of that name is there with other content.
        OSError: the disk is full or refuses.
    """
    sidik = sha256_hex(isi)
    berkas = f"{folder}/{sidik[:2]}/{sidik}{akhiran}"
    path = path_of(berkas)
    if path.exists():
        read_berkas(berkas, sidik)
        path.chmod(_BACA_SAJA)  # an older release may have been killed before it did
    else:
        write_whole(path, [isi], mode=_BACA_SAJA)
    return berkas


def is_utuh(berkas: str, sidik: str) -> bool:
    """Whether a stored file is there and still what was written."""
    try:
        read_berkas(berkas, sidik)
    except (BerkasBerubah, OSError):
        return False
    return True
