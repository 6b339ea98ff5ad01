"""Which reminders of a turn are due at a moment, in working time."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sakip.common.waktu import Kalender, menit_kerja, menit_sehari


class Tahap(StrEnum):
    """Before the deadline, at it, and then to the superior."""

    SEGERA = "segera"
    TENGGAT = "tenggat"
    ATASAN = "atasan"


@dataclass(frozen=True)
class Aturan:
    """When an office reminds.

    sisa_persen: share of the standard time that is left. paling_awal_hari: never earlier than so
    many working days before. atasan_setelah_hari: working days after the deadline, 0 at once.
    """

    sisa_persen: int = 25
    paling_awal_hari: int = 3
    atasan_setelah_hari: int = 1


@dataclass(frozen=True)
class Jam:
    """The clock of a turn: since when it is up, until when it should be done, and now."""

    mulai: datetime
    tenggat: datetime
    kini: datetime


def list_tahap(jam: Jam, *, kalender: Kalender, aturan: Aturan, lowong: bool) -> list[Tahap]:
    """Reminders due now; those of a stage that is over are left out.

    lowong: nobody holds the post, so the superior is told at the deadline.
    """
    sehari = menit_sehari(kalender)
    if jam.kini < jam.tenggat:
        jumlah = menit_kerja(jam.mulai, jam.tenggat, kalender)
        ambang = min(jumlah * aturan.sisa_persen // 100, aturan.paling_awal_hari * sehari)
        sisa = menit_kerja(jam.kini, jam.tenggat, kalender)
        return [Tahap.SEGERA] if sisa <= ambang else []
    lewat = menit_kerja(jam.tenggat, jam.kini, kalender)
    if lowong or lewat >= aturan.atasan_setelah_hari * sehari:
        return [Tahap.TENGGAT, Tahap.ATASAN]
    return [Tahap.TENGGAT]


def delay_ulang(percobaan: int) -> int:
    """Seconds until the next attempt: one minute, doubled each time, six hours at most."""
    return min(60 << max(percobaan - 1, 0), 6 * 60 * 60)
