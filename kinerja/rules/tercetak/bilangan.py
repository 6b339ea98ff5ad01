"""Digits and marks as printed: every figure they can mean, and none that they cannot.

A dot or a comma before exactly three digits groups thousands or begins decimals; print alone does
not say which, so both are given, the Indonesian one first.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

# One figure inside a cell. What the marks mean is found out afterwards, by `list_bacaan`.
BILANGAN = r"[+-]?[0-9](?:[0-9.,]*[0-9])?(?:[ '][0-9]{3}(?![0-9]))*(?:(?<=[ '][0-9]{3})[.,][0-9]+)?"

_MAKS_DIGIT = 24
_MAKS_PANGKAT = 15
_ILMIAH = re.compile(r"([+-]?[0-9](?:[.,][0-9]+)?)e([+-]?[0-9]{1,2})", re.I)
_GANDA = re.compile(r"[1-9][0-9]{0,2}([.,])[0-9]{3}")
_BERSPASI = re.compile(r"[1-9][0-9]{0,2}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?")
_POLOS = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_TANDA = {".": "titik", ",": "koma"}
# Thousands mark and decimal mark; the same one twice where print uses it for both ("1.234.56").
_PASANGAN = tuple(
    (
        a,
        b,
        re.compile(rf"[1-9][0-9]{{0,2}}(?:\{a}[0-9]{{3}})+(?:\{b}[0-9]+)?"),
    )
    for a, b in ((".", ","), (",", "."), (".", "."), (",", ","))
)


@dataclass(frozen=True)
class Bacaan:
    """One meaning of what is printed, with the decimals it was printed with.

    cara: which meaning, "" where there is only one. atas: upper bound where it is a range.
    """

    nilai: Decimal
    cara: str = ""
    atas: Decimal | None = None


def list_bacaan(teks: str) -> tuple[Bacaan, ...]:
    """Figures that the digits and marks can mean; none where they contradict themselves."""
    ilmiah = _ILMIAH.fullmatch(teks)
    if ilmiah:
        return _read_ilmiah(ilmiah[1], int(ilmiah[2]))
    tanda = "-" if teks.startswith("-") else ""
    isi = teks.lstrip("+-")
    if sum(h.isdigit() for h in isi) > _MAKS_DIGIT:
        return ()
    if ganda := _GANDA.fullmatch(isi):
        ribuan = Bacaan(Decimal(tanda + re.sub("[.,]", "", isi)), f"{_TANDA[ganda[1]]} ribuan")
        desimal = Bacaan(Decimal(tanda + isi.replace(",", ".")), f"{_TANDA[ganda[1]]} desimal")
        return (ribuan, desimal) if ganda[1] == "." else (desimal, ribuan)
    return tuple(Bacaan(Decimal(tanda + utuh)) for utuh in _list_utuh(isi))


def take_ribuan(bacaan: tuple[Bacaan, ...]) -> tuple[Bacaan, ...]:
    """Of two meanings the one in thousands: rupiah have no third decimal."""
    ribuan = tuple(Bacaan(b.nilai) for b in bacaan if b.cara.endswith("ribuan"))
    return ribuan or bacaan


def scale(nilai: Decimal, pangkat: int) -> Decimal:
    """`nilai` times a power of ten. Printed decimals still say how exact it is; a whole figure is
    taken as exact, so its zeros are written out."""
    naik = nilai.scaleb(pangkat)
    return naik if int(nilai.as_tuple().exponent) < 0 else Decimal(f"{naik:f}")


def _read_ilmiah(depan: str, pangkat: int) -> tuple[Bacaan, ...]:
    """ "1,2E+05": the digits behind were lost in print, the exponent of the Decimal says so."""
    if abs(pangkat) > _MAKS_PANGKAT:
        return ()
    return (Bacaan(Decimal(depan.replace(",", ".")).scaleb(pangkat)),)


def _list_utuh(isi: str) -> list[str]:
    """The digits in the spelling of Decimal: one, or none."""
    if _BERSPASI.fullmatch(isi):
        return [re.sub("[ ']", "", isi).replace(",", ".")]
    if _POLOS.fullmatch(isi):
        return [isi.replace(",", ".")]
    for ribuan, desimal, pola in _PASANGAN:
        if pola.fullmatch(isi):
            return [_join(isi, ribuan, desimal)]
    return []


def _join(isi: str, ribuan: str, desimal: str) -> str:
    """Digits without their thousands marks. One mark for both: a last group that is not three
    digits long can only be decimals."""
    if ribuan != desimal:
        return isi.replace(ribuan, "").replace(desimal, ".")
    depan, _tanda, ekor = isi.rpartition(ribuan)
    utuh = depan.replace(ribuan, "")
    return utuh + ekor if len(ekor) == 3 else f"{utuh}.{ekor}"
