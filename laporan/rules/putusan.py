"""What follows when a turn closes: wait, hand over inside the row, or close the visit. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Giliran:
    """What the decision needs to know of one turn."""

    status: str
    urutan: int
    unit_id: int | None


class Lanjutan(StrEnum):
    """What to do next with the visit."""

    TUNGGU = "tunggu"
    GILIR = "gilir"
    TUTUP = "tutup"


def decide_lanjutan(giliran: Sequence[Giliran], *, per_unit: bool) -> tuple[Lanjutan, int]:
    """What follows, and the number of the next turn where the row hands over (else 0).

    The first Tidak of joint deciders closes the row at once; a per-unit decision waits for every
    unit.
    """
    if not per_unit and any(g.status == "dikembalikan" for g in giliran):
        return Lanjutan.TUTUP, 0
    if any(g.status in ("aktif", "diproses") for g in giliran):
        return Lanjutan.TUNGGU, 0
    berikut = [g.urutan for g in giliran if g.status == "menunggu"]
    return (Lanjutan.GILIR, min(berikut)) if berikut else (Lanjutan.TUTUP, 0)


def decide_hasil(giliran: Sequence[Giliran], *, simbol: str) -> str:
    """Outcome of a visit whose turns are all closed: any Tidak wins."""
    if any(g.status == "dikembalikan" for g in giliran):
        return "tidak"
    return "ya" if simbol == "keputusan" else "lanjut"


def decide_lingkup(
    giliran: Sequence[Giliran], *, dipilih: Sequence[int], lingkup: Sequence[int] | None
) -> Sequence[int] | None:
    """Units a return is for: those that said Tidak, else those the decider named, else the present
    scope.
    """
    gagal = sorted(
        {g.unit_id for g in giliran if g.status == "dikembalikan" and g.unit_id is not None}
    )
    return gagal or (sorted(dipilih) or None) or lingkup
