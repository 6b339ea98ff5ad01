"""What changed between two texts, word by word."""

import difflib
import re

SAMA, HILANG, TAMBAH = "sama", "hilang", "tambah"
_KATA = re.compile(r"\S+|\s+")


def diff_kata(lama: str, baru: str) -> list[tuple[str, str]]:
    """Pieces of the two texts in reading order, each with SAMA, HILANG or TAMBAH."""
    a, b = _KATA.findall(lama), _KATA.findall(baru)
    hasil: list[tuple[str, str]] = []
    for op, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if op == "equal":
            hasil.append((SAMA, "".join(a[i:j])))
            continue
        hasil += [(HILANG, "".join(a[i:j]))] if i < j else []
        hasil += [(TAMBAH, "".join(b[k:m]))] if k < m else []
    return hasil
