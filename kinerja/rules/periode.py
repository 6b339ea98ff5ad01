"""The triwulan as a period: its name, months and days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sakip.common.waktu import BULAN

TRIWULAN = (1, 2, 3, 4)
# Years that a plan, a budget or a figure can be of; anything else is a slip of the finger.
TAHUN = range(2000, 2101)
_ROMAWI = ("I", "II", "III", "IV")


@dataclass(frozen=True, order=True)
class Periode:
    """One triwulan of one year.

    Raises:
        ValueError: there is no such triwulan.
    """

    tahun: int
    triwulan: int

    def __post_init__(self) -> None:
        if self.triwulan not in TRIWULAN:
            raise ValueError(f"triwulan {self.triwulan} tidak ada")

    @property
    def singkat(self) -> str:
        """ "TW III"."""
        return f"TW {_ROMAWI[self.triwulan - 1]}"

    @property
    def nama(self) -> str:
        """ "Triwulan III Tahun 2026"."""
        return f"Triwulan {_ROMAWI[self.triwulan - 1]} Tahun {self.tahun}"

    @property
    def kode(self) -> str:
        """ "2026-3", as addresses write it."""
        return f"{self.tahun}-{self.triwulan}"

    @property
    def bulan(self) -> str:
        """ "Juli sampai September 2026"."""
        akhir = self.triwulan * 3
        return f"{BULAN[akhir - 3]} sampai {BULAN[akhir - 1]} {self.tahun}"

    @property
    def awal(self) -> date:
        """First day."""
        return date(self.tahun, self.triwulan * 3 - 2, 1)

    @property
    def akhir(self) -> date:
        """Last day."""
        berikut = date(self.tahun + self.triwulan // 4, self.triwulan * 3 % 12 + 1, 1)
        return berikut - timedelta(days=1)


def find_periode(hari: date) -> Periode:
    """The triwulan that holds the day."""
    return Periode(hari.year, (hari.month + 2) // 3)


def step_periode(periode: Periode, banyak: int) -> Periode:
    """The triwulan that many later; earlier where `banyak` is negative."""
    urut = periode.tahun * 4 + periode.triwulan - 1 + banyak
    return Periode(urut // 4, urut % 4 + 1)


def parse_periode(kode: str) -> Periode | None:
    """The triwulan that `kode` writes, None where it writes none."""
    cocok = re.fullmatch(r"(20\d\d)-([1-4])", kode)
    return Periode(int(cocok[1]), int(cocok[2])) if cocok else None
