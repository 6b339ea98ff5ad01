"""The value of a year so far, from the values of its triwulan. What is missing is left aside."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.hitung import mean
from kinerja.rules.periode import TRIWULAN


class Agregasi(StrEnum):
    """How the values of periods become one. JUMLAH: of increments; TERAKHIR: of positions."""

    TERAKHIR = "terakhir"
    JUMLAH = "jumlah"
    RERATA = "rerata"
    TERTINGGI = "tertinggi"
    TERENDAH = "terendah"


AGREGASI_KATA: Mapping[Agregasi, str] = {
    Agregasi.TERAKHIR: "nilai terakhir",
    Agregasi.JUMLAH: "jumlah",
    Agregasi.RERATA: "rata-rata",
    Agregasi.TERTINGGI: "nilai tertinggi",
    Agregasi.TERENDAH: "nilai terendah",
}


def combine(nilai: Sequence[Decimal | None], cara: Agregasi) -> Decimal | None:
    """One value from those of periods in order; None where every one is missing."""
    ada = [n for n in nilai if n is not None]
    return _GABUNG[cara](ada) if ada else None


def combine_target(
    target: Sequence[Decimal | None], realisasi: Sequence[Decimal | None], cara: Agregasi
) -> Decimal | None:
    """The target to date: of the periods that have a realisasi, so that none counts against it.

    None where one of those periods has no target: part of a sum is no target.
    """
    pasangan = [t for t, r in zip(target, realisasi, strict=True) if r is not None]
    if cara is Agregasi.TERAKHIR:
        return pasangan[-1] if pasangan else None
    return None if None in pasangan else combine(pasangan, cara)


def combine_setahun(target: Mapping[int, Decimal], cara: Agregasi) -> Decimal | None:
    """The year's target from those of its triwulan, by number; the one place that reckons it.

    None where a triwulan whose part it needs has none.
    """
    nilai = [target.get(t) for t in TRIWULAN]
    return combine_target(nilai, [Decimal(0)] * len(TRIWULAN), cara)


_GABUNG: Mapping[Agregasi, Callable[[Sequence[Decimal]], Decimal]] = {
    Agregasi.TERAKHIR: lambda n: n[-1],
    Agregasi.JUMLAH: lambda n: sum(n, Decimal(0)),
    Agregasi.RERATA: mean,
    Agregasi.TERTINGGI: max,
    Agregasi.TERENDAH: min,
}
