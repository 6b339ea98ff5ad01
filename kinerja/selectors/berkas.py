"""What the page of an uploaded workbook shows, whatever kind of workbook it is."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kinerja.models import Unggahan

# A check begins within a second or two; after this long no worker is there to begin it.
TUNGGU = timedelta(seconds=30)


@dataclass(frozen=True)
class GalatBerkas:
    """One fault of a workbook: sheet and cell, and the reason. jangkar: its row on the page."""

    alamat: str
    pesan: str
    jangkar: str = ""


def is_terlambat(unggahan: Unggahan, *, now: datetime) -> bool:
    """Whether its check should have begun by now and has not."""
    return unggahan.status == Unggahan.Status.ANTRE and now - unggahan.pada > TUNGGU
