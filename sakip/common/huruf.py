"""How wide a text is in the font of pages and documents, so that rows are measured here."""

from collections.abc import Mapping
from dataclasses import dataclass

# Advance widths of Meja Sans in thousandths of the font size, grouped by width; regular and bold.
_BIASA: Mapping[int, str] = {
    200: " ",
    241: "|",
    246: "i",
    247: "j",
    249: "',.:;’·",
    255: "l",
    263: "I",
    289: "!",
    292: "f",
    303: "()[]{}",
    304: "•",
    311: "-",
    331: "°",
    338: "t",
    347: "r",
    350: "/\\",
    418: "*",
    419: "s",
    425: "?z",
    426: '"“”',
    446: "x",
    456: "c",
    467: "vy",
    476: "Y",
    479: "J",
    480: "–",
    486: "L",
    494: "F",
    495: "k",
    496: "eé",
    497: "#$+0123456789<=>^~×≤≥§",
    500: "_",
    504: "ag",
    513: "X",
    515: "V",
    527: "E",
    534: "S",
    536: "T",
    539: "Z",
    542: "`o",
    543: "A",
    544: "hu",
    547: "n",
    553: "b",
    555: "dpq",
    566: "P",
    569: "R",
    571: "C",
    579: "K",
    588: "B",
    609: "&",
    615: "D",
    617: "G",
    645: "U",
    647: "N",
    652: "H",
    664: "OQ",
    719: "w",
    727: "M",
    786: "W",
    800: "—",
    808: "½",
    824: "%",
    829: "m",
    847: "@",
    948: "…",
}
_TEBAL: Mapping[int, str] = {
    200: " ",
    255: "|",
    262: "i",
    263: "j",
    271: "l",
    275: "',.:;’·",
    282: "I",
    315: "!",
    317: "f",
    322: "-",
    324: "()[]{}",
    325: "•",
    344: "/\\",
    348: "°",
    361: "t",
    373: "r",
    431: "s",
    438: "*",
    443: "z",
    444: "?",
    462: "c",
    480: "–",
    481: "x",
    482: '"“”',
    494: "J",
    495: "vy",
    500: "_",
    501: "Y",
    502: "L",
    507: "eé",
    510: "F",
    513: "#$+0123456789<=>^~×≤≥§",
    516: "a",
    520: "g",
    522: "k",
    536: "V",
    538: "E",
    540: "Z",
    541: "X",
    545: "S",
    546: "T",
    549: "`o",
    556: "u",
    558: "Ah",
    560: "n",
    563: "b",
    564: "dpq",
    576: "C",
    582: "P",
    592: "R",
    597: "BK",
    625: "D",
    628: "G",
    639: "&",
    655: "U",
    657: "N",
    663: "H",
    674: "OQ",
    745: "M",
    748: "w",
    800: "W—",
    827: "½",
    841: "%",
    843: "m",
    875: "@",
    964: "…",
}
_LAIN = 600
_TERSELIP = "\N{ZERO WIDTH SPACE}"


@dataclass(frozen=True)
class Huruf:
    """One weight of the font. maju: advance of each character in thousandths of the size."""

    maju: Mapping[str, int]

    def measure(self, teks: str, ukuran: int) -> int:
        """Width in units of the drawing, rounded up."""
        return -(-sum(self.maju.get(c, _LAIN) for c in teks) * ukuran // 1000)

    def wrap(self, teks: str, lebar: int, ukuran: int) -> list[str]:
        """Lines no wider than `lebar`; a word that is wider by itself is cut with a hyphen."""
        baris: list[str] = []
        kini = ""
        for kata in teks.replace("/", f"/{_TERSELIP}").split():
            sela = " "
            for potong in self._cut(kata, lebar, ukuran):
                calon = f"{kini}{sela}{potong}" if kini else potong
                sela = ""
                if kini and self.measure(calon, ukuran) > lebar:
                    baris.append(kini)
                    calon = potong
                kini = calon
        return [*baris, kini] if kini else baris

    def _cut(self, kata: str, lebar: int, ukuran: int) -> list[str]:
        """Pieces of a word between which a line may break."""
        hasil: list[str] = []
        for bagian in kata.split(_TERSELIP):
            sisa = bagian
            while self.measure(sisa, ukuran) > lebar and len(sisa) > 3:
                n = len(sisa) - 1
                while n > 2 and self.measure(f"{sisa[:n]}-", ukuran) > lebar:
                    n -= 1
                hasil.append(f"{sisa[:n]}-")
                sisa = sisa[n:]
            if sisa:
                hasil.append(sisa)
        return hasil


def _baca(tabel: Mapping[int, str]) -> dict[str, int]:
    return {huruf: lebar for lebar, kumpulan in tabel.items() for huruf in kumpulan}


BIASA = Huruf(_baca(_BIASA))
TEBAL = Huruf(_baca(_TEBAL))
