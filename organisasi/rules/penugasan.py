"""What an appointment must say, whom it overlaps, and how long acting for another usually lasts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# Acting in a vacant post: three months, extended once at most. Only warned about, never refused.
# Sumber: PLT-PLH
LAZIM_PENGGANTI = timedelta(days=92)
_SEMENTARA = {"plh": "Plh.", "delegasi": "Delegasi"}


@dataclass(frozen=True)
class Masa:
    """One mandate as values: who holds what, from when until when (end excluded, None: open)."""

    pengguna_id: int
    jabatan_id: int
    unit_id: int | None
    jenis: str
    mulai: datetime
    selesai: datetime | None

    def overlaps(self, lain: "Masa") -> bool:
        """Whether both hold at some moment, and some turn could go to either."""
        unit = None in (self.unit_id, lain.unit_id) or self.unit_id == lain.unit_id
        awal = max(self.mulai, lain.mulai)
        return (
            self.jabatan_id == lain.jabatan_id
            and unit
            and all(m.selesai is None or awal < m.selesai for m in (self, lain))
        )


def check_penugasan(masa: Masa, *, dasar: str) -> dict[str, str]:
    """What is missing or contradicts itself, by the field to mend; empty when it can be stored."""
    galat = {}
    if not dasar.strip():
        galat["dasar"] = "Tuliskan nomor SK atau surat perintahnya."
    if masa.selesai is not None and masa.selesai <= masa.mulai:
        galat["terakhir"] = "Hari terakhir tidak boleh sebelum hari mulai."
    if masa.selesai is None and masa.jenis in _SEMENTARA:
        galat["terakhir"] = (
            f"{_SEMENTARA[masa.jenis]} bersifat sementara. Isi hari terakhirnya; "
            "dapat diperpanjang dengan surat baru."
        )
    return galat


def find_kembar(masa: Masa, lain: Iterable[Masa]) -> Masa | None:
    """The mandate of the same person that already says the same, if any."""
    return next((m for m in lain if m.pengguna_id == masa.pengguna_id and m.overlaps(masa)), None)


def list_bersama(masa: Masa, lain: Iterable[Masa]) -> list[Masa]:
    """Mandates of other people that hold the same post at the same time."""
    return [m for m in lain if m.pengguna_id != masa.pengguna_id and m.overlaps(masa)]


def list_janggal(masa: Masa, lain: Iterable[Masa]) -> list[Masa]:
    """Those of `list_bersama` that somebody should have meant: two at once for good.

    A Plh. or delegate acts beside the holder by nature, whichever of them came first.
    """
    return [
        m for m in list_bersama(masa, lain) if (m.jenis in _SEMENTARA) == (masa.jenis in _SEMENTARA)
    ]


def is_lama(masa: Masa) -> bool:
    """Whether acting for another lasts longer than is usual.

    Sumber: PLT-PLH
    """
    if masa.jenis == "definitif":
        return False
    return masa.selesai is None or masa.selesai - masa.mulai > LAZIM_PENGGANTI
