"""The usual sheet without a parser: its rows and cells by patterns, four times as fast as expat.

Nothing is guessed. Every character of the sheet's data must belong to one of the few forms that
spreadsheets write for a row, a value or a text; anything else (a formula, an entity, a blank, a
prefix, a row out of order, a limit reached) and nothing of it is used: expat reads the sheet, and
says what is wrong with it. What stands around the data always goes through expat.
"""

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

_AWAL, _AKHIR = b"<sheetData>", b"</sheetData>"
_KUTIP = rb"[\"']"
_KEPALA = re.compile(
    rb"(?:<\?xml version=K1\.0K(?: encoding=KUTF-8K)?(?: standalone=K(?:yes|no)K)? ?\?>\s*)?"
    rb"<worksheet[ >]".replace(b"K", _KUTIP),
    re.I,
)
MAKS = 20_000_000
_ISI = "[^<>&\x00-\x1f\x7f\ufffe\uffff]*"
_BARIS = re.compile(r'<row r="([1-9][0-9]{0,6})"((?: [A-Za-z0-9:]+="[^"<>&\x00-\x1f]*")*) ?(/?)>')
_SEL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]{1,5})")?'
    r'(?: t="(s|n|str|inlineStr|b|e)")? ?(?:/>|>(?:'
    rf'<v>({_ISI})</v>|<v ?/>|<is><t(?: xml:space="preserve")?>({_ISI})</t></is>'
    r")?</c>))"
)
_UNSUR = itemgetter(0)
_ABJAD = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# A to ZZ; no sheet that is read has more columns.
NOMOR_KOLOM = {h: n for n, h in enumerate([*_ABJAD, *(a + b for a in _ABJAD for b in _ABJAD)], 1)}
_TERSEMBUNYI = re.compile(r' hidden="(?:1|true)"')


class TidakBiasa(Exception):
    """Not the usual form; expat reads it."""


class Potongan(NamedTuple):
    """The data of a sheet, and the sheet without it. data: rows, each without its end."""

    luar: bytes
    baris: list[str]


# The element as written, then letters of its column, row, style, type, value, text.
Sel = tuple[str, str, str, str, str, str, str]
# Its number, whether it is hidden, its cells.
Baris = tuple[int, bool, list[Sel]]


def split_lembar(isi: bytes) -> Potongan:
    """Take the data out of a sheet.

    Raises:
        TidakBiasa: there is not exactly one block of data, or it may not be UTF-8.
    """
    awal, akhir = isi.find(_AWAL), isi.rfind(_AKHIR)
    if len(isi) > MAKS or not _KEPALA.match(isi) or not 0 < awal < akhir or b"<!" in isi:
        raise TidakBiasa
    try:
        data = isi[awal + len(_AWAL) : akhir].decode()
    except UnicodeDecodeError:
        raise TidakBiasa from None
    baris = data.split("</row>")
    if baris.pop():
        raise TidakBiasa
    return Potongan(isi[: awal + len(_AWAL)] + isi[akhir:], baris)


def list_baris(potongan: Potongan) -> Iterator[Baris]:
    """Number, whether hidden, and cells of each row: text of the element, then its parts.

    Raises:
        TidakBiasa: something is not of the usual form.
    """
    lalu = 0
    for teks in potongan.baris:
        tempat, ada = 0, True
        while ada:
            kepala = _BARIS.match(teks, tempat)
            if kepala is None or (nomor := int(kepala[1])) <= lalu:
                raise TidakBiasa
            tempat, lalu, ada = kepala.end(), nomor, bool(kepala[3])
            sel = [] if ada else _SEL.findall(teks, tempat)
            yield nomor, bool(_TERSEMBUNYI.search(kepala[2])), sel
        if sum(map(len, map(_UNSUR, sel))) != len(teks) - tempat:
            raise TidakBiasa
