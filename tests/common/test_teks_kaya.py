"""What rich text may hold."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.teks_kaya import (
    ATRIBUT,
    MAKS_RENTANG,
    MAKS_TAUTAN,
    TAG,
    bersihkan,
    dari_ketikan,
    is_tautan_sah,
    list_gambar,
    teks_polos,
)


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


TAUTAN_SAH = [
    "https://bps.go.id",
    "https://a.b.co.id:8443/x?y=1&z=2#w",
    "https://mojokertokab.go.id/unduh",
]
TAUTAN_LAIN = [
    "http://bps.go.id/",
    "file:///C:/Users/x.docx",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::ffff:169.254.169.254]/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
    "https://metadata.google.internal/",
    "https://localhost/",
    "https://server.local/",
    "https://orang:sandi@bps.go.id/",
    "https://bps.go.id:x/",
    "https://bps.go.id\\@jahat.id/",
    "https://bps .go.id/",
    "//bps.go.id/",
    "/laporan/1/",
    "javascript:alert(1)",
    "https://bps.go.id/" + "a" * 1000,
]
GAMBAR = "/laporan/gambar/0b0f2a3e-1111-4222-8333-123456789abc/"


@pytest.mark.parametrize("alamat", TAUTAN_SAH)
def test_links_to_public_https_addresses_stay(alamat: str) -> None:
    assert is_tautan_sah(alamat)
    html = f'<p><a href="{alamat.replace("&", "&amp;")}">lihat</a></p>'
    assert bersihkan(html) == html


@pytest.mark.parametrize("alamat", TAUTAN_LAIN)
def test_other_links_leave_only_their_words(alamat: str) -> None:
    assert not is_tautan_sah(alamat)
    assert bersihkan(f'<p><a href="{alamat}">lihat</a></p>') == "<p>lihat</p>"


@pytest.mark.parametrize(
    ("kotor", "bersih"),
    [
        (
            f'<figure data-blok="aaaaaaaa"><img src="{GAMBAR}" alt="a > b" onerror="x()">'
            "<figcaption><p>Gedung <b>baru</b></p></figcaption></figure>",
            f'<figure data-blok="aaaaaaaa"><img src="{GAMBAR}" alt="a &gt; b">'
            "<figcaption>Gedung baru</figcaption></figure>",
        ),
        (
            f'<figure><img src="{GAMBAR}"></figure>',
            f'<figure><img src="{GAMBAR}"><figcaption></figcaption></figure>',
        ),
        (f'<p>a<img src="{GAMBAR}">b</p>', "<p>ab</p>"),
        (
            '<figure><img src="https://x.id/a.png"><figcaption>Ket</figcaption></figure>',
            "<p>Ket</p>",
        ),
        ('<figure><img src="data:image/png;base64,AAAA"></figure>', ""),
        ('<figure><img src="/laporan/gambar/../../etc/"></figure>', ""),
        (
            f'<figure><figure><img src="{GAMBAR}"></figure><p>t &amp; u&#8203;</p></figure>',
            f'<figure><img src="{GAMBAR}"><figcaption>t &amp; u\u200b</figcaption></figure>',
        ),
        (
            f'<figure><img src="{GAMBAR}"><img src="{GAMBAR}"><ul><li>x<br>y</li></ul></figure>',
            f'<figure><img src="{GAMBAR}"><figcaption>x<br>y</figcaption></figure>',
        ),
        ("<figcaption>lepas</figcaption>", "lepas"),
        ("<p><a>k</a></p>", "<p>k</p>"),
    ],
)
def test_a_figure_is_a_stored_picture_with_its_caption(kotor: str, bersih: str) -> None:
    assert bersihkan(kotor) == bersih
    assert bersihkan(bersih) == bersih


def test_pictures_of_other_drafts_go_where_the_caller_says_which_stay() -> None:
    html = f'<figure><img src="{GAMBAR}"><figcaption>Ket</figcaption></figure>'
    (uuid,) = list_gambar(html + html)
    assert bersihkan(html, gambar={uuid}) == html
    assert bersihkan(html, gambar=set()) == "<p>Ket</p>"


@pytest.mark.parametrize(
    "kotor",
    [
        "<blockquote>" * 100_000 + "kata",
        "<b><i></b></i>" * 5_000 + "kata",
        "<table><tr><td>" * 3_000 + "kata",
        "<a " * 100_000 + "><p>kata",
        "<ul><li>" * 5_000 + "kata",
    ],
    ids=["kutipan", "silang", "tabel", "buka", "daftar"],
)
def test_endless_nesting_costs_neither_time_nor_words(kotor: str) -> None:
    mulai = time.process_time()
    bersih = bersihkan(kotor)
    assert time.process_time() - mulai < 10  # two minutes without the guard
    assert teks_polos(bersih) == "kata"
    assert bersih.count("<") <= 2 * 40


def test_sound_text_is_not_touched_by_the_guard() -> None:
    html = (
        "<p>a <strong>b</strong> &lt;c&gt;</p><ul><li><p>d</p><ul><li><p>e</p></li></ul></li></ul>"
    )
    assert bersihkan(html) == html


@pytest.mark.parametrize(
    ("teks", "html"),
    [
        ("Satu\ndua & <5\n\nTiga", "<p>Satu<br>dua &amp; &lt;5</p><p>Tiga</p>"),
        ("- a\r\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("1. a\n2) b", "<ol><li><p>a</p></li><li><p>b</p></li></ol>"),
        ("## Latar\n\nIsi", "<h3>Latar</h3><p>Isi</p>"),
        ("- a\nb", "<p>- a<br>b</p>"),
        ("<p>Sudah</p>", "<p>Sudah</p>"),
        (" \n ", " \n "),
        ("a\n\n\n \n", "<p>a</p>"),
    ],
)
def test_what_is_typed_without_the_editor_keeps_its_paragraphs(teks: str, html: str) -> None:
    assert dari_ketikan(teks) == html


def read_izin() -> dict[str, Any]:
    """The list of the editor, as it stands in its source."""
    sumber = (Path(__file__).resolve().parents[2] / "static/js/naskah-izin.js").read_text()
    isi = re.search(r"export const IZIN = (\{.*?\n\});", sumber, re.S)
    assert isi
    return dict(json.loads(isi[1]))


def test_editor_and_server_hold_one_list() -> None:
    izin = read_izin()
    assert set(izin["tag"]) == TAG
    assert {tag: set(atribut) for tag, atribut in izin["atribut"].items()} == ATRIBUT
    assert (izin["rentang"], izin["tautan"]) == (MAKS_RENTANG, MAKS_TAUTAN)
