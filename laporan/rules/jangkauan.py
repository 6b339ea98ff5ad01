"""Whom a route asks for figures."""

from laporan.rules.tindakan import TINDAKAN, Halaman
from sop.rules.graf import Graf


def list_jenis_ditanya(graf: Graf) -> set[str]:
    """Kinds of unit that some step of the route gives a form of figures."""
    return {
        jenis
        for langkah in graf.langkah
        if langkah.tindakan and TINDAKAN[langkah.tindakan].halaman == Halaman.FORMULIR
        for pelaksana in langkah.pelaksana
        for jenis in pelaksana.per_unit
    }
