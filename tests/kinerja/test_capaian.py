"""The percentage of one indikator: worked values, edge rules, properties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.capaian import Aturan, Hasil, Polaritas, Rumus, mean_capaian, persen_capaian
from sakip.common.angka import bulatkan

F1, F2, F3 = Rumus.PER_TARGET, Rumus.CERMIN, Rumus.KEBALIKAN
positif = st.decimals(min_value="0.01", max_value=10**9, places=2)
angka = st.decimals(min_value=0, max_value=10**9, places=2)
batas_bila_ada = st.none() | st.sampled_from([Decimal(100), Decimal(120)])


def hitung(target: str, realisasi: str, rumus: Rumus, batas: str | None = None) -> Hasil:
    return persen_capaian(
        Decimal(target), Decimal(realisasi), rumus, batas=None if batas is None else Decimal(batas)
    )


@pytest.mark.parametrize(
    ("target", "realisasi", "rumus", "persen"),
    [
        ("85", "83.5", F1, "98.24"),
        ("4", "3", F1, "75.00"),
        ("80", "70", F1, "87.50"),
        ("90", "92", F1, "102.22"),
        ("14", "15.5", F2, "89.29"),
        ("14", "15.5", F3, "90.32"),
        ("14", "12", F2, "114.29"),
        ("14", "12", F3, "116.67"),
        ("80", "120", F2, "50.00"),
        ("80", "120", F3, "66.67"),
        ("30", "45", F2, "50.00"),
        ("30", "45", F3, "66.67"),
        ("10", "25", F3, "40.00"),
        ("10", "0", F2, "200.00"),
        ("7", "6.5", F2, "107.14"),
        ("8", "9", F2, "87.50"),
    ],
)
def test_worked_values(target: str, realisasi: str, rumus: Rumus, persen: str) -> None:
    hasil = hitung(target, realisasi, rumus)
    assert hasil.persen is not None
    assert bulatkan(hasil.persen, 2) == Decimal(persen)
    assert hasil.mentah == hasil.persen
    assert hasil.aturan is Aturan.RUMUS


def test_missing_is_not_zero() -> None:
    kosong = persen_capaian(Decimal(10), None, F1)
    assert (kosong.persen, kosong.aturan) == (None, Aturan.BELUM_DIISI)
    nol = hitung("10", "0", F1)
    assert (nol.persen, nol.aturan) == (Decimal(0), Aturan.RUMUS)
    assert kosong.teks == "–"
    assert nol.teks == "0,00%"


def test_no_target_gives_no_percentage() -> None:
    hasil = persen_capaian(None, Decimal(5), F1)
    assert (hasil.persen, hasil.aturan) == (None, Aturan.TANPA_TARGET)


@pytest.mark.parametrize("realisasi", ["0", "5"])
def test_zero_target_cannot_be_reached_where_higher_is_better(realisasi: str) -> None:
    hasil = hitung("0", realisasi, F1)
    assert (hasil.persen, hasil.mentah, hasil.aturan) == (None, None, Aturan.TAK_TERHITUNG)
    assert "target nol" in hasil.alasan


@pytest.mark.parametrize("rumus", [F2, F3])
@pytest.mark.parametrize(("realisasi", "persen"), [("0", 100), ("1", 0), ("40", 0)])
def test_zero_target_is_met_or_not_where_lower_is_better(
    rumus: Rumus, realisasi: str, persen: int
) -> None:
    hasil = hitung("0", realisasi, rumus)
    assert (hasil.persen, hasil.aturan) == (Decimal(persen), Aturan.TARGET_NOL)
    assert hasil.alasan.startswith("Aturan target nol")


def test_below_zero_counts_as_zero_and_keeps_the_raw_value() -> None:
    hasil = hitung("10", "25", F2)
    assert (hasil.persen, hasil.mentah, hasil.aturan) == (0, -50, Aturan.LANTAI)
    assert hasil.alasan == "(2 × 10 – 25) ÷ 10 × 100 = -50,00%; kurang dari nol dihitung 0%."


def test_cap_keeps_the_raw_value() -> None:
    hasil = hitung("10", "15", F1, "120")
    assert (hasil.persen, hasil.mentah, hasil.aturan) == (120, 150, Aturan.BATAS)
    assert hasil.alasan == "15 ÷ 10 × 100 = 150,00%; dihitung paling tinggi 120%."
    assert hitung("10", "12", F1, "120").aturan is Aturan.RUMUS


def test_nothing_left_of_what_should_be_low_has_only_the_cap() -> None:
    tanpa = hitung("10", "0", F3)
    assert (tanpa.persen, tanpa.aturan) == (None, Aturan.TAK_TERHITUNG)
    dengan = hitung("10", "0", F3, "120")
    assert (dengan.persen, dengan.mentah, dengan.aturan) == (120, None, Aturan.BATAS)


def test_negative_target_is_not_computed() -> None:
    hasil = hitung("-5", "3", F1)
    assert hasil.persen is None
    assert "target kurang dari nol" in hasil.alasan


@pytest.mark.parametrize("buruk", ["NaN", "Infinity"])
def test_what_is_no_figure_is_refused(buruk: str) -> None:
    with pytest.raises(ValueError, match="bukan bilangan"):
        hitung(buruk, "1", F1)
    with pytest.raises(ValueError, match="bukan bilangan"):
        hitung("1", buruk, F1)


def test_every_result_explains_itself() -> None:
    assert hitung("85", "83.5", F1).alasan == "83,5 ÷ 85 × 100 = 98,24%."
    assert hitung("14", "15.5", F2).alasan == "(2 × 14 – 15,5) ÷ 14 × 100 = 89,29%."
    assert hitung("14", "15.5", F3).alasan == "14 ÷ 15,5 × 100 = 90,32%."


def test_formulas_know_their_direction() -> None:
    assert [r.polaritas for r in (F1, F2, F3)] == [
        Polaritas.NAIK,
        Polaritas.TURUN,
        Polaritas.TURUN,
    ]


@given(positif)
def test_all_formulas_meet_at_the_target(target: Decimal) -> None:
    berangka = set(Rumus) - {Rumus.KATA}
    assert {persen_capaian(target, target, r).persen for r in berangka} == {Decimal(100)}


@given(positif, angka, st.sampled_from(Rumus), batas_bila_ada)
def test_result_stays_between_floor_and_cap(
    target: Decimal, realisasi: Decimal, rumus: Rumus, batas: Decimal | None
) -> None:
    hasil = persen_capaian(target, realisasi, rumus, batas=batas)
    assert hasil.alasan.endswith(".")
    if hasil.persen is not None:
        assert hasil.persen >= 0
        assert batas is None or hasil.persen <= batas


def test_mean_skips_what_has_no_percentage_and_says_how_many() -> None:
    rerata = mean_capaian(
        [hitung("10", "10", F1), hitung("10", "5", F1), persen_capaian(Decimal(1), None, F1)]
    )
    assert (rerata.persen, rerata.banyak, rerata.tak_terhitung) == (75, 2, 1)
    kosong = mean_capaian([])
    assert (kosong.persen, kosong.banyak, kosong.tak_terhitung) == (None, 0, 0)


def test_mean_takes_capped_values_at_full_precision() -> None:
    rerata = mean_capaian([hitung("10", "30", F1, "120"), hitung("3", "2", F1)])
    assert rerata.persen is not None
    assert bulatkan(rerata.persen, 4) == Decimal("93.3333")
