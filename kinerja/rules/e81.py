"""Form E.81, the evaluation of a Renja, as offices fill it in: columns found by their titles.

Titles are merged over several rows, shifted by columns that an office added, and followed by a row
of numbers and a row of units (K, %, Rp). Rows go on below a program for each further indikator; a
total and a signature block stand at the end. Sumber: FORM-E81
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kinerja.rules.kolom import (
    Isi,
    Kolom,
    SelTidakTerbaca,
    normalize,
    potong,
)
from kinerja.rules.nomenklatur import KodeTidakTerbaca, parse_kode
from sakip.common.lembar_isi import Buku, Jenis, Lembar, Sel, huruf_kolom

_SATUAN = {"k": "K", "kinerja": "K", "rp": "Rp", "rupiah": "Rp", "anggaran": "Rp", "%": "%"}
_MIN_SATUAN = 3
_MAKS_JUDUL = 10
_TRIWULAN = re.compile(r"(?:triwulan|tw)\W*(iv|iii|ii|i|[1-4])\b")
_ROMAWI = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_KODE_DEPAN = re.compile(
    r"\s*((?:[0-9X]{1,4}\s*\.\s*)+[0-9X]{1,4})\.?(?:[\s:–-]+(.*))?", re.I | re.S
)
_NOMOR = re.compile(r"\s*[0-9]{1,2}[.)]\s+(.+)")
_KOSONG = ("", "-", "–", "—")
_UANG = Kolom("rp", "Rupiah", Isi.UANG)


class Peran(StrEnum):
    """What a column is for. The value is its name for people."""

    KODE = "kode"
    NAMA = "program, kegiatan, sub kegiatan"
    INDIKATOR = "indikator"
    SATUAN = "satuan"
    RENSTRA = "target Renstra"
    LALU = "realisasi sampai tahun lalu"
    RENJA = "target Renja"
    TW1 = "triwulan I"
    TW2 = "triwulan II"
    TW3 = "triwulan III"
    TW4 = "triwulan IV"
    TAHUN_INI = "realisasi tahun ini"
    RENSTRA_KINI = "realisasi Renstra sampai tahun ini"
    TINGKAT = "tingkat capaian"
    UNIT = "penanggung jawab"


TRIWULAN = (Peran.TW1, Peran.TW2, Peran.TW3, Peran.TW4)
# The first that fits wins: (words that must all stand in the title, what the column is).
_DENGAN_SATUAN: Sequence[tuple[tuple[str, ...], Peran]] = (
    (("tingkat", "capaian"), Peran.TINGKAT),
    (("realisasi", "lalu"), Peran.LALU),
    (("realisasi", "renstra"), Peran.RENSTRA_KINI),
    (("realisasi",), Peran.TAHUN_INI),
    (("target", "renja"), Peran.RENJA),
    (("target", "renstra"), Peran.RENSTRA),
    (("target",), Peran.RENJA),
    (("pagu",), Peran.RENJA),
)
_TANPA_SATUAN: Sequence[tuple[tuple[str, ...], Peran]] = (
    (("kode",), Peran.KODE),
    (("indikator",), Peran.INDIKATOR),
    (("satuan",), Peran.SATUAN),
    (("penanggung",), Peran.UNIT),
    (("program",), Peran.NAMA),
    (("kegiatan",), Peran.NAMA),
)


class BukanE81(ValueError):
    """The workbook holds no such table; the message says what was looked for."""


@dataclass(frozen=True)
class Susunan:
    """Where everything stands. kolom: by role and unit ("" where it has none)."""

    lembar: Lembar
    judul: int
    satuan: int
    kolom: Mapping[tuple[Peran, str], tuple[int, ...]]

    def find(self, peran: Peran, satuan: str = "") -> int:
        """The first column of that kind, 0 where there is none."""
        return next(iter(self.kolom.get((peran, satuan), ())), 0)

    def describe(self) -> list[str]:
        """What was read as what."""
        baca = [
            f"{peran.value}{f' ({satuan})' if satuan else ''}: kolom "
            + ", ".join(huruf_kolom(k) for k in kolom)
            for (peran, satuan), kolom in sorted(self.kolom.items(), key=lambda p: p[1])
        ]
        hasil = [
            f"Lembar “{self.lembar.nama}”, judul kolom baris {self.judul} sampai {self.satuan}.",
            f"Dibaca: {'; '.join(baca)}.",
        ]
        perlu = [(Peran.RENJA, "Rp"), *((t, "Rp") for t in TRIWULAN)]
        hilang = [f"{p.value} ({s})" for p, s in perlu if not self.find(p, s)]
        return [*hasil, *([f"Tidak ditemukan: {', '.join(hilang)}."] if hilang else [])]


@dataclass(frozen=True)
class IndikatorE81:
    """One indikator of a row, with its targets as they stand there."""

    nama: str
    baris: int
    renstra: str = ""
    renja: str = ""


@dataclass
class BarisE81:
    """One program, kegiatan or sub kegiatan. uang: rupiah by role; dihitung: how many of them Excel
    calculated."""

    baris: int
    kode: str
    nama: str
    tempat: str
    uang: dict[Peran, Decimal] = field(default_factory=dict)
    alamat: dict[Peran, str] = field(default_factory=dict)
    galat: list[tuple[str, str]] = field(default_factory=list)
    indikator: list[IndikatorE81] = field(default_factory=list)
    dihitung: int = 0


@dataclass(frozen=True)
class HasilE81:
    """Rows, and what was passed over, as sentences."""

    susunan: Susunan
    baris: tuple[BarisE81, ...]
    catatan: tuple[str, ...]


def find_susunan(buku: Buku) -> Susunan:
    """The first sheet that holds the form.

    Raises:
        BukanE81: none does.
    """
    for lembar in buku.lembar:
        satuan = _find_satuan(lembar)
        if not satuan:
            continue
        judul = _find_judul(lembar, satuan)
        susunan = Susunan(lembar, judul, satuan, _map_kolom(lembar, judul, satuan))
        uang = [p for p in (Peran.RENJA, *TRIWULAN) if susunan.find(p, "Rp")]
        if susunan.find(Peran.NAMA) and uang:
            return susunan
    raise BukanE81(
        "Berkas ini tidak dikenali sebagai Form E.81: tidak ada lembar dengan baris satuan (K, Rp) "
        "di bawah judul Program/Kegiatan dan Target Renja atau Realisasi Triwulan."
    )


def _find_satuan(lembar: Lembar) -> int:
    """The row of units."""
    banyak: dict[int, set[int]] = {}
    for (baris, kolom), sel in lembar.sel.items():
        if sel.teks.strip(" .()").casefold() in _SATUAN:
            banyak.setdefault(baris, set()).add(kolom)
    cukup = [b for b, kolom in sorted(banyak.items()) if len(kolom) >= _MIN_SATUAN]
    return next(iter(cukup), 0)


def _find_judul(lembar: Lembar, satuan: int) -> int:
    """The first row of titles: the highest near the units that speaks of an indikator."""
    for baris in range(max(1, satuan - _MAKS_JUDUL), satuan):
        teks = (lembar.own(baris, k).teks for k in range(1, lembar.kolom_akhir + 1))
        if any("indikator" in normalize(t) for t in teks):
            return baris
    return max(1, satuan - 1)


def _map_kolom(lembar: Lembar, judul: int, satuan: int) -> dict[tuple[Peran, str], tuple[int, ...]]:
    hasil: dict[tuple[Peran, str], tuple[int, ...]] = {}
    kiri = ""
    for kolom in range(1, lembar.kolom_akhir + 1):
        ukuran = _SATUAN.get(lembar.at(satuan, kolom).teks.strip(" .()").casefold(), "")
        teks = _join_judul(lembar, judul, satuan if ukuran else satuan + 1, kolom)
        # A heading that was typed over the first of its columns instead of merged over all.
        kiri = teks or (kiri if ukuran else "")
        peran = _classify(kiri, bersatuan=bool(ukuran))
        if peran is not None:
            kunci = (peran, ukuran)
            if peran is Peran.KODE or kunci not in hasil:
                hasil[kunci] = (*hasil.get(kunci, ()), kolom)
    return hasil


def _join_judul(lembar: Lembar, awal: int, akhir: int, kolom: int) -> str:
    potongan: list[str] = []
    for baris in range(awal, akhir):
        teks = normalize(lembar.at(baris, kolom).teks)
        if re.search("[a-z]", teks) and teks not in potongan:
            potongan.append(teks)
    return " ".join(potongan)


def _classify(judul: str, *, bersatuan: bool) -> Peran | None:
    if bersatuan and (triwulan := _TRIWULAN.search(judul)):
        nomor = triwulan[1]
        return TRIWULAN[int(_ROMAWI.get(nomor, nomor)) - 1]
    for kata, peran in _DENGAN_SATUAN if bersatuan else _TANPA_SATUAN:
        if all(k in judul for k in kata):
            return peran
    return None


def read_e81(buku: Buku) -> HasilE81:
    """Every row with a code, the money in it, and the indikator it names.

    Raises:
        BukanE81: the workbook holds no such table.
    """
    susunan = find_susunan(buku)
    lewat: list[str] = []
    hasil: list[BarisE81] = []
    for baris in range(susunan.satuan + 1, susunan.lembar.baris_akhir + 1):
        simpul = _read_simpul(susunan, baris, lewat)
        if simpul is not None:
            hasil.append(simpul)
        elif hasil and not _name(susunan, baris):
            hasil[-1].indikator += _list_indikator(susunan, baris)
    dihitung = sum(b.dihitung for b in hasil)
    catatan = susunan.describe()
    if dihitung:
        catatan.append(
            f"{dihitung} sel rupiah berisi rumus: dipakai hasil yang terakhir dihitung Excel."
        )
    return HasilE81(susunan, tuple(hasil), (*catatan, *lewat))


def _name(susunan: Susunan, baris: int) -> str:
    return susunan.lembar.own(baris, susunan.find(Peran.NAMA)).teks.strip()


def _read_simpul(susunan: Susunan, baris: int, lewat: list[str]) -> BarisE81 | None:
    lembar = susunan.lembar
    nama, kode = _name(susunan, baris), _read_kode(susunan, baris)
    tempat = susunan.find(Peran.KODE) if kode else susunan.find(Peran.NAMA)
    cocok = None if kode else _KODE_DEPAN.fullmatch(nama)
    if cocok:
        kode, nama = re.sub(r"\s", "", cocok[1]), (cocok[2] or "").strip()
    if not kode or not re.search("[A-Za-z]", nama):
        if _has_uang(susunan, baris) and re.search("[A-Za-z]", nama):
            lewat.append(f"{lembar.alamat(baris, tempat)}: “{potong(nama)}” tanpa kode, dilewati.")
        return None
    if kode.count(".") < 2 and re.fullmatch(r"[0-9X.]+", kode, re.I):
        return None  # urusan and bidang urusan carry no budget of their own
    hasil = BarisE81(baris, kode, " ".join(nama.split())[:300], lembar.alamat(baris, tempat))
    try:
        hasil.kode = parse_kode(kode).teks
    except KodeTidakTerbaca as galat:
        hasil.galat.append((hasil.tempat, str(galat)))
    _read_uang(susunan, hasil)
    hasil.indikator += _list_indikator(susunan, baris)
    return hasil


def _read_kode(susunan: Susunan, baris: int) -> str:
    """The code of a row, from one cell or from several side by side."""
    bagian = []
    for kolom in susunan.kolom.get((Peran.KODE, ""), ()):
        teks = re.sub(r"\s", "", susunan.lembar.own(baris, kolom).nilai.teks).strip(".")
        bagian += [teks] if teks not in _KOSONG else []
    return ".".join(bagian).upper()


def _has_uang(susunan: Susunan, baris: int) -> bool:
    return any(
        susunan.lembar.own(baris, kolom).nilai.jenis is Jenis.ANGKA
        for (_peran, satuan), semua in susunan.kolom.items()
        for kolom in semua
        if satuan == "Rp"
    )


def _read_uang(susunan: Susunan, hasil: BarisE81) -> None:
    for peran in (Peran.RENJA, *TRIWULAN, Peran.TAHUN_INI):
        kolom = susunan.find(peran, "Rp")
        sel = susunan.lembar.own(hasil.baris, kolom) if kolom else Sel()
        alamat = susunan.lembar.alamat(hasil.baris, kolom) if kolom else ""
        hasil.alamat[peran] = alamat
        try:
            nilai = _read_rupiah(sel)
        except SelTidakTerbaca as galat:
            if peran is not Peran.TAHUN_INI:  # that column only checks the others
                hasil.galat.append((alamat, str(galat)))
            continue
        if nilai is not None:
            hasil.uang[peran] = nilai
            hasil.dihitung += sel.jenis is Jenis.RUMUS


def _read_rupiah(sel: Sel) -> Decimal | None:
    """Money of one cell; None for an empty one or a dash, which is not zero.

    Raises:
        SelTidakTerbaca: a formula that was never calculated, an error, words, or below zero.
    """
    if sel.jenis is Jenis.RUMUS and sel.hasil is None:
        raise SelTidakTerbaca("Rumus ini belum dihitung. Buka berkasnya di Excel, simpan, unggah.")
    isi = sel.nilai
    if isi.teks.strip() in _KOSONG:
        return None
    teks = _UANG.read(isi)
    if Decimal(teks) < 0:
        raise SelTidakTerbaca("Rupiah tidak dapat kurang dari nol.")
    return Decimal(teks)


def _list_indikator(susunan: Susunan, baris: int) -> Iterator[IndikatorE81]:
    """Indikator of one row; two that are numbered in one cell are two."""
    lembar = susunan.lembar
    kolom = susunan.find(Peran.INDIKATOR)
    teks = lembar.own(baris, kolom).teks if kolom else ""
    nama = _split(teks)
    isi = {}
    for peran in (Peran.RENSTRA, Peran.RENJA):
        k = susunan.find(peran, "K")
        nilai = _split(_tulis_k(lembar.own(baris, k).nilai)) if k else []
        isi[peran] = nilai if len(nilai) == len(nama) else [""] * len(nama)
    for n, satu in enumerate(nama):
        yield IndikatorE81(satu, baris, isi[Peran.RENSTRA][n], isi[Peran.RENJA][n])


def _tulis_k(sel: Sel) -> str:
    if sel.jenis in (Jenis.ANGKA, Jenis.PERSEN):
        return Kolom("k", "K", Isi.ANGKA).show(Kolom("k", "K", Isi.ANGKA).read(sel))
    return "" if sel.jenis in (Jenis.RUMUS, Jenis.GALAT) or sel.teks in _KOSONG else sel.teks


def _split(teks: str) -> list[str]:
    baris = [b for b in teks.splitlines() if b.strip()]
    bernomor = [m[1].strip() for m in map(_NOMOR.fullmatch, baris) if m]
    if len(bernomor) > 1 and len(bernomor) == len(baris):
        return bernomor
    satu = " ".join(teks.split())
    return [satu] if satu else []
