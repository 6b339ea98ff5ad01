"""Which version of an SOP is in force on a day: the newest published one whose date has come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Keadaan(StrEnum):
    """How a version stands on a day. Only BERLAKU takes new drafts."""

    KONSEP = "konsep"
    BERLAKU = "berlaku"
    TERJADWAL = "terjadwal"
    DIGANTIKAN = "digantikan"
    DICABUT = "dicabut"


@dataclass(frozen=True)
class Terbitan:
    """What decides about one version. mulai: first day in force, None while it is a konsep."""

    id: int
    status: str
    mulai: date | None


def name_keadaan(versi: Iterable[Terbitan], pada: date) -> dict[int, Keadaan]:
    """How each version of one SOP stands on that day, by id."""
    semua = list(versi)
    terbit = {v.id: v.mulai for v in semua if v.status == "terbit" and v.mulai is not None}
    sudah = {i: mulai for i, mulai in terbit.items() if mulai <= pada}
    berlaku = max(sudah, key=lambda i: sudah[i], default=None)
    hasil = {v.id: Keadaan(v.status) for v in semua if v.id not in terbit}
    for i in terbit:
        if i == berlaku:
            hasil[i] = Keadaan.BERLAKU
        else:
            hasil[i] = Keadaan.DIGANTIKAN if i in sudah else Keadaan.TERJADWAL
    return hasil


def list_diganti(terbit: Iterable[Terbitan], mulai: date, pada: date) -> list[int]:
    """Ids of published versions that a new one, in force from `mulai`, ends on the day `pada`.

    One of the same date gives way at once. Earlier ones give way when the new one is in force
    already; before a later date they stay, so that there is always one in force.
    """
    return [
        v.id
        for v in terbit
        if v.mulai is not None and (v.mulai == mulai or (mulai <= pada and v.mulai < mulai))
    ]
