"""The form field for figures."""

from decimal import Decimal

import pytest
from django import forms
from django.core.exceptions import ValidationError

from sakip.common.ruas_angka import AngkaField


@pytest.mark.parametrize(
    ("teks", "nilai"),
    [
        ("1.234,5", "1234.5"),
        ("\u00a087 %\n", "87"),
        ("-0", "0"),
        ("0", "0"),
        ("99999999999999,999999", "99999999999999.999999"),
    ],
)
def test_reads_what_offices_write(teks: str, nilai: str) -> None:
    assert AngkaField().clean(teks) == Decimal(nilai)


@pytest.mark.parametrize(
    ("teks", "pesan"),
    [
        ("1e308", "tanpa huruf E"),
        ("1e400", "tanpa huruf E"),
        ("NaN", "kosongkan"),
        ("Infinity", "Isi dengan angka, contoh 91,4."),
        ("-inf", "Isi dengan angka, contoh 91,4."),
        ("#REF!", "galat lembar kerja"),
        ("1" * 15, "terlalu panjang"),
        ("1" * 100_000, "terlalu panjang"),
        ("0,1234567", "terlalu panjang"),
        ("12\n13", "Isi dengan angka"),
        ("\0", "Isi dengan angka"),
    ],
)
def test_refuses_with_a_sentence(teks: str, pesan: str) -> None:
    with pytest.raises(ValidationError, match=pesan):
        AngkaField().clean(teks)


def test_empty_is_none_and_not_zero() -> None:
    assert AngkaField(required=False).clean("  ") is None
    with pytest.raises(ValidationError):
        AngkaField().clean("")


def test_less_than_makes_sense_is_refused() -> None:
    ruas = AngkaField(paling_sedikit=Decimal(0), required=False)
    assert (ruas.clean("0"), ruas.clean("")) == (0, None)
    with pytest.raises(ValidationError, match=r"tidak kurang dari 0\."):
        ruas.clean("-0,01")
    assert AngkaField().clean("-5") == -5


def test_a_refused_figure_stays_in_its_field() -> None:
    class Formulir(forms.Form):
        pagu = AngkaField(paling_sedikit=Decimal(0))

    formulir = Formulir({"pagu": "-5 juta"})
    assert not formulir.is_valid()
    assert 'value="-5 juta"' in str(formulir["pagu"])
    assert 'value="1.234,5"' in str(Formulir(initial={"pagu": Decimal("1234.5")})["pagu"])
