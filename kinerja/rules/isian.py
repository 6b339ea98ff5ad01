"""What a person typed into one row of the form, and reading it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.nilai import JenisNilai, Tingkat, parse_nilai
from sakip.common.angka import AngkaTidakTerbaca

MAKS_PENJELASAN = 5000


@dataclass(frozen=True)
class IsianBaris:
    """One row as typed. versi: of the row the person saw when typing. rtl: None leaves it alone."""

    realisasi_teks: str
    penjelasan: str
    versi: int
    rtl: str | None = None


@dataclass(frozen=True)
class NilaiBaris:
    """One row as understood. realisasi None: left empty, which is not zero."""

    realisasi: Decimal | None
    penjelasan: str
    rtl: str | None = None


class IsianTidakTerbaca(ValueError):
    """The row cannot be understood; `galat` has a sentence per field name."""

    def __init__(self, galat: dict[str, str]) -> None:
        super().__init__(" ".join(galat.values()))
        self.galat = galat


def read_isian(
    isian: IsianBaris,
    *,
    dapat_negatif: bool,
    jenis: JenisNilai = JenisNilai.ANGKA,
    tingkat: Sequence[Tingkat] = (),
) -> NilaiBaris:
    """Understand a row, all of it or none. jenis, tingkat: what kind of value the indikator has.

    Raises:
        IsianTidakTerbaca: with every fault of the row.
    """
    galat: dict[str, str] = {}
    realisasi = None
    if isian.realisasi_teks.strip():
        try:
            realisasi = parse_nilai(isian.realisasi_teks, jenis, tingkat)
        except AngkaTidakTerbaca as sebab:
            galat["realisasi"] = str(sebab)
    if realisasi is not None and realisasi < 0 and not dapat_negatif:
        galat["realisasi"] = "Realisasi indikator ini tidak dapat kurang dari nol."
    penjelasan = clean_teks(isian.penjelasan)
    if len(penjelasan) > MAKS_PENJELASAN:
        galat["penjelasan"] = f"Penjelasan paling panjang {MAKS_PENJELASAN} huruf. Ringkaslah."
    rtl = None if isian.rtl is None else clean_teks(isian.rtl)
    if len(rtl or "") > MAKS_PENJELASAN:
        galat["rtl"] = f"RTL paling panjang {MAKS_PENJELASAN} huruf. Ringkaslah."
    if galat:
        raise IsianTidakTerbaca(galat)
    return NilaiBaris(realisasi, penjelasan, rtl)


def clean_teks(teks: str) -> str:
    """Plain text: line breaks of one kind, no control characters, no space at the ends."""
    baris = teks.replace("\r\n", "\n").replace("\r", "\n")
    terlihat = (h for h in baris if h in "\n\t" or unicodedata.category(h) not in ("Cc", "Cs"))
    return "".join(terlihat).strip()
