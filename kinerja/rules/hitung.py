"""Arithmetic of figures: sums and products are exact, a quotient rounds once, to 34 digits."""

from collections.abc import Sequence
from decimal import Context, Decimal
from fractions import Fraction
from functools import reduce

_HASIL = Context(prec=34)
# Wide enough for the sum or product of any figures that the engine takes.
TEPAT = Context(prec=250)


def divide(atas: Decimal, bawah: Decimal) -> Decimal:
    """The quotient.

    Raises:
        ZeroDivisionError: `bawah` is zero.
    """
    return _HASIL.divide(atas, bawah)


def to_decimal(nilai: Fraction) -> Decimal:
    """The same value with as many digits as a quotient has."""
    return divide(Decimal(nilai.numerator), Decimal(nilai.denominator))


def mean(nilai: Sequence[Decimal]) -> Decimal:
    """Plain mean of at least one value, whatever their order."""
    return divide(reduce(TEPAT.add, nilai), Decimal(len(nilai)))
