"""Examining figures row by row: what a verdict must say, and the reason a unit is given."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kinerja.rules.isian import clean_teks

MAKS_CATATAN = 2000


class Tanda(StrEnum):
    """What the examiner found of one row."""

    BELUM = ""
    SESUAI = "sesuai"
    PERBAIKI = "perbaiki"


@dataclass(frozen=True)
class TandaBaris:
    """The verdict on one row as posted. catatan: what is to be mended, only with PERBAIKI."""

    tanda: Tanda
    catatan: str = ""


@dataclass(frozen=True)
class Temuan:
    """One row that needs work, for the sentence a unit reads."""

    unit: str
    indikator: str
    catatan: str


def read_tanda(tanda: str, catatan: str) -> TandaBaris:
    """A verdict from posted texts; an unknown word is no verdict."""
    dikenal = Tanda(tanda) if tanda in list(Tanda) else Tanda.BELUM
    return TandaBaris(dikenal, clean_teks(catatan) if dikenal is Tanda.PERBAIKI else "")


def explain_tanda(baris: TandaBaris) -> str:
    """Why the verdict cannot be kept, "" where it can."""
    if baris.tanda is Tanda.PERBAIKI and not baris.catatan:
        return "Tuliskan apa yang harus diperbaiki pada baris ini."
    if len(baris.catatan) > MAKS_CATATAN:
        return f"Catatan paling panjang {MAKS_CATATAN} huruf. Ringkaslah."
    return ""


def compose_alasan(temuan: Sequence[Temuan]) -> str:
    """The reason of a return, unit by unit, from what was noted on the rows."""
    unit = dict.fromkeys(t.unit for t in temuan)
    return "\n".join(
        f"{u}: " + "; ".join(f"{t.indikator}: {t.catatan}" for t in temuan if t.unit == u)
        for u in unit
    )
