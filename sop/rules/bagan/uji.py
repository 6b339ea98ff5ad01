"""The drawing checks itself: no line through text or symbol, none on another, none lost."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from sop.rules.bagan.bentuk import Garis, Label, Panah, Simbol, Titik
from sop.rules.bagan.tata import Tata


@dataclass(frozen=True)
class Susunan:
    """A drawing before it is written: layout, symbols, lines, labels, and arrows without a way."""

    tata: Tata
    simbol: tuple[Simbol, ...]
    garis: tuple[Garis, ...]
    label: tuple[Label, ...]
    gagal: tuple[Panah, ...] = ()
    jalur: int = 2


@dataclass(frozen=True)
class Cacat:
    """A fault of the drawing and the arrows it is about."""

    pesan: str
    panah: tuple[Panah, ...]


def check_susunan(susunan: Susunan) -> list[Cacat]:
    """Every fault; empty means fit for use."""
    hasil = [Cacat(f"{p}: tanpa jalan atau tanpa tempat label", (p,)) for p in susunan.gagal]
    for n, g in enumerate(susunan.garis):
        hasil += [Cacat(f"{g.panah}: {sebab}", (g.panah,)) for sebab in _satu(susunan, n, g)]
    return [*hasil, *_garis_berimpit(susunan), *_bertumpuk(susunan)]


def _garis_berimpit(susunan: Susunan) -> Iterator[Cacat]:
    for a, b in combinations(susunan.garis, 2):
        if any(_berimpit(r, s) for r in a.ruas for s in b.ruas):
            yield Cacat(f"{a.panah} berimpit dengan {b.panah}", (a.panah, b.panah))


def _bertumpuk(susunan: Susunan) -> Iterator[Cacat]:
    for x, y in combinations(susunan.label, 2):
        if x.kotak.touches(y.kotak):
            yield Cacat(f"label {x.teks} dan {y.teks} bertumpuk", _pemilik(susunan, x, y))
    for x in susunan.label:
        if any(s.overlaps(x.kotak) for s in susunan.simbol):
            yield Cacat(f"label {x.teks} menimpa simbol", _pemilik(susunan, x))
    for s, t in combinations(susunan.simbol, 2):
        if s.kotak.touches(t.kotak):
            yield Cacat(f"simbol {s.kunci} dan {t.kunci} bertumpuk", ())


def _satu(susunan: Susunan, nomor: int, garis: Garis) -> Iterator[str]:
    area = susunan.tata.area
    teks = [(t, k) for t, _x, _y, k in susunan.tata.list_teks()]
    teks += [(x.teks, x.kotak) for x in susunan.label if x.garis != nomor]
    for p, q in garis.ruas:
        if not (area.contains(p) and area.contains(q)):
            yield "keluar dari kolom pelaksana"
        for isi, kotak in teks:
            if kotak.is_cut_by(p, q):
                yield f"memotong teks “{isi}”"
        for s in susunan.simbol:
            if s.kotak.grow(-1).is_cut_by(p, q):
                yield f"menembus simbol {s.kunci}"


def _berimpit(r: tuple[Titik, Titik], s: tuple[Titik, Titik]) -> bool:
    """Whether two level or two upright pieces share more than a point."""
    for sumbu in (0, 1):
        lain = 1 - sumbu
        if r[0][sumbu] == r[1][sumbu] == s[0][sumbu] == s[1][sumbu]:
            a0, a1 = sorted((r[0][lain], r[1][lain]))
            b0, b1 = sorted((s[0][lain], s[1][lain]))
            return max(a0, b0) < min(a1, b1)
    return False


def _pemilik(susunan: Susunan, *label: Label) -> tuple[Panah, ...]:
    return tuple(susunan.garis[x.garis].panah for x in label)
