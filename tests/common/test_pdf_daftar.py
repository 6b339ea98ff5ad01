"""Numbers, references and lists of a printed document, and what readers for the blind need."""

import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from sakip.common.pdf_daftar import complete_html

KERANGKA = """<!DOCTYPE html><html lang="id"><head><title>x</title></head><body>
<nav><h1>Daftar Isi</h1><ol data-daftar="isi">
<li><a href="#sah">Lembar Pengesahan</a></li></ol></nav>
<nav><h1>Daftar Tabel</h1><ol data-daftar="tabel"></ol></nav>
<nav><h1>Daftar Gambar</h1><ol data-daftar="gambar"></ol></nav>
{isi}</body></html>"""
BAB = '<section class="bab" data-awalan="{0}"><h1 id="{1}">{2}</h1>{3}</section>'


def susun(*bab: tuple[str, str]) -> HtmlElement:
    """A document with a chapter for each (prefix, content)."""
    isi = "".join(BAB.format(a, f"bab-{n}", f"Judul {n}", i) for n, (a, i) in enumerate(bab))
    return lxml_html.document_fromstring(complete_html(KERANGKA.replace("{isi}", isi)))


def tabel(judul: str, pengenal: str = "") -> str:
    """A table with a title."""
    atribut = f' id="{pengenal}"' if pengenal else ""
    return f"<table{atribut}><caption>{judul}</caption><tr><td>1</td></tr></table>"


def baca(pohon: HtmlElement, jalur: str) -> list[str]:
    """Words of the elements at that path."""
    return [" ".join(e.text_content().split()) for e in pohon.xpath(jalur)]


def test_tables_and_figures_are_numbered_by_chapter() -> None:
    gambar = "<figure><img src='aset:x' alt='x'><figcaption>Peta</figcaption></figure>"
    pohon = susun(("1", tabel("Satu") + gambar), ("3", tabel("Dua") + tabel("Tiga")))
    assert baca(pohon, "//caption") == ["Tabel 1.1 Satu", "Tabel 3.1 Dua", "Tabel 3.2 Tiga"]
    assert baca(pohon, "//figcaption") == ["Gambar 1.1 Peta"]


def test_chapters_without_a_number_share_one_count() -> None:
    pohon = susun(("", tabel("Satu")), ("2", tabel("Dua")), ("", tabel("Tiga")))
    assert baca(pohon, "//caption") == ["Tabel 1 Satu", "Tabel 2.1 Dua", "Tabel 2 Tiga"]


def test_tables_outside_of_chapters_keep_their_titles() -> None:
    html = KERANGKA.replace("{isi}", f"<section>{tabel('Penyusunan')}</section>")
    pohon = lxml_html.document_fromstring(complete_html(html))
    assert baca(pohon, "//caption") == ["Penyusunan"]


def test_lists_lead_to_what_they_name() -> None:
    pohon = susun(("1", "<h2>Latar</h2>" + tabel("Satu")), ("3", tabel("Dua", "punya-id")))
    isi, daftar_tabel = pohon.xpath("//nav")
    assert baca(isi, ".//li") == ["Lembar Pengesahan", "Judul 0", "Latar", "Judul 1"]
    assert baca(daftar_tabel, ".//li") == ["Tabel 1.1 Satu", "Tabel 3.1 Dua"]
    for tautan in isi.xpath(".//a")[1:] + daftar_tabel.xpath(".//a"):
        (sasaran,) = pohon.xpath(f"//*[@id='{tautan.get('href')[1:]}']")
        assert sasaran.tag in ("h1", "h2", "table")


def test_lists_without_entries_go_away() -> None:
    assert baca(susun(("1", tabel("Satu"))), "//nav/h1") == ["Daftar Isi", "Daftar Tabel"]


def test_references_follow_the_number_wherever_they_stand() -> None:
    rujuk = "<p>Lihat <span data-rujuk='kedua'></span>.</p>"
    pohon = susun(("1", rujuk + tabel("Satu")), ("2", tabel("Dua", "kedua")))
    assert baca(pohon, "//section/p") == ["Lihat Tabel 2.1."]


def test_a_figure_names_the_table_before_it_without_knowing_its_number() -> None:
    rujuk = "<p><span data-rujuk='tabel-sebelumnya'></span></p>"
    pohon = susun(("1", tabel("Satu") + rujuk + tabel("Dua") + rujuk), ("", rujuk))
    assert baca(pohon, "//section/p") == ["Tabel 1.1", "Tabel 1.2", "Tabel 1.2"]


def test_a_reference_to_nothing_says_nothing() -> None:
    assert baca(susun(("1", "<p>x<span data-rujuk='hilang'></span></p>")), "//section/p") == ["x"]


def test_explanations_of_a_title_stay_out_of_the_list() -> None:
    judul = 'Capaian <span class="catatan-judul">(angka pada <span data-rujuk="a"></span>)</span>'
    pohon = susun(("3", tabel("Data", "a") + tabel(judul)))
    assert baca(pohon, "//caption")[1] == "Tabel 3.2 Capaian (angka pada Tabel 3.1)"
    assert baca(pohon, "//nav[2]//li")[1] == "Tabel 3.2 Capaian"


def test_equal_headings_get_addresses_of_their_own() -> None:
    pohon = susun(("1", "<h2>Umum</h2><h2>Umum</h2>"))
    assert pohon.xpath("//h2/@id") == ["umum", "umum-2"]


@pytest.mark.parametrize(
    ("isi", "tingkat"),
    [
        ("<h3>a</h3>", ["h2"]),
        ("<h2>a</h2><h4>b</h4><h2>c</h2>", ["h2", "h3", "h2"]),
        ("<h3>a</h3><h4>b</h4>", ["h2", "h3"]),
        ("<h1>a</h1>", ["h2"]),
    ],
    ids=["skipped", "middle", "deep", "equal"],
)
def test_levels_of_headings_have_no_gap(isi: str, tingkat: list[str]) -> None:
    pohon = susun(("1", isi))
    assert [e.tag for e in pohon.xpath("//section/*")][1:] == tingkat


def test_heads_of_typed_tables_say_what_they_head() -> None:
    isi = "<table><thead><tr><th>x</th></tr></thead><tbody><tr><th>y</th></tr></tbody></table>"
    assert susun(("1", isi)).xpath("//th/@scope") == ["col", "row"]


def test_drawings_carry_their_words_as_a_title() -> None:
    pohon = susun(("1", '<svg aria-label="Capaian naik" viewBox="0 0 1 1"><g></g></svg>'))
    assert baca(pohon, "//svg/title") == ["Capaian naik"]


def test_equal_input_gives_equal_output() -> None:
    html = KERANGKA.replace("{isi}", BAB.format("1", "a", "A", tabel("Satu")))
    assert complete_html(html) == complete_html(html)
