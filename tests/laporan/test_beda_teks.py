"""Words of two versions laid over each other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laporan.rules.beda_naskah import BedaBab, Nasib, compare_naskah
from laporan.rules.beda_teks import mark_beda
from sakip.common.blok import mark_blok, split_blok
from sakip.common.teks_kaya import bersihkan, teks_polos

_LABEL = re.compile(r'<span class="hanya-baca">\w+: </span>')


def ringkas(html: str) -> str:
    """Without the words for screen readers."""
    return _LABEL.sub("", html)


def sisi(html: str, buang: str, lepas: str) -> str:
    """The words of one side: what is marked `buang` left out, what is marked `lepas` kept."""
    tanpa = re.sub(f"<{buang}>.*?</{buang}>", " ", ringkas(html), flags=re.S)
    return teks_polos(re.sub(f"</?{lepas}>", "", tanpa))


def bab(kode: str, *html: str) -> dict[str, str]:
    """A chapter of these blocks."""
    return {"kode": kode, "judul": f"Bab {kode}", "html": mark_blok("".join(html))}


def nasib(hasil: list[BedaBab]) -> list[tuple[str, str]]:
    """What became of each block, and its words."""
    return [(b.nasib.value, teks_polos(ringkas(b.html))) for h in hasil for b in h.blok]


@pytest.mark.parametrize(
    ("lama", "baru", "hasil"),
    [
        (
            "<p>mencapai 86,1 persen dari target</p>",
            "<p>mencapai 88,7 persen dari target</p>",
            "<p>mencapai <del>86,1</del> <ins>88,7</ins> persen dari target</p>",
        ),
        (
            "<p>satu <strong>dua</strong> tiga empat</p>",
            "<p>satu <strong>dua lima</strong> tiga empat</p>",
            "<p>satu <strong>dua <ins>lima</ins></strong> tiga empat</p>",
        ),
        ("<p>a b c d</p>", "<p>a b c</p>", "<p>a b c <del>d</del> </p>"),
        (
            "<p>sama sekali</p>",
            "<p>tak ada lagi yang tersisa</p>",
            "<p><del>sama sekali</del> <ins>tak ada lagi yang tersisa</ins></p>",
        ),
        (
            "<ul><li>satu</li><li>dua</li></ul>",
            "<ul><li>satu</li><li>dua</li><li>tiga</li></ul>",
            "<ul><li>satu</li><li>dua</li><li><ins>tiga</ins></li></ul>",
        ),
        (
            "<table><tbody><tr><th>TB</th><td>86,1</td></tr></tbody></table>",
            "<table><tbody><tr><th>TB</th><td>88,7</td></tr></tbody></table>",
            "<table><tbody><tr><th>TB</th><td><del>86,1</del> <ins>88,7</ins></td></tr>"
            "</tbody></table>",
        ),
        (
            "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>",
            "<table><tbody><tr><td>b</td></tr></tbody></table>",
            "<table><tbody><tr><td><del>a</del></td></tr><tr><td>b</td></tr></tbody></table>",
        ),
        (
            "<blockquote><p>kata lama</p></blockquote>",
            "<p>kata lama</p>",
            "<blockquote><p><del>kata lama</del></p></blockquote><p><ins>kata lama</ins></p>",
        ),
        (
            "<ul><li>butir</li></ul>",
            "<ul><li><p>butir</p><p>sambungan</p></li></ul>",
            "<ul><li><del>butir</del> <p><ins>butir</ins></p><p><ins>sambungan</ins></p></li></ul>",
        ),
        (
            "<ul><li>lepas<ul><li>anak</li></ul></li></ul>",
            "<ul><li>lepas dua<ul><li>anak</li></ul></li></ul>",
            "<ul><li><p>lepas <ins>dua</ins></p><ul><li>anak</li></ul></li></ul>",
        ),
        (
            "<ul><li>a</li></ul>",
            "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>",
            "<ul><li>a</li><li><ins>b</ins><ul><li><ins>c</ins></li></ul></li></ul>",
        ),
        (
            '<figure><img src="/a/"><figcaption>Grafik</figcaption></figure>',
            '<figure><img src="/b/"><figcaption>Grafik</figcaption></figure>',
            '<figure><p class="meta">Gambar diganti.</p><img src="/b/">'
            "<figcaption>Grafik</figcaption></figure>",
        ),
    ],
    ids=range(12),
)
def test_changed_words_are_marked_where_they_stand(lama: str, baru: str, hasil: str) -> None:
    assert ringkas(mark_beda(lama, baru)) == hasil


def test_a_screen_reader_hears_what_became_of_the_words() -> None:
    tanda = mark_beda("<p>a b c x</p>", "<p>a b c y</p>")
    assert '<del><span class="hanya-baca">dihapus: </span>x</del>' in tanda
    assert '<ins><span class="hanya-baca">ditambahkan: </span>y</ins>' in tanda


_kata = st.lists(st.sampled_from("satu dua tiga <b>empat</b> lima".split()), max_size=12)  # noqa: SIM905 - reads as words


@given(lama=_kata, baru=_kata)
def test_both_texts_can_be_read_from_the_marks(lama: list[str], baru: list[str]) -> None:
    a, b = (bersihkan(f"<p>{' '.join(k).replace('b>', 'strong>')}</p>") for k in (lama, baru))
    tanda = mark_beda(a, b)
    assert sisi(tanda, "ins", "del").split() == teks_polos(a).split()
    assert sisi(tanda, "del", "ins").split() == teks_polos(b).split()


def test_a_very_long_paragraph_is_shown_as_a_whole() -> None:
    lama, baru = (" ".join(f"{awal}{n}" for n in range(2100)) for awal in ("a", "b"))
    tanda = ringkas(mark_beda(f"<p>{lama} sama</p>", f"<p>{baru} sama</p>"))
    assert tanda.count("<del>") == tanda.count("<ins>") == 1


def test_blocks_are_followed_by_their_codes() -> None:
    lama = bab("i", "<p>Pertama.</p>", "<p>Kedua.</p>", "<p>Ketiga.</p>")
    kode = [b.kode for b in split_blok(lama["html"])]
    baru = {
        **lama,
        "html": f'<p data-blok="{kode[0]}">Tulisan yang lain sama sekali.</p><p>Sisipan.</p>'
        f'<p data-blok="{kode[2]}">Ketiga.</p>',
    }
    hasil = compare_naskah([lama], [baru])
    assert nasib(hasil) == [
        ("berubah", "Pertama. Tulisan yang lain sama sekali."),
        ("dihapus", "Kedua."),
        ("baru", "Sisipan."),
        ("tetap", "Ketiga."),
    ]
    assert [b.nomor for b in hasil[0].blok] == [1, 2, 3, 0]
    assert hasil[0].banyak == 3
    assert [(ubah, len(ruas)) for ubah, ruas in hasil[0].ruas] == [(True, 3), (False, 1)]


def test_a_moved_block_is_no_deletion_and_no_addition() -> None:
    a, b, c = "<p>Satu satu.</p>", "<p>Dua dua.</p>", "<p>Tiga tiga.</p>"
    (hasil,) = compare_naskah([bab("i", a, b, c)], [bab("i", c, a, b)])
    assert [x.nasib for x in hasil.blok] == [Nasib.PINDAH, Nasib.TETAP, Nasib.TETAP]
    assert not hasil.blok[0].is_berubah


def test_a_block_moved_into_another_chapter_names_where_it_came_from() -> None:
    lama = [bab("i", "<p>Pindah saya.</p>"), bab("ii", "<p>Tetap di sini.</p>")]
    kode = split_blok(lama[0]["html"])[0].kode
    kini = {
        **lama[1],
        "html": f'{lama[1]["html"]}<p data-blok="{kode}">Pindah saya lagi.</p>',
    }
    hasil = compare_naskah(lama, [bab("i"), kini])
    pindah = hasil[1].blok[1]
    assert (pindah.nasib, pindah.asal, pindah.is_berubah) == (Nasib.PINDAH, "Bab i", True)
    assert not hasil[0].blok


def test_a_copy_in_another_chapter_is_new_there() -> None:
    lama = [bab("i", "<p>Asli.</p>"), bab("ii")]
    baru = [lama[0], {**lama[1], "html": lama[0]["html"]}]
    assert nasib(compare_naskah(lama, baru)) == [("tetap", "Asli."), ("baru", "Asli.")]


def test_blocks_that_lost_their_codes_are_known_by_their_words() -> None:
    lama = bab("i", "<p>Capaian naik dua persen dibanding tahun lalu.</p>")
    baru = {
        **lama,
        "html": '<p data-blok="00000001">Capaian naik tiga persen dibanding tahun lalu.</p>',
    }
    (hasil,) = compare_naskah([lama], [baru])
    assert [b.nasib for b in hasil.blok] == [Nasib.BERUBAH]


def test_two_wholly_different_texts_are_not_compared_pair_by_pair() -> None:
    lama = bab("i", *(f"<p>lama {n}</p>" for n in range(110)))
    baru = {
        **lama,
        "html": "".join(f'<p data-blok="{n:08x}">lama {n} x y</p>' for n in range(110)),
    }
    (hasil,) = compare_naskah([lama], [baru])
    assert {b.nasib for b in hasil.blok} == {Nasib.BARU, Nasib.DIHAPUS}


def test_a_change_of_dress_alone_says_so() -> None:
    lama = bab("i", "<p>tebal</p>")
    kode = split_blok(lama["html"])[0].kode
    baru = {**lama, "html": f'<p data-blok="{kode}"><strong>tebal</strong></p>'}
    ((blok,),) = ([*h.blok] for h in compare_naskah([lama], [baru]))
    assert (blok.nasib, blok.is_bentuk) == (Nasib.BERUBAH, True)
    assert "<ins>" not in blok.html


def test_a_dropped_chapter_stands_at_the_end() -> None:
    hasil = compare_naskah([bab("i", "<p>a</p>"), bab("ii", "<p>b</p>")], [bab("ii", "<p>b</p>")])
    assert [(h.kode, h.banyak) for h in hasil] == [("ii", 0), ("i", 1)]
