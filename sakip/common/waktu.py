"""Working time: durations as an SOP writes them, deadlines, and remaining time in words.

"Hari" in an SOP means a working day and the calendar is data, so nothing here is a plain timedelta.
All functions are pure; `Kalender` carries what one instansi's year looks like.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

HARI = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
BULAN = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_BULAN_PENDEK = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")

Sesi = tuple[time, time]
_PAGI: Sesi = (time(7, 30), time(12, 0))
# Effective hours of a civil servant: 7.5 a day, 37.5 a week, longer Friday break.
# Sumber: JAM-KERJA-ASN
JAM_KERJA_BAKU: Mapping[int, tuple[Sesi, ...]] = {
    **dict.fromkeys(range(4), (_PAGI, (time(13, 0), time(16, 0)))),
    4: ((time(7, 30), time(11, 30)), (time(13, 0), time(16, 30))),
}
# No deadline lies further away than this; a calendar without working days must not loop for ever.
_BATAS_HARI = 3660


class SatuanWaktu(StrEnum):
    """Unit of a duration as the SOP prints it."""

    MENIT = "menit"
    JAM = "jam"
    HARI_KERJA = "hari_kerja"
    HARI_KALENDER = "hari_kalender"


_KATA_SATUAN = {
    SatuanWaktu.MENIT: "menit",
    SatuanWaktu.JAM: "jam",
    SatuanWaktu.HARI_KERJA: "hari kerja",
    SatuanWaktu.HARI_KALENDER: "hari kalender",
}


@dataclass(frozen=True)
class Durasi:
    """A standard time: a positive whole `nilai` of `satuan`."""

    nilai: int
    satuan: SatuanWaktu

    def kali(self, banyak: int) -> "Durasi":
        """The duration for `banyak` units, for rows such as "1 jam/bidang"."""
        return Durasi(self.nilai * banyak, self.satuan)

    def __str__(self) -> str:
        return f"{self.nilai} {_KATA_SATUAN[self.satuan]}"


@dataclass(frozen=True)
class Kalender:
    """Working hours per weekday (0 = Senin), holidays, and the time zone of one instansi."""

    zona: ZoneInfo
    jam: Mapping[int, tuple[Sesi, ...]] = field(default_factory=lambda: JAM_KERJA_BAKU)
    libur: frozenset[date] = frozenset()

    def sesi(self, hari: date) -> tuple[Sesi, ...]:
        """Working sessions of a day; empty on a holiday or a free weekday."""
        return () if hari in self.libur else self.jam.get(hari.weekday(), ())

    def is_hari_kerja(self, hari: date) -> bool:
        """Whether anybody works on that day."""
        return bool(self.sesi(hari))

    def rentang(self, mulai: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working spans from `mulai` on, in order, clipped at `mulai`."""
        lokal = mulai.astimezone(self.zona)
        for n in range(_BATAS_HARI):
            hari = lokal.date() + timedelta(days=n)
            for buka, tutup in self.sesi(hari):
                a = max(datetime.combine(hari, buka, self.zona), lokal)
                b = datetime.combine(hari, tutup, self.zona)
                if a < b:
                    yield a, b


def add_durasi(mulai: datetime, durasi: Durasi, kalender: Kalender) -> datetime:
    """Deadline of work that starts at `mulai` (aware), in UTC.

    Minutes and hours run in working time only; working days end at the close of the n-th working
    day after
    `mulai`; calendar days end at the close (or 16.00 on a free day) of that date.

    Raises:
        OverflowError: the calendar holds too few working days within ten years.
    """
    if durasi.satuan in (SatuanWaktu.MENIT, SatuanWaktu.JAM):
        sisa = timedelta(minutes=durasi.nilai * (60 if durasi.satuan == SatuanWaktu.JAM else 1))
        for a, b in kalender.rentang(mulai):
            if sisa <= b - a:
                return (a + sisa).astimezone(UTC)
            sisa -= b - a
        raise OverflowError("kalender tanpa hari kerja")
    hari = mulai.astimezone(kalender.zona).date()
    if durasi.satuan == SatuanWaktu.HARI_KALENDER:
        return _tutup(hari + timedelta(days=durasi.nilai), kalender)
    sisa_hari = durasi.nilai
    for _ in range(_BATAS_HARI):
        if not sisa_hari:
            return _tutup(hari, kalender)
        hari += timedelta(days=1)
        sisa_hari -= kalender.is_hari_kerja(hari)
    raise OverflowError("kalender tanpa hari kerja")


def _tutup(hari: date, kalender: Kalender) -> datetime:
    sesi = kalender.sesi(hari)
    jam = sesi[-1][1] if sesi else time(16, 0)
    return datetime.combine(hari, jam, kalender.zona).astimezone(UTC)


def menit_kerja(dari: datetime, sampai: datetime, kalender: Kalender) -> int:
    """Whole working minutes between two aware moments; 0 when `sampai` is not after `dari`."""
    jumlah = timedelta()
    for a, b in kalender.rentang(dari):
        if a >= sampai:
            break
        jumlah += min(b, sampai) - a
    return int(jumlah.total_seconds() // 60)


def menit_sehari(kalender: Kalender) -> int:
    """Working minutes of a usual day (the longest weekday); 450 where the calendar is empty."""
    panjang = [
        sum(
            (datetime.combine(date.min, b) - datetime.combine(date.min, a)).seconds // 60
            for a, b in sesi
        )
        for sesi in kalender.jam.values()
    ]
    return max(panjang, default=0) or 450


def kata_menit(menit: int, sehari: int = 450) -> str:
    """Working minutes in words, the two largest units: "2 hari 6 jam", "4 jam 30 menit"."""
    hari, sisa = divmod(menit, sehari)
    jam, m = divmod(sisa, 60)
    bagian = [
        (hari, "hari kerja" if not jam else "hari"),
        (jam, "jam"),
        (0 if hari else m, "menit"),
    ]
    return " ".join(f"{n} {kata}" for n, kata in bagian if n) or "kurang dari 1 menit"


class Keadaan(StrEnum):
    """How a clock fares: below three quarters used, from there, past the deadline, done, or no
    limit.
    """

    BIASA = "biasa"
    SEGERA = "segera"
    LEWAT = "lewat"
    BERES = "beres"
    TANPA = "tanpa"


@dataclass(frozen=True)
class Tempo:
    """A clock as a page shows it: `kata` for people, `persen` (0 to 100) for the bar."""

    keadaan: Keadaan
    kata: str
    persen: int
    waktu_baku: str


def hitung_tempo(
    *,
    mulai: datetime,
    tenggat: datetime | None,
    waktu_baku: str,
    kini: datetime,
    kalender: Kalender,
) -> Tempo:
    """The clock of an open task in working time.

    Sumber: design of this product, docs/panduan/antarmuka.md.
    """
    if tenggat is None:
        return Tempo(Keadaan.TANPA, "Tanpa batas waktu", 0, waktu_baku or "Tanpa waktu baku")
    sehari = menit_sehari(kalender)
    if kini > tenggat:
        lewat = menit_kerja(tenggat, kini, kalender)
        return Tempo(Keadaan.LEWAT, f"Lewat {kata_menit(lewat, sehari)}", 100, waktu_baku)
    sisa = menit_kerja(kini, tenggat, kalender)
    jumlah = max(menit_kerja(mulai, tenggat, kalender), 1)
    persen = min(100, max(0, round(100 * (jumlah - sisa) / jumlah)))
    keadaan = Keadaan.SEGERA if persen >= 75 else Keadaan.BIASA
    return Tempo(keadaan, f"Sisa {kata_menit(sisa, sehari)}", persen, waktu_baku)


def tanggal_angka(hari: date) -> str:
    """ "7 Oktober 2026"."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def tanggal_panjang(hari: date) -> str:
    """ "Rabu, 7 Oktober 2026"."""
    return f"{HARI[hari.weekday()]}, {tanggal_angka(hari)}"


def tanggal_pendek(hari: date) -> str:
    """ "Rabu 7 Okt"."""
    return f"{HARI[hari.weekday()]} {hari.day} {_BULAN_PENDEK[hari.month - 1]}"


def jam_menit(waktu: datetime) -> str:
    """ "14.10", in the zone `waktu` carries."""
    return f"{waktu:%H.%M}"
