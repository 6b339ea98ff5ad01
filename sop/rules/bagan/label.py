"""Placing Ya and Tidak where they touch nothing."""

from collections.abc import Iterator, Sequence

from sakip.common.huruf import TEBAL
from sop.rules.bagan.bentuk import Garis, Kotak, Label, Simbol, Titik
from sop.rules.bagan.denah import UKURAN_KEPALA
from sop.rules.bagan.kisi import Rentang

KATA = {"ya": "Ya", "tidak": "Tidak"}
# Air between a word and the rule of a column.
_SELA = 3


def place_label(
    nomor: int,
    garis: Sequence[Garis],
    sudah: Sequence[Kotak],
    simbol: Sequence[Simbol],
    area: tuple[Kotak, Sequence[Rentang]],
) -> Label | None:
    """Label of line `nomor`; None when every place touches something.

    sudah: boxes of labels placed so far. area: where labels may stand, and the actor columns, whose
    rules they avoid if they can.
    """
    satu = garis[nomor]
    teks = KATA[satu.panah.hasil]
    lebar = TEBAL.measure(teks, UKURAN_KEPALA) + 2
    lain = [r for n, g in enumerate(garis) if n != nomor for r in g.ruas]
    batas, kolom = area
    calon = [(d, False) for d in _beside(satu, lebar)] + [(d, True) for d in _on_top(satu, lebar)]
    for ketat in (True, False):
        for (x, y), berpelat in calon:
            kotak = Kotak(x, y - 9, x + lebar, y + 2)
            milik = [] if berpelat else satu.ruas
            if (
                _di_dalam(kotak, batas)
                and not any(s.overlaps(kotak) for s in simbol)
                and not any(kotak.touches(k) for k in sudah)
                and not any(kotak.is_cut_by(p, q) for p, q in [*lain, *milik])
                and not (
                    ketat and any(kotak.kiri - _SELA < k < kotak.kanan + _SELA for k, _ in kolom)
                )
            ):
                return Label(teks, (x, y), kotak, nomor, berpelat, satu.panah.mundur)
    return None


def _di_dalam(kotak: Kotak, batas: Kotak) -> bool:
    datar = kotak.kiri > batas.kiri and kotak.kanan < batas.kanan
    return datar and kotak.atas > batas.atas and kotak.bawah < batas.bawah


def _beside(garis: Garis, lebar: int) -> Iterator[Titik]:
    """Base lines beside the exit and the corner of the diamond, then along the second leg."""
    p, q = garis.titik[:2]
    yield from _level(p, lebar, kanan=q[0] > p[0]) if p[1] == q[1] else _upright(p, q, lebar)
    if len(garis.titik) > 2:
        yield from _second_leg(garis.titik[1], garis.titik[2], lebar)


def _level(p: Titik, lebar: int, *, kanan: bool) -> Iterator[Titik]:
    px, py = p
    for geser in (0, 8, 16, 24):
        for dy in (-5, 13):
            yield (px + 5 + geser if kanan else px - 3 - geser - lebar), py + dy
    for geser in (0, 4, 8):
        for dy in (-11, 19):
            yield (px - 12 + geser if kanan else px + 12 - geser - lebar), py + dy


def _upright(p: Titik, q: Titik, lebar: int) -> Iterator[Titik]:
    px, py = p
    for geser in (0, 6, 12):
        for dx in (5, -5 - lebar):
            yield px + dx, (py + 11 + geser if q[1] > py else py - 4 - geser)


def _second_leg(p: Titik, q: Titik, lebar: int) -> Iterator[Titik]:
    (sx, sy), (tx, ty) = p, q
    if sx == tx:
        for geser in (14, 22, 30, 40):
            for dx in (4, -4 - lebar):
                yield sx + dx, (sy + geser if ty > sy else sy - geser)
    else:
        for geser in (6, 14, 24):
            for dy in (-5, 13):
                yield (sx + geser if tx > sx else sx - geser - lebar), sy + dy


def _on_top(garis: Garis, lebar: int) -> Iterator[Titik]:
    """On the line itself, over a white plate."""
    for p, q in garis.ruas:
        if p[1] == q[1] and abs(p[0] - q[0]) > lebar + 14:
            yield (p[0] + q[0] - lebar) // 2, p[1] + 4
        elif p[0] == q[0] and abs(p[1] - q[1]) > 30:
            for bagian in (5, 3, 7):
                yield p[0] - lebar // 2, (p[1] * bagian + q[1] * (10 - bagian)) // 10 + 4
