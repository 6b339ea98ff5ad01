"""Numbers of versions that a form or an address carries."""

import re

_NOMOR = re.compile(r"[0-9]{1,9}")


def read_nomor(teks: str, *, bawaan: int = 0) -> int:
    """The number as typed, or `bawaan` for what is none. No version is number 0."""
    return int(teks) if _NOMOR.fullmatch(teks) else bawaan
