"""One figure beside others: the year before, the end of the Renstra, other regions.

Better and worse follow the direction of the indikator, never the sign of the difference.
Sumber: KERANGKA-LKJ
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.capaian import Hasil, Polaritas, Setelan, reckon_capaian
from sakip.common.angka import format_angka


class Arah(StrEnum):
    """What a difference means."""

    BAIK = "baik"
    BURUK = "buruk"
    SAMA = "sama"
    BEDA = "beda"


@dataclass(frozen=True)
class Selisih:
    """What is left after taking the other figure away, and what that means."""

    nilai: Decimal
    arah: Arah


@dataclass(frozen=True)
class Kemajuan:
    """How far a figure is on its way to the end of the Renstra.

    hasil: as any capaian, against the last target. sisa: what is still to go, never below zero.
    """

    hasil: Hasil
    sisa: Decimal


def compare(kini: Decimal, lain: Decimal, polaritas: Polaritas) -> Selisih:
    """`kini` against another figure. Where near the target is good neither side is better."""
    nilai = kini - lain
    if nilai == 0:
        return Selisih(nilai, Arah.SAMA)
    if polaritas is Polaritas.TETAP:
        return Selisih(nilai, Arah.BEDA)
    baik = (nilai > 0) == (polaritas is Polaritas.NAIK)
    return Selisih(nilai, Arah.BAIK if baik else Arah.BURUK)


def reckon_kemajuan(target: Decimal, realisasi: Decimal, setelan: Setelan) -> Kemajuan:
    """Percentage of the last target reached, and the gap that remains."""
    arah, beda = setelan.rumus.polaritas, target - realisasi
    sisa = {Polaritas.NAIK: beda, Polaritas.TURUN: -beda, Polaritas.TETAP: abs(beda)}[arah]
    # A range is of one period; the Renstra promises one value.
    hasil = reckon_capaian(target, realisasi, replace(setelan, atas=None))
    return Kemajuan(hasil, max(sisa, Decimal(0)))


def describe_perubahan(selisih: Selisih, tulis: Callable[[Decimal], str] = format_angka) -> str:
    """Against one's own past: "naik 2,3, membaik"."""
    if selisih.arah is Arah.SAMA:
        return "tetap"
    gerak = f"{'naik' if selisih.nilai > 0 else 'turun'} {tulis(abs(selisih.nilai))}"
    akhir = {Arah.BAIK: ", membaik", Arah.BURUK: ", memburuk"}.get(selisih.arah, "")
    return gerak + akhir


def describe_letak(selisih: Selisih, tulis: Callable[[Decimal], str] = format_angka) -> str:
    """Against others: "2,3 lebih tinggi, lebih baik"."""
    if selisih.arah is Arah.SAMA:
        return "sama"
    letak = f"{tulis(abs(selisih.nilai))} lebih {'tinggi' if selisih.nilai > 0 else 'rendah'}"
    akhir = {Arah.BAIK: ", lebih baik", Arah.BURUK: ", belum sebaik itu"}.get(selisih.arah, "")
    return letak + akhir
