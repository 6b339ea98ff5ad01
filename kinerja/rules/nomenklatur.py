"""Codes of program, kegiatan and sub kegiatan: read as people write them, kept in one form.

Shape: urusan . bidang . program . kegiatan (two numbers) . sub kegiatan, "1.02.02.2.01.0006".
Support programs are written with X, "X.XX.01". A sub kegiatan of two digits is the same as that
code with four. Sumber: NOMENKLATUR
"""

from dataclasses import dataclass
from enum import StrEnum

_LEBAR = (1, 2, 2, 1, 2, 4)
_NAMA = ("urusan", "bidang urusan", "program", "kegiatan", "kegiatan", "sub kegiatan")
_CONTOH = "Tulis seperti 1.02.02 (program), 1.02.02.2.01 (kegiatan), 1.02.02.2.01.0006 (sub)."


class JenisProgram(StrEnum):
    """Level of a code."""

    PROGRAM = "program"
    KEGIATAN = "kegiatan"
    SUBKEGIATAN = "subkegiatan"


_JENIS = {3: JenisProgram.PROGRAM, 5: JenisProgram.KEGIATAN, 6: JenisProgram.SUBKEGIATAN}


class KodeTidakTerbaca(ValueError):
    """The text is no such code; the message is a sentence for the person who typed it."""


@dataclass(frozen=True)
class Kode:
    """A code in its one form. induk: code of the level above, "" for a program."""

    teks: str
    jenis: JenisProgram
    induk: str


def parse_kode(teks: str) -> Kode:
    """Read a code, padded to the widths of today.

    Raises:
        KodeTidakTerbaca: a part is no number, is too long, or the number of parts fits no level.
    """
    bagian = teks.strip().upper().rstrip(".").split(".")
    jenis = _JENIS.get(len(bagian))
    if jenis is None:
        raise KodeTidakTerbaca(_CONTOH)
    rapi = [_pad(b, n) for n, b in enumerate(bagian)]
    potong = {JenisProgram.KEGIATAN: 3, JenisProgram.SUBKEGIATAN: 5}.get(jenis, 0)
    return Kode(".".join(rapi), jenis, ".".join(rapi[:potong]))


def _pad(bagian: str, tempat: int) -> str:
    lebar = _LEBAR[tempat]
    if tempat < 2 and set(bagian) == {"X"}:
        return "X" * lebar
    angka = bagian.lstrip("0") or "0"
    if not (bagian.isascii() and bagian.isdigit()) or len(angka) > lebar:
        raise KodeTidakTerbaca(f"Bagian {_NAMA[tempat]} “{bagian}” tidak terbaca. {_CONTOH}")
    return angka.zfill(lebar)
