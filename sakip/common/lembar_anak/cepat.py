"""The usual sheet without a parser: its rows and cells by patterns, four times as fast as expat.

Nothing is guessed. Every character of the sheet's data must belong to one of the few forms that
spreadsheets write for a row, a value or a text; anything else (a formula, an entity, a blank, a
prefix, a row out of order, a limit reached) and nothing of it is used: expat reads the sheet, and
says what is wrong with it. What stands around the data always goes through expat.
"""

import re
from collections.abc import Iterator
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
    r'(?: s="([0-9]{1,5})")?(?: t="(s|n|str|inlineStr|b|e)")? ?(?:/>|>(?:'
    rf'<v>({_ISI})</v>|<v ?/>|<is><t(?: xml:space="preserve")?>({_ISI})</t></is>'
    r")?</c>)"
)
_AWAL_SEL = '<c r="'
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


# Its number, whether it is hidden, its cells: each from its address on.
Baris = tuple[int, bool, list[str]]


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
    """Each row, its cells still as they are written.

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
            depan, *sel = [""] if ada else teks[tempat:].split(_AWAL_SEL)
            if depan:
                raise TidakBiasa
            yield nomor, bool(_TERSEMBUNYI.search(kepala[2])), sel


def split_sel(sisa: str) -> tuple[str, str, str, str]:
    """Style, type, value and text of a cell, from what stands behind its address.

    Raises:
        TidakBiasa: it is not of the usual form.
    """
    cocok = _SEL.fullmatch(sisa)
    if cocok is None:
        raise TidakBiasa
    gaya, tipe, isi, teks = cocok.groups(default="")
    return gaya, tipe, isi, teks
