"""How far a realisasi reached its target, with the reason for every figure and every absence.

A result is never a bare number: `Hasil` says by which formula and which rule it came about, so that
the form, the dashboard and the report can all explain the same percentage in the same words.
Sumber: RUMUS-CAPAIAN
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.hitung import TEPAT, divide, mean
from sakip.common.angka import format_angka, format_batas, format_persen

# Figures within these powers of ten are reckoned with.
_PANGKAT = range(-60, 31)
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
    DINILAI = "dinilai"


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
    tulis: how a value is written in the sentence. penilaian, skor: for KATA, what the examiner
    found, "" while nobody did, and the percentage the office gives that word.
    """

    rumus: Rumus
    batas: Decimal | None = None
    lantai: Decimal | None = _NOL
    atas: Decimal | None = None
    toleransi: Decimal = _NOL
    tabel: tuple[tuple[int, Decimal], ...] = ()
    tulis: Callable[[Decimal], str] = format_angka
    penilaian: str = ""
    skor: Decimal | None = None


@dataclass(frozen=True)
class Hasil:
    """A percentage and how it came about.

    persen: 100 is met; floored at 0 and capped; None where no percentage exists. mentah: before
    floor and cap. kalimat: writes the reckoning; most results are only averaged and never read.
    penilaian: the word an examiner found, "" of everything that is reckoned.
    """

    persen: Decimal | None
    mentah: Decimal | None
    rumus: Rumus
    aturan: Aturan
    kalimat: Callable[[], str] = field(compare=False, repr=False)
    penilaian: str = ""

    @property
    def alasan(self) -> str:
        """The whole reckoning as one sentence in Indonesian."""
        return self.kalimat()

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
        return _kata(setelan)
    if realisasi is None:
        return _tanpa(rumus, Aturan.BELUM_DIISI, "Realisasi belum diisi.")
    if target is None:
        return _tanpa(rumus, Aturan.TANPA_TARGET, "Belum ada target untuk periode ini.")
    _require_wajar(target, realisasi, setelan.atas or _NOL)
    if rumus is Rumus.TANGGAL:
        return _tanggal(target, realisasi, setelan)
    if setelan.atas is not None:
        return _rentang(target, setelan.atas, realisasi, setelan)
    return _hitung(target, realisasi, setelan)


def _kata(setelan: Setelan) -> Hasil:
    """What an examiner found. A percentage only where the office gives the word one."""
    kata = setelan.penilaian
    if not kata:
        return _tanpa(Rumus.KATA, Aturan.TAK_TERHITUNG, "Dinilai dengan kata, tanpa angka.")
    kalimat = f"Penilaian pemeriksa: {kata.lower()}"
    if setelan.skor is None:
        hasil = _tanpa(Rumus.KATA, Aturan.DINILAI, f"{kalimat}. Dinilai dengan kata, tanpa angka.")
    else:
        skor = setelan.skor
        hitungan = f"{kalimat}, dihitung {format_batas(skor)}"
        hasil = _jepit(skor, setelan, Aturan.DINILAI, lambda: hitungan)
    return replace(hasil, penilaian=kata)


def _require_wajar(*angka: Decimal) -> None:
    for n in angka:
        if not n.is_finite():
            raise ValueError(f"bukan bilangan: {n}")
        if n and n.adjusted() not in _PANGKAT:
            raise ValueError(f"angka di luar jangkauan: {n:.3e}")


def mean_capaian(hasil: Iterable[Hasil]) -> Rerata:
    """Plain mean of the percentages that exist, capped as they are; exact, whatever the order."""
    semua = list(hasil)
    ada = [h.persen for h in semua if h.persen is not None]
    if not ada:
        return Rerata(None, 0, len(semua))
    return Rerata(mean(ada), len(ada), len(semua) - len(ada))


def _persen(atas: Decimal, bawah: Decimal) -> Decimal:
    """A quotient in percent; only the division itself rounds."""
    return divide(atas.scaleb(2, TEPAT), bawah)


def _per_target(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(realisasi, target)


def _cermin(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(TEPAT.subtract(TEPAT.add(target, target), realisasi), target)


def _kebalikan(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(target, realisasi)


def _stabil(target: Decimal, realisasi: Decimal) -> Decimal:
    return _persen(TEPAT.subtract(target, _distance(target, realisasi)), target)


def _distance(target: Decimal, realisasi: Decimal) -> Decimal:
    return TEPAT.subtract(realisasi, target).copy_abs()


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
        return _tercapai(
            setelan,
            Aturan.TOLERANSI,
            lambda: (
                f"Realisasi {tulis(realisasi)} dalam toleransi {format_angka(setelan.toleransi)} "
                f"dari target {tulis(target)}."
            ),
        )
    if target < 0:
        return _tak_terhitung(rumus, "target kurang dari nol")
    if target == 0:
        return _target_nol(realisasi, setelan)
    if rumus is Rumus.KEBALIKAN and realisasi <= 0:
        return _realisasi_habis(realisasi, rumus, setelan.batas)
    hitung, susun = _HITUNG[rumus]
    mentah = hitung(target, realisasi)
    return _jepit(
        mentah,
        setelan,
        Aturan.RUMUS,
        lambda: f"{susun(tulis(target), tulis(realisasi))} = {format_persen(mentah)}",
    )


def _rentang(bawah: Decimal, atas: Decimal, realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Inside the range the target is met; outside, the nearest bound is the target."""
    tulis = setelan.tulis

    def rentang() -> str:
        return f"rentang {tulis(bawah)} sampai {tulis(atas)}"

    if bawah <= realisasi <= atas:
        return _tercapai(
            setelan,
            Aturan.RENTANG,
            lambda: f"Realisasi {tulis(realisasi)} berada dalam {rentang()}.",
        )
    dekat, kata = (atas, "atas") if realisasi > atas else (bawah, "bawah")
    hasil = _hitung(dekat, realisasi, setelan)
    return replace(
        hasil, kalimat=lambda: f"Target {rentang()}, dipakai batas {kata}. {hasil.alasan}"
    )


def _tanggal(target: Decimal, realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Days, as ordinals: on time is 100, each day late is looked up."""
    tulis, terlambat = setelan.tulis, int(realisasi - target)

    def selesai() -> str:
        return f"Selesai {tulis(realisasi)}, paling lambat {tulis(target)}"

    if terlambat <= 0:
        return _tercapai(setelan, Aturan.TEPAT_WAKTU, lambda: f"{selesai()}: tepat waktu.")
    persen = next((p for hari, p in sorted(setelan.tabel) if terlambat <= hari), _NOL)
    return Hasil(
        persen,
        persen,
        setelan.rumus,
        Aturan.TERLAMBAT,
        lambda: f"{selesai()}: terlambat {terlambat} hari, dihitung {format_batas(persen)}.",
    )


def _tercapai(setelan: Setelan, aturan: Aturan, kalimat: Callable[[], str]) -> Hasil:
    return Hasil(_SERATUS, _SERATUS, setelan.rumus, aturan, kalimat)


def _tanpa(rumus: Rumus, aturan: Aturan, kalimat: str) -> Hasil:
    """No percentage, and why."""
    return Hasil(None, None, rumus, aturan, lambda: kalimat)


def _tak_terhitung(rumus: Rumus, sebab: str) -> Hasil:
    return _tanpa(rumus, Aturan.TAK_TERHITUNG, f"Tidak dapat dihitung: {sebab}.")


def _target_nol(realisasi: Decimal, setelan: Setelan) -> Hasil:
    """Zero is a usual target where lower is better (no outbreak): met or not met."""
    rumus, tulis = setelan.rumus, setelan.tulis
    if rumus.polaritas is Polaritas.NAIK:
        return _tak_terhitung(rumus, "target nol tidak dapat menjadi pembagi")
    is_tercapai = realisasi <= 0 and rumus.polaritas is Polaritas.TURUN
    persen, kata = (_SERATUS, "tercapai") if is_tercapai else (_NOL, "tidak tercapai")
    return _jepit(
        persen,
        setelan,
        Aturan.TARGET_NOL,
        lambda: f"Aturan target nol: target 0, realisasi {tulis(realisasi)}, {kata}",
    )


def _realisasi_habis(realisasi: Decimal, rumus: Rumus, batas: Decimal | None) -> Hasil:
    """Nothing left of what should be low: the quotient has no value, only the cap has."""
    sebab = f"realisasi {format_angka(realisasi)} tidak dapat menjadi pembagi"
    if batas is None:
        return _tak_terhitung(rumus, sebab)
    kalimat = f"R{sebab[1:]}; dipakai batas tertinggi {format_batas(batas)}."
    return Hasil(batas, None, rumus, Aturan.BATAS, lambda: kalimat)


def _jepit(mentah: Decimal, setelan: Setelan, aturan: Aturan, hitungan: Callable[[], str]) -> Hasil:
    """Keep within floor and cap; say so in the sentence when either bites."""
    lantai, batas = setelan.lantai, setelan.batas
    if lantai is not None and mentah < lantai:
        kata = "nol" if lantai == 0 else format_batas(lantai)
        ekor = f"; kurang dari {kata} dihitung {format_batas(lantai)}."
        return Hasil(lantai, mentah, setelan.rumus, Aturan.LANTAI, lambda: hitungan() + ekor)
    if batas is not None and mentah > batas:
        ekor = f"; dihitung paling tinggi {format_batas(batas)}."
        return Hasil(batas, mentah, setelan.rumus, Aturan.BATAS, lambda: hitungan() + ekor)
    return Hasil(mentah, mentah, setelan.rumus, aturan, lambda: f"{hitungan()}.")
