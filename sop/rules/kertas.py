"""Paper that an SOP is printed on, always lying."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sop.rules.bagan.susun import Kertas

# Millimetres: margins at the sides and above and below, and what stands over the table.
SISI, ATAS, BAWAH, JUDUL = 14, 15, 14, 8


@dataclass(frozen=True)
class UkuranKertas:
    """One size, in millimetres."""

    kode: str
    nama: str
    lebar: int
    tinggi: int

    @property
    def lebar_isi(self) -> int:
        """Width between the margins."""
        return self.lebar - 2 * SISI

    @property
    def ruang(self) -> Kertas:
        """Room for the drawing, in its units: quarters of a millimetre."""
        return Kertas(4 * self.lebar_isi, 4 * (self.tinggi - ATAS - BAWAH - JUDUL))

    @property
    def gaya(self) -> str:
        """CSS of the page."""
        return (
            f"@page {{ size: {self.lebar}mm {self.tinggi}mm; margin: {ATAS}mm {SISI}mm {BAWAH}mm }}"
        )


KERTAS: Mapping[str, UkuranKertas] = MappingProxyType(
    {
        "a4": UkuranKertas("a4", "A4", 297, 210),
        "f4": UkuranKertas("f4", "F4", 330, 215),
    }
)
