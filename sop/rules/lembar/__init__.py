"""Reading an SOP from a workbook, and the words its sheets are written in."""

from sop.rules.lembar.baca import read_lembar
from sop.rules.lembar.hasil import BukanLembarSOP, Derajat, Dibaca, HasilLembar, Temuan

__all__ = ["BukanLembarSOP", "Derajat", "Dibaca", "HasilLembar", "Temuan", "read_lembar"]
