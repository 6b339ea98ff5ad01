"""Periods of monitoring: half-years, years, and free spans of days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sakip.common.waktu import tanggal_angka

MAKS_HARI = 366
TAHUN = range(2000, 2101)
_KODE = re.compile(r"(\d{4})(?:-s([12]))?", re.ASCII)
_ROMAWI = ("I", "II")


class RentangTidakSah(ValueError):
    """No such period; the message says to a person what to choose."""


@dataclass(frozen=True)
class Rentang:
    """Days of a period, both included."""

    dari: date
    sampai: date

    @property
    def kode(self) -> str:
        """ "2026-s1", "2026"; "bebas" for any other span."""
        for kode in (f"{self.dari.year}-s1", f"{self.dari.year}-s2", str(self.dari.year)):
            if read_rentang(kode) == self:
                return kode
        return "bebas"

    @property
    def nama(self) -> str:
        """ "Semester I Tahun 2026", "Tahun 2026", "1 Mei 2026 sampai 3 Juni 2026"."""
        tahun, _pisah, ke = self.kode.partition("-s")
        if tahun == "bebas":
            return f"{tanggal_angka(self.dari)} sampai {tanggal_angka(self.sampai)}"
        return f"Semester {_ROMAWI[int(ke) - 1]} Tahun {tahun}" if ke else f"Tahun {tahun}"


def read_rentang(kode: str) -> Rentang:
    """The half-year or year of a code.

    Raises:
        RentangTidakSah: the code names none.
    """
    cocok = _KODE.fullmatch(kode)
    if cocok is None or int(cocok[1]) not in TAHUN:
        raise RentangTidakSah("Periode itu tidak ada. Pilih periode dari daftar.")
    tahun, ke = int(cocok[1]), cocok[2]
    awal, akhir = {"1": (1, 6), "2": (7, 12), None: (1, 12)}[ke]
    return Rentang(date(tahun, awal, 1), date(tahun, akhir, 30 if akhir == 6 else 31))


def make_rentang(dari: date, sampai: date) -> Rentang:
    """A free span of at most a year.

    Raises:
        RentangTidakSah: it ends before it begins, is longer, or lies outside of our years.
    """
    if dari.year not in TAHUN or sampai.year not in TAHUN:
        raise RentangTidakSah("Pilih tanggal antara tahun 2000 dan 2100.")
    if sampai < dari:
        raise RentangTidakSah("Tanggal akhir mendahului tanggal awal. Tukar keduanya.")
    if sampai - dari >= timedelta(days=MAKS_HARI):
        raise RentangTidakSah("Rentang paling lama satu tahun. Persempit tanggalnya.")
    return Rentang(dari, sampai)


def semester_of(hari: date) -> Rentang:
    """The half-year in which that day lies."""
    return read_rentang(f"{hari.year}-s{1 if hari.month <= 6 else 2}")


def list_rentang(hari: date, tahun_awal: int) -> list[Rentang]:
    """Half-years and years to choose from, newest first, back to `tahun_awal`."""
    semua = [
        read_rentang(kode)
        for tahun in range(hari.year, min(tahun_awal, hari.year) - 1, -1)
        for kode in (f"{tahun}-s2", f"{tahun}-s1", str(tahun))
    ]
    return [r for r in semua if r.dari <= hari]
