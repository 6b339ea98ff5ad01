"""What changed from one version of an SOP to another: identity page and steps."""

import difflib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.sunting import list_berubah

# Below this likeness of their texts two steps are not the same step.
_MIRIP = 60


class Perubahan(StrEnum):
    """What became of a step."""

    TETAP = "tetap"
    BERUBAH = "berubah"
    PINDAH = "pindah"
    BARU = "baru"
    DIHAPUS = "dihapus"


@dataclass(frozen=True)
class BedaLangkah:
    """One step of either version. kolom: its cells that differ; lama or baru None: not there."""

    perubahan: Perubahan
    lama: SimpulLangkah | None
    baru: SimpulLangkah | None
    kolom: tuple[str, ...] = ()


def compare_graf(lama: Graf, baru: Graf) -> list[BedaLangkah]:
    """Every step of both versions, in the new order; a deleted one after its predecessor."""
    pasangan = match_langkah(lama, baru)
    pindah = _list_pindah(pasangan, lama, baru)
    dari = {b: a for a, b in pasangan.items()}
    hasil = [_beda(s, lama, baru, dari, pindah) for s in baru.langkah]
    for s in lama.langkah:
        if s.id not in pasangan:
            tempat = _place_dihapus(s, lama, hasil)
            hasil.insert(tempat, BedaLangkah(Perubahan.DIHAPUS, s, None))
    return hasil


def _beda(
    s: SimpulLangkah, lama: Graf, baru: Graf, dari: dict[int, int], pindah: set[int]
) -> BedaLangkah:
    if s.id not in dari:
        return BedaLangkah(Perubahan.BARU, None, s)
    asal = lama.menurut_id[dari[s.id]]
    kolom = _kolom(asal, s, (lama, baru), dari)
    if s.id in pindah:
        return BedaLangkah(Perubahan.PINDAH, asal, s, kolom)
    return BedaLangkah(Perubahan.BERUBAH if kolom else Perubahan.TETAP, asal, s, kolom)


def _kolom(
    asal: SimpulLangkah, s: SimpulLangkah, graf: tuple[Graf, Graf], dari: dict[int, int]
) -> tuple[str, ...]:
    """Cells that differ; an arrow or a separation that names the same step does not."""
    lama, baru = graf
    kolom = [k for k in list_berubah(asal, s) if k not in ("lanjut", "ya", "tidak")]
    if "beda_orang_dari" in kolom:
        asli = {lama.menurut_nomor[n].id for n in asal.beda_orang_dari if n in lama.menurut_nomor}
        kini = {
            dari.get(baru.menurut_nomor[n].id, 0)
            for n in s.beda_orang_dari
            if n in baru.menurut_nomor
        }
        if asli == kini:
            kolom.remove("beda_orang_dari")
    tujuan = {h: t if t is None else dari.get(t, 0) for h, t in s.ke.items()}
    kolom += [h for h in ("lanjut", "ya", "tidak") if asal.ke.get(h, ...) != tujuan.get(h, ...)]
    return tuple(kolom)


def _place_dihapus(s: SimpulLangkah, lama: Graf, hasil: Sequence[BedaLangkah]) -> int:
    """Behind the nearest step that stood before it and is still listed."""
    urut = [x.id for x in lama.langkah]
    sebelum = set(urut[: urut.index(s.id)])
    tempat = [n for n, b in enumerate(hasil) if b.lama is not None and b.lama.id in sebelum]
    return max(tempat, default=-1) + 1


def match_langkah(lama: Graf, baru: Graf) -> dict[int, int]:
    """Which step became which by the likeness of their texts, equal ones first."""
    pasangan: dict[int, int] = {}
    for batas in (100, _MIRIP):
        calon = [
            (-_mirip(a, b), abs(a.nomor - b.nomor), a.id, b.id)
            for a in lama.langkah
            if a.id not in pasangan
            for b in baru.langkah
            if b.id not in pasangan.values()
        ]
        for mirip, _jauh, a, b in sorted(calon):
            if -mirip >= batas and a not in pasangan and b not in pasangan.values():
                pasangan[a] = b
    return pasangan


def _mirip(a: SimpulLangkah, b: SimpulLangkah) -> int:
    """Likeness of two deeds in percent."""
    kata = [" ".join(s.kegiatan.lower().split()) for s in (a, b)]
    if kata[0] == kata[1]:
        return 100
    cocok = difflib.SequenceMatcher(None, kata[0].split(), kata[1].split(), autojunk=False)
    sama = sum(blok.size for blok in cocok.get_matching_blocks())
    panjang = sum(len(k.split()) for k in kata)
    return min(99, 200 * sama // panjang) if panjang else 0


def _list_pindah(pasangan: dict[int, int], lama: Graf, baru: Graf) -> set[int]:
    """Ids of new steps that stand out of the order of the old ones: the fewest that explain it."""
    dari = {b: a for a, b in pasangan.items()}
    urut = {s.id: n for n, s in enumerate(lama.langkah)}
    barisan = [(s.id, urut[dari[s.id]]) for s in baru.langkah if s.id in dari]
    ujung: list[int] = []
    panjang = []
    for _id, n in barisan:
        tempat = bisect_left(ujung, n)
        ujung[tempat : tempat + 1] = [n]
        panjang.append(tempat + 1)
    tetap, perlu = set(), len(ujung)
    for (id_, _n), banyak in zip(reversed(barisan), reversed(panjang), strict=True):
        if banyak == perlu:
            tetap.add(id_)
            perlu -= 1
    return {id_ for id_, _n in barisan} - tetap
