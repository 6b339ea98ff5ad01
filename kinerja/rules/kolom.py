"""Columns of a table in a workbook: found by their titles, read cell by cell, faults named.

A value travels as plain text in one form ("" is missing, which is not zero): figures with a point
and every digit, choices by their stored value, yes and no as "ya" and "tidak". So old and new are
compared, kept as JSON and shown without knowing what they are.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from sakip.common.angka import MAKS_DESIMAL, AngkaTidakTerbaca, bulatkan, format_angka, parse_angka
from sakip.common.lembar_isi import Jenis, Lembar, Sel

MAKS_TAMPIL = 60
_MAKS_CARI = 20
_KENDALI = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_RUMUS = (
    "berisi rumus, bukan nilai. Salin sel ini, lalu tempel sebagai nilai (Tempel Khusus, Nilai)."
)
_YA = {"ya": "ya", "y": "ya", "tidak": "tidak", "t": "tidak", "true": "ya", "false": "tidak"}
Pilihan = Mapping[str, str]


class Isi(StrEnum):
    """What a column holds. ACUAN: the code of a row of another table; NILAI: any kind of value."""

    TEKS = "teks"
    PANJANG = "panjang"
    ANGKA = "angka"
    UANG = "uang"
    BULAT = "bulat"
    PILIHAN = "pilihan"
    YA_TIDAK = "ya_tidak"
    ACUAN = "acuan"
    NILAI = "nilai"


_DESIMAL = {Isi.ANGKA: MAKS_DESIMAL, Isi.NILAI: MAKS_DESIMAL, Isi.UANG: 2}


class SelTidakTerbaca(ValueError):
    """The cell cannot be used; the message is a sentence for the person who filled it in."""


@dataclass(frozen=True)
class Kolom:
    """One column. pilihan: stored value to label. maks: letters of a text, or the highest whole
    number. sebagai: other titles it goes by."""

    nama: str
    judul: str
    isi: Isi = Isi.TEKS
    wajib: bool = False
    lebar: int = 14
    maks: int = 300
    baku: str = ""
    pilihan: Pilihan = field(default_factory=dict)
    sebagai: tuple[str, ...] = ()

    def read(self, sel: Sel) -> str:
        """The value of a cell in its one form.

        Raises:
            SelTidakTerbaca: a formula, an Excel error, or not what the column holds.
        """
        teks = read_sel(sel, _DESIMAL.get(self.isi))
        if not teks:
            if self.wajib:
                raise SelTidakTerbaca(f"{self.judul} belum diisi.")
            return self.baku
        return self._parse(teks)

    def _parse(self, teks: str) -> str:
        if self.isi in (Isi.ANGKA, Isi.UANG):
            return write_angka(_parse_angka(teks))
        if self.isi is Isi.BULAT:
            return self._parse_bulat(teks)
        if self.isi is Isi.PILIHAN:
            return self._parse_pilihan(teks)
        if self.isi is Isi.YA_TIDAK:
            if teks.casefold() not in _YA:
                raise SelTidakTerbaca("Isi dengan Ya atau Tidak.")
            return _YA[teks.casefold()]
        if self.isi is not Isi.PANJANG:
            teks = " ".join(teks.split())
        if len(teks) > self.maks:
            raise SelTidakTerbaca(f"{self.judul} paling panjang {self.maks} huruf.")
        return teks

    def _parse_bulat(self, teks: str) -> str:
        if not re.fullmatch("[0-9]{1,9}", teks) or int(teks) > self.maks:
            raise SelTidakTerbaca(f"{self.judul} harus bilangan bulat sampai {self.maks}.")
        return str(int(teks))

    def _parse_pilihan(self, teks: str) -> str:
        cari = " ".join(teks.split()).casefold()
        for nilai, label in self.pilihan.items():
            if cari in (nilai, label.casefold()):
                return nilai
        raise SelTidakTerbaca(f"Pilih salah satu: {', '.join(self.pilihan.values())}.")

    def show(self, nilai: str) -> str:
        """The value as a page shows it; "" stays ""."""
        if nilai and self.isi in (Isi.ANGKA, Isi.UANG):
            return format_angka(Decimal(nilai))
        if self.isi is Isi.YA_TIDAK:
            return nilai.capitalize()
        return self.pilihan.get(nilai, nilai)

    def cell(self, nilai: str) -> str | Decimal | int:
        """The value as a cell of a workbook holds it."""
        if nilai and self.isi in (Isi.ANGKA, Isi.UANG):
            return Decimal(nilai)
        return int(nilai) if nilai and self.isi is Isi.BULAT else self.show(nilai)


@dataclass(frozen=True)
class Judul:
    """Where the titles of a table stand. kolom: number of the column by name of ours."""

    baris: int
    kolom: Mapping[str, int]


def find_judul(lembar: Lembar, kolom: Sequence[Kolom]) -> Judul | None:
    """The row among the first that holds most of the titles; None where none holds two."""
    tebakan = [
        Judul(b, _match_baris(lembar, b, kolom))
        for b in range(1, min(lembar.baris_akhir, _MAKS_CARI) + 1)
    ]
    terbaik = max(tebakan, key=lambda j: len(j.kolom), default=None)
    return terbaik if terbaik and len(terbaik.kolom) >= min(2, len(kolom)) else None


def _match_baris(lembar: Lembar, baris: int, kolom: Sequence[Kolom]) -> dict[str, int]:
    nama = {normalize(j): k.nama for k in kolom for j in (k.judul, *k.sebagai)}
    hasil: dict[str, int] = {}
    for nomor in range(1, lembar.kolom_akhir + 1):
        if cocok := nama.get(normalize(lembar.at(baris, nomor).teks)):
            hasil.setdefault(cocok, nomor)
    return hasil


def normalize(teks: str) -> str:
    """A title or a name without case, accents of typing, marks and double spaces."""
    polos = unicodedata.normalize("NFKC", teks).casefold()
    return " ".join(re.sub(r"[^\w%/.]+", " ", polos).split())


def read_sel(sel: Sel, desimal: int | None = None) -> str:
    """A cell as it would have been typed, outer spaces gone, line breaks kept.

    desimal: how many of a figure count; None for a code, of which "1.1" is not a figure.

    Raises:
        SelTidakTerbaca: a formula, an Excel error, or a figure beyond every bound.
    """
    if sel.jenis is Jenis.RUMUS:
        raise SelTidakTerbaca(f"Sel {_RUMUS}")
    if sel.jenis is Jenis.GALAT:
        raise SelTidakTerbaca(f"Sel berisi galat Excel {potong(sel.teks)}.")
    if desimal is not None and sel.jenis in (Jenis.ANGKA, Jenis.PERSEN):
        return _format_sel(sel, desimal)
    if sel.jenis is Jenis.LOGIKA:
        return "Ya" if sel.teks == "TRUE" else "Tidak"
    polos = _KENDALI.sub("", sel.teks.replace("\xa0", " ").replace("\r\n", "\n"))
    return unicodedata.normalize("NFC", polos).strip()


def _format_sel(sel: Sel, desimal: int) -> str:
    """A figure of Excel; what its binary fractions add behind the last digit we keep is rounded."""
    angka = Decimal(sel.teks)
    if angka.adjusted() > 20:
        raise SelTidakTerbaca("Angkanya terlalu besar.")
    angka = angka * 100 if sel.jenis is Jenis.PERSEN else angka
    return format_angka(bulatkan(angka, desimal))


def _parse_angka(teks: str) -> Decimal:
    try:
        return parse_angka(re.sub(r"^rp\.?\s*", "", teks, flags=re.I))
    except AngkaTidakTerbaca as galat:
        raise SelTidakTerbaca(str(galat)) from galat


def write_angka(nilai: Decimal | None) -> str:
    """A figure in the one form of this module; "" where there is none."""
    if nilai is None:
        return ""
    teks = f"{nilai:f}"
    return (teks.rstrip("0").rstrip(".") if "." in teks else teks) or "0"


def potong(teks: str) -> str:
    """Text of a cell, short enough for a message."""
    rapi = " ".join(teks.split())
    return rapi if len(rapi) <= MAKS_TAMPIL else f"{rapi[: MAKS_TAMPIL - 1]}…"


def is_kosong(lembar: Lembar, baris: int, kolom: Collection[int]) -> bool:
    """Whether a row holds nothing in those columns."""
    return not any(lembar.own(baris, k).teks.strip() for k in kolom)
