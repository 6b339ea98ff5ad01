"""How far a realisasi reached its target, with the reason for every figure and every absence.

A result is never a bare number: `Hasil` says by which formula and which rule it came about, so that
the form, the dashboard and the report can all explain the same percentage in the same words.
Sumber: RUMUS-CAPAIAN
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from enum import StrEnum
from fractions import Fraction

from sakip.common.angka import format_angka, format_batas, format_persen

# Quotients of stored figures (at most 20 digits) keep enough digits for any display.
_KONTEKS = Context(prec=34)
# Sums and differences of figures within _MAKS_PANGKAT, without rounding.
_TEPAT = Context(prec=150)
_MAKS_PANGKAT = 30
_MAKS_DESIMAL = 60
_SERATUS = Decimal(100)
_NOL = Decimal(0)


class Polaritas(StrEnum):
    """In which direction a value is good."""

    NAIK = "naik"
    TURUN = "turun"
    TETAP = "tetap"


class Rumus(StrEnum):
    """How the percentage is reckoned. The choice for a falling indikator is the office's own."""

    PER_TARGET = "per_target"
    CERMIN = "cermin"
    KEBALIKAN = "kebalikan"
    STABIL = "stabil"
    TANGGAL = "tanggal"
    KATA = "kata"

    @property
    def polaritas(self) -> Polaritas:
        """The direction the formula is for."""
        return _POLARITAS[self]


_POLARITAS: Mapping[Rumus, Polaritas] = {
    Rumus.PER_TARGET: Polaritas.NAIK,
    Rumus.CERMIN: Polaritas.TURUN,
    Rumus.KEBALIKAN: Polaritas.TURUN,
    Rumus.STABIL: Polaritas.TETAP,
    Rumus.TANGGAL: Polaritas.TURUN,
    Rumus.KATA: Polaritas.NAIK,
}


class Aturan(StrEnum):
    """Which rule settled the result."""

    BELUM_DIISI = "belum_diisi"
    TANPA_TARGET = "tanpa_target"
    TAK_TERHITUNG = "tak_terhitung"
    TARGET_NOL = "target_nol"
    RUMUS = "rumus"
    LANTAI = "lantai"
    BATAS = "batas"
    RENTANG = "rentang"
    TOLERANSI = "toleransi"
    TEPAT_WAKTU = "tepat_waktu"
    TERLAMBAT = "terlambat"


RUMUS_KATA: Mapping[Rumus, str] = {
    Rumus.PER_TARGET: "realisasi ÷ target × 100",
    Rumus.CERMIN: "(2 × target – realisasi) ÷ target × 100",
    Rumus.KEBALIKAN: "target ÷ realisasi × 100",
    Rumus.STABIL: "100 – |realisasi – target| ÷ target × 100",
    Rumus.TANGGAL: "tepat waktu 100, terlambat menurut tabel",
    Rumus.KATA: "dinilai dengan kata, tanpa persentase",
}
ARAH_KATA: Mapping[Polaritas, str] = {
    Polaritas.NAIK: "makin tinggi makin baik",
    Polaritas.TURUN: "makin rendah makin baik",
    Polaritas.TETAP: "makin dekat target makin baik",
}


@dataclass(frozen=True)
class Setelan:
    """The settings by which one indikator is reckoned, each independent of the others.

    batas: highest percentage that counts, None for no cap. lantai: lowest, None for none.
    atas: upper bound of a target that is a range. toleransi: distance from the target that still
    counts as met, for STABIL. tabel: days late to percent, for TANGGAL; beyond the last row, 0.
    tulis: how a value is written in the sentence.
    """

    rumus: Rumus
    batas: Decimal | None = None
    lantai: Decimal | None = _NOL
    atas: Decimal | None = None
    toleransi: Decimal = _NOL
    tabel: tuple[tuple[int, Decimal], ...] = ()
    tulis: Callable[[Decimal], str] = format_angka


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
    """`reckon_capaian` with the usual settings: floor 0, no range."""
    return reckon_capaian(target, realisasi, Setelan(rumus, batas=batas))


def reckon_capaian(target: Decimal | None, realisasi: Decimal | None, setelan: Setelan) -> Hasil:
    """Percentage reached for one indikator in one period, at full precision (round only to show).

    target, realisasi: same unit, None is missing, which is not zero. The raw value is kept beside
    what floor and cap make of it.

    Raises:
        ValueError: a figure is not finite, or larger or finer than any that is kept.
    """
    rumus = setelan.rumus
    if rumus is Rumus.KATA:
        return Hasil(None, None, rumus, Aturan.TAK_TERHITUNG, "Dinilai dengan kata, tanpa angka.")
    if realisasi is None:
        return Hasil(None, None, rumus, Aturan.BELUM_DIISI, "Realisasi belum diisi.")
    if target is None:
        return Hasil(None, None, rumus, Aturan.TANPA_TARGET, "Belum ada target untuk periode ini.")
    _require_wajar(target, realisasi, setelan.atas or _NOL)
    if rumus is Rumus.TANGGAL:
        return _tanggal(target, realisasi, setelan)
    if setelan.atas is not None:
        return _rentang(target, setelan.atas, realisasi, setelan)
    return _hitung(target, realisasi, setelan)


def _require_wajar(*angka: Decimal) -> None:
    for n in angka:
        if not n.is_finite():
            raise ValueError(f"bukan bilangan: {n}")
        if n.adjusted() > _MAKS_PANGKAT or int(n.as_tuple().exponent) < -_MAKS_DESIMAL:
            raise ValueError(f"angka di luar jangkauan: {n:.3e}")


def mean_capaian(hasil: Iterable[Hasil]) -> Rerata:
    """Plain mean of the percentages that exist, capped as they are; exact, whatever the order."""
    semua = list(hasil)
    ada = [Fraction(h.persen) for h in semua if h.persen is not None]
    if not ada:
        return Rerata(None, 0, len(semua))
    jumlah = sum(ada, Fraction()) / len(ada)
    persen = _KONTEKS.divide(Decimal(jumlah.numerator), Decimal(jumlah.denominator))
    return Rerata(persen, len(ada), len(semua) - len(ada))


def _persen(atas: Decimal, bawah: Decimal) -> Decimal:
    """A quotient in percent; only the division itself rounds."""
    return _KONTEKS.divide(atas.scaleb(2, _TEPAT), bawah)


def _per_target(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(realisasi, target)


def _cermin(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(_TEPAT.subtract(_TEPAT.add(target, target), realisasi), target)


def _kebalikan(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(target, realisasi)


def _stabil(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(_TEPAT.subtract(target, _distance(target, realisasi)), target)


def _distance(target: Decimal, realisasi: Decimal) -> Decimal:
    return _TEPAT.subtract(realisasi, target).copy_abs()


_Hitung = Callable[[Decimal, Decimal], Decimal]
_Susun = Callable[[str, str], str]
_HITUNG: Mapping[Rumus, tuple[_Hitung, _Susun]] = {
    Rumus.PER_TARGET: (_per_target, "{1} ÷ {0} × 100".format),
    Rumus.CERMIN: (_cermin, "(2 × {0} – {1}) ÷ {0} × 100".format),
    Rumus.KEBALIKAN: (_kebalikan, "{0} ÷ {1} × 100".format),
    Rumus.STABIL: (_stabil, "100 – |{1} – {0}| ÷ {0} × 100".format),
}


def _hitung(target: Decimal, realisasi: Decimal, setelan: Setelan) -> Hasil:
    rumus, tulis = setelan.rumus, setelan.tulis
    if rumus is Rumus.STABIL and _distance(target, realisasi) <= setelan.toleransi:
        alasan = (
            f"Realisasi {tulis(realisasi)} dalam toleransi {format_angka(setelan.toleransi)} "
            f"dari target {tulis(target)}."
        )
        return Hasil(_SERATUS, _SERATUS, rumus, Aturan.TOLERANSI, alasan)
    if target < 0:
        return _tak_terhitung(rumus, "target kurang dari nol")
    if target == 0:
        return _target_nol(realisasi, setelan)
    if rumus is Rumus.KEBALIKAN and realisasi <= 0:
        return _realisasi_habis(realisasi, rumus, setelan.batas)
    hitung, susun = _HITUNG[rumus]
    mentah = hitung(target, realisasi)
    kalimat = f"{susun(tulis(target), tulis(realisasi))} = {format_persen(mentah)}"
    return _jepit(Hasil(mentah, mentah, rumus, Aturan.RUMUS, kalimat), setelan)


def _rentang(bawah: Decimal, atas: Decimal, realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Inside the range the target is met; outside, the nearest bound is the target."""
    tulis = setelan.tulis
    teks = f"rentang {tulis(bawah)} sampai {tulis(atas)}"
    if bawah <= realisasi <= atas:
        alasan = f"Realisasi {tulis(realisasi)} berada dalam {teks}."
        return Hasil(_SERATUS, _SERATUS, setelan.rumus, Aturan.RENTANG, alasan)
    dekat, kata = (atas, "atas") if realisasi > atas else (bawah, "bawah")
    hasil = _hitung(dekat, realisasi, setelan)
    return replace(hasil, alasan=f"Target {teks}, dipakai batas {kata}. {hasil.alasan}")


def _tanggal(target: Decimal, realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Days, as ordinals: on time is 100, each day late is looked up."""
    tulis, terlambat = setelan.tulis, int(realisasi - target)
    if terlambat <= 0:
        alasan = f"Selesai {tulis(realisasi)}, paling lambat {tulis(target)}: tepat waktu."
        return Hasil(_SERATUS, _SERATUS, setelan.rumus, Aturan.TEPAT_WAKTU, alasan)
    baris = sorted(setelan.tabel)
    persen = next((p for hari, p in baris if terlambat <= hari), _NOL)
    alasan = (
        f"Selesai {tulis(realisasi)}, paling lambat {tulis(target)}: terlambat {terlambat} hari, "
        f"dihitung {format_batas(persen)}."
    )
    return Hasil(persen, persen, setelan.rumus, Aturan.TERLAMBAT, alasan)


def _tak_terhitung(rumus: Rumus, sebab: str) -> Hasil:
    return Hasil(None, None, rumus, Aturan.TAK_TERHITUNG, f"Tidak dapat dihitung: {sebab}.")


def _target_nol(realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Zero is a usual target where lower is better (no outbreak): met or not met."""
    rumus = setelan.rumus
    if rumus.polaritas is Polaritas.NAIK:
        return _tak_terhitung(rumus, "target nol tidak dapat menjadi pembagi")
    is_tercapai = realisasi <= 0 and rumus.polaritas is Polaritas.TURUN
    persen, kata = (_SERATUS, "tercapai") if is_tercapai else (_NOL, "tidak tercapai")
    alasan = f"Aturan target nol: target 0, realisasi {setelan.tulis(realisasi)}, {kata}"
    return _jepit(Hasil(persen, persen, rumus, Aturan.TARGET_NOL, alasan), setelan)


def _realisasi_habis(realisasi: Decimal, rumus: Rumus, batas: Decimal | None) -> Hasil:
    """Nothing left of what should be low: the quotient has no value, only the cap has."""
    if batas is None:
        return _tak_terhitung(
            rumus, f"realisasi {format_angka(realisasi)} tidak dapat menjadi pembagi"
        )
    alasan = (
        f"Realisasi {format_angka(realisasi)} tidak dapat menjadi pembagi; "
        f"dipakai batas tertinggi {format_batas(batas)}."
    )
    return Hasil(batas, None, rumus, Aturan.BATAS, alasan)


def _jepit(hasil: Hasil, setelan: Setelan) -> Hasil:
    """Keep within floor and cap; say so in the sentence when either bites."""
    mentah, lantai, batas = hasil.mentah or _NOL, setelan.lantai, setelan.batas
    if lantai is not None and mentah < lantai:
        kata = "nol" if lantai == 0 else format_batas(lantai)
        alasan = f"{hasil.alasan}; kurang dari {kata} dihitung {format_batas(lantai)}."
        return Hasil(lantai, mentah, hasil.rumus, Aturan.LANTAI, alasan)
    if batas is not None and mentah > batas:
        alasan = f"{hasil.alasan}; dihitung paling tinggi {format_batas(batas)}."
        return Hasil(batas, mentah, hasil.rumus, Aturan.BATAS, alasan)
    return replace(hasil, alasan=f"{hasil.alasan}.")
