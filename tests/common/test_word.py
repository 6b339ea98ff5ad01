"""The Word file: real headings, counted captions, whole tables, marked pages, nothing fetched."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.document import Document as Berkas
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm
from PIL import Image

from sakip.common.word import Surat, write_docx

SURAT = Surat("Laporan Kinerja", "Dinas Uji", "Salinan.", datetime(2026, 10, 12, tzinfo=UTC))
SVG = (
    '<svg viewBox="0 0 40 20" width="40" height="20" aria-label="Naik">'
    '<rect width="9" height="9"/></svg>'
)


def tulis(isi: str, surat: Surat = SURAT) -> Berkas:
    """The file with that body, opened again."""
    return Document(io.BytesIO(write_docx(f"<html><body>{isi}</body></html>", surat)))


def mm(panjang: int | None) -> int:
    """Whole millimetres: Word counts in twentieths of a point."""
    return round(Mm(0) + (panjang or 0) / Mm(1))


def kata(dokumen: Berkas) -> list[str]:
    """Words of each paragraph that has any."""
    return [p.text for p in dokumen.paragraphs if p.text]


def list_perintah(dokumen: Berkas) -> list[str]:
    """Instructions of the fields of the text."""
    return [str(e.text).strip() for e in dokumen.element.iter(qn("w:instrText"))]


def test_headings_are_headings() -> None:
    dokumen = tulis('<section class="bab"><h1 id="a">Bab</h1><h2>Anak</h2><h3>Cucu</h3></section>')
    gaya = [(p.style.name, p.text) for p in dokumen.paragraphs if p.style]
    assert gaya == [("Heading 1", "Bab"), ("Heading 2", "Anak"), ("Heading 3", "Cucu")]


def test_number_of_a_chapter_stands_above_its_title() -> None:
    dokumen = tulis('<h1><span class="nomor-bab">Bab I</span> Pendahuluan</h1>')
    assert kata(dokumen) == ["Bab I\nPendahuluan"]


def test_captions_are_counted_by_word_itself() -> None:
    isi = (
        '<table><caption><span class="nomor-judul">Tabel 3.2</span> Capaian</caption>'
        "<tr><td>1</td></tr></table>"
        '<table><caption><span class="nomor-judul">Tabel 4</span> Lain</caption>'
        "<tr><td>1</td></tr></table>"
    )
    dokumen = tulis(isi)
    assert kata(dokumen) == ["Tabel 3.2 Capaian", "Tabel 4 Lain"]
    assert list_perintah(dokumen) == ["SEQ Tabel \\* ARABIC \\s 1", "SEQ Tabel \\* ARABIC \\r 4"]


def test_contents_are_a_field_that_leads_to_the_headings() -> None:
    isi = (
        '<nav><h1 id="daftar-isi">Daftar Isi</h1><ol><li class="di-1"><a href="#a">Bab</a></li>'
        '</ol></nav><nav><h1 id="daftar-tabel">Daftar Tabel</h1><ol><li><a href="#t">Tabel 1 x</a>'
        '</li></ol></nav><h1 id="a">Bab</h1>'
        '<table id="t"><caption>x</caption><tr><td>1</td></tr></table>'
    )
    dokumen = tulis(isi)
    perintah = list_perintah(dokumen)
    tempat = [str(e.get(qn("w:name"))) for e in dokumen.element.iter(qn("w:bookmarkStart"))]
    assert perintah[0] == 'TOC \\o "1-2" \\h \\z'
    assert perintah[2] == 'TOC \\h \\z \\c "Tabel"'
    assert [p.split()[1] for p in perintah if p.startswith("PAGEREF")] == tempat
    judul = [p for p in dokumen.paragraphs if p.text == "Daftar Isi"]
    assert [p.style.name for p in judul if p.style] == ["Judul Daftar"]


def test_heads_of_tables_come_again_and_rows_stay_whole() -> None:
    dokumen = tulis(
        "<table><thead><tr><th>Nama</th></tr></thead><tbody><tr><td>a</td></tr>"
        f"<tr><td>{'panjang ' * 300}</td></tr></tbody></table>"
    )
    baris = dokumen.tables[0]._tbl.tr_lst
    assert [len(tr.findall(f".//{qn('w:tblHeader')}")) for tr in baris] == [1, 0, 0]
    assert [len(tr.findall(f".//{qn('w:cantSplit')}")) for tr in baris] == [1, 1, 0]


def test_cells_that_span_keep_their_place() -> None:
    (tabel,) = tulis(
        '<table><tr><td rowspan="2">a</td><td colspan="2">b</td></tr>'
        "<tr><td>c</td><td>d</td></tr><tr><td>e</td></tr></table>"
    ).tables
    assert [[s.text for s in b.cells] for b in tabel.rows] == [
        ["a", "b", "b"],
        ["a", "c", "d"],
        ["e", "", ""],
    ]


def test_columns_are_as_wide_as_in_the_pdf() -> None:
    (tabel,) = tulis(
        '<table class="angka-uang"><colgroup><col class="k-kode"><col></colgroup>'
        "<tr><td>1</td><td>2</td></tr></table>"
    ).tables
    lebar = [kolom.width or 0 for kolom in tabel.columns]
    assert abs(lebar[0] - Mm(17)) < Mm(1)
    assert abs(sum(lebar) - Mm(210 - 26 - 22)) < Mm(1)


def test_shares_of_the_width_are_kept() -> None:
    (tabel,) = tulis(
        '<table><colgroup><col style="width: 75%"><col></colgroup><tr><td>1</td><td>2</td></tr>'
        "</table>"
    ).tables
    kiri, kanan = (kolom.width or 0 for kolom in tabel.columns)
    assert abs(kiri - 3 * kanan) < Mm(1)


def test_parts_lie_on_their_side_and_stand_up_again() -> None:
    dokumen = tulis(
        '<p>a</p><section class="bab bab--mendatar"><h1>Lampiran</h1></section><section>b</section>'
    )
    arah = [b.orientation for b in dokumen.sections]
    assert arah == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    assert [mm(b.page_width) for b in dokumen.sections] == [210, 297, 210]


def test_paper_is_the_office_s() -> None:
    (bagian,) = tulis("<p>a</p>", replace(SURAT, kertas=(215, 330))).sections
    assert (mm(bagian.page_width), mm(bagian.page_height)) == (215, 330)


def test_every_page_is_marked() -> None:
    isi = (
        '<section class="sampul"><p>Judul</p></section><p>a</p>'
        '<section class="bab--mendatar"><p>b</p></section>'
    )
    dokumen = tulis(isi, replace(SURAT, cap="KONSEP"))
    assert len(dokumen.sections) == 3
    for bagian in dokumen.sections:
        assert 'string="KONSEP"' in bagian.header._element.xml


def test_cover_has_no_head_and_foot() -> None:
    dokumen = tulis('<section class="sampul"><p class="sampul-jenis">Judul</p></section><p>a</p>')
    sampul, isi = dokumen.sections
    assert not sampul.header.paragraphs[0].text
    assert isi.header.paragraphs[0].text == "Dinas Uji\tLaporan Kinerja"
    assert isi.footer.paragraphs[0].text == "Salinan.\thalaman 1 dari 1"


def test_running_foot_of_the_pdf_is_left_out() -> None:
    assert kata(tulis('<div id="kaki"><p>Keabsahan</p></div><p>a</p>')) == ["a"]


def test_drawings_become_pictures_with_words_for_those_who_cannot_see_them() -> None:
    dokumen = tulis(f"<figure>{SVG}<figcaption>Grafik</figcaption></figure>")
    (gambar,) = dokumen.inline_shapes
    assert gambar._inline.docPr.get("descr") == "Naik"
    assert gambar.width == 40 * 9525
    assert kata(dokumen) == ["Grafik"]


def test_pictures_handed_in_are_shown_no_wider_than_the_page() -> None:
    keluar = io.BytesIO()
    Image.new("RGB", (4000, 100), "navy").save(keluar, "PNG")
    surat = replace(SURAT, gambar={"gambar:x": keluar.getvalue()})
    (gambar,) = tulis('<figure><img src="gambar:x" alt="Peta"></figure>', surat).inline_shapes
    assert mm(gambar.width) == 210 - 26 - 22
    assert gambar.width == pytest.approx(40 * gambar.height, rel=0.01)


@pytest.mark.parametrize(
    "alamat",
    [
        "http://169.254.169.254/latest/meta-data/",
        "https://contoh.go.id/a.png",
        "file:///etc/passwd",
        "gambar:tidak-ada",
        "data:text/html;base64,eA==",
    ],
    ids=("metadata", "web", "file", "unknown", "data"),
)
def test_nothing_is_fetched(alamat: str) -> None:
    dokumen = tulis(f'<figure><img src="{alamat}" alt="x"></figure><p>a</p>')
    assert len(dokumen.inline_shapes) == 0
    assert "TargetMode" not in str(dokumen.part.rels)


def test_links_lead_to_the_web_only() -> None:
    dokumen = tulis(
        '<p><a href="https://contoh.go.id/">satu</a> <a href="file:///etc/passwd">dua</a></p>'
    )
    luar: Mapping[str, str] = {
        r.rId: r.target_ref for r in dokumen.part.rels.values() if r.is_external
    }
    assert list(luar.values()) == ["https://contoh.go.id/"]
    assert dokumen.paragraphs[0].text == "satu dua"


def test_lists_begin_anew_where_the_text_says() -> None:
    dokumen = tulis('<ol><li>a</li></ol><ol start="3"><li>b<ul><li>c</li></ul></li></ol>')
    kunci = {str(e.get(qn("w:val"))) for e in dokumen.element.iter(qn("w:numId"))}
    assert len(kunci) == 3
    angka = dokumen.part.numbering_part.element
    mulai = [e.get(qn("w:val")) for e in angka.iter(qn("w:startOverride"))]
    assert mulai == ["1", "3"]


def test_words_keep_their_look_and_lose_their_surplus_spaces() -> None:
    (paragraf,) = tulis(
        "<p>  satu\n <b>tebal</b>  <em>miring</em><br> H<sub>2</sub>O </p>"
    ).paragraphs
    assert paragraf.text == "satu tebal miring\nH2O"
    assert [r.text for r in paragraf.runs if r.bold] == ["tebal"]
    assert [r.text for r in paragraf.runs if r.font.subscript] == ["2"]


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    assert kata(tulis("<p>a&#1;b</p>")) == ["ab"]


def test_equal_input_gives_equal_bytes() -> None:
    html = f"<html><body><h1>a</h1><figure>{SVG}</figure></body></html>"
    assert write_docx(html, SURAT) == write_docx(html, SURAT)


def test_the_file_says_what_it_is_and_in_which_language() -> None:
    dokumen = tulis("<p>a</p>")
    sifat = dokumen.core_properties
    assert (sifat.title, sifat.author, sifat.language) == ("Laporan Kinerja", "Dinas Uji", "id-ID")
    isi = zipfile.ZipFile(io.BytesIO(write_docx("<html><body>a</body></html>", SURAT)))
    assert b'w:val="id-ID"' in isi.read("word/styles.xml")
