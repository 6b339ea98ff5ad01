"""The percentages of many rows as one sum that loses nothing, so that means can be made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce

from kinerja.rules.hitung import TEPAT, divide


@dataclass(frozen=True)
class Ringkasan:
    """Rows put together. jumlah: exact sum of the percentages of `banyak` rows.

    tak_terhitung: rows that gave none.
    """

    jumlah: Decimal = Decimal(0)
    banyak: int = 0
    tak_terhitung: int = 0

    @property
    def persen(self) -> Decimal | None:
        """Plain mean, 34 digits; None where no row has a percentage."""
        return divide(self.jumlah, Decimal(self.banyak)) if self.banyak else None

    @property
    def semua(self) -> int:
        """How many rows there are."""
        return self.banyak + self.tak_terhitung


def summarize(persen: Iterable[Decimal | None]) -> Ringkasan:
    """The summary of rows, whatever their order."""
    semua = list(persen)
    ada = [n for n in semua if n is not None]
    return Ringkasan(reduce(TEPAT.add, ada, Decimal(0)), len(ada), len(semua) - len(ada))


def join(bagian: Iterable[Ringkasan]) -> Ringkasan:
    """Several summaries as one: that of all their rows."""
    semua = list(bagian)
    return Ringkasan(
        reduce(TEPAT.add, (b.jumlah for b in semua), Decimal(0)),
        sum(b.banyak for b in semua),
        sum(b.tak_terhitung for b in semua),
    )
