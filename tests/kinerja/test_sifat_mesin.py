"""What must hold of the engine whatever the figures: its properties, and figures out of bounds."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.agregasi import Agregasi, combine, combine_target
from kinerja.rules.capaian import Aturan, Rumus, Setelan, mean_capaian, reckon_capaian
from kinerja.rules.efisiensi import Keluaran, compare_serapan, nilai_efisiensi
from kinerja.rules.hitung import to_decimal
from kinerja.rules.komposit import add, share, weigh
from kinerja.rules.tercetak.ungkapan import FUNGSI, evaluate, find_ungkapan

D = Decimal
F1, F2, F3, F5 = Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN, Rumus.STABIL
BERANGKA = (F1, F2, F3, F5)
tersimpan = st.integers(-(10**20) + 1, 10**20 - 1).map(lambda n: D(n).scaleb(-6))
positif = st.integers(1, 10**20 - 1).map(lambda n: D(n).scaleb(-6))
batas = st.none() | st.sampled_from([D(100), D(110), D(120), D(150)])
lantai = st.none() | st.sampled_from([D(0), D(10)])
setelan = st.builds(Setelan, st.sampled_from(BERANGKA), batas=batas, lantai=lantai)
semua_rumus = st.sampled_from(BERANGKA)


def persen(t: Decimal, r: Decimal, s: Setelan) -> Decimal:
    """The percentage, which must exist."""
    hasil = reckon_capaian(t, r, s)
    assert hasil.persen is not None
    return hasil.persen


@given(positif, tersimpan, tersimpan, setelan)
def test_better_is_never_worth_less(t: Decimal, a: Decimal, b: Decimal, s: Setelan) -> None:
    for rumus in (F1, F2):
        kecil, besar = (persen(t, r, replace(s, rumus=rumus)) for r in sorted([a, b]))
        assert kecil <= besar if rumus is F1 else kecil >= besar


@given(positif, positif, positif, batas)
def test_a_smaller_realisasi_is_never_worth_less_in_the_inverse(
    t: Decimal, a: Decimal, b: Decimal, atas: Decimal | None
) -> None:
    kecil, besar = (persen(t, r, Setelan(F3, batas=atas)) for r in sorted([a, b]))
    assert kecil >= besar


@given(positif, positif, positif)
def test_nearer_is_never_worth_less_where_the_target_should_be_kept(
    t: Decimal, a: Decimal, b: Decimal
) -> None:
    dekat, jauh = (persen(t, t + j, Setelan(F5)) for j in sorted([a, b]))
    assert dekat >= jauh


@given(positif, st.integers(1, 10**6), semua_rumus)
def test_the_unit_does_not_matter(t: Decimal, kali: int, rumus: Rumus) -> None:
    r = (t * 3).quantize(t)
    kecil = reckon_capaian(t, r, Setelan(rumus, lantai=None))
    besar = reckon_capaian(t * kali, r * kali, Setelan(rumus, lantai=None))
    assert kecil.persen == besar.persen


@given(positif, tersimpan, setelan)
def test_floor_and_cap_change_nothing_the_second_time(t: Decimal, r: Decimal, s: Setelan) -> None:
    hasil = reckon_capaian(t, r, s)
    if hasil.persen is None or hasil.mentah is None:
        return
    jepit = hasil.persen
    bawah = jepit if s.lantai is None else max(jepit, s.lantai)
    assert jepit == (bawah if s.batas is None else min(bawah, s.batas))
    bebas = reckon_capaian(t, r, replace(s, batas=None, lantai=None))
    assert hasil.mentah == bebas.persen
    assert (hasil.aturan in (Aturan.LANTAI, Aturan.BATAS)) is (hasil.mentah != hasil.persen)


@given(positif, positif, semua_rumus)
def test_the_explanation_reckons_to_the_same_result(t: Decimal, r: Decimal, rumus: Rumus) -> None:
    if t == r:
        return
    s = Setelan(rumus, lantai=None, tulis=lambda n: "T" if n == t else "R")
    hasil = reckon_capaian(t, r, s)
    ungkapan = find_ungkapan(hasil.alasan.partition(" = ")[0])
    assert ungkapan is not None
    assert ungkapan.rumus is rumus
    tepat = evaluate(ungkapan.fungsi, Fraction(t), Fraction(r))
    assert tepat is not None
    assert hasil.mentah is not None
    assert abs(to_decimal(tepat) - hasil.mentah) <= abs(hasil.mentah) * D("1e-32")


@given(positif, tersimpan, semua_rumus)
def test_only_the_division_rounds(t: Decimal, r: Decimal, rumus: Rumus) -> None:
    if rumus is F3 and r <= 0:
        return
    tepat = evaluate(FUNGSI[rumus], Fraction(t), Fraction(r))
    assert tepat is not None
    assert reckon_capaian(t, r, Setelan(rumus, lantai=None)).persen == to_decimal(tepat)


@given(st.none() | tersimpan, st.none() | tersimpan, setelan)
def test_missing_never_becomes_a_percentage_and_none_always_has_a_reason(
    t: Decimal | None, r: Decimal | None, s: Setelan
) -> None:
    hasil = reckon_capaian(t, r, s)
    if t is None or r is None:
        assert hasil.persen is None
        assert hasil.mentah is None
    assert hasil.persen is None or isinstance(hasil.persen, Decimal)
    assert hasil.alasan.endswith(".")
    assert hasil.teks == "\u2013" or hasil.persen is not None


@given(st.lists(st.tuples(positif, tersimpan), max_size=9), st.randoms(use_true_random=False))
def test_means_sums_and_shares_do_not_depend_on_order(
    pasangan: list[tuple[Decimal, Decimal]], acak: Random
) -> None:
    kocok = list(pasangan)
    acak.shuffle(kocok)
    kiri, kanan = (
        mean_capaian(reckon_capaian(t, r, Setelan(F1)) for t, r in p) for p in (pasangan, kocok)
    )
    assert kiri == kanan
    assert combine_all(pasangan) == combine_all(kocok)


def combine_all(pasangan: list[tuple[Decimal, Decimal]]) -> list[Decimal | None]:
    """Every other way to make one figure of several."""
    t, r = [t for t, _r in pasangan], [r for _t, r in pasangan]
    return [
        share(r, t).nilai,
        add(r).nilai,
        weigh([*zip(r, t, strict=True)]).nilai,
        nilai_efisiensi([Keluaran(n, n, n, n) for n in t]).nilai,
        combine(r, Agregasi.RERATA),
        combine(r, Agregasi.JUMLAH),
    ]


@given(st.lists(positif, min_size=1, max_size=4))
def test_a_mean_lies_between_its_parts(nilai: list[Decimal]) -> None:
    rata = combine(nilai, Agregasi.RERATA)
    assert rata is not None
    assert min(nilai) <= rata <= max(nilai)


def test_quarters_against_the_year_to_date_and_against_the_year() -> None:
    target: list[Decimal | None] = [D(10), D(20), D(30), D(40)]
    realisasi: list[Decimal | None] = [D(12), D(18), D(25), None]
    s, jumlah = Setelan(F1), combine(realisasi, Agregasi.JUMLAH)
    kini = reckon_capaian(combine_target(target, realisasi, Agregasi.JUMLAH), jumlah, s)
    tahun = reckon_capaian(combine(target, Agregasi.JUMLAH), jumlah, s)
    assert (f"{kini.persen:.2f}", f"{tahun.persen:.2f}") == ("91.67", "55.00")


def test_nothing_done_for_no_money_was_not_begun() -> None:
    hasil = compare_serapan(D(0), D(0))
    assert (hasil.nilai, hasil.sebutan) == (None, "Belum dilaksanakan")
    assert compare_serapan(D(0), D(10)).sebutan == "Tidak efisien"
    assert compare_serapan(D("98.5"), D("91.2")).nilai == D("7.3")


@pytest.mark.parametrize("r", ["-3", "3"])
def test_a_target_of_zero_that_should_be_kept_is_missed_on_either_side(r: str) -> None:
    hasil = reckon_capaian(D(0), D(r), Setelan(F5))
    assert (hasil.persen, hasil.aturan) == (0, Aturan.TARGET_NOL)
    assert reckon_capaian(D(0), D(0), Setelan(F5)).persen == 100
    assert reckon_capaian(D(0), D(r), Setelan(F5, toleransi=D(3))).persen == 100


def test_the_floor_holds_for_a_missed_target_of_zero_too() -> None:
    hasil = reckon_capaian(D(0), D(4), Setelan(F2, lantai=D(10)))
    assert (hasil.persen, hasil.mentah, hasil.aturan) == (10, 0, Aturan.LANTAI)


def test_a_range_below_zero_is_met_inside_and_not_computable_outside() -> None:
    s = Setelan(F1, atas=D(5))
    assert reckon_capaian(D(-5), D(0), s).persen == 100
    assert reckon_capaian(D(-5), D(10), s).persen == 200
    assert reckon_capaian(D(-5), D(-10), s).persen is None
    assert reckon_capaian(D(-5), D(-5), Setelan(F5, toleransi=D(1))).persen == 100


@pytest.mark.parametrize(
    ("angka", "pesan"),
    [
        ("NaN", "bukan bilangan"),
        ("sNaN", "bukan bilangan"),
        ("-Infinity", "bukan bilangan"),
        ("1e308", "di luar jangkauan"),
        ("1e400", "di luar jangkauan"),
        ("-1e31", "di luar jangkauan"),
        ("1e-400", "di luar jangkauan"),
        ("1e999999", "di luar jangkauan"),
    ],
)
@pytest.mark.parametrize("rumus", BERANGKA)
def test_figures_out_of_bounds_are_refused_in_words(angka: str, pesan: str, rumus: Rumus) -> None:
    for t, r, atas in ((angka, "1", None), ("1", angka, None), ("1", "2", angka)):
        s = Setelan(rumus, atas=None if atas is None else D(atas))
        with pytest.raises(ValueError, match=pesan):
            reckon_capaian(D(t), D(r), s)


@given(tersimpan, tersimpan, setelan)
def test_every_stored_figure_is_within_bounds(t: Decimal, r: Decimal, s: Setelan) -> None:
    assert reckon_capaian(t, r, s).alasan
