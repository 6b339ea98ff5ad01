"""The blocks of a text and the codes they keep."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.blok import split_blok
from sakip.common.teks_kaya import bersihkan, mark_blok, teks_polos

_KODE = re.compile(r'data-blok="([0-9a-f]{8})"')
KACA = (
    "<p>Satu &amp; <strong>dua</strong><br>tiga</p><h3>Judul</h3><h4>Anak</h4>"
    "<ul><li>a</li><li><p>b</p></li></ul>"
    '<ol start="3"><li>c</li></ol><blockquote><p>Kutipan</p></blockquote>'
    '<table><tbody><tr><th scope="row">Target</th><td colspan="2">90</td></tr></tbody></table>'
)


def test_every_top_level_block_gets_a_code_of_its_own() -> None:
    tanda = mark_blok(KACA)
    kode = [b.kode for b in split_blok(tanda)]
    assert len(set(kode)) == 7
    assert _KODE.findall(tanda) == kode
    assert re.sub(r' data-blok="[^"]*"', "", tanda) == KACA


def test_codes_are_kept_when_the_words_change() -> None:
    tanda = mark_blok("<p>Lama</p><p>Tetap</p>")
    kode = [b.kode for b in split_blok(tanda)]
    assert [b.kode for b in split_blok(mark_blok(tanda.replace("Lama", "Baru")))] == kode


def test_marking_twice_changes_nothing_and_lost_codes_come_back() -> None:
    tanda = mark_blok(KACA)
    assert mark_blok(tanda) == tanda
    assert mark_blok(re.sub(r' data-blok="[^"]*"', "", tanda)) == tanda


def test_of_two_blocks_with_one_code_the_first_keeps_it() -> None:
    satu, dua = split_blok(mark_blok('<p data-blok="0a1b2c3d">a</p><p data-blok="0a1b2c3d">b</p>'))
    assert satu.kode == "0a1b2c3d"
    assert dua.kode != satu.kode


def test_equal_words_get_different_codes() -> None:
    kode = [b.kode for b in split_blok(mark_blok("<p>a</p><p>a</p><p>a</p>"))]
    assert len(set(kode)) == 3


def test_a_given_code_never_takes_one_that_stands_further_down() -> None:
    (pertama,) = split_blok(mark_blok("<p>a</p>"))
    satu, dua = split_blok(mark_blok(f'<p>a</p><p data-blok="{pertama.kode}">b</p>'))
    assert dua.kode == pertama.kode
    assert satu.kode != dua.kode


@pytest.mark.parametrize("kode", ["b1", "ABCDEF01", "0a1b2c3d4", "zzzzzzzz", ""])
def test_what_is_no_code_is_replaced(kode: str) -> None:
    (blok,) = split_blok(mark_blok(f'<p data-blok="{kode}">a</p>'))
    assert _KODE.fullmatch(f'data-blok="{blok.kode}"')


def test_only_the_top_level_carries_codes() -> None:
    kotor = '<blockquote><p data-blok="0a1b2c3d">a</p></blockquote><p data-blok="0a1b2c3d">b</p>'
    kutip, paragraf = split_blok(mark_blok(kotor))
    assert kutip.isi == "<p>a</p>"
    assert paragraf.kode == "0a1b2c3d"


def test_loose_words_become_a_paragraph() -> None:
    blok = split_blok(mark_blok("lepas <em>sekali</em><br>lagi<p>rapi</p> \n ekor"))
    assert [(b.tag, b.isi) for b in blok] == [
        ("p", "lepas <em>sekali</em><br>lagi"),
        ("p", "rapi"),
        ("p", "ekor"),
    ]


def test_nothing_stays_nothing() -> None:
    assert mark_blok("") == mark_blok(" \n ") == ""


@given(st.text(alphabet="ab <>/&;\"'=pul", max_size=120))
def test_marking_loses_no_words(teks: str) -> None:
    bersih = bersihkan(teks)
    tanda = mark_blok(bersih)
    assert teks_polos(tanda) == teks_polos(bersih)
    assert mark_blok(bersihkan(tanda)) == tanda
    assert all(_KODE.fullmatch(f'data-blok="{b.kode}"') for b in split_blok(tanda))
