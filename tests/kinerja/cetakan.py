"""Help for tests of printed figures."""

from decimal import Decimal

from kinerja.rules.tercetak.sel import Tercetak


def nilai_bacaan(sel: Tercetak) -> tuple[Decimal, ...]:
    """The figures a cell can mean."""
    return tuple(b.nilai for b in sel.bacaan)
