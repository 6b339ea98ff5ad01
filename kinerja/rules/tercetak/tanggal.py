"""Dates as printed: a day, or a month as all of its days."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from kinerja.rules.tercetak.bilangan import Bacaan
from sakip.common.waktu import BULAN

_INGGRIS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_NAMA = {
    tulisan: nomor
    for daftar in (_INGGRIS, tuple(b.casefold() for b in BULAN))
    for nomor, nama in enumerate(daftar, 1)
    for tulisan in (nama, nama[:3])
} | {"ags": 8, "agt": 8, "nop": 11, "nopember": 11, "pebruari": 2}
BULAN_TERCETAK = "|".join(sorted(_NAMA, key=len, reverse=True))

_DEPAN = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),? )?(?:tgl\.? |tanggal )?"
_KATA = re.compile(rf"{_DEPAN}(?:(\d{{1,2}})[ /-])?({BULAN_TERCETAK})\.?[ /-](\d{{4}})", re.I)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]+)?", re.I)
_ANGKA = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})")


def list_tanggal(rapi: str) -> tuple[Bacaan, ...]:
    """First and last day (equal for a day) as ordinals; two meanings where day and month may be
    exchanged, day first; none where it is no date."""
    if cocok := _KATA.fullmatch(rapi):
        return _list_hari((int(cocok[3]), _NAMA[cocok[2].casefold()], int(cocok[1] or 0)))
    if cocok := _ISO.fullmatch(rapi):
        return _list_hari((int(cocok[1]), int(cocok[2]), int(cocok[3]) or -1))
    if cocok := _ANGKA.fullmatch(rapi):
        a, b, tahun = int(cocok[1]) or -1, int(cocok[3]) or -1, int(cocok[4])
        return _list_hari((tahun, b, a), (tahun, a, b))
    return ()


def _list_hari(*susunan: tuple[int, int, int]) -> tuple[Bacaan, ...]:
    """The days that exist, each once. Day 0 is the whole month."""
    hari = {rentang: None for s in susunan if (rentang := _rentang(*s))}
    ganda = len(hari) > 1
    cara = ("hari/bulan", "bulan/hari") if ganda else ("",)
    return tuple(Bacaan(a, c, atas=b) for (a, b), c in zip(hari, cara, strict=False))


def _rentang(tahun: int, bulan: int, hari: int) -> tuple[Decimal, Decimal] | None:
    try:
        awal = date(tahun, bulan, hari or 1)
        akhir = awal if hari else date(tahun, bulan, monthrange(tahun, bulan)[1])
    except ValueError:
        return None
    return Decimal(awal.toordinal()), Decimal(akhir.toordinal())
