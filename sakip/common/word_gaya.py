"""Look of a Word file: paper, fonts, headings, numbering, watermark, fields. OOXML kept in here."""

from collections.abc import Iterator

from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Length, Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

# What Bonum, the font of the PDF, was drawn after; every office has it.
FON = "Bookman Old Style"
_UKURAN = {1: 15, 2: 12.5, 3: 11, 4: 11, 5: 10.5, 6: 10.5}
_TEPI = {"top": Mm(27), "right": Mm(22), "bottom": Mm(26), "left": Mm(26)}
_HITAM = RGBColor(0x11, 0x11, 0x11)
_V = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
# Titles of the lists at the front: they look like headings and stay out of the contents.
JUDUL_DAFTAR = "Judul Daftar"
ISI_TABEL = "Isi Tabel"
_BUTIR, _ANGKA = 90, 91


def prepare(dokumen: Document, kertas: tuple[int, int]) -> None:
    """Styles, lists and the first page of an empty document. kertas: width and height in mm."""
    for nama, ukuran in (("Normal", 11), ("Caption", 9.5), ("Header", 8), ("Footer", 8)):
        _style(_get(dokumen, nama), ukuran)
    for nama in ("Header", "Footer"):  # the template's own stops lie across ours
        _get(dokumen, nama).paragraph_format.tab_stops.clear_all()
    dasar = _get(dokumen, "Normal")
    dasar.paragraph_format.space_after, dasar.paragraph_format.line_spacing = Pt(8), 1.3
    dasar.paragraph_format.widow_control = True
    for tingkat, ukuran in _UKURAN.items():
        _style_judul(_get(dokumen, f"Heading {tingkat}"), tingkat, ukuran)
    kutipan = _get(dokumen, "Caption")
    kutipan.font.bold, kutipan.font.italic = True, False
    kutipan.paragraph_format.space_after = Pt(4)
    judul = dokumen.styles.add_style(JUDUL_DAFTAR, WD_STYLE_TYPE.PARAGRAPH)
    judul.base_style = dasar
    _style_judul(_get(dokumen, JUDUL_DAFTAR), 1, 14)
    sel = dokumen.styles.add_style(ISI_TABEL, WD_STYLE_TYPE.PARAGRAPH)
    sel.base_style = dasar
    _style(_get(dokumen, ISI_TABEL), 9)
    rupa = _get(dokumen, ISI_TABEL).paragraph_format
    rupa.space_after, rupa.line_spacing = Pt(1), 1.1
    for tingkat in (1, 2, 3):
        _add_daftar(dokumen, f"TOC {tingkat}")
    _add_daftar(dokumen, "table of figures")
    _set_bahasa(dokumen)
    # Word fills in the page numbers of the lists when the file is opened.
    dokumen.settings.element.append(parse_xml(f'<w:updateFields {nsdecls("w")} w:val="true"/>'))
    _add_abstrak(dokumen)
    set_kertas(dokumen.sections[0], kertas)


def set_kertas(bagian: Section, kertas: tuple[int, int], *, mendatar: bool = False) -> None:
    """Paper and margins of a section; lying on its side, the margins turn with it."""
    lebar, tinggi = kertas
    if mendatar:
        lebar, tinggi = tinggi, lebar
    bagian.orientation = WD_ORIENT.LANDSCAPE if mendatar else WD_ORIENT.PORTRAIT
    bagian.page_width, bagian.page_height = Mm(lebar), Mm(tinggi)
    bagian.top_margin, bagian.bottom_margin = _TEPI["top"], _TEPI["bottom"]
    bagian.left_margin, bagian.right_margin = _TEPI["left"], _TEPI["right"]
    bagian.header_distance = bagian.footer_distance = Mm(11)


def width_of(bagian: Section) -> Length:
    """Room between the margins."""
    lebar, kiri, kanan = bagian.page_width, bagian.left_margin, bagian.right_margin
    return Length((lebar or 0) - (kiri or 0) - (kanan or 0))


def add_field(paragraf: Paragraph, perintah: str, hasil: str = "") -> None:
    """A field that Word reckons anew; `hasil` stands there until it does."""
    for jenis in ("begin", "perintah", "separate", "hasil", "end"):
        lari = paragraf.add_run()
        if jenis == "perintah":
            unsur = parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"/>')
            unsur.text = f" {perintah} "
            lari._r.append(unsur)
        elif jenis == "hasil":
            lari.text = hasil
        else:
            lari._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{jenis}"/>'))


def begin_field(paragraf: Paragraph, perintah: str) -> None:
    """The first half of a field whose result is several paragraphs."""
    add_field(paragraf, perintah)
    paragraf._p.remove(paragraf.runs[-1]._r)


def end_field(paragraf: Paragraph) -> None:
    """Its end."""
    paragraf.add_run()._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'))


def start_list(dokumen: Document, *, bernomor: bool, mulai: int = 1) -> int:
    """Number of a fresh list, so that it does not go on where the last one ended."""
    akar = dokumen.part.numbering_part.element
    abstrak = _ANGKA if bernomor else _BUTIR
    nomor = akar.add_num(abstrak)
    if bernomor:
        nomor.add_lvlOverride(ilvl=0).add_startOverride(mulai)
    return int(nomor.numId)


def set_butir(paragraf: Paragraph, nomor: int, tingkat: int) -> None:
    """Make the paragraph an item of that list."""
    paragraf._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{tingkat}"/>'
            f'<w:numId w:val="{nomor}"/></w:numPr>'
        )
    )


def add_bookmark(paragraf: Paragraph, nama: str, nomor: int) -> None:
    """A place that fields and links may name."""
    awal = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{nomor}" w:name="{nama}"/>')
    akhir = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{nomor}"/>')
    lari = paragraf._p.r_lst
    if lari:
        lari[0].addprevious(awal)
    else:
        paragraf._p.append(awal)
    paragraf._p.append(akhir)


def add_cap(paragraf: Paragraph, kata: str) -> None:
    """A watermark across the page, as Word itself makes one: WordArt in the head of the pages."""
    lebar = min(480, 60 * len(kata))
    paragraf.add_run()._r.append(
        parse_xml(
            f"<w:pict {nsdecls('w')} {_V}>"
            '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800"'
            ' path="m@7,l@8,m@5,21600l@6,21600e"><v:textpath on="t" fitshape="t"/></v:shapetype>'
            '<v:shape id="cap" o:spid="_x0000_s2049" type="#_x0000_t136" stroked="f"'
            ' fillcolor="#d5dae1" style="position:absolute;margin-left:0;margin-top:0;'
            f"width:{lebar}pt;height:{max(40, lebar // 8)}pt;rotation:315;z-index:-251658752;"
            "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
            'mso-position-vertical:center;mso-position-vertical-relative:margin">'
            f'<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="{kata}"/>'
            "</v:shape></w:pict>"
        )
    )


def shade(sel: BaseOxmlElement, warna: str) -> None:
    """Background of a table cell (its tcPr)."""
    sel.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{warna}"/>'))


def make_tepi(jenis: str = "single") -> BaseOxmlElement:
    """Borders of a table; "nil" for none."""
    sisi = "".join(
        f'<w:{s} w:val="{jenis}" w:sz="4" w:space="0" w:color="777777"/>'
        for s in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return parse_xml(f"<w:tblBorders {nsdecls('w')}>{sisi}</w:tblBorders>")


def rule_below(paragraf: Paragraph) -> None:
    """The double line under a letter head."""
    paragraf._p.get_or_add_pPr().append(
        parse_xml(
            f'<w:pBdr {nsdecls("w")}><w:bottom w:val="thickThinSmallGap" w:sz="24" w:space="4"'
            ' w:color="111111"/></w:pBdr>'
        )
    )


def _get(dokumen: Document, nama: str) -> ParagraphStyle:
    gaya = dokumen.styles[nama]
    if not isinstance(gaya, ParagraphStyle):
        raise TypeError(nama)
    return gaya


def _style(gaya: ParagraphStyle, ukuran: float) -> None:
    gaya.font.name, gaya.font.size, gaya.font.color.rgb = FON, Pt(ukuran), _HITAM
    fon = gaya.element.get_or_add_rPr().get_or_add_rFonts()
    for nama in list(fon.attrib):
        if "Theme" in nama or "theme" in nama:
            del fon.attrib[nama]
    for nama in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fon.set(qn(nama), FON)


def _style_judul(gaya: ParagraphStyle, tingkat: int, ukuran: float) -> None:
    _style(gaya, ukuran)
    gaya.font.bold, gaya.font.italic = True, False
    rupa = gaya.paragraph_format
    rupa.keep_with_next, rupa.space_before, rupa.space_after = True, Pt(14), Pt(6)
    if tingkat == 1:
        rupa.alignment, rupa.page_break_before = WD_ALIGN_PARAGRAPH.CENTER, True
        rupa.space_before, rupa.space_after = Pt(0), Pt(20)
        gaya.font.all_caps = True


def _add_daftar(dokumen: Document, nama: str) -> None:
    """Lines of a table of contents; the template of python-docx has none."""
    gaya = dokumen.styles.add_style(nama, WD_STYLE_TYPE.PARAGRAPH)
    gaya.base_style = dokumen.styles["Normal"]
    rupa = gaya.paragraph_format
    rupa.space_after = Pt(4)
    rupa.left_indent = Mm(8) if nama.endswith(("2", "3")) else Mm(0)


def _set_bahasa(dokumen: Document) -> None:
    bahasa = parse_xml(f'<w:lang {nsdecls("w")} w:val="id-ID" w:eastAsia="id-ID" w:bidi="id-ID"/>')
    for rpr in dokumen.styles.element.iter(qn("w:rPrDefault")):
        for lama in list(rpr.iter(qn("w:lang"))):
            lama.getparent().remove(lama)
        rpr[0].append(bahasa)


def _add_abstrak(dokumen: Document) -> None:
    """Both kinds of lists, nine levels deep."""
    akar = dokumen.part.numbering_part.element
    pertama = akar.find(qn("w:num"))
    for nomor, tingkat in ((_BUTIR, _list_butir()), (_ANGKA, _list_angka())):
        isi = "".join(
            f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{bentuk}"/>'
            f'<w:lvlText w:val="{teks}"/><w:lvlJc w:val="left"/><w:pPr>'
            f'<w:ind w:left="{400 * (n + 1)}" w:hanging="400"/></w:pPr></w:lvl>'
            for n, (bentuk, teks) in enumerate(tingkat)
        )
        pertama.addprevious(
            parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{nomor}">'
                f'<w:multiLevelType w:val="multilevel"/>{isi}</w:abstractNum>'
            )
        )


def _list_butir() -> Iterator[tuple[str, str]]:
    for n in range(9):
        yield "bullet", "•–"[n % 2]


def _list_angka() -> Iterator[tuple[str, str]]:
    for n in range(9):
        yield ("decimal", "lowerLetter", "lowerRoman")[n % 3], f"%{n + 1}."
