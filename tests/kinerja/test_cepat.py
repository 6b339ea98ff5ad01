"""The short way to a percentage says what the engine says."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.capaian import Rumus, Setelan, reckon_capaian
from kinerja.rules.cepat import RUMUS_BIASA, reckon_biasa

ANGKA = st.none() | st.decimals(
    min_value=D(-1000), max_value=D("1e9"), places=4, allow_nan=False, allow_infinity=False
)
BATAS = st.none() | st.sampled_from([D(100), D("120.5"), D(150)])


@given(
    target=ANGKA | st.just(D(0)), realisasi=ANGKA, rumus=st.sampled_from(RUMUS_BIASA), batas=BATAS
)
def test_every_usual_row_is_reckoned_alike(
    target: D | None, realisasi: D | None, rumus: Rumus, batas: D | None
) -> None:
    mesin = reckon_capaian(target, realisasi, Setelan(rumus, batas=batas))
    assert reckon_biasa(target, realisasi, rumus.value, batas) == mesin.persen


@pytest.mark.parametrize(
    ("target", "realisasi", "rumus", "batas", "persen"),
    [
        ("0", "5", Rumus.PER_TARGET, None, None),
        ("0", "0", Rumus.CERMIN, None, "100"),
        ("0", "5", Rumus.KEBALIKAN, None, "0"),
        ("5", "0", Rumus.KEBALIKAN, "150", "150"),
        ("5", "0", Rumus.KEBALIKAN, None, None),
        ("10", "25", Rumus.CERMIN, None, "0"),
        ("10", "25", Rumus.PER_TARGET, "120", "120"),
        ("10", "8", Rumus.PER_TARGET, "120", "80"),
        ("8", "10", Rumus.KEBALIKAN, None, "80"),
        ("-1", "5", Rumus.PER_TARGET, None, None),
    ],
)
def test_edges(
    target: str, realisasi: str, rumus: Rumus, batas: str | None, persen: str | None
) -> None:
    hasil = reckon_biasa(D(target), D(realisasi), rumus, None if batas is None else D(batas))
    assert hasil == (None if persen is None else D(persen))
    assert reckon_biasa(None, D(1), rumus, None) is None
    assert reckon_biasa(D(1), None, rumus, None) is None
