"""Words of an HTML element as runs of a Word paragraph: spaces folded, bold and the like kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml.html import HtmlElement

BLOK = frozenset(
    {"p", "div", "section", "header", "nav", "ul", "ol", "li", "table", "figure", "blockquote"}
    | {"h1", "h2", "h3", "h4", "h5", "h6"}
)
_SPASI = re.compile(r"[ \t\r\n\f]+")
_LARANG = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]")


@dataclass(frozen=True)
class Lari:
    """A piece of text in one look. is_ganti: a line break instead of a text."""

    teks: str
    tebal: bool = False
    miring: bool = False
    garis: bool = False
    letak: str = ""
    tautan: str = ""
    is_ganti: bool = False


def split_isi(unsur: HtmlElement) -> Iterator[list[Lari] | HtmlElement]:
    """What an element holds, in order: runs of words, and the blocks between them."""
    tumpuk: list[Lari] = []
    for bagian in _walk(unsur, Lari("")):
        if isinstance(bagian, Lari):
            tumpuk.append(bagian)
            continue
        if kata := fold(tumpuk):
            yield kata
        tumpuk = []
        yield bagian
    if kata := fold(tumpuk):
        yield kata


def read_kata(unsur: HtmlElement) -> list[Lari]:
    """All the words of an element, blocks inside of it read as words too."""
    return fold(b for b in _walk(unsur, Lari(""), rata=True) if isinstance(b, Lari))


def fold(lari: Iterable[Lari]) -> list[Lari]:
    """Spaces folded as a browser does, none at the ends and around line breaks."""
    hasil: list[Lari] = []
    for satu in lari:
        teks = _LARANG.sub("", _SPASI.sub(" ", satu.teks))
        di_awal = not hasil or hasil[-1].is_ganti or hasil[-1].teks.endswith(" ")
        teks = teks.lstrip(" ") if di_awal else teks
        if satu.is_ganti and hasil:
            hasil[-1] = replace(hasil[-1], teks=hasil[-1].teks.rstrip(" "))
        if teks or satu.is_ganti:
            hasil.append(replace(satu, teks=teks))
    while hasil and not hasil[-1].teks.rstrip(" "):
        hasil.pop()
    if hasil:
        hasil[-1] = replace(hasil[-1], teks=hasil[-1].teks.rstrip(" "))
    return hasil


def write_kata(paragraf: Paragraph, lari: Iterable[Lari], *, tebal: bool = False) -> None:
    """Append the runs to the paragraph."""
    for satu in lari:
        if satu.is_ganti:
            paragraf.add_run().add_break()
        elif satu.tautan:
            _link(paragraf, satu)
        else:
            _look(paragraf.add_run(satu.teks), satu, tebal=tebal)


def _walk(unsur: HtmlElement, rupa: Lari, *, rata: bool = False) -> Iterator[Lari | HtmlElement]:
    yield replace(rupa, teks=unsur.text or "")
    for anak in unsur:
        if isinstance(anak.tag, str):  # a comment has no name, only what follows it
            yield from _enter(anak, rupa, rata=rata)
        yield replace(rupa, teks=anak.tail or "")


def _enter(anak: HtmlElement, rupa: Lari, *, rata: bool) -> Iterator[Lari | HtmlElement]:
    if anak.tag == "br":
        yield Lari("", is_ganti=True)
    elif anak.tag in BLOK and not rata:
        yield anak
    elif anak.tag not in ("svg", "img"):
        yield from _walk(anak, _dress(rupa, anak), rata=rata)


def _dress(rupa: Lari, unsur: HtmlElement) -> Lari:
    """The look inside of that element."""
    alamat = str(unsur.get("href", ""))
    if unsur.tag == "a" and alamat.startswith("https://"):
        return replace(rupa, tautan=alamat)
    return replace(
        rupa,
        tebal=rupa.tebal or unsur.tag in ("strong", "b"),
        miring=rupa.miring or unsur.tag in ("em", "i"),
        garis=rupa.garis or unsur.tag == "u",
        letak=unsur.tag if unsur.tag in ("sub", "sup") else rupa.letak,
    )


def _look(lari: Run, rupa: Lari, *, tebal: bool) -> None:
    lari.bold = True if rupa.tebal or tebal else None
    lari.italic = True if rupa.miring else None
    lari.underline = True if rupa.garis else None
    if rupa.letak:
        lari.font.subscript, lari.font.superscript = rupa.letak == "sub", rupa.letak == "sup"


def _link(paragraf: Paragraph, rupa: Lari) -> None:
    """A link to a public address; it is followed by the reader only, never by us."""
    kunci = paragraf.part.relate_to(rupa.tautan, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    tautan = parse_xml(f"<w:hyperlink {nsdecls('w', 'r')}/>")
    tautan.set(qn("r:id"), kunci)
    lari = paragraf.add_run(rupa.teks)
    lari.underline = True
    tautan.append(lari._r)
    paragraf._p.append(tautan)
