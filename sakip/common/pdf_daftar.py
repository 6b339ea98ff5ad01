"""Last hand on the HTML of a printed document: numbers, lists at the front, tags for readers.

Templates and writers say what a thing is; how many of it came before is counted here, once, so
that page, list, reference, PDF and Word file cannot disagree:

- ``<section data-awalan="3">``: a chapter whose tables and figures are "Tabel 3.1", "Gambar 3.1";
  with "" they are numbered through all such chapters.
- every ``table`` with a ``caption`` and ``figure`` with a ``figcaption`` in there is numbered.
- ``<span data-rujuk="ID"></span>`` becomes "Tabel 3.1", wherever ID is; "tabel-sebelumnya" is the
  table last numbered before it.
- ``<ol data-daftar="isi">`` (also "tabel", "gambar") receives its entries; a list without entries
  goes away with its ``nav``.
"""

import re
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

from lxml import html as lxml_html
from lxml.html import HtmlElement
from lxml.html.builder import LI, SPAN, A

from sakip.common.pdf_kolom import set_kolom

_JENIS = {"table": ("tabel", "Tabel"), "figure": ("gambar", "Gambar")}
_JUDUL = {"table": "caption", "figure": "figcaption"}
_TINGKAT = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
# Deeper headings would make the contents longer than a chapter; those of a preface are none.
_TINGKAT_DAFTAR = 2
_BUKAN_JUDUL = ("nomor-bab", "nomor-judul", "catatan-judul")
_SEBELUMNYA = "tabel-sebelumnya"
_SPASI = re.compile(r"\s+")


@dataclass(frozen=True)
class _Butir:
    """One line of a list: where it leads, its number, and the element whose words it repeats."""

    pengenal: str
    nomor: str
    judul: HtmlElement
    tingkat: int = 1

    @property
    def kata(self) -> str:
        """Words of the title without its number and without what only explains it."""
        salinan = deepcopy(self.judul)
        for bagian in salinan.xpath(
            ".//span[contains(@class, 'nomor-') or @class='catatan-judul']"
        ):
            bagian.drop_tree()
        return _read(salinan)


_Daftar = dict[str, list[_Butir]]


def complete_html(teks: str) -> str:
    """The document with its numbers, references and lists filled in; equal input, equal output."""
    pohon = lxml_html.document_fromstring(teks)
    daftar: _Daftar = {"isi": [], "tabel": [], "gambar": []}
    dipakai = {str(e.get("id")) for e in pohon.iter() if e.get("id")}
    for tabel in pohon.iter("table"):
        set_kolom(tabel)
    _number(pohon, daftar, dipakai)
    _list_judul(pohon, daftar, dipakai)
    _refer(pohon, daftar)
    _fill(pohon, daftar)
    _tag(pohon)
    return str(lxml_html.tostring(pohon, encoding="unicode", doctype="<!DOCTYPE html>"))


def _number(pohon: HtmlElement, daftar: _Daftar, dipakai: set[str]) -> None:
    """Number tables and figures with a title, in the order of the pages."""
    hitung: Counter[tuple[str, str]] = Counter()
    for bab in pohon.iter("section"):
        awalan = bab.get("data-awalan")
        if awalan is None:
            continue
        for benda in bab.iter("table", "figure"):
            judul = benda.find(_JUDUL[benda.tag])
            if judul is None:
                continue
            nama, sebutan = _JENIS[benda.tag]
            hitung[nama, awalan] += 1
            angka = f"{awalan}.{hitung[nama, awalan]}" if awalan else str(hitung[nama, awalan])
            _prefix(judul, f"{sebutan} {angka}")
            pengenal = _identify(benda, f"{nama}-{angka.lower().replace('.', '-')}", dipakai)
            daftar[nama].append(_Butir(pengenal, f"{sebutan} {angka}", judul))


def _prefix(judul: HtmlElement, nomor: str) -> None:
    """Put the number before the words of a title."""
    depan = SPAN(nomor, {"class": "nomor-judul"})
    depan.tail, judul.text = f" {(judul.text or '').lstrip()}", None
    judul.insert(0, depan)


def _list_judul(pohon: HtmlElement, daftar: _Daftar, dipakai: set[str]) -> None:
    """Collect the headings of chapters and sheets, and keep their levels without a gap."""
    for bab in pohon.iter("section"):
        if not {"bab", "terdaftar"} & set(str(bab.get("class", "")).split()):
            continue
        dasar = lalu = 0
        for judul in [e for e in bab.iter() if e.tag in _TINGKAT]:
            tingkat = _TINGKAT[judul.tag]
            if lalu:
                tingkat = min(max(tingkat, dasar + 1), lalu + 1)
            dasar, lalu = dasar or tingkat, tingkat
            judul.tag = f"h{tingkat}"
            terdaftar = _TINGKAT_DAFTAR if bab.get("data-awalan") else 1
            if tingkat > terdaftar or not _read(judul):
                continue
            pengenal = _identify(judul, _slug(_read(judul)), dipakai)
            nomor = judul.find("span[@class='nomor-bab']")
            depan = "" if nomor is None else _read(nomor)
            daftar["isi"].append(_Butir(pengenal, depan, judul, tingkat))


def _refer(pohon: HtmlElement, daftar: _Daftar) -> None:
    """Write "Tabel 3.1" where the text speaks of that table."""
    nomor = {b.pengenal: b.nomor for nama in ("tabel", "gambar") for b in daftar[nama]}
    for benda in pohon.iter("table", "span"):
        if benda.tag == "table" and benda.get("id") in nomor:
            nomor[_SEBELUMNYA] = nomor[str(benda.get("id"))]
        elif benda.get("data-rujuk"):
            benda.text = nomor.get(str(benda.attrib.pop("data-rujuk")), "")


def _fill(pohon: HtmlElement, daftar: _Daftar) -> None:
    """Write the lists; the page numbers come from the layout."""
    for wadah in list(pohon.iter("ol")):
        nama = str(wadah.attrib.pop("data-daftar", ""))
        wadah.extend(_make_butir(b) for b in daftar.get(nama, []))
        if nama and not len(wadah):
            next(wadah.iterancestors("nav")).drop_tree()


def _make_butir(butir: _Butir) -> HtmlElement:
    """One line of a list. Nothing but words inside of the link: a tag there would be a link too."""
    tautan = A(butir.kata, href=f"#{butir.pengenal}")
    polos = "" if butir.nomor or butir.tingkat > 1 else " di-polos"
    kelas = {"class": f"di-{butir.tingkat}{polos}"}
    if not butir.nomor:
        return LI(tautan, kelas)
    nomor = SPAN(butir.nomor, {"class": "di-nomor"})
    nomor.tail = " "
    return LI(nomor, tautan, kelas)


def _tag(pohon: HtmlElement) -> None:
    """What PDF/UA asks for beyond HTML: heads of tables with a scope, drawings with a title, links
    with nothing but words in them.
    """
    for tautan in pohon.iter("a"):
        for anak in list(tautan.iterdescendants()):
            anak.drop_tag()
    for kepala in pohon.iter("th"):
        if not kepala.get("scope"):
            di_atas = next(kepala.iterancestors("thead"), None) is not None
            kepala.set("scope", "col" if di_atas else "row")
    for lukisan in pohon.iter("svg"):
        kata = lukisan.get("aria-label")
        if kata and lukisan.find("title") is None:
            judul = lxml_html.Element("title")
            judul.text = kata
            lukisan.insert(0, judul)


def _identify(benda: HtmlElement, usul: str, dipakai: set[str]) -> str:
    """The id of an element, given if it has none."""
    ada = benda.get("id")
    if ada:
        return str(ada)
    pengenal, ke = usul, 1
    while pengenal in dipakai:
        ke += 1
        pengenal = f"{usul}-{ke}"
    dipakai.add(pengenal)
    benda.set("id", pengenal)
    return pengenal


def _slug(kata: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", kata.lower()).strip("-") or "judul"


def _read(benda: HtmlElement) -> str:
    """The words of an element, spaces folded."""
    return _SPASI.sub(" ", benda.text_content()).strip()
