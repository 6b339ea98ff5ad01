"""A mean as pages show it: over how many it is, and no colour before all of it is verified."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.kategori import SKALA_BAKU, Skala, find_kategori
from kinerja.rules.ringkasan import Ringkasan, summarize
from sakip.common.angka import format_persen

BELUM_VERIFIKASI = "belum diverifikasi"
# What stands under a chart or table in which something is grey.
LEGENDA = "Warna kategori tampil setelah semua angkanya diverifikasi."


@dataclass(frozen=True)
class RataRata:
    """A mean as shown.

    kategori: where every indikator counts, else how many do. warna: only where all are verified
    too. catatan: that they are not, "" where they are or there is nothing to verify.
    """

    persen: Decimal | None
    teks: str
    kategori: str
    warna: str
    banyak: int
    semua: int
    catatan: str = ""

    @property
    def belum(self) -> int:
        """How many gave no percentage."""
        return self.semua - self.banyak


def mean_ringkasan(
    ringkasan: Ringkasan, *, semua: int, terverifikasi: bool, skala: Skala = SKALA_BAKU
) -> RataRata:
    """Plain mean of the percentages that exist, of `semua` indikator there should be.

    skala: that of the office; the regulation's where offices stand side by side.
    """
    rerata, banyak = ringkasan.persen, ringkasan.banyak
    if rerata is None:
        return RataRata(None, "–", "Belum ada capaian", "", 0, semua)
    catatan = "" if terverifikasi else BELUM_VERIFIKASI
    teks = format_persen(rerata)
    if banyak < semua:
        kata = f"Dari {banyak} di antara {semua} indikator"
        return RataRata(rerata, teks, kata, "", banyak, semua, catatan)
    k = find_kategori(rerata, skala)
    warna = k.warna if terverifikasi else ""
    return RataRata(rerata, teks, k.label, warna, banyak, semua, catatan)


def mean_persen(
    persen: Iterable[Decimal | None], *, semua: int, terverifikasi: bool, skala: Skala = SKALA_BAKU
) -> RataRata:
    """`mean_ringkasan` of rows."""
    return mean_ringkasan(summarize(persen), semua=semua, terverifikasi=terverifikasi, skala=skala)
