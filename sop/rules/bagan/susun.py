"""Putting a drawing together: route, label, check; then more room, then lettered connectors."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

from sakip.common.huruf import TEBAL
from sop.rules.bagan.bentuk import (
    BARAT,
    KONEKTOR,
    LAWAN,
    TIMUR,
    Garis,
    Kotak,
    Label,
    Panah,
    Simbol,
)
from sop.rules.bagan.denah import UKURAN_KEPALA, Ruang, build_denah
from sop.rules.bagan.kisi import JARAK_KONEKTOR, Kisi
from sop.rules.bagan.label import KATA, place_label
from sop.rules.bagan.lembar import Lembar
from sop.rules.bagan.potong import letter_of, split_lembar
from sop.rules.bagan.tata import Tata, build_tata
from sop.rules.bagan.uji import Cacat, Susunan, check_lembar, check_susunan, count_silang
from sop.rules.graf import Graf
from sop.rules.matriks import Matriks

_PERCOBAAN = (2, 3, 4)
# Tracks, and how full a page may get in percent: other cuts make other pages.
_PERCOBAAN_LEMBAR = ((2, 100), (3, 100), (4, 100), (3, 80), (4, 100))
# By how many percent more may go on a page where that makes fewer pages.
_PERKECIL = 112
# How often arrows without a way are put before the others.
_ULANGAN = 3


def arrange(graf: Graf, matriks: Matriks) -> Susunan:
    """The best drawing of a sound route (every step has an actor, every arrow stays inside).

    First with 2, 3 and 4 tracks; then arrows at fault become pairs of lettered connectors, as on
    paper, until the check is content or no arrow is left to replace.
    """
    for jalur in _PERCOBAAN:
        tata = build_tata(build_denah(graf, matriks, Ruang(jalur)))
        susunan = _draw(tata, jalur)
        if not check_susunan(susunan):
            return susunan
    return _loosen(susunan, build_tata(build_denah(graf, matriks, Ruang(3, berkonektor=True))))


@dataclass(frozen=True)
class Kertas:
    """Room on one page, in quarters of a millimetre: the size of the drawing's unit in print.

    A drawing that is wider shrinks, and then more of its height fits.
    """

    lebar: int
    tinggi: int


@dataclass(frozen=True)
class Berlembar:
    """A drawing in pages."""

    lembar: tuple[Lembar, ...]
    susunan: tuple[Susunan, ...]
    panah: tuple[Panah, ...]

    @cached_property
    def cacat(self) -> list[Cacat]:
        """Every fault, of the pages and between them."""
        hasil = [c for s in self.susunan for c in check_susunan(s)]
        return hasil + check_lembar(self.lembar, self.susunan, self.panah)


def arrange_pages(graf: Graf, matriks: Matriks, kertas: Kertas, ruang: Ruang) -> Berlembar:
    """The same route on paper, each page routed by itself, with equal columns on all of them.

    A little smaller, if that saves a page.
    """
    biasa = _arrange_pages(graf, matriks, kertas, ruang)
    if len(biasa.lembar) == 1 and not biasa.cacat:
        return biasa
    kecil = Kertas(*(n * _PERKECIL // 100 for n in (kertas.lebar, kertas.tinggi)))
    pilihan = (biasa, _arrange_pages(graf, matriks, kecil, ruang))
    return min(pilihan, key=lambda b: (len(b.cacat), len(b.lembar)))


def _arrange_pages(graf: Graf, matriks: Matriks, kertas: Kertas, ruang: Ruang) -> Berlembar:
    """First with more tracks, then cut elsewhere; pages still at fault get lettered connectors."""
    for jalur, persen in _PERCOBAAN_LEMBAR:
        ruang = replace(ruang, jalur=jalur, lebar=kertas.lebar)
        denah = build_denah(graf, matriks, ruang)
        tinggi = kertas.tinggi * max(denah.lebar, kertas.lebar) // kertas.lebar
        lembar = split_lembar(denah, tinggi * persen // 100)
        susunan = [_draw(build_tata(denah, bagian), jalur) for bagian in lembar]
        if not any(check_susunan(s) for s in susunan):
            return Berlembar(lembar, tuple(susunan), denah.panah)
    longgar = build_denah(graf, matriks, replace(ruang, jalur=3, berkonektor=True))
    terpakai = sum(len(b.sambungan) for b in lembar) // 2
    for n, bagian in enumerate(lembar):
        if check_susunan(susunan[n]):
            susunan[n] = _loosen(susunan[n], build_tata(longgar, bagian), terpakai)
            terpakai += len({s.teks for s in susunan[n].simbol if s.jenis == KONEKTOR})
    return Berlembar(lembar, tuple(susunan), denah.panah)


def _draw(tata: Tata, jalur: int) -> Susunan:
    """One attempt; where lines cross also one with the returns first, which often is calmer."""
    biasa = _draw_all(tata, jalur)
    if not biasa.gagal and not count_silang(biasa):
        return biasa
    urut = sorted(tata.panah, key=lambda p: not p.mundur)
    balik = _draw_all(replace(tata, panah=tuple(urut)), jalur)
    return min(biasa, balik, key=lambda s: (len(check_susunan(s)), count_silang(s)))


def _draw_all(tata: Tata, jalur: int) -> Susunan:
    """Arrows that found no way are drawn first in the next attempt."""
    susunan = pertama = Penyusun(tata, jalur).run()
    for _ in range(_ULANGAN):
        if not susunan.gagal:
            return susunan
        dulu = susunan.gagal
        tata = replace(tata, panah=(*dulu, *(p for p in tata.panah if p not in dulu)))
        susunan = Penyusun(tata, jalur).run()
    return pertama if susunan.gagal else susunan


def _loosen(susunan: Susunan, tata: Tata, huruf: int = 0) -> Susunan:
    """Arrows at fault as connectors on a wider layout. huruf: letters that are in use."""
    percobaan: list[tuple[int, Susunan]] = []
    lepas: set[Panah] = set()
    while True:
        cacat = check_susunan(susunan)
        percobaan.append((len(cacat), susunan))
        tambah = _to_replace(susunan, [p for c in cacat for p in c.panah], lepas)
        if not cacat or not tambah:
            return min(percobaan, key=lambda p: p[0])[1]
        lepas |= tambah
        susunan = Penyusun(tata, 3, lepas, huruf).run()


def _to_replace(
    susunan: Susunan, bercacat: Collection[Panah], lepas: Collection[Panah]
) -> set[Panah]:
    """Arrows to replace next: returns at fault, else any at fault, else all returns, else all."""
    calon = [p for p in susunan.tata.panah if p not in lepas and _antarbaris(p)]
    for pilihan in (
        {p for p in calon if p in bercacat and p.mundur},
        {p for p in calon if p in bercacat},
        {p for p in calon if p.mundur},
        set(calon),
    ):
        if pilihan:
            return pilihan
    return set()


def _antarbaris(p: Panah) -> bool:
    """Whether it runs between rows of steps, so that a pair of letters can stand for it."""
    asal, tujuan = (kunci.split(".")[0] for kunci in (p.asal, p.tujuan))
    return asal != tujuan and KONEKTOR not in (asal, tujuan)


class Penyusun:
    """One attempt on one layout."""

    def __init__(
        self, tata: Tata, jalur: int, lepas: Collection[Panah] = (), huruf: int = 0
    ) -> None:
        self.tata, self.jalur, self.lepas, self.terpakai = tata, jalur, lepas, huruf
        self.kisi = Kisi(tata.kolom, tata.baris, jalur, berkonektor=bool(lepas))
        self.simbol = list(tata.simbol.values())
        self.halangan = {s.kunci: s.kotak for s in self.simbol}
        self.garis: list[Garis] = []
        self.label: list[Label] = []
        self.gagal: list[Panah] = []
        self.huruf: dict[str, str] = {}

    def run(self) -> Susunan:
        """Connectors first, then lines from the straightest on, then labels."""
        for panah in self.tata.panah:
            if panah in self.lepas:
                self._connect(panah)
        for panah in self.tata.panah:
            if panah not in self.lepas:
                self._route(panah)
        for nomor, garis in enumerate(self.garis):
            if garis.panah.hasil and nomor not in {x.garis for x in self.label}:
                self._write(nomor, garis)
        return Susunan(
            self.tata,
            tuple(self.simbol),
            tuple(self.garis),
            tuple(self.label),
            tuple(self.gagal),
            self.jalur,
        )

    def _route(self, panah: Panah) -> None:
        titik = self.kisi.route(panah, self.tata.simbol, self.halangan)
        if titik:
            self.garis.append(Garis(panah, titik))
        else:
            self.gagal.append(panah)

    def _write(self, nomor: int, garis: Garis) -> None:
        area = (self.tata.area, self.tata.kolom)
        sudah = [x.kotak for x in self.label]
        label = place_label(nomor, self.garis, sudah, self.simbol, area)
        if label:
            self.label.append(label)
        else:
            self.gagal.append(garis.panah)

    def _connect(self, panah: Panah) -> None:
        """A stub to a letter at the source, and from the same letter into the target."""
        tujuan_baru = panah.tujuan not in self.huruf
        huruf = self.huruf.setdefault(panah.tujuan, letter_of(self.terpakai + len(self.huruf)))
        keluar = self._stub(panah, panah.asal, huruf, (TIMUR, BARAT), menuju=False)
        masuk = not tujuan_baru or self._stub(
            panah, panah.tujuan, huruf, (BARAT, TIMUR), menuju=True
        )
        if not (keluar and masuk):
            self.gagal.append(panah)

    def _stub(
        self, panah: Panah, kunci: str, huruf: str, sisi: tuple[str, str], *, menuju: bool
    ) -> bool:
        """A connector on the first free side; False when neither is free."""
        pangkal = self.tata.simbol[kunci]
        for arah in sisi:
            if not self.kisi.is_free(pangkal, arah) or arah in self._sisi_sebaris(kunci):
                continue
            self.kisi.reserve(pangkal, arah)
            x = pangkal.x + (JARAK_KONEKTOR if arah == TIMUR else -JARAK_KONEKTOR)
            nama = f"{KONEKTOR}.{huruf}.{kunci}.{'masuk' if menuju else 'keluar'}"
            konektor = Simbol(nama, x, pangkal.y, KONEKTOR, pangkal.nomor, huruf)
            self.simbol.append(konektor)
            ruas = (pangkal.port(arah), konektor.port(LAWAN[arah]))
            ujung = (nama, kunci) if menuju else (kunci, nama)
            titik = ruas[::-1] if menuju else ruas
            hasil = "" if menuju else panah.hasil
            self.garis.append(Garis(Panah(*ujung, hasil, panah.mundur), titik))
            self.halangan[nama] = konektor.kotak
            if hasil:
                self._name(panah, konektor)
            return True
        return False

    def _name(self, panah: Panah, konektor: Simbol) -> None:
        """The word of the outcome above its connector; lines keep away from it."""
        teks = KATA[panah.hasil]
        lebar = TEBAL.measure(teks, UKURAN_KEPALA) + 2
        x, y = konektor.x - lebar // 2, konektor.kotak.atas - 5
        kotak = Kotak(x, y - 9, x + lebar, y + 2)
        self.label.append(Label(teks, (x, y), kotak, len(self.garis) - 1, mundur=panah.mundur))
        self.halangan[f"{konektor.kunci}.label"] = kotak

    def _sisi_sebaris(self, kunci: str) -> set[str]:
        """Sides that lines inside the row will need."""
        hasil = set()
        for p in self.tata.panah:
            if kunci in (p.asal, p.tujuan) and not _antarbaris(p):
                lain = p.tujuan if p.asal == kunci else p.asal
                kanan = self.tata.simbol[lain].x > self.tata.simbol[kunci].x
                hasil.add(TIMUR if kanan else BARAT)
        return hasil
