"""Category of a percentage: a scale is a table, half-open from below, its top band without end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self


@dataclass(frozen=True)
class Kategori:
    """One band: from `batas` percent on; None is the bottom band. `warna` never speaks alone."""

    batas: Decimal | None
    label: str
    warna: str


Skala = Sequence[Kategori]

# Official bands leave holes (90 to 91) and stop at 100; here each begins where the one below ends.
# Sumber: SKALA-CAPAIAN
SKALA_BAKU: Skala = (
    Kategori(Decimal(91), "Sangat Tinggi", "daun"),
    Kategori(Decimal(76), "Tinggi", "daun"),
    Kategori(Decimal(66), "Sedang", "kunyit"),
    Kategori(Decimal(51), "Rendah", "bata"),
    Kategori(None, "Sangat Rendah", "bata"),
)


@dataclass(frozen=True)
class Pengaturan:
    """How an office judges: its scale, below which percentage it asks why, above which it doubts.

    A typing mistake is likelier than a success above `batas_periksa`. wajib_rtl: below
    `batas_penjelasan` kendala, solusi and RTL are asked for as well.
    """

    skala: Skala
    batas_penjelasan: Decimal
    batas_periksa: Decimal
    wajib_rtl: bool = True

    def to_json(self) -> dict[str, Any]:
        """JSON values; figures as strings. What a form keeps of its opening."""
        skala = [[None if k.batas is None else str(k.batas), k.label, k.warna] for k in self.skala]
        return {
            "skala": skala,
            "batas_penjelasan": str(self.batas_penjelasan),
            "batas_periksa": str(self.batas_periksa),
            "wajib_rtl": self.wajib_rtl,
        }

    @classmethod
    def from_json(cls, isi: Mapping[str, Any]) -> Self:
        """What `to_json` wrote."""
        return cls(
            skala=tuple(
                Kategori(None if b is None else Decimal(b), label, warna)
                for b, label, warna in isi["skala"]
            ),
            batas_penjelasan=Decimal(isi["batas_penjelasan"]),
            batas_periksa=Decimal(isi["batas_periksa"]),
            wajib_rtl=isi["wajib_rtl"],
        )


# The lower bound of "Tinggi", and half as much again as was promised.
PENGATURAN_BAKU = Pengaturan(SKALA_BAKU, Decimal(76), Decimal(150))


def find_kategori(persen: Decimal, skala: Skala = SKALA_BAKU) -> Kategori:
    """The band of `persen`, at full precision: 90,999 is not yet the band of 91.

    skala: from the top band down, the last one without `batas`.
    """
    return next(k for k in skala if k.batas is None or persen >= k.batas)
