"""Tables of the SOP."""

from sop.models.langkah import Alur, Langkah, Pelaksana
from sop.models.sop import SOP, VersiSOP

__all__ = ["SOP", "Alur", "Langkah", "Pelaksana", "VersiSOP"]
