"""Tables of the SOP."""

from sop.models.dokumen import DokumenSOP
from sop.models.langkah import Alur, Langkah, Pelaksana
from sop.models.sop import SOP, VersiSOP
from sop.models.unggahan import UnggahanSOP

__all__ = ["SOP", "Alur", "DokumenSOP", "Langkah", "Pelaksana", "UnggahanSOP", "VersiSOP"]
