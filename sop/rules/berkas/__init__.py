"""Reading the data file of an SOP, with the line of everything that is wrong."""

from sop.rules.berkas.baca import BerkasSOP, HasilBaca, read_berkas
from sop.rules.berkas.pembaca import MasalahBaris

__all__ = ["BerkasSOP", "HasilBaca", "MasalahBaris", "read_berkas"]
