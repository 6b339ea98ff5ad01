"""The data file of an SOP: reading it, with the line of all that is wrong, and writing it."""

from sop.rules.berkas.baca import BerkasSOP, HasilBaca, read_berkas
from sop.rules.berkas.pembaca import MasalahBaris
from sop.rules.berkas.tulis import from_rute, write_berkas

__all__ = [
    "BerkasSOP",
    "HasilBaca",
    "MasalahBaris",
    "from_rute",
    "read_berkas",
    "write_berkas",
]
