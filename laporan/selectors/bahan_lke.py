"""What a source of evidence holds: a table, and the files that belong to its rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from organisasi.models import Instansi
from sakip.common.unduhan import Nilai


@dataclass(frozen=True)
class BerkasBukti:
    """One stored file: its name for people, where it lies, and what it was when it was stored."""

    nama: str
    berkas: str
    sha256: str
    ukuran: int
    pada: datetime


@dataclass(frozen=True)
class Bahan:
    """What one source holds. pada: day of the newest record."""

    kolom: Sequence[str | Promise]
    baris: Sequence[Sequence[Nilai]]
    berkas: Sequence[BerkasBukti] = field(default_factory=list)
    pada: date | None = None


@dataclass(frozen=True)
class Sumber:
    """One kind of record: its name for people and how it is read."""

    nama: str | Promise
    baca: Callable[[Instansi, int], Bahan]


def hari_di(instansi: Instansi, saat: datetime | None) -> date | None:
    """The day it was at that office."""
    return saat.astimezone(instansi.zona_waktu).date() if saat else None


def last_hari(instansi: Instansi, semua: Sequence[datetime | None]) -> date | None:
    """The newest day of those that are known."""
    return hari_di(instansi, max((s for s in semua if s), default=None))
