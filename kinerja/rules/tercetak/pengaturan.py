"""Settings of the engine for one printed row, from what the document says of itself."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from kinerja.rules.capaian import Polaritas, Rumus
from kinerja.rules.nilai import Tingkat
from kinerja.rules.tercetak.ungkapan import Ungkapan, find_ungkapan


class Cara(StrEnum):
    """Where the figure in the printed column comes from."""

    RUMUS = "rumus"
    RERATA = "rerata indikator di atasnya"
    ULANG = "realisasi yang diulang"


@dataclass(frozen=True)
class Pengaturan:
    """Settings of the engine for one row. disebut: the document names its formula.

    ungkapan: the formula in the document's own spelling; may be one the engine does not have.
    tak_dikenal: the name given, where it says nothing to us. tingkat: scores of predicates, where
    the document lists them. sebagai_pecahan: the ratio is printed as 1,08, not as 108.
    catatan: what had to be assumed.
    """

    rumus: Rumus
    batas: Decimal | None = None
    cara: Cara = Cara.RUMUS
    ungkapan: Ungkapan | None = None
    tak_dikenal: str = ""
    tingkat: tuple[Tingkat, ...] = ()
    sebagai_pecahan: bool = False
    disebut: bool = False
    catatan: str = ""


_MAKS_NAMA = 60
_MAKS_RUMUS = 300
_BAKU = {
    Polaritas.NAIK: Rumus.PER_TARGET,
    Polaritas.TURUN: Rumus.CERMIN,
    Polaritas.TETAP: Rumus.STABIL,
}
_ARAH = re.compile(
    r"(?P<turun>lower|low|down|decreas|menurun|turun|rendah|kecil|sedikit|minimi[sz]|minimasi|negati)"
    r"|(?P<naik>higher|high|up|increas|menaik|naik|tinggi|besar|banyak|maxim|maksim|positi)"
    r"|(?P<tetap>stabil|tetap|constant|target)",
    re.I,
)
_TANPA_NAMA = re.compile(r"(?:none|no|not|empty|unknown|tidak|tanpa|belum)\b|[^\w(=|]*$", re.I)
_RERATA = re.compile(r"\b(?:mean|average|rata-rata|rerata)\b", re.I)
_ULANG = re.compile(r"=\s*(?:R|realisasi)\s*$|.*\b(?:repeats?|mengulang)\b", re.I)
_PECAHAN = re.compile(r"\b(?:fraction|pecahan|desimal)\b", re.I)
_BATAS = re.compile(
    r"(?:capp?(?:ed)?|maks(?:imal|\.)?|max(?:imum|\.)?|dibatasi|batas(?: tertinggi)?)"
    r"(?: at| to| of| ke| di)?\s*=?\s*([0-9]+(?:[.,][0-9]+)?)",
    re.I,
)
_TANPA_UNGKAPAN = re.compile(r"\bany\b|\bsemua\b|same text|teks sama|sebutan sama|equal text", re.I)
_TINGKAT = re.compile(r"([^\W\d_][^\W\d_+-]*[+-]?)\s*=\s*([0-9]+(?:[.,][0-9]+)?)")


def read_pengaturan(polaritas: str, rumus: str) -> Pengaturan:
    """Settings from the document's own words; what is missing is assumed, and said."""
    return _read(polaritas[:_MAKS_RUMUS], rumus[:_MAKS_RUMUS])


@lru_cache(maxsize=512)
def _read(polaritas: str, rumus: str) -> Pengaturan:
    kata = re.sub(r"\[.*", "", rumus, flags=re.S).strip()
    arah, catatan = _read_arah(polaritas)
    if _TANPA_NAMA.match(kata):
        return Pengaturan(_BAKU[arah], catatan=catatan)
    if _ULANG.match(kata):
        return Pengaturan(_BAKU[arah], cara=Cara.ULANG, disebut=True, catatan=catatan)
    ungkapan = find_ungkapan(kata)
    if ungkapan is None and _RERATA.search(kata):
        return Pengaturan(_BAKU[arah], cara=Cara.RERATA, disebut=True, catatan=catatan)
    tingkat = _read_tingkat(kata)
    pecahan = bool(_PECAHAN.search(kata))
    batas = _read_batas(kata, pecahan=pecahan)
    dikenal = ungkapan or tingkat or pecahan or batas or _TANPA_UNGKAPAN.search(kata)
    return Pengaturan(
        (ungkapan.rumus if ungkapan else None) or _BAKU[arah],
        batas=batas,
        ungkapan=ungkapan,
        tak_dikenal="" if dikenal else kata,
        tingkat=tingkat,
        sebagai_pecahan=pecahan,
        disebut=bool(dikenal),
        catatan=catatan,
    )


def name_rumus(rumus: str) -> str:
    """The formula as a document names it, short enough to count by."""
    nama = " ".join(re.sub(r"\[.*", "", rumus[:_MAKS_RUMUS], flags=re.S).split())
    return nama[:_MAKS_NAMA] or "tidak disebut"


def _read_arah(polaritas: str) -> tuple[Polaritas, str]:
    """The direction named first, "lower (stated: maksimal)" is falling."""
    cocok = _ARAH.search(polaritas)
    if cocok is not None:
        return next(p for p in Polaritas if cocok[p.value]), ""
    if not polaritas.strip():
        return Polaritas.NAIK, "arah tidak tercetak, dipakai makin tinggi makin baik"
    return (
        Polaritas.NAIK,
        f"arah “{polaritas.strip()}” tidak dikenal, dipakai makin tinggi makin baik",
    )


def _read_batas(kata: str, *, pecahan: bool) -> Decimal | None:
    """The cap in percent; a document that prints fractions writes its cap as one too."""
    cocok = _BATAS.search(kata)
    if cocok is None:
        return None
    batas = Decimal(cocok[1].replace(",", "."))
    return batas * 100 if pecahan and batas < 10 else batas


def _read_tingkat(kata: str) -> tuple[Tingkat, ...]:
    """Scores listed as "WTP=4, WDP=3"; one alone compares nothing."""
    semua = tuple(
        Tingkat(s.casefold(), Decimal(n.replace(",", "."))) for s, n in _TINGKAT.findall(kata)
    )
    return semua if len(semua) > 1 else ()
