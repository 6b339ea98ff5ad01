"""The drawing checks itself: no line through text or symbol, none on another, none lost."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from sop.rules.bagan.bentuk import KONEKTOR, Garis, Label, Panah, Simbol, Titik
from sop.rules.bagan.lembar import Lembar
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


def count_silang(susunan: Susunan) -> int:
    """How often lines cross; legal, but the fewer the better."""
    ruas = [(n, r) for n, g in enumerate(susunan.garis) for r in g.ruas]
    datar = [(n, p, q) for n, (p, q) in ruas if p[1] == q[1]]
    tegak = [(n, p, q) for n, (p, q) in ruas if p[0] == q[0]]
    return sum(
        min(a[0], b[0]) < p[0] < max(a[0], b[0]) and min(p[1], q[1]) < a[1] < max(p[1], q[1])
        for m, a, b in datar
        for n, p, q in tegak
        if m != n
    )


def check_lembar(
    lembar: Sequence[Lembar], susunan: Sequence[Susunan], panah: Sequence[Panah]
) -> list[Cacat]:
    """Faults between pages: a line lost or drawn twice, a letter without its twin."""
    hasil = []
    utuh = Counter(p for s in susunan for p in s.tata.panah)
    ujung = [(s, n) for n, bagian in enumerate(lembar) for s in bagian.sambungan]
    for p in panah:
        potong = [(s, n) for s, n in ujung if s.panah == p]
        if utuh[p] + (len(potong) == 2) != 1:
            hasil.append(Cacat(f"{p}: tidak digambar tepat satu kali", (p,)))
        elif potong:
            (a, m), (b, n) = potong
            if a.huruf != b.huruf or a.kolom != b.kolom or a.masuk == b.masuk or m == n:
                hasil.append(Cacat(f"{p}: huruf {a.huruf} dan {b.huruf} tidak berpasangan", (p,)))
    huruf = Counter(s.huruf for s, _ in ujung)
    hasil += [Cacat(f"huruf {h} ada {n} kali", ()) for h, n in huruf.items() if n != 2]
    dalam = {x.teks for s in susunan for x in s.simbol if _is_setempat(x)}
    hasil += [Cacat(f"huruf {h} dipakai dua hal", ()) for h in sorted(dalam & huruf.keys())]
    return hasil


def _is_setempat(simbol: Simbol) -> bool:
    """Whether it is a connector between two places of one page."""
    return simbol.jenis == KONEKTOR and simbol.nomor > 0


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
    teks = [(t, k) for t, _x, _y, k in susunan.tata.list_teks]
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
