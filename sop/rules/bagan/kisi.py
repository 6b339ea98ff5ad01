"""Routing: every arrow is a cheapest way over a lattice in which two lines never share a piece."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sop.rules.bagan.bentuk import BARAT, LAWAN, SELATAN, TIMUR, UTARA, Kotak, Panah, Simbol, Titik
from sop.rules.bagan.cari import DATAR, MATA_ANGIN, TEGAK, Keadaan, Medan, Pencarian

Rentang = tuple[int, int]  # where a column or row begins, and how long it is
JALUR_PERTAMA, JARAK_JALUR = 6, 7
# From the centre of a symbol to that of a connector beside it.
JARAK_KONEKTOR = 50
_BERANGKAT = {SELATAN: 0, TIMUR: 2, BARAT: 2, UTARA: 60}
_LEGA = 4


def list_jalur(banyak: int) -> list[int]:
    """Distances of the tracks from the edge of a column or row."""
    return [JALUR_PERTAMA + JARAK_JALUR * n for n in range(banyak)]


class Kisi:
    """Centres of columns and rows plus `jalur` tracks along both their edges, and what is taken."""

    def __init__(
        self,
        kolom: Sequence[Rentang],
        baris: Sequence[Rentang],
        jalur: int,
        *,
        berkonektor: bool = False,
    ) -> None:
        self.xs = _garis_kisi(kolom, jalur)
        self.ys = _garis_kisi(baris, jalur)
        if berkonektor:  # lines must meet connectors at a lattice point, or they would pass through
            pusat = [awal + panjang // 2 for awal, panjang in kolom]
            sisi = {x + d for x in pusat for d in (-JARAK_KONEKTOR, JARAK_KONEKTOR)}
            self.xs = sorted({*self.xs, *sisi})
        self._x = {x: i for i, x in enumerate(self.xs)}
        self._y = {y: i for i, y in enumerate(self.ys)}
        tengah = {awal + panjang // 2 for awal, panjang in baris}
        self._medan = Medan(self.xs, self.ys, [y not in tengah for y in self.ys])
        self._lapis: dict[int, list[tuple[str, int]]] = {}
        self._port: set[tuple[str, str]] = set()
        self._tutup: dict[Kotak, list[int]] = {}

    def reserve(self, simbol: Simbol, arah: str) -> None:
        """Keep a side of a symbol free of other lines."""
        self._port.add((simbol.kunci, arah))

    def is_free(self, simbol: Simbol, arah: str) -> bool:
        """Whether no line uses that side yet."""
        return (simbol.kunci, arah) not in self._port

    def route(
        self, panah: Panah, simbol: Mapping[str, Simbol], halangan: Mapping[str, Kotak]
    ) -> tuple[Titik, ...] | None:
        """Corners of the way of an arrow, now taken; None when there is no way.

        halangan: what lines keep away from, by kunci; the two ends do not count.
        Where all sides of the target are taken it may join, at a right angle, a line going there.
        """
        asal, tujuan = simbol[panah.asal], simbol[panah.tujuan]
        ujung = (panah.asal, panah.tujuan)
        buta = self._buta(k for kunci, k in halangan.items() if kunci not in ujung)
        berangkat = [(a, _BERANGKAT[a]) for a in MATA_ANGIN if self.is_free(asal, a)]
        masuk = self._masuk(panah, tujuan)
        for gabung in ({}, self._bergabung(panah)):
            cari = Pencarian(self._medan, buta, (self._titik(asal), self._titik(tujuan)))
            jalan = cari.run(berangkat, masuk, gabung)
            if jalan:
                return self._take(panah, (asal, tujuan), jalan)
        return None

    def _titik(self, s: Simbol) -> int:
        """Lattice point of the centre of a symbol."""
        return self._y[s.y] * len(self.xs) + self._x[s.x]

    def _buta(self, halangan: Iterable[Kotak]) -> bytearray:
        hasil = bytearray(len(self.xs) * len(self.ys))
        for kotak in halangan:
            for titik in self._di_dalam(kotak):
                hasil[titik] = 1
        return hasil

    def _di_dalam(self, kotak: Kotak) -> list[int]:
        if kotak not in self._tutup:
            k = kotak.grow(_LEGA)
            kolom = [i for i, x in enumerate(self.xs) if k.kiri <= x <= k.kanan]
            baris = [j for j, y in enumerate(self.ys) if k.atas <= y <= k.bawah]
            self._tutup[kotak] = [j * len(self.xs) + i for j in baris for i in kolom]
        return self._tutup[kotak]

    def _masuk(self, panah: Panah, tujuan: Simbol) -> dict[str, int]:
        """Cost of entering the target, by the direction of the last piece; its free sides only."""
        biaya = {UTARA: 0, TIMUR: 10, BARAT: 10, SELATAN: 14 if panah.mundur else 80}
        return {LAWAN[sisi]: b for sisi, b in biaya.items() if self.is_free(tujuan, sisi)}

    def _bergabung(self, panah: Panah) -> dict[int, int]:
        """Points of lines to the same target that a new line may join, with their orientation."""
        return {
            titik: lapis[0][1]
            for titik, lapis in self._lapis.items()
            if len(lapis) == 1 and lapis[0][0] == panah.tujuan and lapis[0][1] in (DATAR, TEGAK)
        }

    def _take(
        self, panah: Panah, ujung: tuple[Simbol, Simbol], jalan: list[Keadaan]
    ) -> tuple[Titik, ...]:
        asal, tujuan = ujung
        titik = [p for p, _arah in jalan]
        arah = [self._medan.take(a, b) for a, b in pairwise(titik)]
        for n, (lalu, nanti) in enumerate(pairwise(arah), start=1):
            self._pass(titik[n], panah, lalu if lalu == nanti else DATAR | TEGAK)
        keluar, masuk = jalan[1][1], LAWAN[jalan[-1][1]]
        self._port.add((asal.kunci, keluar))
        lebar = len(self.xs)
        nyata = [(self.xs[p % lebar], self.ys[p // lebar]) for p in titik]
        nyata[0] = asal.port(keluar)
        if titik[-1] == self._titik(tujuan):
            self._port.add((tujuan.kunci, masuk))
            nyata[-1] = tujuan.port(masuk)
        else:
            self._pass(titik[-1], panah, DATAR | TEGAK)
        return _sudut(nyata)

    def _pass(self, titik: int, panah: Panah, orientasi: int) -> None:
        self._lapis.setdefault(titik, []).append((panah.tujuan, orientasi))
        self._medan.close(titik, orientasi)


def _garis_kisi(rentang: Sequence[Rentang], jalur: int) -> list[int]:
    hasil = set()
    for awal, panjang in rentang:
        hasil.add(awal + panjang // 2)
        for jarak in list_jalur(jalur):
            hasil |= {awal + jarak, awal + panjang - jarak}
    return sorted(hasil)


def _sudut(titik: list[Titik]) -> tuple[Titik, ...]:
    """The corners only."""
    hasil = [titik[0]]
    for kini, nanti in pairwise(titik[1:]):
        lalu = hasil[-1]
        if not (lalu[0] == kini[0] == nanti[0] or lalu[1] == kini[1] == nanti[1]):
            hasil.append(kini)
    return (*hasil, titik[-1])
