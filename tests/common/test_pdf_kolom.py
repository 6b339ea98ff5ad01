"""Widths of columns: figures whole, sentences with room, and no rule where a block has its own."""

import pytest
from lxml import html as lxml_html

from sakip.common.pdf_kolom import set_kolom


def lebar(isi: str, kelas: str = "") -> list[int]:
    """Shares that the columns were given, in percent."""
    tabel = lxml_html.fragment_fromstring(f'<table class="{kelas}">{isi}</table>')
    if not kelas:
        del tabel.attrib["class"]
    set_kolom(tabel)
    gaya = tabel.xpath("./colgroup/col/@style")
    return [int(g.removeprefix("width: ").removesuffix("%")) for g in gaya]


def baris(*sel: str) -> str:
    """One row."""
    return f"<tr>{''.join(f'<td>{s}</td>' for s in sel)}</tr>"


def test_numbers_are_narrow_and_sentences_wide() -> None:
    nomor, uraian, uang = lebar(baris("1", "Uraian yang panjang dan rinci " * 3, "987.654.321"))
    assert nomor < uang < uraian
    assert nomor + uraian + uang <= 100


def test_a_figure_keeps_room_for_all_its_digits() -> None:
    kosong, uang = lebar(baris("", "12.345.678.901.234,50"))
    assert uang > 3 * kosong


def test_one_long_word_does_not_take_the_page() -> None:
    panjang, lain = lebar(baris("pertanggungjawaban" * 20, "Keterangan singkat"))
    assert lain > 30
    assert panjang < 70


def test_shares_of_a_block_are_its_own() -> None:
    assert lebar('<colgroup><col class="l40"><col></colgroup>' + baris("a", "b"), "x") == [40]


@pytest.mark.parametrize(
    "isi",
    [
        baris("sendiri"),
        '<tr><td colspan="2">a</td><td>b</td></tr>',
        "",
        "<colgroup><col><col></colgroup>" + baris("a", "b"),
    ],
    ids=("single", "spans", "empty", "given"),
)
def test_other_tables_are_left_alone(isi: str) -> None:
    assert lebar(isi) == []


def test_tables_of_ours_are_left_alone() -> None:
    assert lebar(baris("a", "b"), "angka-capaian") == []


def test_the_title_stays_first() -> None:
    tabel = lxml_html.fragment_fromstring(
        f"<table><caption>Judul</caption>{baris('a', 'b')}</table>"
    )
    set_kolom(tabel)
    assert [e.tag for e in tabel] == ["caption", "colgroup", "tr"]
