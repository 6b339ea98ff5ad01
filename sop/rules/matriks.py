"""The printed matrix of an SOP: which actor stands in which column of which row."""

from dataclasses import dataclass, replace

from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.istilah import Simbol


@dataclass(frozen=True)
class Tempat:
    """One actor of a row: index of his column, his turn in the row, the units he stands for.

    simbol: what is drawn there. The symbol of the step belongs to the lead of its first turn, or,
    for a decision and an end, of its last; everybody else works (proses).
    """

    kolom: int
    urutan: int
    per_unit: tuple[str, ...] = ()
    simbol: str = Simbol.PROSES.value


@dataclass(frozen=True)
class Matriks:
    """Actor columns from left to right, and for each step (in order) its places, lead first."""

    kolom: tuple[KolomPelaksana, ...]
    tempat: tuple[tuple[Tempat, ...], ...]


def build_matriks(graf: Graf, identitas: Identitas) -> Matriks:
    """Put every actor line into a column; a post without a printed column gets one at the right.

    A step whose joint actors are exactly the posts of one shared column takes that one column.
    Where no column is named at all, none can be missing: the columns are the posts.
    """
    kolom = list(identitas.judul_pelaksana)
    tempat = tuple(_baris(s, kolom) for s in graf.langkah)
    if not identitas.judul_pelaksana:
        kolom = [replace(k, tercetak=True) for k in kolom]
    return Matriks(tuple(kolom), tempat)


def _baris(s: SimpulLangkah, kolom: list[KolomPelaksana]) -> tuple[Tempat, ...]:
    bersama = {p.jabatan_kode for p in s.pelaksana}
    serentak = len({p.urutan for p in s.pelaksana}) == 1
    if len(bersama) > 1 and serentak:
        for i, k in enumerate(kolom):
            if set(k.jabatan) == bersama:
                return (Tempat(i, 1, s.per_unit, s.simbol),)
    giliran = sorted(s.pelaksana, key=lambda p: p.urutan)
    tempat = [Tempat(_kolom(p, kolom), p.urutan, p.per_unit) for p in giliran]
    if tempat:
        utama = 0
        if s.simbol in (Simbol.KEPUTUSAN, Simbol.AKHIR):
            utama = next(i for i, t in enumerate(tempat) if t.urutan == tempat[-1].urutan)
        tempat[utama] = replace(tempat[utama], simbol=s.simbol)
    return tuple(_satu_tiap_kolom(tempat, s.simbol))


def _satu_tiap_kolom(tempat: list[Tempat], simbol: str) -> list[Tempat]:
    """Two turns in one column are drawn once, with the symbol of the step if either has it."""
    hasil: dict[int, Tempat] = {}
    for t in tempat:
        lama = hasil.setdefault(t.kolom, t)
        if t.simbol == simbol:
            hasil[t.kolom] = replace(lama, simbol=simbol)
    return list(hasil.values())


def _kolom(p: SimpulPelaksana, kolom: list[KolomPelaksana]) -> int:
    """Index of the column of the post alone, else of one it shares, else of a new one."""
    for cocok in ({p.jabatan_kode}, None):
        for i, k in enumerate(kolom):
            if set(k.jabatan) == cocok or (cocok is None and p.jabatan_kode in k.jabatan):
                return i
    kolom.append(KolomPelaksana(p.jabatan_nama, (p.jabatan_kode,), tercetak=False))
    return len(kolom) - 1
