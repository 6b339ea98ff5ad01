"""Pages of a drawing: rows that stand together, and connectors where a line is cut between them."""

from dataclasses import dataclass

from sop.rules.bagan.bentuk import KONEKTOR, Panah


@dataclass(frozen=True)
class Sambungan:
    """One end of a line that goes on on another page: a letter in an actor column.

    panah: the whole arrow. masuk: the line comes in here. nomor: step at its far end, 0 for the
    end of the route.
    """

    huruf: str
    kolom: int
    panah: Panah
    masuk: bool
    nomor: int

    @property
    def kunci(self) -> str:
        """Its name in the drawing."""
        return f"{KONEKTOR}.{self.huruf}.{'masuk' if self.masuk else 'keluar'}"


@dataclass(frozen=True)
class Lembar:
    """Rows from `mulai` up to but not including `akhir`; atas, bawah: rows of connectors."""

    mulai: int
    akhir: int
    atas: tuple[tuple[Sambungan, ...], ...] = ()
    bawah: tuple[tuple[Sambungan, ...], ...] = ()

    def holds(self, baris: int) -> bool:
        """Whether that row of the route stands on this page."""
        return self.mulai <= baris < self.akhir

    @property
    def sambungan(self) -> list[Sambungan]:
        """All its connectors to other pages."""
        return [s for blok in (self.atas, self.bawah) for sebaris in blok for s in sebaris]
