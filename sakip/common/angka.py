"""Figures as people write and read them: parsing, rounding, printing. Decimal only, never a float.

The forms understood are those of Indonesian offices, where Excel runs in either language:
"1.234,5", "91,4", "91.4", "1,234.5", "1 234,5", "87 %". A dot before exactly three digits groups
thousands ("1.234" is one thousand two hundred thirty-four), as Indonesian writes it.
"""

import re
from decimal import ROUND_HALF_UP, Context, Decimal

MAKS_BULAT = 14
MAKS_DESIMAL = 6

_PETUNJUK = "Isi dengan angka, contoh 91,4."
# What else stands in cells that are copied into a form, and what to do about it.
_SARAN = (
    (r"[+-]?[0-9][0-9.,]*e[+-]?[0-9]+", "Tulis semua angkanya, tanpa huruf E."),
    (r"#.*", "Sel asalnya berisi galat lembar kerja."),
    (r"=.*", "Tulis hasilnya, bukan rumusnya."),
    (r"-+|n/?a|n\.a\.?|nan|null|nihil|belum.*|tidak ada.*", "Bila belum ada angkanya, kosongkan."),
    (r".*[0-9]\W*(?:-|s\.?d\.?|s/d|sampai|hingga)\W*[0-9].*", "Tulis satu angka, bukan rentang."),
    (r"(?:rp\.?\s*)?[+-]?[0-9][0-9., ]*[^\W\d_][^0-9]*|rp.*", "Tulis angkanya saja, tanpa satuan."),
)
# No figure is longer, and the patterns above would take minutes over a page of dashes.
_MAKS_SARAN = 100
_SARAN_POLA = tuple((re.compile(pola, re.I), saran) for pola, saran in _SARAN)
_TERLALU_PANJANG = (
    f"Angkanya terlalu panjang: paling banyak {MAKS_BULAT} angka di depan koma "
    f"dan {MAKS_DESIMAL} di belakangnya."
)
# Wide enough for any figure that passes the limits above, at any precision a page asks for.
_KONTEKS = Context(prec=100, rounding=ROUND_HALF_UP)
_DEPAN = r"(?P<tanda>[+-]?)"
# Each pattern names its whole part and its decimals; the first that fits the text wins.
_POLA = tuple(
    re.compile(_DEPAN + pola)
    for pola in (
        r"(?P<bulat>[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,(?P<desimal>[0-9]+))?",
        r"(?P<bulat>[1-9][0-9]{0,2}(?:,[0-9]{3})+)\.(?P<desimal>[0-9]+)",
        r"(?P<bulat>[1-9][0-9]{0,2}(?:,[0-9]{3}){2,})(?P<desimal>)",
        r"(?P<bulat>[1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,](?P<desimal>[0-9]+))?",
        r"(?P<bulat>[0-9]+)(?:[.,](?P<desimal>[0-9]+))?",
    )
)
_TANDA_KHUSUS = str.maketrans({"\u2212": "-", "–": "-"})


class AngkaTidakTerbaca(ValueError):
    """The text is not one figure; the message is a sentence for the person who typed it."""


def parse_angka(teks: str) -> Decimal:
    """The figure that `teks` writes; a percent sign is dropped, not divided by.

    Any white space counts as a plain space, at the ends and around the sign it is ignored.

    Raises:
        AngkaTidakTerbaca: empty, words, two decimal marks, an exponent, or more digits than stored.
    """
    if teks.isascii() and teks.isdigit() and len(teks) <= MAKS_BULAT:
        return Decimal(f"{teks}.0")
    rapi = " ".join(teks.translate(_TANDA_KHUSUS).split())
    rapi = re.sub(r"^([+-]) ", r"\1", rapi.removesuffix("%").rstrip())
    cocok = next((m for m in (p.fullmatch(rapi) for p in _POLA) if m), None)
    if cocok is None:
        raise AngkaTidakTerbaca(_explain(rapi))
    bulat = re.sub(r"[., ]", "", cocok["bulat"]).lstrip("0")
    desimal = (cocok["desimal"] or "").rstrip("0")
    if len(bulat) > MAKS_BULAT or len(desimal) > MAKS_DESIMAL:
        raise AngkaTidakTerbaca(_TERLALU_PANJANG)
    return Decimal(f"{cocok['tanda']}{bulat or 0}.{desimal or 0}")


def _explain(rapi: str) -> str:
    """How to write a figure, and what is wrong with this one where that is plain."""
    if len(rapi) > _MAKS_SARAN:
        return _PETUNJUK
    saran = next((s for pola, s in _SARAN_POLA if pola.fullmatch(rapi)), "")
    return f"{_PETUNJUK} {saran}".rstrip()


def bulatkan(nilai: Decimal, desimal: int) -> Decimal:
    """Round half up to `desimal` digits after the comma. Only for showing, never before averaging.

    Raises:
        ValueError: `nilai` is not finite.
    """
    if not nilai.is_finite():
        raise ValueError(f"{nilai} tidak dapat dibulatkan")
    return nilai.quantize(Decimal(1).scaleb(-desimal), context=_KONTEKS)


def format_angka(nilai: Decimal, desimal: int | None = None) -> str:
    """`nilai` as Indonesian prints it: "1.234,5". desimal None: every digit, no trailing zeros.

    Raises:
        ValueError: `nilai` is not finite.
    """
    if desimal is not None:
        nilai = bulatkan(nilai, desimal)
    elif not nilai.is_finite():
        raise ValueError(f"{nilai} tidak dapat ditulis")
    bulat, _titik, pecahan = f"{abs(nilai):,f}".partition(".")
    if desimal is None:
        pecahan = pecahan.rstrip("0")
    tanda = "-" if nilai < 0 else ""
    return f"{tanda}{bulat.replace(',', '.')}{f',{pecahan}' if pecahan else ''}"


def format_persen(nilai: Decimal) -> str:
    """A percentage that was reckoned, on a page, on paper or in a chart: two decimals, half up.

    "98,24%", "100,00%": figures of one column stand under each other, and "97,00%" beside "97,06%"
    says that both were rounded alike. A percentage that somebody set is `format_batas`.
    """
    return f"{format_angka(nilai, 2)}%"


def format_batas(nilai: Decimal) -> str:
    """A percentage that somebody set, such as a limit: every digit it has: "76%", "120,5%"."""
    return f"{format_angka(nilai)}%"
