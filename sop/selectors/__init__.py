"""Reading SOPs."""

from sop.selectors.bagan import draw_bagan
from sop.selectors.graf import (
    get_graf,
    get_versi_terbit,
    list_sop,
    read_graf,
    read_identitas,
    read_sidik,
)
from sop.selectors.halaman import HalamanVersi, build_halaman

__all__ = [
    "HalamanVersi",
    "build_halaman",
    "draw_bagan",
    "get_graf",
    "get_versi_terbit",
    "list_sop",
    "read_graf",
    "read_identitas",
    "read_sidik",
]
