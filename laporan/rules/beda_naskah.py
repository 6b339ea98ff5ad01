"""What changed from one version of a text to another, chapter by chapter and block by block."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from laporan.rules.beda_teks import count_mirip, mark_beda, mark_hapus, mark_tambah
from sakip.common.blok import Blok, mark_blok, split_blok
from sakip.common.pohon_teks import parse_pohon, split_potong

# Below this share of common words two blocks without a common code are not the same block.
_MIRIP = 0.6
# Pairs beyond which blocks without a common code are not compared with each other.
_MAKS_PASANG = 10_000


class Nasib(StrEnum):
    """What became of a block."""

    TETAP = "tetap"
    BERUBAH = "berubah"
    PINDAH = "pindah"
    BARU = "baru"
    DIHAPUS = "dihapus"


@dataclass(frozen=True)
class BedaBlok:
    """One block of either version. html: its words with what changed marked.

    is_berubah: a moved block whose words changed too. is_bentuk: the words are the same, only
    their dress changed. nomor: which change it is, counted from 1; 0 for what stayed. asal: title
    of the chapter a moved block came from, where it is another one.
    """

    nasib: Nasib
    kode: str
    html: str
    is_berubah: bool = False
    is_bentuk: bool = False
    nomor: int = 0
    asal: str = ""


@dataclass(frozen=True)
class BedaBab:
    """One chapter with its blocks in the new order, a deleted one after its predecessor."""

    kode: str
    judul: str
    blok: list[BedaBlok]

    @property
    def banyak(self) -> int:
        """How many blocks changed."""
        return sum(b.nasib != Nasib.TETAP for b in self.blok)

    @property
    def ruas(self) -> list[tuple[bool, list[BedaBlok]]]:
        """Runs of blocks that stayed (False), to be folded, and that changed (True)."""
        hasil: list[tuple[bool, list[BedaBlok]]] = []
        for b in self.blok:
            ubah = b.nasib != Nasib.TETAP
            if not hasil or hasil[-1][0] != ubah:
                hasil.append((ubah, []))
            hasil[-1][1].append(b)
        return hasil


@dataclass(frozen=True)
class _Tempat:
    """One block where it stands: title and code of its chapter, and its place in the document."""

    bab: str
    judul: str
    urut: int
    blok: Blok


Isi = Sequence[Mapping[str, str]]


def compare_naskah(lama: Isi, baru: Isi) -> list[BedaBab]:
    """Every chapter of both versions, in the new order; a deleted one at the end.

    lama, baru: chapters as {kode, judul, html}. Blocks are the same when their codes are, else by
    the likeness of their words within one chapter.
    """
    dulu, kini = _list_tempat(lama), _list_tempat(baru)
    pasangan = _match(dulu, kini)
    pindah = _list_pindah(pasangan, dulu, kini)
    hilang = [n for n in range(len(dulu)) if n not in pasangan.values()]
    hasil = []
    nomor = 0
    for bab in _list_bab(lama, baru):
        milik = [n for n, t in enumerate(kini) if t.bab == bab["kode"]]
        urut: list[tuple[int | None, int | None]] = [(pasangan.get(n), n) for n in milik]
        for n in hilang:
            if dulu[n].bab == bab["kode"]:
                _insert_hilang(urut, n)
        blok = []
        for asal, tujuan in urut:
            beda = _beda(
                dulu[asal] if asal is not None else None,
                kini[tujuan] if tujuan is not None else None,
                is_pindah=tujuan in pindah,
                nomor=nomor + 1,
            )
            nomor = beda.nomor or nomor
            blok.append(beda)
        hasil.append(BedaBab(bab["kode"], bab["judul"], blok))
    return hasil


def _list_bab(lama: Isi, baru: Isi) -> list[Mapping[str, str]]:
    ada = {b["kode"] for b in baru}
    return [*baru, *(b for b in lama if b["kode"] not in ada)]


def _list_tempat(isi: Isi) -> list[_Tempat]:
    semua = [
        (b["kode"], b["judul"], blok) for b in isi for blok in split_blok(mark_blok(b["html"]))
    ]
    return [_Tempat(kode, judul, n, blok) for n, (kode, judul, blok) in enumerate(semua)]


def _match(dulu: Sequence[_Tempat], kini: Sequence[_Tempat]) -> dict[int, int]:
    """Place in the new version to place in the old one, each at most once."""
    menurut_kode: dict[tuple[str, str], list[int]] = {}
    for n, t in enumerate(dulu):
        menurut_kode.setdefault((t.bab, t.blok.kode), []).append(n)
        menurut_kode.setdefault(("", t.blok.kode), []).append(n)
    pasangan: dict[int, int] = {}
    terpakai: set[int] = set()
    # In its own chapter first: a block copied into another one is new there.
    for di_bab in (True, False):
        for n, t in enumerate(kini):
            calon = menurut_kode.get((t.bab if di_bab else "", t.blok.kode), [])
            bebas = next((c for c in calon if c not in terpakai), None)
            if n not in pasangan and bebas is not None:
                pasangan[n] = bebas
                terpakai.add(bebas)
    _match_mirip(dulu, kini, pasangan, terpakai)
    return pasangan


def _match_mirip(
    dulu: Sequence[_Tempat], kini: Sequence[_Tempat], pasangan: dict[int, int], terpakai: set[int]
) -> None:
    """Pair what is left: same chapter, same kind of element, likest words first."""
    sisa = len(kini) - len(pasangan), len(dulu) - len(terpakai)
    if sisa[0] * sisa[1] > _MAKS_PASANG:
        return
    calon = [
        (-count_mirip(_kata(a), _kata(b)), abs(a.urut - b.urut), b.urut, a.urut)
        for b in kini
        if b.urut not in pasangan
        for a in dulu
        if a.urut not in terpakai and a.bab == b.bab and a.blok.tag == b.blok.tag
    ]
    for mirip, _jauh, tujuan, asal in sorted(calon):
        if -mirip >= _MIRIP and tujuan not in pasangan and asal not in terpakai:
            pasangan[tujuan] = asal
            terpakai.add(asal)


def _kata(tempat: _Tempat) -> list[str]:
    return [p.strip() for p in split_potong(tempat.blok.isi) if not p.startswith("<")]


def _list_pindah(
    pasangan: Mapping[int, int], dulu: Sequence[_Tempat], kini: Sequence[_Tempat]
) -> set[int]:
    """Blocks that left their chapter, and the fewest that explain a new order in theirs."""
    lintas = {n for n, asal in pasangan.items() if dulu[asal].bab != kini[n].bab}
    pindah = set(lintas)
    for bab in {t.bab for t in kini}:
        barisan = [
            (n, pasangan[n])
            for n, t in enumerate(kini)
            if t.bab == bab and n in pasangan and n not in lintas
        ]
        pindah |= _outside_urut(barisan)
    return pindah


def _outside_urut(barisan: Sequence[tuple[int, int]]) -> set[int]:
    """Those outside the longest run that kept its order."""
    ujung: list[int] = []
    panjang = []
    for _tujuan, asal in barisan:
        tempat = bisect_left(ujung, asal)
        ujung[tempat : tempat + 1] = [asal]
        panjang.append(tempat + 1)
    luar, perlu = set(), len(ujung)
    for (tujuan, _asal), banyak in zip(reversed(barisan), reversed(panjang), strict=True):
        if banyak == perlu:
            perlu -= 1
        else:
            luar.add(tujuan)
    return luar


def _insert_hilang(urut: list[tuple[int | None, int | None]], hilang: int) -> None:
    """Behind the nearest block that stood before it."""
    sebelum = [n for n, (asal, _t) in enumerate(urut) if asal is not None and asal < hilang]
    urut.insert(max(sebelum, default=-1) + 1, (hilang, None))


def _beda(dulu: _Tempat | None, kini: _Tempat | None, *, is_pindah: bool, nomor: int) -> BedaBlok:
    if dulu is None:
        baru = kini.blok if kini else Blok("", "p", "")
        html = "".join(map(mark_tambah, parse_pohon(baru.polos)))
        return BedaBlok(Nasib.BARU, baru.kode, html, nomor=nomor)
    if kini is None:
        html = "".join(map(mark_hapus, parse_pohon(dulu.blok.polos)))
        return BedaBlok(Nasib.DIHAPUS, dulu.blok.kode, html, nomor=nomor)
    return _beda_pasang(dulu, kini, is_pindah=is_pindah, nomor=nomor)


def _beda_pasang(dulu: _Tempat, kini: _Tempat, *, is_pindah: bool, nomor: int) -> BedaBlok:
    lama, baru = dulu.blok.polos, kini.blok.polos
    sama = lama == baru
    if sama and not is_pindah:
        return BedaBlok(Nasib.TETAP, kini.blok.kode, baru)
    return BedaBlok(
        Nasib.PINDAH if is_pindah else Nasib.BERUBAH,
        kini.blok.kode,
        baru if sama else mark_beda(lama, baru),
        is_berubah=is_pindah and not sama,
        is_bentuk=not sama and _kata(dulu) == _kata(kini),
        nomor=nomor,
        asal=dulu.judul if dulu.bab != kini.bab else "",
    )
