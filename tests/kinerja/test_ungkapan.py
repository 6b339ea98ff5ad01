"""Formulas in the words of documents."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.capaian import Rumus, persen_capaian
from kinerja.rules.hitung import to_decimal
from kinerja.rules.nilai import Tingkat
from kinerja.rules.tercetak.pengaturan import Cara, name_rumus, read_pengaturan
from kinerja.rules.tercetak.ungkapan import FUNGSI, evaluate, find_ungkapan

F1, F2, F3, F5 = Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN, Rumus.STABIL
D = Decimal


@pytest.mark.parametrize(
    ("teks", "rumus"),
    [
        ("R/T", F1),
        ("R / T x 100", F1),
        ("(R/T)*100%", F1),
        ("100 R/T", F1),
        ("realisasi : target × 100%", F1),
        ("Realisasi ÷ Target", F1),
        ("range: R / lower bound", F1),
        ("R / batas bawah", F1),
        ("actual/target", F1),
        ("r/t", F1),
        ("R/T 2 decimals", F1),
        ("R/T (rounded)", F1),
        ("R/T as a fraction", F1),
        ("(2T-R)/T", F2),
        ("(2T - R)/T x 100", F2),
        ("(2*T\u2212R)/T", F2),
        ("(T-(R-T))/T", F2),
        ("1+(1-R/T)", F2),
        ("(1 + (1 - R/T)) x 100", F2),
        ("2 - R/T", F2),
        ("range: 1+(1-R/upper bound)", F2),
        ("mirror: (2T-R)/T", F2),
        ("T/R", F3),
        ("inverse", F3),
        ("kebalikan", F3),
        ("mirror formula", F2),
        ("direct", F1),
        ("(T/R) x 100%", F3),
        ("1/(R/T)", F3),
        ("1-|R-T|/T", F5),
        ("100 - |R - T|/T x 100", F5),
        ("100-|T-R|/T*100", F5),
        ("(T-R)/T", None),
        ("-R/T", None),
        ("R/T + 0,5", None),
    ],
)
def test_formulas_are_known_by_what_they_give(teks: str, rumus: Rumus | None) -> None:
    ungkapan = find_ungkapan(teks)
    assert ungkapan is not None
    assert ungkapan.rumus is rumus


@pytest.mark.parametrize(
    "teks",
    [
        "",
        "any (T = R)",
        "R",
        "T",
        "rata-rata",
        "R/(T",
        "T|R",
        "R +* T",
        "2/3",
        "(((T",
        "|R-T",
        "T" * 80,
    ],
)
def test_what_is_no_formula_is_none(teks: str) -> None:
    assert find_ungkapan(teks) is None


def test_an_endless_formula_is_not_read() -> None:
    assert find_ungkapan("R/T" + "+1" * 200) is None


def test_a_formula_that_misses_its_target_is_seen() -> None:
    keliru, benar = find_ungkapan("(T-R)/T"), find_ungkapan("R/T")
    assert keliru is not None
    assert benar is not None
    assert (keliru.is_bertemu, benar.is_bertemu) == (False, True)


def test_division_by_zero_has_no_value() -> None:
    assert evaluate(FUNGSI[F3], Fraction(1), Fraction(0)) is None


bulat = st.integers(1, 10**9).map(lambda n: D(n).scaleb(-3))


@given(bulat, bulat, st.sampled_from(sorted(FUNGSI)))
def test_the_engine_and_the_exact_function_agree(t: Decimal, r: Decimal, rumus: Rumus) -> None:
    tepat = evaluate(FUNGSI[rumus], Fraction(t), Fraction(r))
    assert tepat is not None
    mentah = persen_capaian(t, r, rumus).mentah
    assert mentah is not None
    assert abs(mentah - to_decimal(tepat)) <= abs(mentah) * D("1e-30")


@given(st.text(alphabet="TR()|+-*/x:0123456789 %", max_size=30))
def test_any_formula_is_read_or_none(teks: str) -> None:
    ungkapan = find_ungkapan(teks)
    if ungkapan is not None:
        evaluate(ungkapan.fungsi, Fraction(7), Fraction(3))


@pytest.mark.parametrize(
    ("kata", "rumus", "arah_disebut"),
    [
        ("", F1, False),
        ("higher (implied)", F1, True),
        ("higher (stated: minimal)", F1, True),
        ("maximize", F1, True),
        ("makin tinggi makin baik", F1, True),
        ("Naik", F1, True),
        ("lower (stated: maksimal)", F2, True),
        ("Minimize", F2, True),
        ("semakin rendah semakin baik", F2, True),
        ("tren negatif", F2, True),
        ("Turun", F2, True),
        ("stabilize", F5, True),
        ("tetap", F5, True),
        ("???", F1, False),
    ],
)
def test_direction_is_read_from_its_first_word(
    kata: str, rumus: Rumus, *, arah_disebut: bool
) -> None:
    aturan = read_pengaturan(kata, "")
    assert (aturan.rumus, not aturan.catatan) == (rumus, arah_disebut)


@pytest.mark.parametrize(
    ("rumus", "batas", "pecahan"),
    [
        ("R/T capped at 100", "100", False),
        ("R/T, cap 120", "120", False),
        ("R/T capped at 110%", "110", False),
        ("R/T maks. 150", "150", False),
        ("R/T dibatasi 120", "120", False),
        ("R/T as a fraction capped at 1,2", "120", True),
        ("R/T as a fraction capped at 120", "120", True),
        ("R/T sebagai pecahan", None, True),
        ("R/T", None, False),
    ],
)
def test_caps_and_fractions_are_read(rumus: str, batas: str | None, *, pecahan: bool) -> None:
    aturan = read_pengaturan("higher", rumus)
    assert aturan.rumus is F1
    assert aturan.batas == (None if batas is None else D(batas))
    assert aturan.sebagai_pecahan is pecahan


@pytest.mark.parametrize(
    ("rumus", "cara", "disebut"),
    [
        ("=R", Cara.ULANG, True),
        ("= realisasi", Cara.ULANG, True),
        ("column repeats the realisasi", Cara.ULANG, True),
        ("mean of the indicators above", Cara.RERATA, True),
        ("average of the sasaran", Cara.RERATA, True),
        ("rata-rata indikator di atas", Cara.RERATA, True),
        ("same text counted as 100", Cara.RUMUS, True),
        ("any (T = R)", Cara.RUMUS, True),
        ("R/T [rounded\nto 2]", Cara.RUMUS, True),
        ("none (no formula) [R/T = 3]", Cara.RUMUS, False),
        ("none: target is 0", Cara.RUMUS, False),
        ("unknown", Cara.RUMUS, False),
        ("-", Cara.RUMUS, False),
        ("?", Cara.RUMUS, False),
        ("tidak ada", Cara.RUMUS, False),
    ],
)
def test_the_source_of_a_figure_is_read(rumus: str, cara: Cara, *, disebut: bool) -> None:
    aturan = read_pengaturan("higher", rumus)
    assert (aturan.cara, aturan.disebut, aturan.tak_dikenal) == (cara, disebut, "")


def test_an_unknown_name_is_kept() -> None:
    aturan = read_pengaturan("higher", "indeks gabungan BPS")
    assert (aturan.tak_dikenal, aturan.disebut) == ("indeks gabungan BPS", False)


def test_scores_are_read_where_two_are_listed() -> None:
    assert read_pengaturan("", "ordinal WTP=4, WDP = 3,5").tingkat == (
        Tingkat("wtp", D(4)),
        Tingkat("wdp", D("3.5")),
    )
    assert read_pengaturan("", "WTP=4").tingkat == ()


def test_names_for_counting_are_short() -> None:
    assert name_rumus("R/T  x\n100 [rounded]") == "R/T x 100"
    assert name_rumus("") == "tidak disebut"
    assert len(name_rumus("x" * 500)) == 60
