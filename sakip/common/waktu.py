"""Working time: durations as an SOP writes them, deadlines, and remaining time in words.

"Hari" in an SOP means a working day and the calendar is data, so nothing here is a plain timedelta.
All functions are pure; `Kalender` carries what one instansi's year looks like.
"""

from collections.abc import Iterable, Iterator, Mapping
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
# A halt: from when until when; None while it lasts.
Jeda = tuple[datetime, datetime | None]
_PAGI: Sesi = (time(7, 30), time(12, 0))
# Effective hours of a civil servant: 7.5 a day, 37.5 a week, longer Friday break.
# Sumber: JAM-KERJA-ASN
JAM_KERJA_BAKU: Mapping[int, tuple[Sesi, ...]] = {
    **dict.fromkeys(range(4), (_PAGI, (time(13, 0), time(16, 0)))),
    4: ((time(7, 30), time(11, 30)), (time(13, 0), time(16, 30))),
}
# The fasting month: 6.5 hours a day, 32.5 a week, from 08.00. Offered to an office, never imposed.
# Sumber: JAM-KERJA-ASN
JAM_RAMADAN_BAKU: Mapping[int, tuple[Sesi, ...]] = {
    **dict.fromkeys(range(4), ((time(8), time(12)), (time(12, 30), time(15)))),
    4: ((time(8), time(11, 30)), (time(12, 30), time(15, 30))),
}
_SEHARI = timedelta(days=1)


class KalenderKosong(ValueError):
    """A calendar in which nobody ever works, so that no deadline can be told."""

    def __init__(self) -> None:
        super().__init__("Kalender kerja ini tidak memuat satu jam kerja pun dalam sepekan.")


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
class JamBerlaku:
    """A dated set of hours per weekday. Both days are included; `selesai` None: until replaced."""

    mulai: date
    selesai: date | None
    jam: Mapping[int, tuple[Sesi, ...]]

    def covers(self, hari: date) -> bool:
        """Whether these hours are in force on that day."""
        return self.mulai <= hari and (self.selesai is None or hari <= self.selesai)


@dataclass(frozen=True)
class Kalender:
    """Working hours per weekday (0 = Senin), free days, and the time zone of one instansi.

    berlaku: the office's own hours; the first set that covers a day wins. jam: where none does.
    """

    zona: ZoneInfo
    jam: Mapping[int, tuple[Sesi, ...]] = field(default_factory=lambda: JAM_KERJA_BAKU)
    libur: frozenset[date] = frozenset()
    berlaku: tuple[JamBerlaku, ...] = ()

    def jam_pada(self, hari: date) -> Mapping[int, tuple[Sesi, ...]]:
        """Hours per weekday in force on that day, free days left aside."""
        return next((j.jam for j in self.berlaku if j.covers(hari)), self.jam)

    def sesi(self, hari: date) -> tuple[Sesi, ...]:
        """Working sessions of a day; empty on a holiday or a free weekday."""
        return () if hari in self.libur else self.jam_pada(hari).get(hari.weekday(), ())

    def is_hari_kerja(self, hari: date) -> bool:
        """Whether anybody works on that day."""
        return bool(self.sesi(hari))

    def require_jam(self) -> None:
        """Refuse a calendar in which work ends one day and never begins again.

        Raises:
            KalenderKosong: the hours that stay in force hold no session.
        """
        if not any(self.jam_pada(date.max).values()):
            raise KalenderKosong

    def rentang(
        self, mulai: datetime, sampai: datetime | None = None
    ) -> Iterator[tuple[datetime, datetime]]:
        """Working spans from `mulai` on, in order, clipped at `mulai`, of days up to `sampai`.

        Raises:
            KalenderKosong: there is no `sampai`, and no end either.
        """
        lokal = mulai.astimezone(self.zona)
        hari, akhir = lokal.date(), date.max
        if sampai is None:
            self.require_jam()
        else:
            akhir = sampai.astimezone(self.zona).date()
        while hari <= akhir:
            for buka, tutup in self.sesi(hari):
                a = max(datetime.combine(hari, buka, self.zona), lokal)
                b = datetime.combine(hari, tutup, self.zona)
                if a < b:
                    yield a, b
            hari += _SEHARI

    def mulai_kerja(self, pada: datetime) -> datetime:
        """The first working moment at or after `pada`, in the office's zone."""
        return next(self.rentang(pada))[0]


def add_durasi(mulai: datetime, durasi: Durasi, kalender: Kalender) -> datetime:
    """Deadline of work that starts at `mulai` (aware), in UTC. Always inside working time.

    Minutes and hours run in working time only; working days end at the close of the n-th working
    day after `mulai`; calendar days end at the close of that date, or of the next working day where
    nobody works on it.

    Raises:
        KalenderKosong: nobody ever works.
    """
    if durasi.satuan in (SatuanWaktu.MENIT, SatuanWaktu.JAM):
        menit = durasi.nilai * (60 if durasi.satuan == SatuanWaktu.JAM else 1)
        return add_waktu_kerja(mulai, timedelta(minutes=menit), kalender)
    kalender.require_jam()
    hari = mulai.astimezone(kalender.zona).date()
    sisa = durasi.nilai
    if durasi.satuan == SatuanWaktu.HARI_KALENDER:
        hari, sisa = hari + timedelta(days=durasi.nilai - 1), 1
    while sisa:
        hari += _SEHARI
        sisa -= kalender.is_hari_kerja(hari)
    return datetime.combine(hari, kalender.sesi(hari)[-1][1], kalender.zona).astimezone(UTC)


def add_waktu_kerja(mulai: datetime, lama: timedelta, kalender: Kalender) -> datetime:
    """The moment (UTC) at which `lama`, not negative, of working time has passed since `mulai`.

    Raises:
        KalenderKosong: nobody ever works.
    """
    for a, b in kalender.rentang(mulai):
        if lama <= b - a:
            return (a + lama).astimezone(UTC)
        lama -= b - a
    raise KalenderKosong


def waktu_kerja(dari: datetime, sampai: datetime, kalender: Kalender) -> timedelta:
    """Working time between two aware moments; zero when `sampai` is not after `dari`."""
    jumlah = timedelta()
    for a, b in kalender.rentang(dari, sampai):
        jumlah += max(min(b, sampai) - a, timedelta())
    return jumlah


def menit_kerja(dari: datetime, sampai: datetime, kalender: Kalender) -> int:
    """Whole working minutes between two aware moments; 0 when `sampai` is not after `dari`."""
    return _menit(waktu_kerja(dari, sampai, kalender))


def menit_bersih(
    dari: datetime, sampai: datetime, kalender: Kalender, jeda: Iterable[Jeda] = ()
) -> int:
    """Whole working minutes between two moments without the suspended spans `jeda`.

    The spans do not overlap; one without an end lasts.
    """
    jumlah = waktu_kerja(dari, sampai, kalender)
    for berhenti, lanjut in jeda:
        jumlah -= waktu_kerja(max(berhenti, dari), min(lanjut or sampai, sampai), kalender)
    return _menit(jumlah)


def shift_tenggat(
    tenggat: datetime, jeda: tuple[datetime, datetime], kalender: Kalender
) -> datetime:
    """The deadline (UTC) after a halt: as much working time is left, or has passed, as before it.

    jeda: when work stopped and when it went on.
    """
    berhenti, lanjut = jeda
    if tenggat >= berhenti:
        return add_waktu_kerja(lanjut, waktu_kerja(berhenti, tenggat, kalender), kalender)
    lewat = waktu_kerja(tenggat, berhenti, kalender)
    for a, b in reversed([r for r in kalender.rentang(tenggat, lanjut) if r[0] < lanjut]):
        lama = min(b, lanjut) - a
        if lewat <= lama:
            return (a + lama - lewat).astimezone(UTC)
        lewat -= lama
    return tenggat


def _menit(lama: timedelta) -> int:
    return int(lama.total_seconds() // 60)


def menit_sehari(kalender: Kalender, pada: date = date.max) -> int:
    """Working minutes of a usual day (the longest weekday) at `pada`; 450 where nobody works."""
    panjang = [
        sum(
            (datetime.combine(date.min, b) - datetime.combine(date.min, a)).seconds // 60
            for a, b in sesi
        )
        for sesi in kalender.jam_pada(pada).values()
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
    """How a clock fares: below three quarters used, from there, past the deadline, done, halted,
    or no limit.
    """

    BIASA = "biasa"
    SEGERA = "segera"
    LEWAT = "lewat"
    BERES = "beres"
    HENTI = "henti"
    TANPA = "tanpa"


@dataclass(frozen=True)
class Tempo:
    """A clock as a page shows it: `kata` for people, `persen` (0 to 100) for the bar.

    batas: the deadline itself in words, empty without one.
    """

    keadaan: Keadaan
    kata: str
    persen: int
    waktu_baku: str
    batas: str = ""


def hitung_tempo(  # noqa: PLR0913 - each is a fact of the clock; callers name them
    *,
    mulai: datetime,
    tenggat: datetime | None,
    waktu_baku: str,
    kini: datetime,
    kalender: Kalender,
    berhenti: datetime | None = None,
) -> Tempo:
    """The clock of an open task in working time. berhenti: since when it stands still.

    Sumber: design of this product, docs/panduan/antarmuka.md.
    """
    if tenggat is None:
        return Tempo(Keadaan.TANPA, "Tanpa batas waktu", 0, waktu_baku or "Tanpa waktu baku")
    pada = min(kini, berhenti or kini)
    sehari = menit_sehari(kalender, pada.astimezone(kalender.zona).date())
    batas = f"Batas {saat(tenggat.astimezone(kalender.zona))}"
    if pada > tenggat:
        lewat = f"Lewat {kata_menit(menit_kerja(tenggat, pada, kalender), sehari)}"
        if berhenti:
            return Tempo(Keadaan.HENTI, _berhenti(lewat), 100, waktu_baku)
        return Tempo(Keadaan.LEWAT, lewat, 100, waktu_baku, batas)
    sisa = menit_kerja(pada, tenggat, kalender)
    jumlah = max(menit_kerja(mulai, tenggat, kalender), 1)
    persen = min(100, max(0, round(100 * (jumlah - sisa) / jumlah)))
    kata = f"Sisa {kata_menit(sisa, sehari)}"
    if berhenti:
        return Tempo(Keadaan.HENTI, _berhenti(kata), persen, waktu_baku)
    buka = kalender.mulai_kerja(pada)
    if pada < buka <= tenggat and not waktu_kerja(mulai, pada, kalender):
        return Tempo(Keadaan.BIASA, f"Mulai dihitung {saat(buka)}", 0, waktu_baku, batas)
    keadaan = Keadaan.SEGERA if persen >= 75 else Keadaan.BIASA
    return Tempo(keadaan, kata, persen, waktu_baku, batas)


def _berhenti(kata: str) -> str:
    return f"Waktu berhenti, {kata.lower()}"


def tanggal_angka(hari: date) -> str:
    """ "7 Oktober 2026"."""
    return f"{hari.day} {BULAN[hari.month - 1]} {hari.year}"


def tanggal_panjang(hari: date) -> str:
    """ "Rabu, 7 Oktober 2026"."""
    return f"{HARI[hari.weekday()]}, {tanggal_angka(hari)}"


def tanggal_pendek(hari: date) -> str:
    """ "Rabu 7 Okt"."""
    return f"{HARI[hari.weekday()]} {hari.day} {_BULAN_PENDEK[hari.month - 1]}"


def tanggal_singkat(hari: date) -> str:
    """ "7 Okt 2026"."""
    return f"{hari.day} {_BULAN_PENDEK[hari.month - 1]} {hari.year}"


def jam_menit(waktu: datetime) -> str:
    """ "14.10", in the zone `waktu` carries."""
    return f"{waktu:%H.%M}"


def saat(waktu: datetime) -> str:
    """ "Rabu 7 Okt pukul 14.10", in the zone `waktu` carries."""
    return f"{tanggal_pendek(waktu)} pukul {jam_menit(waktu)}"
