"""A mean as pages show it: over how many it is, and no colour while it is incomplete."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.kategori import SKALA_BAKU, Skala, find_kategori
from sakip.common.angka import format_persen


@dataclass(frozen=True)
class RataRata:
    """A mean as shown. kategori, warna: only where every indikator counts, else words alone."""

    persen: Decimal | None
    teks: str
    kategori: str
    warna: str
    banyak: int
    semua: int

    @property
    def belum(self) -> int:
        """How many gave no percentage."""
        return self.semua - self.banyak


def mean_persen(
    persen: Sequence[Decimal | None], *, semua: int, skala: Skala = SKALA_BAKU
) -> RataRata:
    """Plain mean of the percentages that exist, of `semua` indikator there should be.

    skala: that of the office; the regulation's where offices stand side by side.
    """
    ada = [p for p in persen if p is not None]
    if not ada:
        return RataRata(None, "–", "Belum ada capaian", "", 0, semua)
    rerata = sum(ada, Decimal()) / len(ada)
    if len(ada) < semua:
        kata = f"Dari {len(ada)} di antara {semua} indikator"
        return RataRata(rerata, format_persen(rerata), kata, "", len(ada), semua)
    k = find_kategori(rerata, skala)
    return RataRata(rerata, format_persen(rerata), k.label, k.warna, len(ada), semua)
