"""Who may stand in a row of a step when the SOP wants another person than at an earlier one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# Candidates of one row (an actor line, one unit of it where it fans out): ids of people.
Calon = frozenset[int]


@dataclass(frozen=True)
class Halangan:
    """What stands in the way of a row.

    terhalang: nobody is left, because all of them surely act at an earlier step. bersyarat: people
    who may act here only if somebody else acted there.
    """

    terhalang: bool = False
    bersyarat: Calon = frozenset()


def find_halangan(
    calon: Calon, *, beda_dari: Sequence[int], per_langkah: Mapping[int, Collection[Calon]]
) -> Halangan:
    """Whether the candidates of a row are barred by the steps `beda_dari`.

    per_langkah: candidates of each row, by number of the step. Whoever is the only candidate of a
    row surely acts there. A row without candidates is empty, not barred.
    """
    baris = [b for nomor in beda_dari for b in per_langkah.get(nomor, ())]
    pasti = frozenset(orang for b in baris if len(b) == 1 for orang in b)
    if calon and calon <= pasti:
        return Halangan(terhalang=True)
    return Halangan(bersyarat=calon & frozenset().union(*baris))
