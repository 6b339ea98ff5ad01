"""How long a record is active and inactive, counted in whole years as retention schedules do.

Sumber: ARSIP in docs/regulasi.md
"""

from datetime import date
from enum import StrEnum


class Masa(StrEnum):
    """Where a record is in its life."""

    AKTIF = "aktif"
    INAKTIF = "inaktif"
    HABIS = "habis"


def count_retensi(masuk: date, *, aktif: int, inaktif: int) -> tuple[date, date]:
    """Last active and last inactive day of what came in on `masuk`: ends of calendar years."""
    return date(masuk.year + aktif, 12, 31), date(masuk.year + aktif + inaktif, 12, 31)


def find_masa(hari: date, *, aktif_sampai: date, inaktif_sampai: date) -> Masa:
    """Where the record is on that day. After its time nothing happens by itself."""
    if hari <= aktif_sampai:
        return Masa.AKTIF
    return Masa.INAKTIF if hari <= inaktif_sampai else Masa.HABIS


def kata_retensi(aktif: int, inaktif: int, nasib: str) -> str:
    """ "2 tahun aktif, 4 tahun inaktif, lalu permanen"."""
    return f"{aktif} tahun aktif, {inaktif} tahun inaktif, lalu {nasib.lower()}"
