"""Efficiency, in the two families offices use. Money is given, never derived from performance.

Sumber: EFISIENSI
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kinerja.rules.hitung import TEPAT, divide, mean
from sakip.common.angka import bulatkan, format_angka, format_persen

_SERATUS = Decimal(100)
# The difference within which performance and spending count as even.
AMBANG = Decimal(5)
_TEPI = Decimal(20)


@dataclass(frozen=True)
class Efisiensi:
    """A figure, None where there is none; the word for it, and how it came about."""

    nilai: Decimal | None
    sebutan: str
    alasan: str


@dataclass(frozen=True)
class Keluaran:
    """One output: pagu and money spent in rupiah, planned and reached volume."""

    pagu: Decimal | None
    belanja: Decimal | None
    target: Decimal | None
    realisasi: Decimal | None


def compare_serapan(
    capaian: Decimal | None, serapan: Decimal | None, *, ambang: Decimal = AMBANG
) -> Efisiensi:
    """Capaian minus share of the budget spent, in percentage points.

    Nothing done for no money is not efficient: it was not begun.
    """
    if capaian is None or serapan is None:
        return Efisiensi(None, "Tidak dapat dihitung", "Capaian atau serapan anggaran belum ada.")
    if capaian == serapan == 0:
        return Efisiensi(None, "Belum dilaksanakan", "Capaian dan serapan anggaran masih nol.")
    selisih = capaian - serapan
    sebutan = "Efisien" if selisih > ambang else "Tidak efisien"
    if abs(selisih) <= ambang:
        sebutan = "Cukup efisien"
    alasan = (
        f"Capaian {format_persen(capaian)} – serapan {format_persen(serapan)}; "
        f"cukup efisien dalam jarak {format_angka(ambang)} poin."
    )
    return Efisiensi(selisih, sebutan, alasan)


def efisiensi_keluaran(keluaran: Keluaran) -> Efisiensi:
    """(1 – (belanja ÷ realisasi) ÷ (pagu ÷ target)) × 100 of one output."""
    angka = (keluaran.pagu, keluaran.belanja, keluaran.target, keluaran.realisasi)
    pagu, belanja, target, realisasi = angka
    if pagu is None or belanja is None or target is None or realisasi is None:
        return Efisiensi(None, "Tidak dapat dihitung", "Pagu, belanja, atau volume belum ada.")
    if pagu <= 0 or target <= 0 or realisasi <= 0:
        return Efisiensi(
            None, "Tidak dapat dihitung", "Pagu, target, atau realisasi tidak di atas nol."
        )
    nilai = _SERATUS - divide(
        TEPAT.multiply(TEPAT.multiply(belanja, target), _SERATUS), TEPAT.multiply(realisasi, pagu)
    )
    alasan = (
        f"(1 – ({_tulis(belanja)} ÷ {_tulis(realisasi)}) ÷ "
        f"({_tulis(pagu)} ÷ {_tulis(target)})) × 100 = {format_persen(nilai)}."
    )
    return Efisiensi(nilai, "Efisien" if nilai > 0 else "Tidak efisien", alasan)


def nilai_efisiensi(keluaran: Sequence[Keluaran]) -> Efisiensi:
    """50 + E ÷ 20 × 50, with E the mean over outputs, clipped to -20 and 20: from 0 to 100."""
    hasil = [efisiensi_keluaran(k).nilai for k in keluaran]
    ada = [n for n in hasil if n is not None]
    if not ada:
        return Efisiensi(None, "Tidak dapat dihitung", "Tidak ada keluaran yang dapat dihitung.")
    e = mean(ada)
    jepit = max(-_TEPI, min(_TEPI, e))
    nilai = 50 + jepit / _TEPI * 50
    alasan = (
        f"Rata-rata efisiensi {format_persen(e)} dari {len(ada)} keluaran "
        f"({len(hasil) - len(ada)} tidak dapat dihitung); 50 + E ÷ 20 × 50."
    )
    return Efisiensi(nilai, "Efisien" if e > 0 else "Tidak efisien", alasan)


def _tulis(nilai: Decimal) -> str:
    """A figure of a sentence: a mean carries more digits than anybody reads."""
    return format_angka(bulatkan(nilai, 2))
