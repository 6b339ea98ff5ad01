"""A printed document as a Word file, made from the very HTML that the PDF is made from.

One source for both: a heading, a caption, a number or a row cannot stand in one file and be missing
in the other. What Word reckons by itself (contents, numbers, pages) is written as its fields.
"""

import base64
import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from zlib import crc32

from docx import Document as new_document
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph
from lxml import html as lxml_html
from lxml.html import HtmlElement

from sakip.common import word_gaya as gaya
from sakip.common.lukis_png import draw_png
from sakip.common.word_kata import Lari, read_kata, split_isi, write_kata
from sakip.common.word_tabel import add_tabel
from sakip.common.zip_tetap import fix_zip

JENIS = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# 914,400 EMU and 96 CSS pixels make an inch.
_EMU_PER_PX = 9525
_DATA = re.compile(r"data:image/(?:png|jpeg);base64,(.+)", re.S)
_NOMOR = re.compile(r"(Tabel|Gambar) (?:(\S+)\.)?(\d+)")
_UKURAN_BAWAAN = (640, 240)


@dataclass(frozen=True)
class Surat:
    """What a Word file says of itself. kertas: mm, upright; cap: words across each page.

    gambar: bytes of the pictures that the HTML names by "gambar:…".
    """

    judul: str
    penulis: str
    kaki: str
    dibuat: datetime
    kertas: tuple[int, int] = (210, 297)
    cap: str = ""
    gambar: Mapping[str, bytes] = field(default_factory=dict)


def write_docx(html: str, surat: Surat) -> bytes:
    """The document as a .docx; equal input, equal bytes.

    Raises:
        PdfGagal: a drawing asks for something outside of itself.
    """
    pohon = lxml_html.document_fromstring(html)
    penulis = _Penulis(surat, _draw(pohon))
    penulis.write(pohon.find("body"))
    return _pack(penulis.dokumen)


def _draw(pohon: HtmlElement) -> dict[HtmlElement, bytes]:
    """Every drawing of the document as a PNG, all painted in one go."""
    lukisan = [
        e
        for e in pohon.iter("svg", "img")
        if e.tag == "svg" or str(e.get("src", "")).startswith("data:image/svg+xml")
    ]
    bahan = [
        (lxml_html.tostring(e, encoding="unicode", with_tail=False), *_measure(e)) for e in lukisan
    ]
    return dict(zip(lukisan, draw_png(bahan), strict=True))


def _measure(lukisan: HtmlElement) -> tuple[int, int]:
    ukuran = [str(lukisan.get(sisi, "")) for sisi in ("width", "height")]
    lebar, tinggi = (int(u) if u.isdigit() else 0 for u in ukuran)
    return (lebar, tinggi) if lebar and tinggi else _UKURAN_BAWAAN


class _Penulis:
    """Walks the HTML and writes; each kind of element has one method."""

    def __init__(self, surat: Surat, lukisan: Mapping[HtmlElement, bytes]) -> None:
        self.surat, self.lukisan = surat, lukisan
        self.dokumen: Document = new_document()
        self.penanda = count(1)
        gaya.prepare(self.dokumen, surat.kertas)
        sifat = self.dokumen.core_properties
        sifat.title, sifat.author, sifat.language = surat.judul, surat.penulis, "id-ID"
        sifat.last_modified_by, sifat.comments = surat.penulis, surat.cap
        sifat.created = sifat.modified = surat.dibuat.replace(tzinfo=None)
        self.cara: dict[str, Callable[[HtmlElement], None]] = {
            **{f"h{n}": self.add_judul for n in range(1, 7)},
            "p": self.add_paragraf,
            "blockquote": self.add_kutipan,
            "ul": self.add_daftar,
            "ol": self.add_daftar,
            "table": self.add_tabel,
            "figure": self.add_gambar,
            "nav": self.add_isi,
        }
        self.khusus: dict[str, Callable[[HtmlElement], None]] = {
            "sampul": self.add_sampul,
            "kop": self.add_kop,
            "kotak": self.add_kotak,
            "bab--mendatar": self.add_mendatar,
        }

    @property
    def ruang(self) -> Length:
        """Room between the margins of the page that is being written."""
        return gaya.width_of(self.dokumen.sections[-1])

    def write(self, wadah: HtmlElement) -> None:
        """Everything in an element, in order."""
        for bagian in split_isi(wadah):
            if isinstance(bagian, list):
                write_kata(self.dokumen.add_paragraph(), bagian)
            elif bagian.get("id") != "kaki":
                self.add(bagian)

    def add(self, unsur: HtmlElement) -> None:
        """One element, by its class or its name; what has no way of its own is only a wrapper."""
        for kelas in str(unsur.get("class", "")).split():
            if kelas in self.khusus:
                return self.khusus[kelas](unsur)
        return self.cara.get(unsur.tag, self.write)(unsur)

    def add_sampul(self, unsur: HtmlElement) -> None:
        """The cover: a section of its own, its words in the middle, no head and foot."""
        for p in unsur.iter("p"):
            paragraf = self.dokumen.add_paragraph()
            paragraf.alignment = WD_ALIGN_PARAGRAPH.CENTER
            write_kata(paragraf, read_kata(p))
            besar = 26 if p.get("class") == "sampul-jenis" else 16
            for lari in paragraf.runs:
                lari.font.size, lari.font.all_caps = Pt(besar), True
                lari.bold = True if p.get("class") in ("sampul-jenis", "sampul-instansi") else None
            paragraf.paragraph_format.space_after = Pt(36 if besar == 16 else 6)
        bagian = self.dokumen.sections[-1]
        bagian._sectPr.append(parse_xml(f'<w:vAlign {nsdecls("w")} w:val="center"/>'))
        self._head(is_sampul=True)
        baru = self.dokumen.add_section(WD_SECTION.NEW_PAGE)
        for tengah in baru._sectPr.findall(qn("w:vAlign")):
            baru._sectPr.remove(tengah)
        gaya.set_kertas(baru, self.surat.kertas)
        self._head(is_sampul=False)

    def _head(self, *, is_sampul: bool) -> None:
        """Head and foot of the pages from here on."""
        bagian = self.dokumen.sections[-1]
        bagian.header.is_linked_to_previous = bagian.footer.is_linked_to_previous = False
        kepala, kaki = bagian.header.paragraphs[0], bagian.footer.paragraphs[0]
        for tepi in (kepala, kaki):
            tepi.paragraph_format.tab_stops.clear_all()
            tepi.paragraph_format.tab_stops.add_tab_stop(self.ruang, WD_TAB_ALIGNMENT.RIGHT)
        if not is_sampul:
            kepala.add_run(f"{self.surat.penulis}\t{self.surat.judul}")
            kaki.add_run(f"{self.surat.kaki}\thalaman ")
            gaya.add_field(kaki, "PAGE", "1")
            kaki.add_run(" dari ")
            gaya.add_field(kaki, "NUMPAGES", "1")
        if self.surat.cap:
            gaya.add_cap(kepala, self.surat.cap)

    def add_mendatar(self, unsur: HtmlElement) -> None:
        """A part on pages that lie on their side; after it they stand again."""
        gaya.set_kertas(
            self.dokumen.add_section(WD_SECTION.NEW_PAGE), self.surat.kertas, mendatar=True
        )
        self._head(is_sampul=False)
        self.write(unsur)
        if self._is_terakhir(unsur):
            return
        gaya.set_kertas(self.dokumen.add_section(WD_SECTION.NEW_PAGE), self.surat.kertas)
        self._head(is_sampul=False)

    def _is_terakhir(self, unsur: HtmlElement) -> bool:
        """Whether nothing follows, or what follows begins pages of its own."""
        sesudah = unsur.getnext()
        return sesudah is None or "bab--mendatar" in str(sesudah.get("class", "")).split()

    def add_kop(self, unsur: HtmlElement) -> None:
        """The letter head, the emblem above the words."""
        daftar = list(unsur.iter("img", "p"))
        for satu in daftar:
            paragraf = self.dokumen.add_paragraph()
            paragraf.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraf.paragraph_format.space_after = Pt(0)
            if satu.tag == "img":
                self._picture(paragraf, satu, Mm(18))
                continue
            is_nama = satu.get("class") == "kop-instansi"
            write_kata(paragraf, read_kata(satu), tebal=is_nama)
            for lari in paragraf.runs:
                lari.font.size = Pt(
                    16 if is_nama else 9 if "alamat" in satu.get("class", "") else 13
                )
                lari.font.all_caps = "alamat" not in str(satu.get("class", ""))
        gaya.rule_below(paragraf)
        paragraf.paragraph_format.space_after = Pt(18)

    def add_kotak(self, unsur: HtmlElement) -> None:
        """Where a signature stands in the PDF; a Word file never has one."""
        paragraf = self.dokumen.add_paragraph()
        paragraf.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        write_kata(paragraf, [Lari(f"[ {kata.teks} ]", miring=True) for kata in read_kata(unsur)])

    def add_judul(self, unsur: HtmlElement) -> None:
        """A real heading, with a place that the contents lead to."""
        paragraf = self.dokumen.add_paragraph(style=f"Heading {unsur.tag[1]}")
        nomor = unsur.find("span[@class='nomor-bab']")
        if nomor is not None:
            paragraf.add_run(str(nomor.text)).add_break()
            nomor.text = ""
        write_kata(paragraf, read_kata(unsur))
        induk = " ".join(str(e.get("class", "")) for e in unsur.iterancestors("section"))
        if unsur.tag == "h1" and "pengesahan" in induk:
            paragraf.paragraph_format.page_break_before = False
        self._mark(paragraf, unsur)

    def _mark(self, paragraf: Paragraph, unsur: HtmlElement) -> None:
        if unsur.get("id"):
            gaya.add_bookmark(paragraf, _name(str(unsur.get("id"))), next(self.penanda))

    def add_paragraf(self, unsur: HtmlElement) -> None:
        """One paragraph."""
        paragraf = self.dokumen.add_paragraph()
        if unsur.getparent().get("class", "").startswith("bab"):
            paragraf.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        write_kata(paragraf, read_kata(unsur))

    def add_kutipan(self, unsur: HtmlElement) -> None:
        """A quotation, set in."""
        for bagian in split_isi(unsur):
            paragraf = self.dokumen.add_paragraph()
            paragraf.paragraph_format.left_indent = Mm(8)
            write_kata(paragraf, bagian if isinstance(bagian, list) else read_kata(bagian))

    def add_daftar(self, unsur: HtmlElement, tingkat: int = 0) -> None:
        """A list with a count of its own; lists in it are indented, and go on counting by level."""
        awal = next((str(li.get("value", "")) for li in unsur.iter("li")), "")
        mulai = awal or str(unsur.get("start", ""))
        nomor = gaya.start_list(
            self.dokumen,
            bernomor=unsur.tag == "ol",
            mulai=int(mulai) if mulai.isdigit() else 1,
        )
        for li in unsur.iterchildren("li"):
            for ke, bagian in enumerate(split_isi(li)):
                if not isinstance(bagian, list) and bagian.tag in ("ul", "ol"):
                    self.add_daftar(bagian, min(tingkat + 1, 8))
                    continue
                paragraf = self.dokumen.add_paragraph()
                paragraf.paragraph_format.space_after = Pt(3)
                if ke == 0:
                    gaya.set_butir(paragraf, nomor, tingkat)
                else:
                    paragraf.paragraph_format.left_indent = Emu(254_000 * (tingkat + 1))
                write_kata(paragraf, bagian if isinstance(bagian, list) else read_kata(bagian))

    def add_tabel(self, unsur: HtmlElement) -> None:
        """A table below its caption."""
        judul = unsur.find("caption")
        if judul is not None:
            self._caption(unsur, judul, menempel=True)
        if unsur.xpath(".//tr"):
            polos = "pasangan" in str(unsur.get("class", "")).split()
            add_tabel(self.dokumen, unsur, self.ruang, polos=polos)
            self.dokumen.add_paragraph().paragraph_format.space_after = Pt(4)

    def _caption(self, benda: HtmlElement, judul: HtmlElement, *, menempel: bool) -> None:
        """A caption whose number Word counts itself, by chapter."""
        paragraf = self.dokumen.add_paragraph(style="Caption")
        paragraf.paragraph_format.keep_with_next = menempel
        nomor = judul.find("span[@class='nomor-judul']")
        cocok = None if nomor is None else _NOMOR.fullmatch(str(nomor.text))
        if nomor is not None and cocok:
            depan = f"{cocok[1]} {cocok[2]}." if cocok[2] else f"{cocok[1]} "
            cara = "\\s 1" if cocok[2] else f"\\r {cocok[3]}"
            paragraf.add_run(depan)
            gaya.add_field(paragraf, f"SEQ {cocok[1]} \\* ARABIC {cara}", cocok[3])
            paragraf.add_run(" ")
            nomor.text = ""
        write_kata(paragraf, read_kata(judul))
        self._mark(paragraf, benda)

    def add_gambar(self, unsur: HtmlElement) -> None:
        """A picture above its caption, with the words for those who cannot see it."""
        judul = unsur.find("figcaption")
        for satu in unsur.iter("svg", "img"):
            paragraf = self.dokumen.add_paragraph()
            paragraf.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraf.paragraph_format.keep_with_next = judul is not None
            self._picture(paragraf, satu, self.ruang)
        if judul is not None:
            self._caption(unsur, judul, menempel=False)

    def _picture(self, paragraf: Paragraph, unsur: HtmlElement, maks: Length) -> None:
        isi = self._bytes(unsur)
        if isi is None:
            return
        gambar = paragraf.add_run().add_picture(io.BytesIO(isi))
        lebar = min(gambar.width, maks)
        if unsur in self.lukisan:
            lebar = min(Emu(_measure(unsur)[0] * _EMU_PER_PX), maks)
        gambar.height = Emu(gambar.height * lebar // gambar.width)
        gambar.width = Emu(lebar)
        kata = str(unsur.get("alt") or unsur.get("aria-label") or "")
        gambar._inline.docPr.set("descr", kata)

    def _bytes(self, unsur: HtmlElement) -> bytes | None:
        """The picture itself: drawn, embedded, or one of those handed in. Nothing is fetched."""
        alamat = str(unsur.get("src", ""))
        if unsur in self.lukisan:
            return self.lukisan[unsur]
        if cocok := _DATA.fullmatch(alamat):
            return base64.b64decode(cocok[1])
        return self.surat.gambar.get(alamat)

    def add_isi(self, unsur: HtmlElement) -> None:
        """A list at the front, as a field: its lines are ours until Word makes them anew."""
        daftar = unsur.find("ol")
        jenis = {"daftar-tabel": "Tabel", "daftar-gambar": "Gambar"}
        judul = unsur.find("h1")
        paragraf = self.dokumen.add_paragraph(style=gaya.JUDUL_DAFTAR)
        write_kata(paragraf, read_kata(judul))
        nama = jenis.get(str(judul.get("id")))
        paragraf.paragraph_format.page_break_before = nama is None
        perintah = f'TOC \\h \\z \\c "{nama}"' if nama else 'TOC \\o "1-2" \\h \\z'
        butir = daftar.findall("li")
        for ke, li in enumerate(butir):
            is_bawah = li.get("class", "").startswith("di-2")
            baris = self.dokumen.add_paragraph(
                style="table of figures" if nama else "TOC 2" if is_bawah else "TOC 1"
            )
            baris.paragraph_format.tab_stops.add_tab_stop(
                self.ruang, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS
            )
            if ke == 0:
                gaya.begin_field(baris, perintah)
            write_kata(baris, read_kata(li))
            baris.add_run("\t")
            gaya.add_field(baris, f"PAGEREF {_name(li.find('a').get('href')[1:])} \\h", "")
            if ke == len(butir) - 1:
                gaya.end_field(baris)


def _name(pengenal: str) -> str:
    """The id as Word allows it in a bookmark: letters, figures and lines, forty of them."""
    huruf = re.sub(r"\W", "_", pengenal, flags=re.ASCII)
    return f"b_{huruf[:28]}_{crc32(pengenal.encode()):08x}"


def _pack(dokumen: Document) -> bytes:
    """The bytes, with the same times in the archive each time."""
    mentah = io.BytesIO()
    dokumen.save(mentah)
    return fix_zip(mentah.getvalue())
