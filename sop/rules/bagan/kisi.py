"""Routing: every arrow is a cheapest way over a lattice in which two lines never share a piece."""

import heapq
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from sop.rules.bagan.bentuk import (
    ARAH,
    BARAT,
    LAWAN,
    SELATAN,
    TIMUR,
    UTARA,
    Kotak,
    Panah,
    Simbol,
    Titik,
)

Rentang = tuple[int, int]  # where a column or row begins, and how long it is
Keadaan = tuple[Titik, str]  # a lattice point (column and row index) and the way one came
JALUR_PERTAMA, JARAK_JALUR = 6, 7
# From the centre of a symbol to that of a connector beside it.
JARAK_KONEKTOR = 50
_BELOK, _POTONG = 26, 70
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
        self._jalur_datar = {i for i, y in enumerate(self.ys) if y not in tengah}
        self._ruas: set[tuple[Titik, Titik]] = set()
        self._titik: dict[Titik, list[tuple[Panah, str]]] = {}
        self._port: set[tuple[str, str]] = set()

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
        for gabung in ({}, self._bergabung(panah)):
            jalan = _Pencarian(self, panah, (asal, tujuan), buta, gabung).run()
            if jalan:
                return self._take(panah, (asal, tujuan), jalan)
        return None

    def point(self, s: Simbol) -> Titik:
        """Lattice point of the centre of a symbol."""
        return self._x[s.x], self._y[s.y]

    def _buta(self, halangan: Iterable[Kotak]) -> set[Titik]:
        hasil: set[Titik] = set()
        for kotak in halangan:
            k = kotak.grow(_LEGA)
            kolom = [i for i, x in enumerate(self.xs) if k.kiri <= x <= k.kanan]
            baris = [j for j, y in enumerate(self.ys) if k.atas <= y <= k.bawah]
            hasil |= {(i, j) for i in kolom for j in baris}
        return hasil

    def _bergabung(self, panah: Panah) -> dict[Titik, str]:
        """Points of lines to the same target that a new line may join, with their orientation."""
        return {
            titik: lapis[0][1]
            for titik, lapis in self._titik.items()
            if len(lapis) == 1 and lapis[0][0].tujuan == panah.tujuan and lapis[0][1] != "belok"
        }

    def _take(
        self, panah: Panah, ujung: tuple[Simbol, Simbol], jalan: list[Keadaan]
    ) -> tuple[Titik, ...]:
        asal, tujuan = ujung
        titik = [p for p, _arah in jalan]
        arah = ["datar" if a[1] == b[1] else "tegak" for a, b in pairwise(titik)]
        for a, b in pairwise(titik):
            self._ruas.add((min(a, b), max(a, b)))
        for k in range(1, len(titik) - 1):
            orientasi = arah[k] if arah[k - 1] == arah[k] else "belok"
            self._titik.setdefault(titik[k], []).append((panah, orientasi))
        keluar, masuk = jalan[1][1], LAWAN[jalan[-1][1]]
        self._port.add((asal.kunci, keluar))
        nyata = [(self.xs[i], self.ys[j]) for i, j in titik]
        nyata[0] = asal.port(keluar)
        if titik[-1] == self.point(tujuan):
            self._port.add((tujuan.kunci, masuk))
            nyata[-1] = tujuan.port(masuk)
        else:
            self._titik.setdefault(titik[-1], []).append((panah, "belok"))
        return _sudut(nyata)


class _Pencarian:
    """One search of Dijkstra over (point, direction)."""

    def __init__(
        self,
        kisi: Kisi,
        panah: Panah,
        ujung: tuple[Simbol, Simbol],
        buta: set[Titik],
        gabung: Mapping[Titik, str],
    ) -> None:
        self.kisi, self.panah, self.buta, self.gabung = kisi, panah, buta, gabung
        self.asal, self.tujuan = ujung
        self.mulai, self.tuju = kisi.point(ujung[0]), kisi.point(ujung[1])
        self.terbaik: dict[Keadaan, int] = {}
        self.dari: dict[Keadaan, Keadaan] = {}

    def run(self) -> list[Keadaan] | None:
        """States from start to goal, None when the goal cannot be reached."""
        antrean: list[tuple[int, Keadaan]] = []
        for arah, biaya in _BERANGKAT.items():
            if self.kisi.is_free(self.asal, arah):
                self.terbaik[self.mulai, arah] = biaya
                heapq.heappush(antrean, (biaya, (self.mulai, arah)))
        while antrean:
            biaya, kini = heapq.heappop(antrean)
            if biaya > self.terbaik[kini]:
                continue
            if self._sampai(kini):
                return self._jalan(kini)
            for tambahan, nanti in self._tetangga(kini):
                if biaya + tambahan < self.terbaik.get(nanti, biaya + tambahan + 1):
                    self.terbaik[nanti] = biaya + tambahan
                    self.dari[nanti] = kini
                    heapq.heappush(antrean, (biaya + tambahan, nanti))
        return None

    def _sampai(self, kini: Keadaan) -> bool:
        titik, arah = kini
        if titik == self.tuju:
            return True
        orientasi = "datar" if arah in (TIMUR, BARAT) else "tegak"
        return titik in self.gabung and self.gabung[titik] != orientasi and titik != self.mulai

    def _jalan(self, akhir: Keadaan) -> list[Keadaan]:
        jalan = [akhir]
        while jalan[-1] in self.dari:
            jalan.append(self.dari[jalan[-1]])
        return jalan[::-1]

    def _tetangga(self, kini: Keadaan) -> Iterable[tuple[int, Keadaan]]:
        titik, arah = kini
        for lanjut, (dx, dy) in ARAH.items():
            berikut = (titik[0] + dx, titik[1] + dy)
            if lanjut == LAWAN[arah] or (titik == self.mulai and lanjut != arah):
                continue
            if self._boleh(titik, berikut, "datar" if dx else "tegak"):
                biaya = self._biaya(titik, berikut, lanjut, belok=lanjut != arah)
                if biaya is not None:
                    yield biaya, (berikut, lanjut)

    def _boleh(self, p: Titik, q: Titik, orientasi: str) -> bool:
        """Whether one may go from `p` to its neighbour `q`.

        No bend lies on a crossing: the line crossed has taken the pieces on either hand.
        """
        kisi = self.kisi
        if not (0 <= q[0] < len(kisi.xs) and 0 <= q[1] < len(kisi.ys)):
            return False
        if q in self.buta or q == self.mulai or (min(p, q), max(p, q)) in kisi._ruas:
            return False
        lapis = kisi._titik.get(q, ())
        return q == self.tuju or all(o not in (orientasi, "belok") for _panah, o in lapis)

    def _biaya(self, p: Titik, q: Titik, lanjut: str, *, belok: bool) -> int | None:
        """Cost of that piece; None when it would enter the target on a side in use."""
        kisi = self.kisi
        panjang = abs(kisi.xs[q[0]] - kisi.xs[p[0]]) + abs(kisi.ys[q[1]] - kisi.ys[p[1]])
        biaya = panjang + (_BELOK if belok else 0)
        if lanjut in (TIMUR, BARAT) and p[1] in kisi._jalur_datar:
            biaya += panjang // 4
        if q != self.tuju:
            return biaya + (_POTONG if kisi._titik.get(q) else 0)
        masuk = LAWAN[lanjut]
        if not kisi.is_free(self.tujuan, masuk):
            return None
        dari_bawah = 14 if self.panah.mundur else 80
        return biaya + {UTARA: 0, TIMUR: 10, BARAT: 10, SELATAN: dari_bawah}[masuk]


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
