"""The cheapest way over a lattice: A* over (point, direction), points numbered row by row."""

import heapq
from collections.abc import Iterator, Mapping, Sequence

from sop.rules.bagan.bentuk import BARAT, SELATAN, TIMUR, UTARA

MATA_ANGIN = (UTARA, TIMUR, SELATAN, BARAT)
Keadaan = tuple[int, str]  # a lattice point and the way one came
# Orientation of a line at a point; a bend is both.
DATAR, TEGAK = 1, 2
_ORIENTASI = (TEGAK, DATAR, TEGAK, DATAR)
_BELOK, _POTONG = 26, 70


class Medan:
    """A lattice and what lines have taken of it. pelan: rows where lines would run beside a rule.

    ruas: pieces taken, to the right (DATAR) and downwards (TEGAK) of a point; tutup: orientations
    of the lines through a point.
    """

    def __init__(self, xs: Sequence[int], ys: Sequence[int], pelan: Sequence[bool]) -> None:
        self.lebar, self.banyak = len(xs), len(xs) * len(ys)
        self.x = list(xs) * len(ys)
        self.y = [y for y in ys for _ in xs]
        self.pelan = [p for p in pelan for _ in xs]
        self.ruas = bytearray(self.banyak)
        self.tutup = bytearray(self.banyak)
        self.tetangga = [self._tetangga(p) for p in range(self.banyak)]

    def _tetangga(self, p: int) -> tuple[tuple[int, int, int, int], ...]:
        """Neighbours: direction, point, length with its extra, point that holds their piece."""
        hasil = []
        kolom, baris = p % self.lebar, p // self.lebar
        langkah = (-self.lebar, 1, self.lebar, -1)
        ada = (baris > 0, kolom < self.lebar - 1, p + self.lebar < self.banyak, kolom > 0)
        for arah, (q, boleh) in enumerate(zip((p + d for d in langkah), ada, strict=True)):
            if boleh:
                panjang = abs(self.x[q] - self.x[p]) + abs(self.y[q] - self.y[p])
                if _ORIENTASI[arah] == DATAR and self.pelan[p]:
                    panjang += panjang // 4
                hasil.append((arah, q, panjang, min(p, q)))
        return tuple(hasil)

    def take(self, p: int, q: int) -> int:
        """Take the piece between two neighbours; its orientation."""
        orientasi = DATAR if abs(p - q) == 1 else TEGAK
        self.ruas[min(p, q)] |= orientasi
        return orientasi

    def close(self, p: int, orientasi: int) -> None:
        """A line of that orientation now runs through the point."""
        self.tutup[p] |= orientasi


class Pencarian:
    """One search. buta: points no line may touch; ujung: where it starts and where it goes."""

    def __init__(self, medan: Medan, buta: bytearray, ujung: tuple[int, int]) -> None:
        self.medan, self.buta = medan, buta
        self.mulai, self.tuju = ujung
        self.terbaik: dict[int, int] = {}
        self.dari: dict[int, int] = {}

    def run(
        self,
        berangkat: Sequence[tuple[str, int]],
        masuk: Mapping[str, int],
        gabung: Mapping[int, int],
    ) -> list[Keadaan] | None:
        """States from start to goal, None when the goal cannot be reached.

        berangkat: sides to leave by, with their cost; masuk: cost of a last piece in that
        direction; gabung: points where it may end on another line, with that line's orientation.
        """
        biaya_masuk = [masuk.get(a) for a in MATA_ANGIN]
        antrean: list[tuple[int, int]] = []
        for arah, biaya in berangkat:
            keadaan = self.mulai * 4 + MATA_ANGIN.index(arah)
            self.terbaik[keadaan] = biaya
            heapq.heappush(antrean, (biaya, keadaan))
        sasaran = () if gabung else (self.medan.x[self.tuju], self.medan.y[self.tuju])
        jauh = [0] * self.medan.banyak
        if sasaran:
            tx, ty = sasaran
            jauh = [
                abs(x - tx) + abs(y - ty) for x, y in zip(self.medan.x, self.medan.y, strict=True)
            ]
        selesai = bytearray(self.medan.banyak * 4)
        while antrean:
            _, kini = heapq.heappop(antrean)
            if selesai[kini]:
                continue
            selesai[kini] = 1
            titik, arah_kini = divmod(kini, 4)
            if titik == self.tuju or (
                titik in gabung and gabung[titik] != _ORIENTASI[arah_kini] and titik != self.mulai
            ):
                return self._jalan(kini)
            g = self.terbaik[kini]
            for nanti, biaya in self._lanjut(titik, arah_kini, biaya_masuk):
                if g + biaya < self.terbaik.get(nanti, g + biaya + 1):
                    self.terbaik[nanti] = g + biaya
                    self.dari[nanti] = kini
                    heapq.heappush(antrean, (g + biaya + jauh[nanti >> 2], nanti))
        return None

    def _jalan(self, kini: int) -> list[Keadaan]:
        jalan = [kini]
        while jalan[-1] in self.dari:
            jalan.append(self.dari[jalan[-1]])
        return [(k >> 2, MATA_ANGIN[k & 3]) for k in reversed(jalan)]

    def _lanjut(self, p: int, arah: int, masuk: Sequence[int | None]) -> Iterator[tuple[int, int]]:
        """States one may go on to, with the cost of the piece.

        No bend lies on a crossing: the line crossed has taken the pieces on either hand.
        """
        medan = self.medan
        for lanjut, q, panjang, ruas in medan.tetangga[p]:
            if lanjut == arah ^ 2 or (p == self.mulai and lanjut != arah):
                continue
            orientasi = _ORIENTASI[lanjut]
            if self.buta[q] or q == self.mulai or medan.ruas[ruas] & orientasi:
                continue
            biaya = panjang + (_BELOK if lanjut != arah else 0)
            if q == self.tuju:
                ujung = masuk[lanjut]
                if ujung is not None:
                    yield q * 4 + lanjut, biaya + ujung
            elif not medan.tutup[q] & orientasi:
                yield q * 4 + lanjut, biaya + (_POTONG if medan.tutup[q] else 0)
