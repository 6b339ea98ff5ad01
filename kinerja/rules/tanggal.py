"""Dates as people write and print them: a day, or a month as all of its days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

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
POLA_BULAN = "|".join(sorted(_NAMA, key=len, reverse=True))

_DEPAN = r"(?:(?:senin|selasa|rabu|kamis|jum'?at|sabtu|minggu),? )?(?:tgl\.? |tanggal )?"
_KATA = re.compile(rf"{_DEPAN}(?:(\d{{1,2}})[ /-])?({POLA_BULAN})\.?[ /-](\d{{4}})", re.I)
_ISO = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]+)?", re.I)
_BULAN_ANGKA = re.compile(r"(0[1-9]|1[0-2])[-/]((?:19|20)\d{2})")
_ANGKA = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})")


@dataclass(frozen=True)
class Rentang:
    """First and last day, the same one for a day."""

    awal: date
    akhir: date


def list_tanggal(rapi: str) -> tuple[Rentang, ...]:
    """The days that `rapi`, one line without needless spaces, can mean; none where it is no date.

    Two where day and month may be exchanged ("05/04/2024"), the Indonesian order first.
    """
    if cocok := _KATA.fullmatch(rapi):
        return _list_ada((int(cocok[3]), _NAMA[cocok[2].casefold()], int(cocok[1] or 0)))
    if cocok := _ISO.fullmatch(rapi):
        return _list_ada((int(cocok[1]), int(cocok[2]), int(cocok[3]) or -1))
    if cocok := _BULAN_ANGKA.fullmatch(rapi):
        return _list_ada((int(cocok[2]), int(cocok[1]), 0))
    if cocok := _ANGKA.fullmatch(rapi):
        a, b, tahun = int(cocok[1]) or -1, int(cocok[3]) or -1, int(cocok[4])
        return _list_ada((tahun, b, a), (tahun, a, b))
    return ()


def _list_ada(*susunan: tuple[int, int, int]) -> tuple[Rentang, ...]:
    """Those that the calendar has, each once."""
    return tuple(dict.fromkeys(r for s in susunan if (r := _rentang(*s)) is not None))


def _rentang(tahun: int, bulan: int, hari: int) -> Rentang | None:
    """Day 0 is the whole month."""
    try:
        awal = date(tahun, bulan, hari or 1)
        return Rentang(awal, awal if hari else date(tahun, bulan, monthrange(tahun, bulan)[1]))
    except ValueError:
        return None
