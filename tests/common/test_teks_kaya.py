"""What rich text may hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.teks_kaya import bersihkan, teks_polos


@pytest.mark.parametrize(
    ("kotor", "bersih"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ('<p style="color:red" class="MsoNormal" onclick="x">a</p>', "<p>a</p>"),
        ('<a href="javascript:x">tautan</a>', "tautan"),
        ('<img src="file:///etc/passwd">', ""),
        ("<h1>Judul</h1>", "Judul"),
        ('<td colspan="2">x</td>', "x"),
        (
            '<table><tbody><tr><td colspan="1000000" rowspan="2">x</td></tr></tbody></table>',
            '<table><tbody><tr><td rowspan="2">x</td></tr></tbody></table>',
        ),
        ('<ol start="3"><li>x</li></ol>', '<ol start="3"><li>x</li></ol>'),
        ('<ol start="-1"><li>x</li></ol>', "<ol><li>x</li></ol>"),
        ('<p data-blok="b1">x</p>', '<p data-blok="b1">x</p>'),
        ("<svg><use href='#a'/></svg>teks", "teks"),
    ],
)
def test_only_what_a_report_needs_is_kept(kotor: str, bersih: str) -> None:
    assert bersihkan(kotor) == bersih


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(teks: str) -> None:
    sekali = bersihkan(teks)
    assert bersihkan(sekali) == sekali


def test_words_survive_without_tags() -> None:
    assert teks_polos("<p>Satu</p><p>dua  <strong>tiga</strong></p>") == "Satu dua tiga"
