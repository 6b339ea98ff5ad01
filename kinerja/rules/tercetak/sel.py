"""Figures as published documents print them: with units, ranges, predicates, dashes and mistakes.

Stricter than a form and more patient: what is typed into a form can be asked again, what is printed
can only be understood, found ambiguous, or named as unreadable. It never turns into 0 or 100.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from itertools import product

from kinerja.rules.tanggal import list_tanggal
from kinerja.rules.tercetak import kata
from kinerja.rules.tercetak.bilangan import (
    BILANGAN,
    Bacaan,
    list_bacaan,
    scale,
    take_ribuan,
)


class Jenis(StrEnum):
    """What a printed cell holds."""

    ANGKA = "angka"
    RENTANG = "rentang"
    TANGGAL = "tanggal"
    SEBUTAN = "sebutan"
    KOSONG = "kosong"
    GALAT = "galat"
    TEKS = "teks"


@dataclass(frozen=True)
class Tercetak:
    """One cell as understood.

    bacaan: what it can mean, the likelier first; several where the print does not decide ("4.079").
    Of TANGGAL the first and last day as ordinals. sebutan: a predicate in its plain spelling, also
    beside a figure. catatan: why it is no figure, or what was left aside.
    """

    jenis: Jenis
    teks: str
    bacaan: tuple[Bacaan, ...] = ()
    sebutan: str = ""
    catatan: str = ""

    @property
    def is_ambigu(self) -> bool:
        """Whether the print allows more than one figure."""
        return len(self.bacaan) > 1


_ILMIAH = r"[+-]?[0-9](?:[.,][0-9]+)?e[+-]?[0-9]{1,2}(?![0-9])"
_SATUAN = kata.SATUAN
_KETERANGAN = r"(?P<keterangan>(?:\s*[(\[][^()\[\]]*[)\]]){0,2})"
_ANGKA = re.compile(
    rf"(?P<awalan>{kata.AWALAN})(?P<angka>{_ILMIAH}|{BILANGAN})(?P<ekor>[.,]-{{1,2}})?"
    rf"(?P<terbilang>\s*\([^()]*\)(?=\s*[^\W\d_]))?"
    rf"(?P<satuan>(?:{kata.PER})?{_SATUAN})(?:\s+atau (?:lebih|kurang))?{_KETERANGAN}[.,;]?",
    re.I,
)
_RENTANG = re.compile(
    rf"(?P<antara>antara\s+)?{kata.AWALAN}(?P<bawah>{BILANGAN}){_SATUAN}\s*"
    r"(?:-|~|s\.?\s?/?\s?d\.?|sampai(?: dengan)?|hingga|to|(?(antara)dan|-))\s*"
    rf"{kata.AWALAN}(?P<atas>{BILANGAN}){_SATUAN}{_KETERANGAN}",
    re.I,
)
_SEKITAR = re.compile(
    rf"(?P<tengah>{BILANGAN})(?:\s*%)?\s*(?:±|\+\s?/?\s?-)\s*(?P<jarak>{BILANGAN}){_SATUAN}{_KETERANGAN}",
    re.I,
)
_BAGIAN = re.compile(
    rf"(?P<satu>{BILANGAN}){_SATUAN}\s*(?P<tanda>/|:|dari)\s*(?P<semua>{BILANGAN}){_SATUAN}"
    rf"{_KETERANGAN}",
    re.I,
)
_BERSKOR = re.compile(
    rf"(?P<kata>{kata.SEBUTAN})\s*(?:[(\[/:=;,-]|(?<=\b[a-d])\s|(?<=\b[abc]{{2}})\s)\s*"
    rf"(?:[<>≤≥=]\s*)*(?P<angka>{BILANGAN})\s*[)\]]?",
    re.I,
)
_SEBUTAN = re.compile(rf"(?P<kata>{kata.SEBUTAN})(?:\s*\([^()\d]*\))?", re.I)
_TAHUN = re.compile("(?:19|20)[0-9]{2}")
_TINGKAT = re.compile(r"(?:level|tingkat|peringkat|kelas|tahap) (?P<romawi>[ivx]{1,4})", re.I)
# "Triwulan IV 2024", "Minggu ke-2": when something is due, never how much of it there is.
_WAKTU = re.compile(
    r"(?P<nama>tw|triwulan|kuartal|semester|smt|bulan|minggu|tahun)\.?\s*(?:ke\s?-?\s?)?"
    r"(?P<nomor>[0-9]{1,4}|[ivx]{1,4})(?:,?\s*(?:tahun|thn\.?|t\.?a\.?)?\s*(?P<tahun>(?:19|20)[0-9]{2}))?",
    re.I,
)
_NAMA_WAKTU = {"tw": "triwulan", "kuartal": "triwulan", "smt": "semester"}
_PECAHAN = re.compile("[\u00bc-\u00be\u2150-\u215f\u2189]")
_DALAM = re.compile(rf"(?P<angka>{BILANGAN})\s*(?:%|persen)?", re.I)
_KAKI_MELEKAT = re.compile(rf"(?P<angka>{BILANGAN})(?P<kaki>[0-9])\)")
_MIRIP = re.compile(r"(?=.*[0-9])(?=.*(?:[OQDlI|SBZ]|[0-9]o))[0-9OoQDlI|SBZ.,]+\s*%?")
_MAKS_HURUF = 160

_BAGIAN_CARA: Mapping[str, tuple[tuple[str, Callable[[Decimal, Decimal], Decimal]], ...]] = {
    "dari": (("persen", lambda a, b: a * 100 / b), ("banyaknya", lambda a, _b: a)),
    "/": (
        ("persen", lambda a, b: a * 100 / b),
        ("banyaknya", lambda a, _b: a),
        ("pecahan", lambda a, b: a / b),
    ),
    ":": (("rasio", lambda a, b: a / b), ("rasio dibalik", lambda a, b: b / a)),
}
_Baca = Callable[[str, str], "Tercetak | None"]


def read_tercetak(teks: str, *, is_rupiah: bool = False) -> Tercetak:
    """Understand one cell, or say what it is instead of a figure.

    is_rupiah: the unit column says rupiah, whose three digits after a mark are thousands.
    """
    # Tables repeat their cells; long texts are not worth remembering.
    sel = _read(teks) if len(teks) <= _MAKS_HURUF else _read.__wrapped__(teks)
    return replace(sel, bacaan=take_ribuan(sel.bacaan)) if is_rupiah else sel


@lru_cache(maxsize=4096)
def _read(teks: str) -> Tercetak:
    rapi = kata.tidy(teks)
    if len(rapi) > _MAKS_HURUF:
        return _tak_terbaca(teks, "bukan angka")
    rapi = kata.drop_kaki(rapi)
    if kata.is_kosong(rapi):
        return Tercetak(Jenis.KOSONG, teks, catatan=f"tidak ada angka (“{teks.strip()}”)")
    if kata.GALAT.fullmatch(rapi):
        return Tercetak(Jenis.GALAT, teks, catatan=f"galat lembar kerja {rapi}")
    if _MIRIP.fullmatch(rapi):
        return _tak_terbaca(teks, "huruf yang mirip angka")
    if _PECAHAN.search(rapi):
        return _tak_terbaca(teks, "pecahan dalam satu huruf")
    for baca in _URUTAN:
        hasil = baca(rapi, teks)
        if hasil is not None:
            return hasil
    return _tak_terbaca(teks, "bukan angka")


def _tak_terbaca(teks: str, sebab: str) -> Tercetak:
    potong = teks if len(teks) <= _MAKS_HURUF else f"{teks[:_MAKS_HURUF]}…"
    return Tercetak(Jenis.TEKS, potong, catatan=f"{sebab}: “{potong}”")


def _read_tanggal(rapi: str, teks: str) -> Tercetak | None:
    rentang = list_tanggal(rapi)
    cara = ("hari/bulan", "bulan/hari") if len(rentang) > 1 else ("",)
    bacaan = tuple(
        Bacaan(Decimal(r.awal.toordinal()), c, atas=Decimal(r.akhir.toordinal()))
        for r, c in zip(rentang, cara, strict=False)
    )
    return Tercetak(Jenis.TANGGAL, teks, bacaan) if bacaan else None


def _read_waktu(rapi: str, teks: str) -> Tercetak | None:
    cocok = _WAKTU.fullmatch(rapi)
    if cocok is None:
        return None
    nama, nomor = cocok["nama"].casefold(), cocok["nomor"].upper()
    urut = kata.ROMAWI.get(nomor, Decimal(nomor) if nomor.isdigit() else None)
    bagian = [_NAMA_WAKTU.get(nama, nama), nomor if urut is None else f"{urut:f}", cocok["tahun"]]
    sebutan = " ".join(b for b in bagian if b)
    return Tercetak(Jenis.SEBUTAN, teks, sebutan=sebutan, catatan=f"waktu: “{teks.strip()}”")


def _read_angka(rapi: str, teks: str) -> Tercetak | None:
    cocok = _ANGKA.fullmatch(rapi)
    bacaan = list_bacaan(cocok["angka"]) if cocok else ()
    if cocok is None or not bacaan or (cocok["ekor"] and bacaan[0].nilai % 1):
        return None
    awalan, satuan = cocok["awalan"].strip(), cocok["satuan"].strip()
    is_uang = bool(kata.UANG.search(awalan))
    bacaan = _kali(bacaan, satuan, is_uang=is_uang)
    dalam = (cocok["terbilang"] or cocok["keterangan"]).strip(" ()[]")
    sebutan = kata.plain(dalam) if _SEBUTAN.fullmatch(dalam) else ""
    if kedua := _DALAM.fullmatch(dalam):
        bacaan = _list_dua(bacaan, list_bacaan(kedua["angka"]))
    sisa = " … ".join(filter(None, [awalan, "" if satuan == "%" else satuan]))
    catatan = f"disisihkan: {sisa}" if sisa else ""
    return Tercetak(Jenis.ANGKA, teks, bacaan, sebutan=sebutan, catatan=catatan)


def _list_dua(depan: tuple[Bacaan, ...], dalam: tuple[Bacaan, ...]) -> tuple[Bacaan, ...]:
    """ "45 (90%)": either figure may be meant; "100 (100%)" says the same thing twice."""
    if [b.nilai for b in depan] == [b.nilai for b in dalam]:
        return depan
    return (
        *(replace(b, cara=f"di depan kurung {b.cara}".strip()) for b in depan),
        *(replace(b, cara=f"di dalam kurung {b.cara}".strip()) for b in dalam),
    )


def _kali(bacaan: tuple[Bacaan, ...], satuan: str, *, is_uang: bool) -> tuple[Bacaan, ...]:
    """Times the word of magnitude behind the figure, where there is one."""
    depan = satuan.split()[0].rstrip(".") if satuan else ""
    pangkat = kata.BESARAN.get(depan.casefold(), 0)
    singkat = kata.BESARAN_SINGKAT.get(depan, 0)
    if is_uang and not pangkat and not singkat:
        return take_ribuan(bacaan)
    if is_uang or pangkat:
        naik = pangkat or singkat
        return tuple(replace(b, nilai=scale(b.nilai, naik)) for b in bacaan)
    if singkat:
        # "12 M": miliar, or a unit that happens to be written so.
        return tuple(
            Bacaan(scale(b.nilai, naik), f"{b.cara} {sebagai}".strip())
            for naik, sebagai in ((0, "satuan"), (singkat, f"kali 10^{singkat}"))
            for b in bacaan
        )
    return bacaan


def _read_rentang(rapi: str, teks: str) -> Tercetak | None:
    cocok = _RENTANG.fullmatch(rapi)
    if cocok is None:
        return None
    bacaan = tuple(
        replace(a, atas=b.nilai)
        for a, b in pair(list_bacaan(cocok["bawah"]), list_bacaan(cocok["atas"]))
        if a.nilai <= b.nilai
    )
    return Tercetak(Jenis.RENTANG, teks, bacaan) if bacaan else None


def _read_sekitar(rapi: str, teks: str) -> Tercetak | None:
    """ "3 ± 1": from 2 to 4."""
    cocok = _SEKITAR.fullmatch(rapi)
    if cocok is None:
        return None
    bacaan = tuple(
        Bacaan(a.nilai - b.nilai, a.cara, atas=a.nilai + b.nilai)
        for a, b in pair(list_bacaan(cocok["tengah"]), list_bacaan(cocok["jarak"]))
        if b.nilai >= 0
    )
    return Tercetak(Jenis.RENTANG, teks, bacaan) if bacaan else None


def _read_bagian(rapi: str, teks: str) -> Tercetak | None:
    """ "99 dari 110", "3/4", "1 : 20": a share, a ratio or a count; print does not say which."""
    cocok = _BAGIAN.fullmatch(rapi)
    if cocok is None:
        return None
    satu, semua = list_bacaan(cocok["satu"]), list_bacaan(cocok["semua"])
    if len(satu) != 1 or not semua or not semua[0].nilai:
        return None
    a, b, tanda = satu[0].nilai, take_ribuan(semua)[0].nilai, cocok["tanda"].casefold()
    if tanda == ":" and not a:
        return None
    bacaan = tuple(Bacaan(hitung(a, b), cara) for cara, hitung in _BAGIAN_CARA[tanda])
    if dalam := _DALAM.fullmatch(cocok["keterangan"].strip(" ()[]")):
        bacaan = (
            *(replace(x, cara="di dalam kurung") for x in list_bacaan(dalam["angka"])[:1]),
            *bacaan,
        )
    nama = ", ".join(x.cara for x in bacaan)
    return Tercetak(Jenis.ANGKA, teks, bacaan, catatan=f"“{rapi}” dapat berarti {nama}")


def _read_berskor(rapi: str, teks: str) -> Tercetak | None:
    """ "BB (75,35)": the score is the figure, the predicate stands beside it."""
    cocok = _BERSKOR.fullmatch(rapi)
    bacaan = list_bacaan(cocok["angka"].lstrip("-")) if cocok else ()
    if cocok is None or not bacaan or _TAHUN.fullmatch(cocok["angka"]):
        return None
    sebutan, catatan = kata.plain(cocok["kata"]), f"disisihkan: {cocok['kata']}"
    return Tercetak(Jenis.ANGKA, teks, bacaan, sebutan=sebutan, catatan=catatan)


def _read_kurung(rapi: str, teks: str) -> Tercetak | None:
    """ "(5,2)": less than zero as accountants write it, or only brackets."""
    cocok = re.fullmatch(rf"(?:rp\.?\s?)?\(({BILANGAN})\)\s*%?", rapi, re.I)
    bacaan = list_bacaan(cocok[1]) if cocok else ()
    if len(bacaan) != 1 or bacaan[0].nilai < 0:
        return None
    nilai = bacaan[0].nilai
    dua = (Bacaan(-nilai, "kurung sebagai minus"), Bacaan(nilai, "kurung saja"))
    return Tercetak(Jenis.ANGKA, teks, dua, catatan="kurung dapat berarti minus")


def _read_kaki_melekat(rapi: str, teks: str) -> Tercetak | None:
    """ "85,51)": the last digit can belong to the figure or to its footnote."""
    cocok = _KAKI_MELEKAT.fullmatch(rapi)
    if cocok is None:
        return None
    pendek, penuh = list_bacaan(cocok["angka"]), list_bacaan(cocok["angka"] + cocok["kaki"])
    if len(pendek) != 1 or len(penuh) != 1:
        return None
    bacaan = (replace(pendek[0], cara="catatan kaki"), replace(penuh[0], cara="kurung saja"))
    return Tercetak(Jenis.ANGKA, teks, bacaan, catatan="angka terakhir dapat berupa catatan kaki")


def _read_tingkat(rapi: str, teks: str) -> Tercetak | None:
    cocok = _TINGKAT.fullmatch(rapi)
    nilai = kata.ROMAWI.get(cocok["romawi"].upper()) if cocok else None
    if nilai is None:
        return None
    return Tercetak(Jenis.ANGKA, teks, (Bacaan(nilai),), catatan=f"angka Romawi: {rapi}")


def _read_sebutan(rapi: str, teks: str) -> Tercetak | None:
    cocok = _SEBUTAN.fullmatch(rapi)
    if cocok is None or any(unicodedata.category(h) == "No" for h in rapi):
        return None
    sebutan = kata.plain(cocok["kata"])
    return Tercetak(Jenis.SEBUTAN, teks, sebutan=sebutan, catatan=f"sebutan: “{teks}”")


def pair(kiri: tuple[Bacaan, ...], kanan: tuple[Bacaan, ...]) -> list[tuple[Bacaan, Bacaan]]:
    """Two cells together: printed alike they are read alike, otherwise every combination counts."""
    if [b.cara for b in kiri] == [b.cara for b in kanan]:
        return list(zip(kiri, kanan, strict=True))
    return list(product(kiri, kanan))


_URUTAN: tuple[_Baca, ...] = (
    _read_tanggal,
    _read_waktu,
    _read_angka,
    _read_rentang,
    _read_sekitar,
    _read_bagian,
    _read_kurung,
    _read_kaki_melekat,
    _read_tingkat,
    _read_berskor,
    _read_sebutan,
)
