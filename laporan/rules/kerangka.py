"""The structure of a document as data: which parts it has, in what order, and how they are named.

A part (bagian) is one heading with its text and its data. What an office prints stands in its own
rows or in laporan/data/kerangka.yaml; nothing of it is code.
Sumber: KERANGKA-LKJ and PERJANJIAN-KINERJA in docs/regulasi.md
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from laporan.rules.blok import BERACUAN, BLOK

JENIS = ("bulanan", "triwulan", "semester", "tahunan")
# Where the text of a part stands among its data blocks; it comes first where this is not named.
TEKS = "teks"
BAB, LAMPIRAN = "bab", "lampiran"
SASARAN, INDIKATOR = "sasaran", "indikator"
# Sheets that are made up and not written: they have a place in the template like other parts.
SAMPUL, PENGESAHAN = "sampul", "pengesahan"
LEMBAR: Mapping[str, str] = {
    SAMPUL: "Sampul",
    PENGESAHAN: "Lembar pengesahan dengan ruang tanda tangan",
    "reviu": "Pernyataan telah direviu, bila laporan sudah direviu",
    "daftar_isi": "Daftar isi",
    "daftar_tabel": "Daftar tabel, bila ada tabel",
    "daftar_gambar": "Daftar gambar, bila ada gambar",
}
_MAKS_TINGKAT = 4
_MAKS_KODE = 40
_ROMAWI = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Bagian:
    """One part. `petunjuk` tells the writer what belongs in it, `isi` is what it begins with.

    tingkat: 1 is a chapter. nomor: how a chapter is numbered ("bab", "lampiran" or not at all);
    the parts below follow it. ulang: the part is repeated for each sasaran or indikator. untuk:
    kinds of report that have it; wajib: those in which it may not stay empty. is_lewati: left out
    of the paper while it says nothing. lembar: a sheet of LEMBAR, which has no text.
    """

    kode: str
    judul: str
    petunjuk: str = ""
    isi: str = ""
    tingkat: int = 1
    nomor: str = ""
    blok: tuple[str, ...] = ()
    ulang: str = ""
    untuk: tuple[str, ...] = JENIS
    wajib: tuple[str, ...] = ()
    is_mendatar: bool = False
    is_lewati: bool = True
    is_aktif: bool = True
    lembar: str = ""


@dataclass(frozen=True)
class Butir:
    """A sasaran or an indikator that a part is repeated for. butir: what lies below it."""

    pk: int
    kode: str
    nama: str
    butir: tuple["Butir", ...] = ()


@dataclass(frozen=True)
class Susun:
    """A part in its place: with the number it has there, and what it is repeated for."""

    bagian: Bagian
    judul: str
    butir: Butir | None = None

    @property
    def kode(self) -> str:
        """Unlike any other of the document."""
        return f"{self.bagian.kode}-{self.butir.pk}" if self.butir else self.bagian.kode


@dataclass
class _Penomor:
    """Counts parts of each level; a part of a level begins the ones below anew."""

    bab: int = 0
    lampiran: int = 0
    awalan: str = ""
    hitung: list[int] = field(default_factory=list)

    def name(self, bagian: Bagian, judul: str) -> str:
        """The title with its number: "Bab I Pendahuluan", "1.2 Dasar Hukum", "Lampiran I …"."""
        if bagian.tingkat == 1:
            return self._name_bab(bagian.nomor, judul)
        if not self.awalan or bagian.ulang == INDIKATOR:
            return judul
        dalam = bagian.tingkat - 1
        self.hitung = [*self.hitung[:dalam], *[0] * (dalam - len(self.hitung))]
        self.hitung[-1] += 1
        return f"{'.'.join([self.awalan, *(str(n) for n in self.hitung)])} {judul}"

    def _name_bab(self, nomor: str, judul: str) -> str:
        self.hitung, self.awalan = [], ""
        if nomor == BAB:
            self.bab += 1
            self.awalan = str(self.bab)
            return f"Bab {write_romawi(self.bab)} {judul}"
        if nomor == LAMPIRAN:
            self.lampiran += 1
            return f"Lampiran {write_romawi(self.lampiran)} {judul}"
        return judul


def select_bagian(bagian: Iterable[Bagian], jenis: str) -> list[Bagian]:
    """Those that a report of that kind has; a part below one that it lacks is left out too."""
    hasil: list[Bagian] = []
    buang = _MAKS_TINGKAT + 1
    for b in bagian:
        if b.tingkat > buang:
            continue
        buang = _MAKS_TINGKAT + 1
        if b.is_aktif and jenis in b.untuk:
            hasil.append(b)
        else:
            buang = b.tingkat
    return hasil


def arrange_bagian(bagian: Sequence[Bagian], sasaran: Sequence[Butir] = ()) -> list[Susun]:
    """Parts in order, numbered, those that repeat written out for each sasaran and indikator."""
    penomor = _Penomor()
    hasil: list[Susun] = []
    lewati: set[int] = set()
    for n, b in enumerate(bagian):
        if n in lewati:
            continue
        if b.ulang != SASARAN:
            hasil += [_place(b, butir, penomor) for butir in _list_butir(b, sasaran)]
            continue
        dalam = list(_list_dalam(bagian, n))
        lewati |= {m for m, _d in dalam}
        for s in sasaran:
            hasil.append(_place(b, s, penomor))
            hasil += [_place(d, i, penomor) for _m, d in dalam for i in _list_butir(d, [s])]
    return hasil


def place_lembar(susun: Sequence[Susun]) -> list[tuple[str, str]]:
    """The sheets of a document in order, each with the code of the part it stands before.

    "" where no part comes after it.
    """
    return [
        (s.bagian.lembar, next((b.kode for b in susun[n:] if not b.bagian.lembar), ""))
        for n, s in enumerate(susun)
        if s.bagian.lembar
    ]


def _list_dalam(bagian: Sequence[Bagian], n: int) -> Iterator[tuple[int, Bagian]]:
    """Parts below the one numbered `n`, with their numbers."""
    berikut = enumerate(bagian[n + 1 :], n + 1)
    return takewhile(lambda nomor_bagian: nomor_bagian[1].tingkat > bagian[n].tingkat, berikut)


def _list_butir(bagian: Bagian, sasaran: Sequence[Butir]) -> list[Butir | None]:
    if bagian.ulang != INDIKATOR:
        return [None]
    return [i for s in sasaran for i in s.butir]


def _place(bagian: Bagian, butir: Butir | None, penomor: _Penomor) -> Susun:
    judul = f"{bagian.judul} {butir.kode}: {butir.nama}" if butir else bagian.judul
    return Susun(bagian, penomor.name(bagian, judul), butir)


def find_kosong(bagian: Sequence[tuple[int, bool]]) -> list[bool]:
    """Of parts as (tingkat, berisi) in order: which say nothing, nor does anything below them."""
    hasil: list[bool] = []
    ada = [False] * (_MAKS_TINGKAT + 2)
    for tingkat, berisi in reversed(bagian):
        isi = berisi or ada[tingkat + 1]
        hasil.append(not isi)
        ada[tingkat] = ada[tingkat] or isi
        ada[tingkat + 1 :] = [False] * (len(ada) - tingkat - 1)
    return hasil[::-1]


def list_tercetak(bagian: Sequence[tuple[int, str, bool]]) -> list[bool]:
    """Of parts as (tingkat, penomoran, dilewati) in order: which stand on the paper.

    One to be left out stays where a later one is counted with it, because no number may be
    missing, and where something below it is printed.
    """
    hasil: list[bool] = []
    sesudah: list[set[str]] = [set() for _ in range(_MAKS_TINGKAT + 2)]
    for tingkat, penomoran, dilewati in reversed(bagian):
        terhitung = bool(penomoran) and penomoran in sesudah[tingkat]
        cetak = not dilewati or terhitung or bool(sesudah[tingkat + 1])
        for dalam in sesudah[tingkat + 1 :]:
            dalam.clear()
        if cetak:
            sesudah[tingkat].add(penomoran)
        hasil.append(cetak)
    return hasil[::-1]


def write_romawi(n: int) -> str:
    """1 to 39 in Roman numerals."""
    hasil = ""
    for nilai, huruf in _ROMAWI:
        hasil += huruf * (n // nilai)
        n %= nilai
    return hasil


def list_salah(bagian: Sequence[Bagian]) -> list[str]:
    """Why these parts make no document: codes twice, a level that skips one, no part at all."""
    masalah = []
    if not any(b.is_aktif for b in bagian):
        masalah.append("Paling sedikit satu bagian dipakai.")
    kode = [b.kode for b in bagian]
    masalah += [
        f"Kode {k} dipakai dua kali." for k in sorted({k for k in kode if kode.count(k) > 1})
    ]
    atas = 0
    for b in bagian:
        if b.tingkat > atas + 1:
            masalah.append(f"{b.judul}: tingkatnya melompat dari bagian sebelumnya.")
        atas = b.tingkat
        masalah += _list_salah_bagian(b)
    return [*masalah, *_list_salah_lembar(bagian)]


def _list_salah_bagian(b: Bagian) -> Iterator[str]:
    if not set(b.wajib) <= set(b.untuk):
        yield f"{b.judul}: hanya dapat wajib pada laporan yang memakainya."
    if b.nomor and b.tingkat > 1:
        yield f"{b.judul}: hanya bagian utama yang bernomor bab atau lampiran."
    for blok in b.blok:
        if BERACUAN.get(blok, b.ulang) != b.ulang:
            yield f"{b.judul}: “{BLOK[blok]}” hanya untuk bagian tiap {BERACUAN[blok]}."


def _list_salah_lembar(bagian: Sequence[Bagian]) -> Iterator[str]:
    """The cover comes first; a kind of report without the sheet of approval has nowhere to sign."""
    aktif = [b for b in bagian if b.is_aktif]
    if any(b.lembar == SAMPUL for b in aktif[1:]):
        yield "Sampul harus berdiri paling depan."
    sah = [set(b.untuk) for b in aktif if b.lembar == PENGESAHAN]
    if any(b.lembar for b in bagian) and set(JENIS) not in sah:
        yield "Lembar pengesahan tidak dapat ditiadakan: di situ tempat tanda tangan."


def make_kode(judul: str, ada: Iterable[str]) -> str:
    """A code for a new part, unlike those that there are."""
    awal = re.sub(r"[^a-z0-9]+", "-", judul.lower()).strip("-")[: _MAKS_KODE - 4] or "bagian"
    dipakai = set(ada)
    calon = [awal, *(f"{awal}-{n}" for n in range(2, len(dipakai) + 3))]
    return next(k for k in calon if k not in dipakai)


def insert_bagian(bagian: Sequence[Bagian], baru: Bagian, setelah: str) -> list[Bagian]:
    """The parts with a new one after another and what lies below that, unless it goes in there."""
    n = next(n for n, b in enumerate(bagian) if b.kode == setelah)
    n = n + 1 if baru.tingkat > bagian[n].tingkat else _end(bagian, n, baru.tingkat)
    return [*bagian[:n], baru, *bagian[n:]]


def drop_bagian(bagian: Sequence[Bagian], kode: str) -> list[Bagian]:
    """The parts without one of them and what lies below it."""
    n = next(n for n, b in enumerate(bagian) if b.kode == kode)
    return [*bagian[:n], *bagian[_end(bagian, n) :]]


def move_bagian(bagian: Sequence[Bagian], kode: str, *, turun: bool) -> list[Bagian]:
    """The parts with one of them, and what lies below it, past its neighbour of the same level.

    At the edge nothing moves.
    """
    awal = next(n for n, b in enumerate(bagian) if b.kode == kode)
    akhir = _end(bagian, awal)
    if turun:
        if akhir == len(bagian) or bagian[akhir].tingkat != bagian[awal].tingkat:
            return list(bagian)
        lewat = _end(bagian, akhir)
        return [*bagian[:awal], *bagian[akhir:lewat], *bagian[awal:akhir], *bagian[lewat:]]
    atas = awal - 1
    while atas >= 0 and bagian[atas].tingkat > bagian[awal].tingkat:
        atas -= 1
    if atas < 0 or bagian[atas].tingkat != bagian[awal].tingkat:
        return list(bagian)
    return [*bagian[:atas], *bagian[awal:akhir], *bagian[atas:awal], *bagian[akhir:]]


def _end(bagian: Sequence[Bagian], n: int, tingkat: int = _MAKS_TINGKAT) -> int:
    """Number of the first part after the one numbered `n` and all below it, or below `tingkat`."""
    dalam = min(bagian[n].tingkat, tingkat)
    akhir = n + 1
    while akhir < len(bagian) and bagian[akhir].tingkat > dalam:
        akhir += 1
    return akhir
