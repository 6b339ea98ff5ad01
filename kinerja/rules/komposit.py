"""Values made of other values: a share, a sum, a weighted mean. No part is invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from kinerja.rules.hitung import TEPAT, divide, to_decimal
from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka

MAKS_NAMA = 200
_MAKS_BOBOT = Decimal(1_000_000)


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


_PERAN_BAGI = (Peran.PEMBILANG, Peran.PENYEBUT)


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


class KomponenTidakTerbaca(ValueError):
    """The list of parts cannot be read; the message says which line or what is missing."""


@dataclass(frozen=True)
class KomponenBaca:
    """One part as it is defined."""

    nama: str
    peran: Peran
    bobot: Decimal = Decimal(1)


def read_komponen(teks: str, susunan: Susunan) -> tuple[KomponenBaca, ...]:
    """Parts from lines: "Pembilang: …" and "Penyebut: …", names, or "nama = bobot".

    Raises:
        KomponenTidakTerbaca: a line that fits none of these, or parts that make no such value.
    """
    hasil = []
    for n, baris in enumerate(filter(None, (b.strip() for b in teks.splitlines())), 1):
        k = _read_bagi(baris, n) if susunan is Susunan.BAGI else _read_bagian(baris, n, susunan)
        if not 0 < len(k.nama) <= MAKS_NAMA:
            raise KomponenTidakTerbaca(f"Baris {n}: nama paling panjang {MAKS_NAMA} huruf.")
        hasil.append(k)
    if salah := check_susunan(susunan, [k.peran for k in hasil]):
        raise KomponenTidakTerbaca(salah)
    return tuple(hasil)


def write_komponen(komponen: Sequence[KomponenBaca], susunan: Susunan) -> str:
    """The lines that `read_komponen` reads."""
    if susunan is Susunan.BAGI:
        return "\n".join(f"{k.peran.value.capitalize()}: {k.nama}" for k in komponen)
    if susunan is Susunan.TERTIMBANG:
        return "\n".join(f"{k.nama} = {format_angka(k.bobot)}" for k in komponen)
    return "\n".join(k.nama for k in komponen)


def describe_susunan(susunan: Susunan, komponen: Sequence[KomponenBaca], kali: Decimal) -> str:
    """How the realisasi comes about, as a formula in words; "" where it is typed."""
    if susunan is Susunan.BAGI:
        atas, bawah = (
            " + ".join(k.nama for k in komponen if k.peran is p)
            for p in (Peran.PEMBILANG, Peran.PENYEBUT)
        )
        return f"({atas}) ÷ ({bawah}) × {format_angka(kali)}"
    if susunan is Susunan.JUMLAH:
        return " + ".join(k.nama for k in komponen)
    if susunan is Susunan.TERTIMBANG:
        isi = " + ".join(f"{k.nama} × {format_angka(k.bobot)}" for k in komponen)
        return f"({isi}) ÷ jumlah bobot"
    return ""


def _read_bagi(baris: str, nomor: int) -> KomponenBaca:
    peran, titik, nama = baris.partition(":")
    if not titik or peran.strip().casefold() not in ("pembilang", "penyebut"):
        raise KomponenTidakTerbaca(f"Baris {nomor}: tulis “Pembilang: …” atau “Penyebut: …”.")
    return KomponenBaca(" ".join(nama.split()), Peran(peran.strip().casefold()))


def _read_bagian(baris: str, nomor: int, susunan: Susunan) -> KomponenBaca:
    if susunan is not Susunan.TERTIMBANG:
        return KomponenBaca(" ".join(baris.split()), Peran.BAGIAN)
    nama, _tanda, bobot = baris.rpartition("=")
    try:
        nilai = parse_angka(bobot)
    except AngkaTidakTerbaca as sebab:
        raise KomponenTidakTerbaca(f"Baris {nomor}: tulis “nama = bobot”.") from sebab
    if not 0 < nilai < _MAKS_BOBOT or nilai != round(nilai, 4):
        raise KomponenTidakTerbaca(
            f"Baris {nomor}: bobot lebih dari nol, di bawah 1.000.000, paling banyak empat desimal."
        )
    return KomponenBaca(" ".join(nama.split()), Peran.BAGIAN, nilai)


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
    nilai = divide(TEPAT.multiply(atas, kali), bawah)
    return Komposit(nilai, f"{format_angka(atas)} ÷ {format_angka(bawah)} × {format_angka(kali)}")


def share_periode(
    periode: Sequence[Sequence[Komponen]], *, kali: Decimal = Decimal(100)
) -> Komposit:
    """The share over several periods: of the sums of their parts, so a large period weighs more."""
    if any(not any(k.peran is p for k in isi) for isi in periode for p in _PERAN_BAGI):
        return Komposit(None, "Ada triwulan tanpa pembilang dan penyebut.")
    atas, bawah = ([k.nilai for isi in periode for k in isi if k.peran is p] for p in _PERAN_BAGI)
    return share(atas, bawah, kali=kali)


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
    nilai = to_decimal(hasil)
    kata = " + ".join(f"{format_angka(n)} × {format_angka(bobot)}" for n, bobot in ada)
    return Komposit(nilai, f"({kata}) ÷ jumlah bobot")


def _sum(bagian: Sequence[Decimal | None]) -> Decimal:
    return sum((b for b in bagian if b is not None), Decimal(0))


def _is_kurang(bagian: Sequence[Decimal | None]) -> bool:
    return not bagian or any(b is None for b in bagian)
