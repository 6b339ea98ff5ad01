"""Help for tests of printed figures."""

from decimal import Decimal

from kinerja.rules.tercetak.sel import Tercetak


def nilai_bacaan(sel: Tercetak) -> tuple[Decimal, ...]:
    """The figures a cell can mean."""
    return tuple(b.nilai for b in sel.bacaan)


TITIK_RIBUAN = (".", ",")
KOMA_RIBUAN = (",", ".")
# Thousands mark and decimal mark, as printed by one office or another.
TANDA = (
    TITIK_RIBUAN,
    KOMA_RIBUAN,
    (" ", ","),
    ("\u00a0", ","),
    ("\u202f", "."),
    ("'", "."),
    ("", ","),
    ("", "."),
)


def cetak(nilai: Decimal, ribuan: str, desimal: str) -> str:
    """`nilai` with those marks, every digit kept."""
    utuh, _titik, pecahan = f"{abs(nilai):,f}".partition(".")
    tanda = "-" if nilai.is_signed() and nilai else ""
    return f"{tanda}{utuh.replace(',', ribuan)}{desimal + pecahan if pecahan else ''}"
