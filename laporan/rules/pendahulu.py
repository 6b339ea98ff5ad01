"""Reports that must be finished before another one: the two quarters of a semester, and so on."""

from laporan.rules.periode import BANYAK
from sop.rules.graf import Graf


def list_pendahulu(graf: Graf, jenis: str, periode_ke: int) -> list[tuple[str, int]]:
    """Kind and number of each earlier report that the route builds this one from.

    Empty where the route names no shorter period: then a report stands on the figures alone.
    """
    bersebut = [j for j in BANYAK if any(s.periode == j for s in graf.langkah)]
    if jenis not in bersebut[1:]:
        return []
    bawah = bersebut[bersebut.index(jenis) - 1]
    banyak = BANYAK[bawah] // BANYAK[jenis]
    lewat = (max(periode_ke, 1) - 1) * banyak
    return [(bawah, lewat + n) for n in range(1, banyak + 1)]
