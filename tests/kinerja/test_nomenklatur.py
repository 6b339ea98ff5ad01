"""Codes of program, kegiatan and sub kegiatan."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.nomenklatur import JenisProgram, KodeTidakTerbaca, parse_kode


@pytest.mark.parametrize(
    ("teks", "rapi", "jenis", "induk"),
    [
        ("1.02.02", "1.02.02", "program", ""),
        ("1.2.2", "1.02.02", "program", ""),
        ("x.xx.01", "X.XX.01", "program", ""),
        (" 1.02.02.2.01. ", "1.02.02.2.01", "kegiatan", "1.02.02"),
        ("1.02.02.2.01.06", "1.02.02.2.01.0006", "subkegiatan", "1.02.02.2.01"),
        ("1.02.02.2.01.0006", "1.02.02.2.01.0006", "subkegiatan", "1.02.02.2.01"),
    ],
)
def test_codes_are_kept_in_one_form(teks: str, rapi: str, jenis: str, induk: str) -> None:
    kode = parse_kode(teks)
    assert (kode.teks, kode.jenis, kode.induk) == (rapi, jenis, induk)


@pytest.mark.parametrize(
    "teks", ["", "1", "1.02", "1.02.02.2", "1.02.02.2.01.0006.1", "1.02.ab", "1.02.X", "1.123.01"]
)
def test_anything_else_says_how_to_write_it(teks: str) -> None:
    with pytest.raises(KodeTidakTerbaca, match=r"1\.02\.02"):
        parse_kode(teks)


@given(
    bagian=st.tuples(
        st.integers(0, 9),
        st.integers(0, 99),
        st.integers(0, 99),
        st.integers(0, 9),
        st.integers(0, 99),
        st.integers(0, 9999),
    ),
    banyak=st.sampled_from([3, 5, 6]),
)
def test_reading_twice_changes_nothing(bagian: tuple[int, ...], banyak: int) -> None:
    kode = parse_kode(".".join(map(str, bagian[:banyak])))
    assert parse_kode(kode.teks) == kode
    assert kode.jenis == JenisProgram.PROGRAM or parse_kode(kode.induk).teks == kode.induk
