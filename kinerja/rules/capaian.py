"""How far a realisasi reached its target, with the reason for every figure and every absence.

A result is never a bare number: `Hasil` says by which formula and which rule it came about, so that
the form, the dashboard and the report can all explain the same percentage in the same words.
Sumber: RUMUS-CAPAIAN
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from sakip.common.angka import format_angka, format_persen

# Quotients of stored figures (at most 20 digits) keep enough digits for any display.
_KONTEKS = Context(prec=34)
_SERATUS = Decimal(100)
_NOL = Decimal(0)


class Polaritas(StrEnum):
    """In which direction a value is good."""

    NAIK = "naik"
    TURUN = "turun"


class Rumus(StrEnum):
    """How the percentage is reckoned. The choice for a falling indikator is the office's own."""

    PER_TARGET = "per_target"
    CERMIN = "cermin"
    KEBALIKAN = "kebalikan"

    @property
    def polaritas(self) -> Polaritas:
        """The direction the formula is for."""
        return Polaritas.NAIK if self is Rumus.PER_TARGET else Polaritas.TURUN


class Aturan(StrEnum):
    """Which rule settled the result."""

    BELUM_DIISI = "belum_diisi"
    TANPA_TARGET = "tanpa_target"
    TAK_TERHITUNG = "tak_terhitung"
    TARGET_NOL = "target_nol"
    RUMUS = "rumus"
    LANTAI = "lantai"
    BATAS = "batas"


RUMUS_KATA: Mapping[Rumus, str] = {
    Rumus.PER_TARGET: "realisasi ÷ target × 100",
    Rumus.CERMIN: "(2 × target – realisasi) ÷ target × 100",
    Rumus.KEBALIKAN: "target ÷ realisasi × 100",
}
ARAH_KATA: Mapping[Polaritas, str] = {
    Polaritas.NAIK: "makin tinggi makin baik",
    Polaritas.TURUN: "makin rendah makin baik",
}


@dataclass(frozen=True)
class Hasil:
    """A percentage and how it came about.

    persen: 100 is met; floored at 0 and capped; None where no percentage exists. mentah: before
    floor and cap. alasan: the whole reckoning as one sentence in Indonesian.
    """

    persen: Decimal | None
    mentah: Decimal | None
    rumus: Rumus
    aturan: Aturan
    alasan: str

    @property
    def teks(self) -> str:
        """ "98,24%", or a dash where no percentage exists."""
        return "–" if self.persen is None else format_persen(self.persen)


@dataclass(frozen=True)
class Rerata:
    """Mean of several results: over how many, and how many gave no percentage."""

    persen: Decimal | None
    banyak: int
    tak_terhitung: int


def persen_capaian(
    target: Decimal | None,
    realisasi: Decimal | None,
    rumus: Rumus,
    *,
    batas: Decimal | None = None,
) -> Hasil:
    """Percentage reached for one indikator in one period, at full precision (round only to show).

    target, realisasi: same unit, None is missing, which is not zero. batas: highest percentage
    that counts, None for no cap. Below zero the percentage is 0 and the raw value is kept.

    Raises:
        ValueError: a figure is not finite.
    """
    if realisasi is None:
        return Hasil(None, None, rumus, Aturan.BELUM_DIISI, "Realisasi belum diisi.")
    if target is None:
        return Hasil(None, None, rumus, Aturan.TANPA_TARGET, "Belum ada target untuk periode ini.")
    if not (target.is_finite() and realisasi.is_finite()):
        raise ValueError(f"bukan bilangan: {target}, {realisasi}")
    if target < 0:
        return _tak_terhitung(rumus, "target kurang dari nol")
    if target == 0:
        return _target_nol(realisasi, rumus)
    if rumus is Rumus.KEBALIKAN and realisasi <= 0:
        return _realisasi_habis(realisasi, rumus, batas)
    hitung, susun = _HITUNG[rumus]
    mentah = hitung(target, realisasi)
    kalimat = f"{susun(format_angka(target), format_angka(realisasi))} = {format_persen(mentah)}"
    return _jepit(Hasil(mentah, mentah, rumus, Aturan.RUMUS, kalimat), batas)


def mean_capaian(hasil: Iterable[Hasil]) -> Rerata:
    """Plain mean of the percentages that exist, capped as they are; exact, whatever the order."""
    semua = list(hasil)
    ada = [Fraction(h.persen) for h in semua if h.persen is not None]
    if not ada:
        return Rerata(None, 0, len(semua))
    jumlah = sum(ada, Fraction()) / len(ada)
    persen = _KONTEKS.divide(Decimal(jumlah.numerator), Decimal(jumlah.denominator))
    return Rerata(persen, len(ada), len(semua) - len(ada))


def _per_target(target: Decimal, realisasi: Decimal) -> Decimal:
    return _KONTEKS.divide(realisasi * _SERATUS, target)


def _cermin(target: Decimal, realisasi: Decimal) -> Decimal:
    return _KONTEKS.divide((2 * target - realisasi) * _SERATUS, target)


def _kebalikan(target: Decimal, realisasi: Decimal) -> Decimal:
    return _KONTEKS.divide(target * _SERATUS, realisasi)


_Hitung = Callable[[Decimal, Decimal], Decimal]
_Susun = Callable[[str, str], str]
_HITUNG: Mapping[Rumus, tuple[_Hitung, _Susun]] = {
    Rumus.PER_TARGET: (_per_target, "{1} ÷ {0} × 100".format),
    Rumus.CERMIN: (_cermin, "(2 × {0} – {1}) ÷ {0} × 100".format),
    Rumus.KEBALIKAN: (_kebalikan, "{0} ÷ {1} × 100".format),
}


def _tak_terhitung(rumus: Rumus, sebab: str) -> Hasil:
    return Hasil(None, None, rumus, Aturan.TAK_TERHITUNG, f"Tidak dapat dihitung: {sebab}.")


def _target_nol(realisasi: Decimal, rumus: Rumus) -> Hasil:
    """Zero is a usual target where lower is better (no outbreak): met or not met."""
    if rumus.polaritas is Polaritas.NAIK:
        return _tak_terhitung(rumus, "target nol tidak dapat menjadi pembagi")
    persen = _SERATUS if realisasi <= 0 else _NOL
    kata = "tercapai" if persen else "tidak tercapai"
    alasan = f"Aturan target nol: target 0, realisasi {format_angka(realisasi)}, {kata}."
    return Hasil(persen, persen, rumus, Aturan.TARGET_NOL, alasan)


def _realisasi_habis(realisasi: Decimal, rumus: Rumus, batas: Decimal | None) -> Hasil:
    """Nothing left of what should be low: the quotient has no value, only the cap has."""
    if batas is None:
        return _tak_terhitung(
            rumus, f"realisasi {format_angka(realisasi)} tidak dapat menjadi pembagi"
        )
    alasan = (
        f"Realisasi {format_angka(realisasi)} tidak dapat menjadi pembagi; "
        f"dipakai batas tertinggi {format_persen(batas)}."
    )
    return Hasil(batas, None, rumus, Aturan.BATAS, alasan)


def _jepit(hasil: Hasil, batas: Decimal | None) -> Hasil:
    """Floor at 0, cap at `batas`; say so in the sentence when either bites."""
    mentah = hasil.mentah or _NOL
    if mentah < 0:
        alasan = f"{hasil.alasan}; kurang dari nol dihitung 0%."
        return Hasil(_NOL, mentah, hasil.rumus, Aturan.LANTAI, alasan)
    if batas is not None and mentah > batas:
        alasan = f"{hasil.alasan}; dihitung paling tinggi {format_persen(batas)}."
        return Hasil(batas, mentah, hasil.rumus, Aturan.BATAS, alasan)
    return Hasil(mentah, mentah, hasil.rumus, Aturan.RUMUS, f"{hasil.alasan}.")
