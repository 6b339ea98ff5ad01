"""Who the parties of an agreement are, read from the route that makes it."""

from dataclasses import dataclass

from laporan.rules.tindakan import TINDAKAN, Halaman
from sop.rules.graf import Graf, SimpulPelaksana

# An agreement is one of a year; steps of other periods are not on its way.
_TAHUNAN = "tahunan"


@dataclass(frozen=True)
class PihakRute:
    """The posts of both parties. kedua None: the superior is outside of the office.

    per_unit: kinds of unit whose heads sign; empty where the head of the office does.
    """

    pertama: SimpulPelaksana
    kedua: SimpulPelaksana | None

    @property
    def per_unit(self) -> tuple[str, ...]:
        """Kinds of unit that have an agreement of their own on this route."""
        return self.pertama.per_unit


def find_pihak_rute(graf: Graf) -> PihakRute | None:
    """The parties: who signs for his unit, and the head above him; else the head of the office.

    None: nobody signs on this route.
    """
    penanda = [
        p
        for s in graf.langkah
        if s.tindakan
        and s.periode in ("", _TAHUNAN)
        and TINDAKAN[s.tindakan].halaman == Halaman.TANDA_TANGAN
        and not TINDAKAN[s.tindakan].paraf
        for p in sorted(s.pelaksana, key=lambda p: p.urutan)
    ]
    if not penanda:
        return None
    umum = [p for p in penanda if not p.per_unit]
    kepala = next((p for p in umum if p.tingkat == "kepala"), umum[-1] if umum else None)
    unit = next((p for p in penanda if p.per_unit), None)
    if unit is not None:
        return PihakRute(unit, kepala)
    return PihakRute(kepala or penanda[-1], None)
