"""Widths of table columns on paper: as the block says, or by what typed tables hold.

Columns that share the page equally break figures in one and waste room in the next. The widths are
written as shares, which the PDF and the Word file both follow.
"""

import re

from lxml.html import Element, HtmlElement

_LEBAR = re.compile(r"l(\d{1,2})")
# Letters: a column is no narrower than its longest word and no wider than a sentence asks.
_MIN, _MAKS_KATA, _MAKS_ISI = 4, 24, 40
_PERSEN = 100


def set_kolom(tabel: HtmlElement) -> None:
    """Give the columns of one table their shares of its width, where nothing else does."""
    kolom = tabel.xpath("./colgroup/col")
    for satu in kolom:
        if cocok := _LEBAR.fullmatch(str(satu.get("class", ""))):
            satu.set("style", f"width: {cocok[1]}%")
    if not kolom and not tabel.get("class"):
        _weigh(tabel)


def _weigh(tabel: HtmlElement) -> None:
    """Shares by the words in the columns of a table that somebody typed."""
    baris = [b.xpath("./th | ./td") for b in tabel.xpath("./thead/tr | ./tbody/tr | ./tr")]
    banyak = max(map(len, baris), default=0)
    utuh = [b for b in baris if len(b) == banyak]
    if banyak < 2 or any(s.get("colspan") for b in utuh for s in b):
        return
    bobot = [_weigh_kolom([b[n].text_content() for b in utuh]) for n in range(banyak)]
    wadah = Element("colgroup")
    for satu in bobot:
        wadah.append(Element("col", style=f"width: {satu * _PERSEN // sum(bobot)}%"))
    judul = tabel.find("caption")
    if judul is None:
        tabel.insert(0, wadah)
    else:
        judul.addnext(wadah)


def _weigh_kolom(isi: list[str]) -> int:
    """Letters a column asks for: its longest word, or more where sentences stand in it."""
    kata = max((len(k) for teks in isi for k in teks.split()), default=0)
    rerata = sum(map(len, isi)) // len(isi)
    return max(_MIN, min(kata, _MAKS_KATA), min(rerata, _MAKS_ISI)) + 2
