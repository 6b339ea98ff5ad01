"""Why a text was found: the first word that matches, and what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_SEKITAR = 90


@dataclass(frozen=True)
class Cuplikan:
    """A piece of a text; `kata` is the word found."""

    awal: str
    kata: str
    akhir: str


def find_cuplikan(teks: str, kata: Sequence[str]) -> Cuplikan | None:
    """The first word of `teks` that begins with one of `kata`, whole words around it, or None."""
    if not kata:
        return None
    pola = "|".join(re.escape(k) for k in sorted(kata, key=len, reverse=True))
    cocok = re.search(rf"\b(?:{pola})\w*", teks, re.IGNORECASE)
    if cocok is None:
        return None
    awal, akhir = teks[: cocok.start()], teks[cocok.end() :]
    if len(awal) > _SEKITAR:
        awal = "…" + awal[-_SEKITAR:].partition(" ")[2]
    if len(akhir) > _SEKITAR:
        akhir = akhir[:_SEKITAR].rpartition(" ")[0] + "…"
    return Cuplikan(awal, cocok.group(), akhir)
