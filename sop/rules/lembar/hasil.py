"""What reading an SOP workbook found: the SOP, and every cell that was not read as it stands."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sop.rules.berkas import BerkasSOP
from sop.rules.lembar.kata import normalise

_PISAH = re.compile(r"[,;/\n&]")


class BukanLembarSOP(ValueError):
    """The workbook holds no SOP; the message says what was looked for."""


class Derajat(StrEnum):
    """BELUM: not read, the original text stands in the note. RAGU: read, but check it."""

    BELUM = "belum"
    RAGU = "ragu"
    INFO = "info"


@dataclass(frozen=True)
class Temuan:
    """One finding. tempat: Prosedur!F12; langkah, kolom: where it went in the SOP, if it did."""

    tempat: str
    pesan: str
    derajat: Derajat = Derajat.BELUM
    langkah: int | None = None
    kolom: str = ""

    def __str__(self) -> str:
        return f"{self.tempat}: {self.pesan}"


@dataclass(frozen=True)
class Dibaca:
    """A heading that was read as another one."""

    tempat: str
    asal: str
    sebagai: str


@dataclass(frozen=True)
class HasilLembar:
    """A workbook as read. asing: names of posts that the office does not know, with their cell."""

    sop: BerkasSOP
    temuan: tuple[Temuan, ...]
    dibaca: tuple[Dibaca, ...] = ()
    asing: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Pencatat:
    """What was found so far. jabatan: names of posts, normalised, to kode."""

    jabatan: Mapping[str, str]
    temuan: list[Temuan] = field(default_factory=list)
    dibaca: list[Dibaca] = field(default_factory=list)
    asing: dict[str, str] = field(default_factory=dict)

    def note(self, tempat: str, pesan: str, derajat: Derajat = Derajat.INFO) -> None:
        """A finding about the sheet, not about one step."""
        self.temuan.append(Temuan(tempat, pesan, derajat))

    def find_jabatan(self, teks: str, tempat: str) -> tuple[str, ...]:
        """Kode of the posts named in a text; names the office does not know are noted.

        A whole name goes before its parts, for a name may itself hold a comma or "dan".
        """
        if kode := self.jabatan.get(normalise(teks)):
            return (kode,)
        hasil = []
        for bagian in (b.strip() for b in _PISAH.split(teks) if b.strip()):
            kode = self.jabatan.get(normalise(bagian))
            if kode is None:
                self.asing.setdefault(bagian, tempat)
            else:
                hasil.append(kode)
        return tuple(dict.fromkeys(hasil))


def normalise_sebutan(jabatan: Mapping[str, str]) -> dict[str, str]:
    """Names of posts as `Pencatat.jabatan` wants them; a later name wins."""
    return {normalise(sebutan): kode for sebutan, kode in jabatan.items()}
