"""Dates of the identity page."""

from datetime import date

import pytest

from sop.rules.identitas import TanggalTidakTerbaca, parse_tanggal


@pytest.mark.parametrize(
    ("teks", "tanggal"),
    [
        ("09 Februari 2023", date(2023, 2, 9)),
        ("5  oktober\n2023", date(2023, 10, 5)),
        ("-", None),
        ("", None),
    ],
)
def test_a_printed_date_is_read(teks: str, tanggal: date | None) -> None:
    assert parse_tanggal(teks) == tanggal


@pytest.mark.parametrize("teks", ["segera", "31 Februari 2023", "5 Okto 2023", "5/10/2023"])
def test_anything_else_is_refused_with_a_sentence(teks: str) -> None:
    with pytest.raises(TanggalTidakTerbaca, match=r"tidak dapat dibaca\. Tulis misalnya"):
        parse_tanggal(teks)
