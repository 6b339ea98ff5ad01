"""Whatever notation a figure is printed in, it is read back, or called ambiguous: never another."""

import csv
import random
import time
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kinerja.rules.tercetak.pengaturan import read_pengaturan
from kinerja.rules.tercetak.putusan import BarisUji, Keputusan, judge_baris
from kinerja.rules.tercetak.sel import Jenis, read_tercetak
from tests.kinerja.cetakan import KOMA_RIBUAN, TANDA, TITIK_RIBUAN, cetak, nilai_bacaan

CSV = Path(__file__).parent.parent / "data" / "lkjip" / "baris-tercetak.csv"
BUNGKUS = (
    "{}", " {} ", "{}%", "{} %", "{} persen", "{} dokumen", "{} hari kerja", "{}*)", "{} 1)",
    "{}\u00b9", "\u2265 {}", "minimal {}", "{} per 100.000 KH", "{} (hasil survei)", "\ufeff{}",
    "{}\n", '"{}"',
)  # fmt: skip
angka = st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, places=None).map(
    lambda d: d.quantize(Decimal("0.000001")).normalize() + 0
) | st.integers(-(10**15), 10**15).map(Decimal)
polos = angka.map(lambda d: Decimal(f"{d:f}"))


@given(polos, st.sampled_from(TANDA), st.sampled_from(BUNGKUS))
@example(Decimal("1234"), TITIK_RIBUAN, "{}")
@example(Decimal("4.079"), TITIK_RIBUAN, "{} orang")
def test_a_figure_is_read_back_from_any_notation(
    nilai: Decimal, tanda: tuple[str, str], bungkus: str
) -> None:
    sel = read_tercetak(bungkus.format(cetak(nilai, *tanda)))
    assert sel.jenis is Jenis.ANGKA
    assert nilai in nilai_bacaan(sel)


@given(st.integers(-999, 999), st.integers(0, 999999), st.sampled_from(TANDA))
def test_the_digits_decide_whether_it_is_ambiguous(
    utuh: int, pecahan: int, tanda: tuple[str, str]
) -> None:
    teks = f"{utuh}{tanda[1]}{pecahan}"
    sel = read_tercetak(teks)
    assert sel.is_ambigu is (utuh != 0 and len(str(pecahan)) == 3)


@given(st.integers(1, 10**6), st.sampled_from(["juta", "miliar", "ribu", "triliun"]))
def test_words_of_magnitude_multiply(utuh: int, kata: str) -> None:
    kali = {"ribu": 3, "juta": 6, "miliar": 9, "triliun": 12}[kata]
    assert nilai_bacaan(read_tercetak(f"Rp {utuh} {kata}")) == (Decimal(utuh) * 10**kali,)


@given(st.text(alphabet="0123456789.,-%/: ()'RpOolI*abjut\n\u00a0\u2013", max_size=24))
def test_anything_like_a_figure_is_understood_or_named(teks: str) -> None:
    sel = read_tercetak(teks)
    assert bool(sel.bacaan) is (sel.jenis in (Jenis.ANGKA, Jenis.RENTANG, Jenis.TANGGAL))
    assert sel.bacaan or sel.catatan
    assert all(b.nilai.is_finite() for b in sel.bacaan)
    if sel.bacaan:
        digit = {h for h in teks if h.isdigit()}
        assert digit or sel.catatan.startswith("angka Romawi")


# ---- The 685 printed rows, each printed once more in another notation --------------------------


def read_csv() -> list[dict[str, str]]:
    """The rows as printed."""
    with CSV.open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas))


def baris_uji(isi: dict[str, str]) -> BarisUji:
    """One row for the judge."""
    return BarisUji(
        target=isi["target"],
        realisasi=isi["realisasi"],
        tercetak=isi["capaian_published"],
        polaritas=isi["polarity"],
        rumus=isi["formula_that_fits"],
        satuan=isi["satuan"],
    )


def ubah(teks: str, tanda: tuple[str, str], hiasan: str) -> str:
    """The same figure in another notation; what is no single figure stays."""
    sel = read_tercetak(teks)
    if sel.jenis is not Jenis.ANGKA or sel.is_ambigu or sel.catatan or sel.sebutan:
        return teks
    return hiasan.format(cetak(sel.bacaan[0].nilai, *tanda))


@pytest.mark.parametrize("tanda", TANDA, ids=ascii)
def test_published_rows_agree_in_every_notation(tanda: tuple[str, str]) -> None:
    acak = random.Random(repr(tanda))  # noqa: S311 - repeatable choice of decorations
    ambigu = 0
    for isi in read_csv():
        asal = baris_uji(isi)
        hiasan = acak.choice(BUNGKUS)
        baru = replace(
            asal,
            target=ubah(asal.target, tanda, hiasan),
            realisasi=ubah(asal.realisasi, tanda, hiasan),
            tercetak=ubah(asal.tercetak, tanda, acak.choice(("{}", "{}%", "{} %", "{}*)"))),
        )
        dulu, kini = judge_baris(asal), judge_baris(baru)
        assert kini.keputusan in (dulu.keputusan, Keputusan.AMBIGU), (asal, baru, kini.alasan)
        if kini.keputusan is Keputusan.AMBIGU:
            ambigu += 1
            assert kini.hasil is None
            assert kini.bacaan_lain
        else:
            assert kini.hasil == dulu.hasil, (asal, baru)
    assert ambigu < 30


def test_mixed_marks_within_a_row_never_differ_in_silence() -> None:
    acak = random.Random(4)  # noqa: S311 - repeatable choice of marks
    for isi in read_csv():
        asal = baris_uji(isi)
        baru = replace(
            asal,
            target=ubah(asal.target, acak.choice(TANDA), "{}"),
            realisasi=ubah(asal.realisasi, acak.choice(TANDA), "{}"),
            tercetak=ubah(asal.tercetak, acak.choice((TITIK_RIBUAN, KOMA_RIBUAN)), "{}"),
        )
        dulu, kini = judge_baris(asal), judge_baris(baru)
        assert kini.keputusan in (dulu.keputusan, Keputusan.AMBIGU), (asal, baru, kini.alasan)
        assert kini.hasil in (dulu.hasil, None)


RUMIT = (
    "a-" * 80, "a a-" * 40, "a.a-a'a&" * 20, "a'" * 80, "1" + " a" * 79, "1" + "a." * 79,
    "1" + " 000" * 38 + "x!", "1 " * 80, "1." * 80, "1 a/" * 40, "1 s.d. " * 22, "minimal " * 20,
    "rp " * 53, "1 (" * 50, "1" + "()" * 79, "1 per 1.000" + " a" * 70, "x" * 10**6, "1\n" * 10**5,
)  # fmt: skip


@pytest.mark.parametrize("teks", RUMIT, ids=lambda t: t[:12].encode("unicode_escape").decode())
def test_no_cell_and_no_formula_takes_long(teks: str) -> None:
    mulai = time.process_time()
    read_tercetak(teks)
    read_pengaturan(teks[: 10**4], teks)
    assert time.process_time() - mulai < 1
