"""Putting a drawing together: route, label, check; then more room, then lettered connectors."""

from collections.abc import Collection
from string import ascii_uppercase

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
from sop.rules.bagan.huruf import TEBAL
from sop.rules.bagan.kisi import JARAK_KONEKTOR, Kisi
from sop.rules.bagan.label import KATA, place_label
from sop.rules.bagan.tata import UKURAN_KEPALA, Tata, build_tata
from sop.rules.bagan.uji import Susunan, check_susunan
from sop.rules.graf import Graf
from sop.rules.matriks import Matriks

_PERCOBAAN = (2, 3, 4)


def arrange(graf: Graf, matriks: Matriks) -> Susunan:
    """The best drawing of a sound route (every step has an actor, every arrow stays inside).

    First with 2, 3 and 4 tracks; then arrows at fault become pairs of lettered connectors, as on
    paper, until the check is content or no arrow is left to replace.
    """
    for jalur in _PERCOBAAN:
        susunan = Penyusun(build_tata(graf, matriks, jalur=jalur, berkonektor=False), jalur).run()
        if not check_susunan(susunan):
            return susunan
    percobaan: list[tuple[int, Susunan]] = []
    lepas: set[Panah] = set()
    while True:
        cacat = check_susunan(susunan)
        percobaan.append((len(cacat), susunan))
        tambah = _to_replace(susunan, [p for c in cacat for p in c.panah], lepas)
        if not cacat or not tambah:
            return min(percobaan, key=lambda p: p[0])[1]
        lepas |= tambah
        tata = build_tata(graf, matriks, jalur=3, berkonektor=True)
        susunan = Penyusun(tata, 3, lepas).run()


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
    return p.asal.split(".")[0] != p.tujuan.split(".")[0]


class Penyusun:
    """One attempt on one layout."""

    def __init__(self, tata: Tata, jalur: int, lepas: Collection[Panah] = ()) -> None:
        self.tata, self.jalur, self.lepas = tata, jalur, lepas
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
            if garis.panah.hasil and not garis.panah.tujuan.startswith(KONEKTOR):
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
        huruf = self.huruf.setdefault(panah.tujuan, letter_of(len(self.huruf)))
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


def letter_of(nomor: int) -> str:
    """A, B … Z, AA, AB …"""
    depan, sisa = divmod(nomor, len(ascii_uppercase))
    return (ascii_uppercase[depan - 1] if depan else "") + ascii_uppercase[sisa]
