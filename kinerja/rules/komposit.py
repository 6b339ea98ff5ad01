"""Values made of other values: a share, a sum, a weighted mean. No part is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from sakip.common.angka import format_angka

_KONTEKS = Context(prec=34)


class Susunan(StrEnum):
    """How a realisasi comes about."""

    LANGSUNG = "langsung"
    BAGI = "bagi"
    JUMLAH = "jumlah"
    TERTIMBANG = "tertimbang"


class Peran(StrEnum):
    """What a part is in its whole."""

    PEMBILANG = "pembilang"
    PENYEBUT = "penyebut"
    BAGIAN = "bagian"


@dataclass(frozen=True)
class Komponen:
    """One part: its role, weight and value, None where it is missing."""

    peran: Peran
    bobot: Decimal
    nilai: Decimal | None


@dataclass(frozen=True)
class Komposit:
    """A composed value, None where there is none, and how it came about."""

    nilai: Decimal | None
    alasan: str


def compose(susunan: Susunan, komponen: Sequence[Komponen], *, kali: Decimal) -> Komposit:
    """The value that the parts make.

    Raises:
        ValueError: `susunan` is LANGSUNG, which has no parts.
    """
    if susunan is Susunan.BAGI:
        atas = [k.nilai for k in komponen if k.peran is Peran.PEMBILANG]
        bawah = [k.nilai for k in komponen if k.peran is Peran.PENYEBUT]
        return share(atas, bawah, kali=kali)
    if susunan is Susunan.JUMLAH:
        return add([k.nilai for k in komponen])
    if susunan is Susunan.TERTIMBANG:
        return weigh([(k.nilai, k.bobot) for k in komponen])
    raise ValueError("realisasi yang diisi langsung tidak mempunyai komponen")


def check_susunan(susunan: Susunan, peran: Sequence[Peran]) -> str:
    """Why parts of these roles make no such value, as a sentence; "" where they do."""
    if susunan is Susunan.LANGSUNG:
        return "Hapus komponennya, atau pilih cara mengisi realisasi yang lain." if peran else ""
    if susunan is Susunan.BAGI:
        if {*peran} != {Peran.PEMBILANG, Peran.PENYEBUT}:
            return "Sebutkan pembilang dan penyebutnya, masing-masing paling sedikit satu."
        return ""
    if len(peran) < 2 or {*peran} != {Peran.BAGIAN}:
        return "Sebutkan paling sedikit dua komponen."
    return ""


def share(
    pembilang: Sequence[Decimal | None],
    penyebut: Sequence[Decimal | None],
    *,
    kali: Decimal = Decimal(100),
) -> Komposit:
    """Sum of the numerators over the sum of the denominators, times `kali`; never a mean of shares.

    Over periods: give one pair each, and the share is that of the sums.
    """
    if _is_kurang(pembilang) or _is_kurang(penyebut):
        return Komposit(None, "Pembilang atau penyebut belum lengkap.")
    atas, bawah = _sum(pembilang), _sum(penyebut)
    if bawah == 0:
        return Komposit(None, "Tidak dapat dihitung: penyebut nol.")
    nilai = _KONTEKS.divide(atas * kali, bawah)
    return Komposit(nilai, f"{format_angka(atas)} ÷ {format_angka(bawah)} × {format_angka(kali)}")


def add(bagian: Sequence[Decimal | None]) -> Komposit:
    """Sum of all parts; None while one is missing."""
    if _is_kurang(bagian):
        return Komposit(None, "Bagiannya belum lengkap.")
    return Komposit(_sum(bagian), " + ".join(format_angka(b) for b in bagian if b is not None))


def weigh(bagian: Sequence[tuple[Decimal | None, Decimal]]) -> Komposit:
    """Mean of the values by their weights, whatever the weights add up to."""
    ada = [(n, bobot) for n, bobot in bagian if n is not None]
    semua = sum((Fraction(bobot) for _n, bobot in ada), Fraction())
    if _is_kurang([n for n, _b in bagian]):
        return Komposit(None, "Bagiannya belum lengkap.")
    if semua == 0:
        return Komposit(None, "Tidak dapat dihitung: jumlah bobot nol.")
    hasil = sum((Fraction(n) * Fraction(bobot) for n, bobot in ada), Fraction()) / semua
    nilai = _KONTEKS.divide(Decimal(hasil.numerator), Decimal(hasil.denominator))
    kata = " + ".join(f"{format_angka(n)} × {format_angka(bobot)}" for n, bobot in ada)
    return Komposit(nilai, f"({kata}) ÷ jumlah bobot")


def _sum(bagian: Sequence[Decimal | None]) -> Decimal:
    return sum((b for b in bagian if b is not None), Decimal(0))


def _is_kurang(bagian: Sequence[Decimal | None]) -> bool:
    return not bagian or any(b is None for b in bagian)
