"""Reading SOPs."""

from sop.selectors.bagan import draw_bagan
from sop.selectors.graf import (
    get_graf,
    get_versi_berlaku,
    list_sop,
    list_versi_berlaku,
    map_jabatan,
    read_berkas_sop,
    read_graf,
    read_identitas,
    read_sidik,
)
from sop.selectors.halaman import HalamanVersi, build_halaman
from sop.selectors.kantor import list_jabatan, read_kantor

__all__ = [
    "HalamanVersi",
    "build_halaman",
    "draw_bagan",
    "get_graf",
    "get_versi_berlaku",
    "list_jabatan",
    "list_sop",
    "list_versi_berlaku",
    "map_jabatan",
    "read_berkas_sop",
    "read_graf",
    "read_identitas",
    "read_kantor",
    "read_sidik",
]
