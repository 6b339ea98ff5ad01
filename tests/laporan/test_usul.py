"""Proposed sentences put into a block."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from laporan.rules.uraian import fill_angka
from laporan.rules.usul import kata_polos, replace_kata
from sakip.common.teks_kaya import bersihkan


@pytest.mark.parametrize(
    ("isi", "usul", "hasil"),
    [
        ("Target belum tercapai.", "Target sudah tercapai.", "Target sudah tercapai."),
        (
            "Capaian <strong>86,1 persen</strong> naik.",
            "Capaian <88,7> & naik.",
            "Capaian <strong>&lt;88,7&gt; &amp;</strong> naik.",
        ),
        (
            "Capaian <strong>86,1</strong> persen.",
            "Capaian 88,7 persen.",
            "Capaian <strong>88,7</strong> persen.",
        ),
        (
            "Angka <em>tetap miring</em> di sini.",
            "Angka tetap miring di sana.",
            "Angka <em>tetap miring</em> di sana.",
        ),
        ("Kadar H<sub>2</sub>O naik", "Kadar H2O turun", "Kadar H<sub>2</sub>O turun"),
        ("satu<br>dua", "satu tiga", "satu <br>tiga"),
        ("<strong>tebal lama</strong>", "tebal baru", "<strong>tebal baru</strong>"),
        ("<strong>buka lagi</strong>", "awal lagi", "<strong>awal lagi</strong>"),
    ],
    ids=range(8),
)
def test_words_are_exchanged_and_their_dress_stays(isi: str, usul: str, hasil: str) -> None:
    assert replace_kata(isi, usul) == hasil


_NILAI = {"instansi": "Dinas Kesehatan", "serapan": "92,1%"}


@pytest.mark.parametrize(
    ("isi", "usul", "hasil"),
    [
        (
            "Serapan {{ angka:serapan }} di {{angka:instansi}}.",
            "Penyerapan 92,1% di Dinas Kesehatan.",
            "Penyerapan {{angka:serapan}} di {{angka:instansi}}.",
        ),
        (
            "Serapan <strong>{{angka:serapan}}</strong> di {{angka:instansi}}.",
            "Serapan 93% di Dinas Pendidikan.",
            "Serapan <strong>93%</strong> di Dinas Pendidikan.",
        ),
        (
            "{{angka:instansi}} dan {{angka:instansi}}",
            "Dinas Pendidikan dan Dinas Kesehatan",
            "Dinas Pendidikan dan {{angka:instansi}}",
        ),
        ("Kode {{angka:lain}} saja", "Kode {{angka:lain}} lagi", "Kode {{angka:lain}} lagi"),
        ("Rp&nbsp;500 naik", "Rp 700 naik", "Rp 700 naik"),
        ("Rp&nbsp;500 naik", "Rp 500 turun", "Rp&nbsp;500 turun"),
    ],
    ids=range(6),
)
def test_a_code_stays_where_its_figure_is_left_alone(isi: str, usul: str, hasil: str) -> None:
    assert replace_kata(isi, usul, _NILAI) == hasil


def test_words_of_a_block_read_as_typed() -> None:
    assert kata_polos("A &amp; <em>B</em><br>C &lt;1") == "A & B C <1"


_KATA = "satu dua <strong>tiga empat</strong> <em>lima</em> enam<br>tujuh &amp; H<sub>2</sub>O"


@given(usul=st.lists(st.sampled_from("satu dua tiga enam & < baru".split()), max_size=9))  # noqa: SIM905 - reads as words
def test_afterwards_the_block_reads_as_proposed(usul: list[str]) -> None:
    kalimat = " ".join(usul)
    hasil = replace_kata(_KATA, kalimat)
    assert kata_polos(hasil) == kalimat
    assert kata_polos(bersihkan(hasil)) == kalimat


_BERKODE = "Dinas {{angka:instansi}} &nbsp;serap {{angka:serapan}}&nbsp;dari <em>pagu</em>"


@given(
    usul=st.lists(st.sampled_from(("Dinas", "Kesehatan", "serap", "92,1%", "dari", "pagu", "{{")))
)
def test_with_its_figures_the_block_reads_as_proposed(usul: list[str]) -> None:
    hasil = replace_kata(_BERKODE, " ".join(usul), _NILAI)
    assert kata_polos(fill_angka(hasil, _NILAI)) == " ".join(usul)
