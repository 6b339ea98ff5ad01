"""The working calendar as its page shows it: a year at a glance, its free days, the hours."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from organisasi.models import HariLibur, Instansi, JamKerja
from organisasi.selectors import get_kalender
from sakip.common.waktu import BULAN, HARI, Kalender, Sesi


@dataclass(frozen=True)
class HariKalender:
    """One day of the small calendar. kelas: how it is drawn; nama: why it is free."""

    tanggal: date
    kelas: str
    nama: str


@dataclass(frozen=True)
class BulanKalender:
    """One month: its weeks from Senin, None where a day belongs to another month."""

    nama: str
    pekan: list[list[HariKalender | None]]
    hari_kerja: int


@dataclass(frozen=True)
class HalamanKalender:
    """Everything the page shows of one year. jam_hari: hours by weekday in force on that day."""

    tahun: int
    bulan: list[BulanKalender]
    libur: list[HariLibur]
    hari_kerja: int
    jam: list[JamKerja]
    jam_hari: list[tuple[str, tuple[Sesi, ...]]]

    @property
    def dasar(self) -> list[str]:
        """Decrees behind the days of the nation, each once."""
        return list(dict.fromkeys(h.dasar for h in self.libur if h.dasar and not h.instansi_id))

    @property
    def masuk(self) -> set[date]:
        """Days of the nation on which the office works."""
        return {h.tanggal for h in self.libur if h.is_masuk}

    @property
    def is_kosong(self) -> bool:
        """Whether no national day of the year is known."""
        return not any(h.instansi_id is None for h in self.libur)


def get_halaman(instansi: Instansi, *, tahun: int, kini: date) -> HalamanKalender:
    """The year of the office, and the hours in force at `kini`. Four queries."""
    milik = Q(instansi=None) | Q(instansi=instansi)
    libur = list(HariLibur.objects.filter(milik, tanggal__year=tahun).order_by("tanggal"))
    kalender = get_kalender(instansi, sekitar=date(tahun, 7, 1))
    bulan = [_make_bulan(tahun, n, libur, kalender) for n in range(1, 13)]
    return HalamanKalender(
        tahun=tahun,
        bulan=bulan,
        libur=libur,
        hari_kerja=sum(b.hari_kerja for b in bulan),
        jam=list(JamKerja.objects.filter(instansi=instansi).order_by("-mulai")),
        jam_hari=[(nama, kalender.jam_pada(kini).get(n, ())) for n, nama in enumerate(HARI)],
    )


def _make_bulan(
    tahun: int, bulan: int, libur: Sequence[HariLibur], kalender: Kalender
) -> BulanKalender:
    # Where the office works on a day of the nation, its own row comes last and counts.
    per_tanggal = {h.tanggal: h for h in sorted(libur, key=lambda h: h.is_masuk)}
    pekan: list[list[HariKalender | None]] = [
        [
            _make_hari(h, per_tanggal.get(h), kalender) if h.month == bulan else None
            for h in satu_pekan
        ]
        for satu_pekan in calendar.Calendar().monthdatescalendar(tahun, bulan)
    ]
    kerja = sum(kalender.is_hari_kerja(h.tanggal) for satu in pekan for h in satu if h)
    return BulanKalender(BULAN[bulan - 1], pekan, kerja)


def _make_hari(hari: date, libur: HariLibur | None, kalender: Kalender) -> HariKalender:
    if libur and not libur.is_masuk:
        kelas = f"kal--{libur.jenis}" + (" kal--perkiraan" if libur.perkiraan else "")
        return HariKalender(hari, kelas, libur.nama)
    nama = libur.nama if libur else ""
    return HariKalender(hari, "" if kalender.is_hari_kerja(hari) else "kal--bebas", nama)
