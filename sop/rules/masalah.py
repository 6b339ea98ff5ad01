"""A finding about an SOP: where, what, and what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Tingkat(StrEnum):
    """A galat blocks publishing, a peringatan does not."""

    GALAT = "galat"
    PERINGATAN = "peringatan"


@dataclass(frozen=True)
class Masalah:
    """One finding. langkah: nomor, None for the whole SOP. kolom: its field, "" for the row."""

    kode: str
    langkah: int | None
    kolom: str
    pesan: str
    tingkat: Tingkat = Tingkat.GALAT

    @property
    def is_galat(self) -> bool:
        """Whether it blocks publishing."""
        return self.tingkat == Tingkat.GALAT

    def __str__(self) -> str:
        tempat = ["" if self.langkah is None else f"langkah {self.langkah}", self.kolom]
        depan = ", ".join(t for t in tempat if t)
        return f"{depan}: {self.pesan}" if depan else self.pesan


def list_galat(masalah: Iterable[Masalah]) -> list[Masalah]:
    """Those that block publishing."""
    return [m for m in masalah if m.is_galat]
