"""Reading a CSV of printed figures row by row, whatever program and language it was saved with."""

import codecs
import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

# Canonical column: other spellings of its header.
_NAMA = {
    "target": (),
    "realisasi": (),
    "satuan": (),
    "capaian_published": ("capaian", "capaian_tercetak", "published"),
    "polarity": ("polaritas", "polarisasi"),
    "formula_that_fits": ("formula", "rumus"),
    "doc_id": (),
    "agency": (),
    "year": ("tahun",),
    "sasaran": (),
}
_WAJIB = ("target", "realisasi")
_PEMISAH = ",;\t|"
_POTONG = 1 << 16


class BerkasTidakTerbaca(ValueError):
    """The file is no such CSV; the message says why, in Indonesian."""


@dataclass(frozen=True)
class Susunan:
    """How a file is written: its encoding and delimiter, its header, and where each column is."""

    sandi: str
    pemisah: str
    judul: tuple[str, ...]
    letak: dict[str, int]
    lewati: int

    def ambil(self, baris: Sequence[str], nama: str) -> str:
        """The cell of that column, "" where the row or the file has none."""
        n = self.letak.get(nama, len(baris))
        return baris[n] if n < len(baris) else ""


def read_susunan(berkas: Path) -> Susunan:
    """Find out encoding, delimiter and columns.

    Raises:
        BerkasTidakTerbaca: it is empty, no text, or lacks a column that must be there.
        OSError: it cannot be opened.
    """
    sandi = _find_sandi(berkas)
    with berkas.open(encoding=sandi, newline="") as masuk:
        pertama = masuk.readline()
        # Excel marks its delimiter with a line of its own.
        sep = re.fullmatch(r'"?sep=(.)"?\s*', pertama, re.I)
        kepala = masuk.readline() if sep else pertama
        pemisah = sep[1] if sep else max(_PEMISAH, key=_tanpa_kutip(kepala).count)
    lewati = 1 if sep else 0
    judul = next(_list_baris(berkas, sandi, pemisah, lewati), None)
    if not judul:
        raise BerkasTidakTerbaca("Berkas kosong: tidak ada baris judul.")
    letak = _find_letak(judul)
    kurang = [w for w in _WAJIB if w not in letak]
    if kurang:
        raise BerkasTidakTerbaca(f"Kolom {', '.join(kurang)} tidak ada dalam {berkas}.")
    return Susunan(sandi, pemisah, tuple(judul), letak, lewati)


def list_isi(berkas: Path, susunan: Susunan) -> Iterator[list[str]]:
    """The rows below the header, one at a time; empty lines are left out."""
    baris = _list_baris(berkas, susunan.sandi, susunan.pemisah, susunan.lewati)
    next(baris)
    yield from (b for b in baris if any(sel.strip() for sel in b))


def _list_baris(berkas: Path, sandi: str, pemisah: str, lewati: int) -> Iterator[list[str]]:
    with berkas.open(encoding=sandi, newline="") as masuk:
        _lewati(masuk, lewati)
        pembaca = csv.reader(masuk, delimiter=pemisah)
        try:
            yield from pembaca
        except csv.Error as sebab:
            raise BerkasTidakTerbaca(f"Baris {pembaca.line_num}: {sebab}.") from sebab


def _lewati(masuk: TextIO, banyak: int) -> None:
    for _ in range(banyak):
        masuk.readline()


def _find_sandi(berkas: Path) -> str:
    """UTF-8, UTF-16 with its mark, or what Excel on Windows writes where it is neither."""
    with berkas.open("rb") as masuk:
        awal = masuk.read(2)
        if awal in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        masuk.seek(0)
        pembaca = codecs.getincrementaldecoder("utf-8")()
        try:
            while potong := masuk.read(_POTONG):
                if b"\0" in potong:
                    raise BerkasTidakTerbaca("Berkas bukan teks. Simpan sebagai CSV UTF-8.")
                pembaca.decode(potong)
            pembaca.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8-sig"


def _tanpa_kutip(baris: str) -> str:
    return re.sub(r'"[^"]*"', "", baris)


def _find_letak(judul: Sequence[str]) -> dict[str, int]:
    """Column by canonical name; case and spaces do not matter, the first of two counts."""
    ada: dict[str, int] = {}
    for n, sel in enumerate(judul):
        ada.setdefault(re.sub(r"[\s_]+", "_", sel.strip().casefold()), n)
    return {
        nama: ada[tulisan]
        for nama, lain in _NAMA.items()
        for tulisan in reversed((nama, *lain))
        if tulisan in ada
    }
