"""Kinds of value: how each is typed, kept as one Decimal, and written again.

Levels are kept as their score, dates as days counted from the year 1, yes and no as 1 and 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.tanggal import list_tanggal
from sakip.common.angka import AngkaTidakTerbaca, format_angka, parse_angka
from sakip.common.waktu import BULAN


class JenisNilai(StrEnum):
    """What a value is."""

    ANGKA = "angka"
    PERSEN = "persen"
    RASIO = "rasio"
    RUPIAH = "rupiah"
    ORDINAL = "ordinal"
    TANGGAL = "tanggal"
    YA_TIDAK = "ya_tidak"
    KUALITATIF = "kualitatif"


ANGKA = (JenisNilai.ANGKA, JenisNilai.PERSEN, JenisNilai.RASIO, JenisNilai.RUPIAH)
# What an examiner may find of a target in words, where the office names no words of its own.
PENILAIAN = ("Tercapai", "Tercapai sebagian", "Tidak tercapai")
MAKS_PENILAIAN = 60
_YA = {"ya": Decimal(1), "tidak": Decimal(0), "sudah": Decimal(1), "belum": Decimal(0)}


@dataclass(frozen=True)
class Tingkat:
    """One level of an ordinal value."""

    sebutan: str
    skor: Decimal


class TingkatTidakTerbaca(ValueError):
    """The list of levels cannot be read; the message names the line."""


def read_tingkat(teks: str) -> tuple[Tingkat, ...]:
    """Levels from lines such as "WTP = 4", highest first or not.

    Raises:
        TingkatTidakTerbaca: a line without a score, or a level named twice.
    """
    hasil: list[Tingkat] = []
    for n, baris in enumerate(filter(None, (b.strip() for b in teks.splitlines())), 1):
        sebutan, _tanda, skor = baris.rpartition("=")
        try:
            tingkat = Tingkat(" ".join(sebutan.split()), parse_angka(skor))
        except AngkaTidakTerbaca as galat:
            raise TingkatTidakTerbaca(f"Baris {n}: tulis seperti “WTP = 4”.") from galat
        ada = {t.sebutan.casefold() for t in hasil}
        if not tingkat.sebutan or tingkat.sebutan.casefold() in ada:
            raise TingkatTidakTerbaca(f"Baris {n}: sebutan kosong atau berulang.")
        hasil.append(tingkat)
    return tuple(hasil)


def check_tingkatan(teks: str, jenis: str) -> None:
    """Whether the lines fit the kind of value: levels for ordinal, days late for tanggal.

    Raises:
        TingkatTidakTerbaca: they do not.
    """
    tingkat = read_tingkat(teks)
    if jenis == JenisNilai.ORDINAL and not tingkat:
        raise TingkatTidakTerbaca("Tulis tingkatnya, satu baris satu tingkat: “WTP = 4”.")
    if jenis == JenisNilai.TANGGAL and not all(t.sebutan.isdecimal() for t in tingkat):
        raise TingkatTidakTerbaca("Tulis hari terlambat dan persennya: “7 = 90”.")
    if jenis == JenisNilai.KUALITATIF and not all(_is_penilaian(t) for t in tingkat):
        raise TingkatTidakTerbaca(
            f"Tulis penilaian dan persennya, nol atau lebih: “Tercapai = 100”; sebutannya paling "
            f"panjang {MAKS_PENILAIAN} huruf."
        )


def _is_penilaian(t: Tingkat) -> bool:
    return len(t.sebutan) <= MAKS_PENILAIAN and t.skor >= 0


def list_penilaian(tingkat: Sequence[Tingkat]) -> tuple[str, ...]:
    """The words an examiner chooses from."""
    return tuple(t.sebutan for t in tingkat) or PENILAIAN


def find_skor(penilaian: str, tingkat: Sequence[Tingkat]) -> Decimal | None:
    """The percentage the office gives such a word; None where it gives none."""
    return next((t.skor for t in tingkat if t.sebutan == penilaian), None)


def parse_nilai(teks: str, jenis: JenisNilai, tingkat: Sequence[Tingkat] = ()) -> Decimal:
    """The value that `teks` writes.

    Raises:
        AngkaTidakTerbaca: it is none of that kind; the message says what to write.
    """
    rapi = " ".join(teks.split()).casefold()
    if jenis is JenisNilai.ORDINAL:
        return _parse_tingkat(rapi, tingkat)
    if jenis is JenisNilai.TANGGAL:
        return Decimal(_parse_tanggal(rapi).toordinal())
    if jenis is JenisNilai.YA_TIDAK:
        if rapi not in _YA:
            raise AngkaTidakTerbaca("Isi dengan ya atau tidak.")
        return _YA[rapi]
    if jenis is JenisNilai.KUALITATIF:
        raise AngkaTidakTerbaca("Indikator ini dinilai dengan kata. Tulis pada penjelasan.")
    return parse_angka(teks)


def write_nilai(
    nilai: Decimal, jenis: JenisNilai, tingkat: Sequence[Tingkat] = (), desimal: int = 0
) -> str:
    """The value as people read it; what has no word of its kind is written as a figure."""
    if jenis is JenisNilai.ORDINAL:
        kata = [t.sebutan for t in tingkat if t.skor == nilai]
        return kata[0] if kata else format_angka(nilai)
    if jenis is JenisNilai.TANGGAL:
        hari = date.fromordinal(int(nilai)) if 1 <= nilai <= date.max.toordinal() else None
        return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}" if hari else format_angka(nilai)
    if jenis is JenisNilai.YA_TIDAK and nilai in (0, 1):
        return "Ya" if nilai else "Tidak"
    ada = -int(nilai.normalize().as_tuple().exponent)
    return format_angka(nilai, max(desimal, ada, 0))


def _parse_tingkat(rapi: str, tingkat: Sequence[Tingkat]) -> Decimal:
    for t in tingkat:
        if t.sebutan.casefold() == rapi:
            return t.skor
    pilihan = ", ".join(t.sebutan for t in tingkat) or "belum ada tingkat"
    raise AngkaTidakTerbaca(f"Isi dengan salah satu: {pilihan}.")


def _parse_tanggal(rapi: str) -> date:
    """The day; of a month its last one, by which what is due in it must be done."""
    rentang = list_tanggal(rapi)
    if not rentang:
        raise AngkaTidakTerbaca("Isi dengan tanggal, contoh 5 Oktober 2026.")
    return rentang[0].akhir
