"""Tables of an HTML document as Word tables: heads repeated, rows whole, widths as in the PDF."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.table import CT_Row, CT_Tc
from docx.shared import Length
from docx.table import Table, _Cell
from lxml.html import HtmlElement

from sakip.common.word_gaya import ISI_TABEL, make_tepi, shade
from sakip.common.word_kata import Lari, read_kata, split_isi, write_kata
from sakip.env import BASE_DIR

_LEBAR = re.compile(r"\.([\w-]+) \.(k-[\w-]+) \{ width: ([\d.]+)mm")
_PERSEN = re.compile(r"width:\s*([\d.]+)%")
_LEMBAR = ("laporan.css", "perjanjian.css")
_KEPALA, _JUMLAH = "E7EDF6", "F4F6FA"
_MM = 36_000
# A longer row may be higher than a page; kept whole there, LibreOffice would cut its end off.
_MAKS_UTUH = 1200


@dataclass
class _Rentang:
    """A cell that reaches down: rows left, columns wide."""

    sisa: int
    lebar: int


def add_tabel(dokumen: Document, tabel: HtmlElement, ruang: Length, *, polos: bool) -> Table:
    """Append the table. ruang: width of the page; polos: without lines (a list of pairs)."""
    baris = tabel.xpath("./thead/tr | ./tbody/tr | ./tr | ./tfoot/tr")
    lebar = _list_lebar(tabel, _count_kolom(baris), ruang)
    hasil: Table = dokumen.add_table(rows=0, cols=len(lebar))
    hasil.alignment, hasil.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    sifat = hasil._tbl.tblPr
    sifat.append(make_tepi("nil" if polos else "single"))
    judul = tabel.find("caption")
    if judul is not None:
        keterangan = parse_xml(f"<w:tblCaption {nsdecls('w')}/>")
        keterangan.set(qn("w:val"), "".join(k.teks for k in read_kata(judul))[:250])
        sifat.append(keterangan)
    for kolom, l_kolom in zip(hasil.columns, lebar, strict=True):
        kolom.width = Length(l_kolom)
    bawah: dict[int, _Rentang] = {}
    for satu in baris:
        _add_baris(hasil, satu, lebar, bawah)
    return hasil


def _add_baris(
    tabel: Table, baris: HtmlElement, lebar: Sequence[int], bawah: dict[int, _Rentang]
) -> None:
    tr = _append_baris(tabel)
    is_kepala = baris.getparent().tag == "thead"
    is_jumlah = "rerata" in str(baris.get("class", "")).split()
    _describe(tr, is_utuh=len(baris.text_content()) <= _MAKS_UTUH, is_kepala=is_kepala)
    warna = _KEPALA if is_kepala else _JUMLAH if is_jumlah else ""
    isi, letak, tempat = iter(baris.xpath("./th | ./td")), 0, list(tr.tc_lst)
    while letak < len(lebar):
        if letak in bawah:
            letak += _continue(tr, tempat[letak:], bawah, letak)
            continue
        sel = next(isi, None)
        luas = min(_read_angka(sel, "colspan"), len(lebar) - letak)
        tc = _span(tr, tempat[letak:], luas)
        tc.width = Length(sum(lebar[letak : letak + luas]))
        if sel is not None:
            _fill(_Cell(tc, tabel), sel, tebal=bool(warna))
            if (turun := _read_angka(sel, "rowspan")) > 1:
                tc.vMerge = "restart"
                bawah[letak] = _Rentang(turun - 1, luas)
        if warna:
            shade(tc.get_or_add_tcPr(), warna)
        letak += luas


def _describe(tr: CT_Row, *, is_utuh: bool, is_kepala: bool) -> None:
    """Whether the row may break across pages, and comes again on each."""
    sifat = tr.get_or_add_trPr()
    if is_utuh:
        sifat.append(parse_xml(f"<w:cantSplit {nsdecls('w')}/>"))
    if is_kepala:
        sifat.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))


def _continue(tr: CT_Row, tempat: Sequence[CT_Tc], bawah: dict[int, _Rentang], letak: int) -> int:
    """Go on with a cell that reaches down from above; how many columns it takes."""
    rentang = bawah[letak]
    _span(tr, tempat, rentang.lebar).vMerge = "continue"
    rentang.sisa -= 1
    if not rentang.sisa:
        del bawah[letak]
    return rentang.lebar


def _append_baris(tabel: Table) -> CT_Row:
    """A row of empty cells; python-docx's own way looks at every row above it."""
    tr = tabel._tbl.add_tr()
    for _kolom in tabel._tbl.tblGrid.gridCol_lst:
        tr.add_tc()
    return tr


def _span(tr: CT_Row, tempat: Sequence[CT_Tc], luas: int) -> CT_Tc:
    """The first of those cells, as wide as so many; those it covers go away."""
    for tc in tempat[1:luas]:
        tr.remove(tc)
    if luas > 1:
        tempat[0].grid_span = luas
    return tempat[0]


def _fill(sel: _Cell, unsur: HtmlElement, *, tebal: bool) -> None:
    """The words of a cell, a paragraph for each block in it."""
    kelas = str(unsur.get("class", "")).split()
    potongan: list[list[Lari]] = [
        read_kata(b) if isinstance(b, HtmlElement) else b for b in split_isi(unsur)
    ]
    for n, kata in enumerate(potongan or [[]]):
        paragraf = sel.paragraphs[0] if n == 0 else sel.add_paragraph()
        paragraf.style = ISI_TABEL
        if "kanan" in kelas:
            paragraf.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_kata(paragraf, kata, tebal=tebal)


def _count_kolom(baris: Sequence[HtmlElement]) -> int:
    return max(
        (sum(_read_angka(s, "colspan") for s in b.xpath("./th | ./td")) for b in baris), default=1
    )


def _read_angka(sel: HtmlElement | None, nama: str) -> int:
    teks = "" if sel is None else str(sel.get(nama, ""))
    return max(int(teks), 1) if teks.isascii() and teks.isdigit() else 1


def _list_lebar(tabel: HtmlElement, banyak: int, ruang: int) -> list[int]:
    """Width of each column: as the style sheets of the PDF say, the rest shared by the others."""
    tahu = [_find_lebar(tabel, kolom, ruang) for kolom in _list_kolom(tabel, banyak)]
    sisa = ruang - sum(n for n in tahu if n)
    bebas = tahu.count(0)
    bagian = max(sisa, 0) // bebas if bebas else 0
    lebar = [n or max(bagian, ruang // 20) for n in tahu]
    return [n * ruang // sum(lebar) for n in lebar]


def _list_kolom(tabel: HtmlElement, banyak: int) -> list[HtmlElement | None]:
    """The elements that carry the widths: <col>, else the cells of the first row."""
    kolom = tabel.xpath("./colgroup/col") or tabel.xpath("(./thead/tr | ./tbody/tr | ./tr)[1]/*")
    ada: list[HtmlElement | None] = list(kolom[:banyak])
    return ada + [None] * (banyak - len(ada))


def _find_lebar(tabel: HtmlElement, kolom: HtmlElement | None, ruang: int) -> int:
    if kolom is None:
        return 0
    persen = _PERSEN.search(str(kolom.get("style", "")))
    if persen:
        return int(ruang * float(persen[1]) / 100)
    for kelas_kolom in str(kolom.get("class", "")).split():
        for kelas in reversed(str(tabel.get("class", "")).split()):
            if lebar := _read_lembar().get((kelas, kelas_kolom)):
                return lebar
    return 0


@cache
def _read_lembar() -> Mapping[tuple[str, str], int]:
    """Widths of columns in the style sheets of the PDF, so that there is one place for them."""
    teks = "".join((BASE_DIR / "templates/pdf" / n).read_text() for n in _LEMBAR)
    return {(a, k): int(float(mm) * _MM) for a, k, mm in _LEBAR.findall(teks)}
