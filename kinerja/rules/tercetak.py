"""Figures as published documents print them: with units, ranges, predicates, dashes and mistakes.

Stricter than a form and more patient: what is typed into a form can be asked again, what is printed
can only be understood, found ambiguous, or named as unreadable. It never turns into 0 or 100.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Jenis(StrEnum):
    """What a printed cell holds."""

    ANGKA = "angka"
    RENTANG = "rentang"
    SEBUTAN = "sebutan"
    KOSONG = "kosong"
    GALAT = "galat"
    TEKS = "teks"


@dataclass(frozen=True)
class Tercetak:
    """One cell as understood.

    bacaan: the figure, with the decimals it was printed with; two of them where the print does not
    decide ("4.079"), the Indonesian reading first. atas: upper bound of a range whose lower one is
    `bacaan`. sebutan: a predicate in its plain spelling. catatan: why it is no figure, or what was
    left aside.
    """

    jenis: Jenis
    teks: str
    bacaan: tuple[Decimal, ...] = ()
    atas: Decimal | None = None
    sebutan: str = ""
    catatan: str = ""

    @property
    def is_ambigu(self) -> bool:
        """Whether the print allows two figures."""
        return len(self.bacaan) > 1


_KOSONG = frozenset({"", "-", "--", "n/a", "na", "n.a.", "#n/a", "nihil", "tidak ada", "belum ada"})
_GALAT = re.compile(r"#[A-Z0-9/?]+[!?]?", re.I)
_CATATAN_KAKI = re.compile(r"(?<=[\d%)\w])\s*(?:\*+\)?|[\u00b9\u00b2\u00b3\u2070-\u2079†‡]+\)?)$")
_TANDA = str.maketrans({"\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2011": "-", "’": "'"})
_BILANGAN = r"[+-]?[0-9](?:[0-9.,]*[0-9])?(?: [0-9]{3}(?![0-9]))*(?:,[0-9]+)?"
_KATA = r"[^\W\d_]+(?:['.-][^\W\d_]+)*"
_SATUAN = rf"(?:\s*(?:%|‰)|\s*/?\s*{_KATA}(?:[\s/]+{_KATA}){{0,2}})?"
_KETERANGAN = r"(?:\s*\([^()]*\))?"
_AWALAN = r"(?:(?:rp\.?|idr|level|tingkat|minimal|maksimal|min\.?|maks\.?|±|≥|≤|>=|<=|>|<|=)\s*)*"
_ANGKA = re.compile(
    rf"(?P<awalan>{_AWALAN})(?P<angka>{_BILANGAN})(?P<satuan>{_SATUAN}){_KETERANGAN}\.?", re.I
)
_RENTANG = re.compile(
    rf"(?P<bawah>{_BILANGAN}){_SATUAN}\s*(?:-|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga)\s*"
    rf"(?P<atas>{_BILANGAN}){_SATUAN}",
    re.I,
)
_PECAHAN = re.compile(rf"(?P<satu>{_BILANGAN})\s+dari\s+(?P<semua>{_BILANGAN}){_SATUAN}", re.I)
_BERSKOR = re.compile(
    rf"(?P<kata>{_KATA}(?: {_KATA})*)\s*[(/:]\s*(?P<angka>{_BILANGAN})\s*\)?", re.I
)
_SEBUTAN = re.compile(rf"{_KATA}(?:[ /-]{_KATA}){{0,3}}")
_BESARAN = {
    "ribu": 10**3, "rb": 10**3, "juta": 10**6, "jt": 10**6,
    "miliar": 10**9, "milyar": 10**9, "triliun": 10**12,
}  # fmt: skip
_MAKS_DIGIT = 30
_MAKS_HURUF = 160


def read_tercetak(teks: str) -> Tercetak:
    """Understand one cell, or say what it is instead of a figure."""
    rapi = " ".join(teks.translate(_TANDA).split()).strip("\"'")
    if rapi.casefold() in _KOSONG:
        return Tercetak(Jenis.KOSONG, teks, catatan=f"tidak ada angka (“{teks}”)")
    if _GALAT.fullmatch(rapi):
        return Tercetak(Jenis.GALAT, teks, catatan=f"galat lembar kerja {rapi}")
    rapi = _CATATAN_KAKI.sub("", rapi) if len(rapi) <= _MAKS_HURUF else ""
    for baca in (_read_angka, _read_rentang, _read_pecahan, _read_berskor, _read_sebutan):
        hasil = baca(rapi, teks)
        if hasil is not None:
            return hasil
    return Tercetak(Jenis.TEKS, teks, catatan=f"bukan angka: “{teks}”")


def _read_angka(rapi: str, teks: str) -> Tercetak | None:
    cocok = _ANGKA.fullmatch(rapi)
    bacaan = _list_bacaan(cocok["angka"]) if cocok else ()
    if cocok is None or not bacaan:
        return None
    kata = cocok["satuan"].casefold().split()
    kali = _BESARAN.get(kata[0], 1) if kata else 1
    sisa = f"{cocok['awalan']}…{cocok['satuan']}" if cocok["awalan"] or kata else ""
    catatan = f"disisihkan: {sisa.strip()}" if sisa and sisa != "…%" else ""
    if kali > 1:
        # "1.500 juta" or "2,5 juta": the words multiply, so printed decimals no longer bound it.
        bacaan = tuple(b * kali for b in bacaan)
    return Tercetak(Jenis.ANGKA, teks, bacaan, catatan=catatan)


def _read_rentang(rapi: str, teks: str) -> Tercetak | None:
    cocok = _RENTANG.fullmatch(rapi)
    if cocok is None:
        return None
    bawah, atas = _list_bacaan(cocok["bawah"]), _list_bacaan(cocok["atas"])
    if not (bawah and atas) or bawah[0] > atas[0]:
        return None
    return Tercetak(Jenis.RENTANG, teks, bawah[:1], atas=atas[0])


def _read_pecahan(rapi: str, teks: str) -> Tercetak | None:
    """ "100 dari 110": the share in percent, or the count itself; the print does not say which."""
    cocok = _PECAHAN.fullmatch(rapi)
    if cocok is None:
        return None
    satu, semua = _list_bacaan(cocok["satu"]), _list_bacaan(cocok["semua"])
    if not (satu and semua and semua[0]):
        return None
    return Tercetak(
        Jenis.ANGKA,
        teks,
        (satu[0] * 100 / semua[0], satu[0]),
        catatan=f"{cocok['satu']} dari {cocok['semua']}: persen atau banyaknya",
    )


def _read_berskor(rapi: str, teks: str) -> Tercetak | None:
    """ "BB (75,35)": the score is the figure."""
    cocok = _BERSKOR.fullmatch(rapi)
    bacaan = _list_bacaan(cocok["angka"]) if cocok else ()
    if cocok is None or not bacaan:
        return None
    return Tercetak(Jenis.ANGKA, teks, bacaan, catatan=f"disisihkan: {cocok['kata']}")


def _read_sebutan(rapi: str, teks: str) -> Tercetak | None:
    if not _SEBUTAN.fullmatch(rapi):
        return None
    return Tercetak(Jenis.SEBUTAN, teks, sebutan=rapi.casefold(), catatan=f"sebutan: “{teks}”")


def _list_bacaan(teks: str) -> tuple[Decimal, ...]:
    """Figures that the digits and marks can mean; none where they contradict themselves."""
    tanda = "-" if teks.startswith("-") else ""
    isi = teks.lstrip("+-").replace(" ", "")
    if sum(h.isdigit() for h in isi) > _MAKS_DIGIT:
        return ()
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", isi):
        utuh, pecah = re.sub("[.,]", "", isi), isi.replace(",", ".")
        urut = (utuh, pecah) if "." in isi else (pecah, utuh)
        return tuple(Decimal(tanda + u) for u in urut)
    for ribuan, desimal in ((".", ","), (",", "."), (".", "."), (",", ",")):
        kelompok = rf"[1-9][0-9]{{0,2}}(?:\{ribuan}[0-9]{{3}})+(?:\{desimal}[0-9]+)?"
        if re.fullmatch(kelompok, isi):
            return (Decimal(tanda + _join(isi, ribuan, desimal)),)
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", isi):
        return (Decimal(tanda + isi.replace(",", ".")),)
    return ()


def _join(isi: str, ribuan: str, desimal: str) -> str:
    """Digits without their thousands marks. One mark for both: a last group that is not three
    digits long can only be decimals."""
    if ribuan != desimal:
        return isi.replace(ribuan, "").replace(desimal, ".")
    depan, _tanda, ekor = isi.rpartition(ribuan)
    utuh = depan.replace(ribuan, "")
    return utuh + ekor if len(ekor) == 3 else f"{utuh}.{ekor}"
