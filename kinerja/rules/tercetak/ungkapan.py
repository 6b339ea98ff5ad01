"""Formulas as documents write them: "R/T", "(2T-R)/T", "1+(1-R/T)", "realisasi : target x 100%".

Read into exact functions, never evaluated as program text. The engine's own formulas are found by
what they give, not by how they are spelled.
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from kinerja.rules.capaian import Rumus

Fungsi = Callable[[Fraction, Fraction], Fraction]

_BATAS = r"(?:the )?(?:lower|upper|nearest) bound|batas (?:bawah|atas|terdekat)"
_KATA = (
    (re.compile(r"\brealisasi\b|\brealization\b|\bactual\b", re.I), "r"),
    (re.compile(rf"\btarget\b|\b(?:{_BATAS})\b", re.I), "t"),
    (re.compile(r"(?<![^\W\d_])x(?![^\W\d_])|[×·]", re.I), "*"),
    (re.compile(r"[÷:]"), "/"),
    (re.compile(r"[\u2212\u2013]"), "-"),
)
# Names that offices give to a formula instead of writing it out.
_NAMA = (
    (re.compile(r"\b(?:mirror|cermin)"), "(2t-r)/t"),
    (re.compile(r"\b(?:inverse|kebalikan|terbalik)"), "t/r"),
    (re.compile(r"\b(?:direct|ratio|rasio)\b"), "r/t"),
)
_LAMBANG = re.compile(r"[0-9]+(?:[.,][0-9]+)?|(?<![a-z])[tr](?![a-z])|[-+*/()|]")
_SUSUNAN = re.compile(rf"(?:{_LAMBANG.pattern}|[%\s])+")
_MAKS_LAMBANG = 60
# Pairs at which no two of the engine's formulas agree.
_TITIK = tuple((Fraction(t), Fraction(r)) for t, r in ((7, 3), (7, 11), (5, 8)))
FUNGSI: Mapping[Rumus, Fungsi] = {
    Rumus.PER_TARGET: lambda t, r: 100 * r / t,
    Rumus.CERMIN: lambda t, r: 100 * (2 * t - r) / t,
    Rumus.KEBALIKAN: lambda t, r: 100 * t / r,
    Rumus.STABIL: lambda t, r: 100 * (t - abs(r - t)) / t,
}


_TAMBAH: Mapping[str, Fungsi] = {"+": operator.add, "-": operator.sub}


class _TakTerbaca(ValueError):
    """The symbols are no formula."""


@dataclass(frozen=True)
class Ungkapan:
    """One formula: its text, what it gives in percent, and which of the engine's it is, if any."""

    teks: str
    fungsi: Fungsi
    rumus: Rumus | None

    @property
    def is_bertemu(self) -> bool:
        """Whether reaching the target gives 100."""
        t = Fraction(7)
        return evaluate(self.fungsi, t, t) == 100


def find_ungkapan(teks: str) -> Ungkapan | None:
    """The first formula in the text that speaks of target and realisasi, else one that it names;
    None where there is neither."""
    kata = teks.casefold()
    for pola, ganti in _KATA:
        kata = pola.sub(ganti, kata)
    for cocok in _SUSUNAN.finditer(kata):
        lambang = _LAMBANG.findall(cocok[0].lstrip(" */%"))
        if len(lambang) <= _MAKS_LAMBANG and (hasil := _read(lambang)):
            return hasil
    nama = next((tulisan for pola, tulisan in _NAMA if pola.search(kata)), "")
    return _read(_LAMBANG.findall(nama))


def _read(lambang: list[str]) -> Ungkapan | None:
    """The longest beginning that is a formula of both; behind it may stand an opened bracket."""
    while {"t", "r"} <= set(lambang):
        baca = _Pembaca(lambang)
        try:
            fungsi = baca.jumlah()
        except _TakTerbaca:
            lambang = lambang[:-1]
            continue
        dipakai = lambang[: baca.letak]
        if not {"t", "r"} <= set(dipakai):
            return None
        return _make("".join(dipakai).upper(), fungsi, is_persen="100" in dipakai)
    return None


def evaluate(fungsi: Fungsi, target: Fraction, realisasi: Fraction) -> Fraction | None:
    """What the formula gives, None where it divides by zero."""
    try:
        return fungsi(target, realisasi)
    except ZeroDivisionError:
        return None


def _make(teks: str, fungsi: Fungsi, *, is_persen: bool) -> Ungkapan:
    kali = 1 if is_persen else 100

    def persen(t: Fraction, r: Fraction) -> Fraction:
        return kali * fungsi(t, r)

    nilai = [evaluate(persen, t, r) for t, r in _TITIK]
    sama = (k for k, f in FUNGSI.items() if nilai == [f(t, r) for t, r in _TITIK])
    return Ungkapan(teks, persen, next(sama, None))


class _Pembaca:
    """Recursive descent over the symbols. What stands before T, R or a bracket multiplies it."""

    def __init__(self, lambang: list[str]) -> None:
        self.lambang, self.letak = lambang, 0

    @property
    def depan(self) -> str:
        """The next symbol, "" at the end."""
        return self.lambang[self.letak] if self.letak < len(self.lambang) else ""

    def ambil(self) -> str:
        """Step past the next symbol."""
        lambang = self.depan
        self.letak += 1
        return lambang

    def jumlah(self) -> Fungsi:
        """Terms added and subtracted."""
        hasil = self.kali()
        while self.depan in ("+", "-"):
            cara = _TAMBAH[self.ambil()]
            hasil = _gabung(hasil, self.kali(), cara)
        return hasil

    def kali(self) -> Fungsi:
        """Factors multiplied and divided."""
        hasil = self.faktor()
        while self.depan in ("*", "/", "(", "t", "r"):
            if self.depan == "/":
                self.ambil()
                hasil = _gabung(hasil, self.faktor(), operator.truediv)
            else:
                if self.depan == "*":
                    self.ambil()
                hasil = _gabung(hasil, self.faktor(), operator.mul)
        return hasil

    def faktor(self) -> Fungsi:
        """One number, T, R, bracket or absolute value, with its sign."""
        lambang = self.ambil()
        if lambang == "-":
            return _gabung(_tetap(Fraction(-1)), self.faktor(), operator.mul)
        if lambang in ("t", "r"):
            return (lambda t, _r: t) if lambang == "t" else (lambda _t, r: r)
        if lambang[:1].isdigit():
            return _tetap(Fraction(lambang.replace(",", ".")))
        if lambang not in ("(", "|"):
            raise _TakTerbaca(lambang)
        dalam = self.jumlah()
        if self.ambil() != {"(": ")", "|": "|"}[lambang]:
            raise _TakTerbaca(lambang)
        return dalam if lambang == "(" else (lambda t, r: abs(dalam(t, r)))


def _tetap(nilai: Fraction) -> Fungsi:
    return lambda _t, _r: nilai


def _gabung(kiri: Fungsi, kanan: Fungsi, cara: Fungsi) -> Fungsi:
    return lambda t, r: cara(kiri(t, r), kanan(t, r))
