"""Each indikator beside its past, the end of its Renstra, and the figures of others.

The comparisons Bab III asks for, read once for a whole office and the same on the page of an
indikator, in the rekap and in the report. Sumber: KERANGKA-LKJ
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import dropwhile

from django.db.models import F

from kinerja.models import (
    AngkaPembanding,
    Capaian,
    FormulirCapaian,
    Indikator,
    Target,
    TargetRenstra,
)
from kinerja.rules.agregasi import Agregasi
from kinerja.rules.banding import compare, describe_letak, describe_perubahan, reckon_kemajuan
from kinerja.rules.capaian import Hasil, Polaritas, Setelan, reckon_capaian
from kinerja.rules.nilai import ANGKA
from kinerja.rules.pembanding import Tingkat
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.rules.target import IsiTarget
from kinerja.selectors.gabung import combine_capaian, fetch_komponen
from kinerja.selectors.teks import format_nilai, format_realisasi, format_target

# The five years of a Renstra, this one among them.
BANYAK_TAHUN = 5
_PENUH = TRIWULAN[-1]
# What a result is reckoned and explained with; explanations and evidence stay where they are.
_KOLOM = (
    "indikator_id",
    "target_nilai",
    "realisasi",
    "rumus",
    "batas",
    "lantai",
    "toleransi",
    "tingkatan",
    "jenis_nilai",
    "target_atas",
    "agregasi",
    "cara_realisasi",
    "susunan",
    "pengali",
    "target_tahun",
    "target_uraian",
    "penilaian",
)


@dataclass(frozen=True)
class TitikTahun:
    """One year of one indikator. sampai: the last triwulan that counts; sumber: of a typed figure.

    realisasi None: nothing is known of that year, which is not zero.
    """

    indikator: Indikator
    tahun: int
    sampai: int
    target: Decimal | None
    realisasi: Decimal | None
    hasil: Hasil | None
    sumber: str = ""
    target_uraian: str = ""
    realisasi_uraian: str = ""

    @property
    def target_teks(self) -> str:
        """The target as a column shows it."""
        return format_target(IsiTarget(self.target, uraian=self.target_uraian), self.indikator)

    @property
    def realisasi_teks(self) -> str:
        """The value, or the words, or a dash."""
        return format_nilai(self.realisasi, self.indikator) or self.realisasi_uraian or "–"

    @property
    def is_terisi(self) -> bool:
        """Whether anything is known of what was reached."""
        return self.realisasi is not None or bool(self.realisasi_uraian)

    @property
    def label(self) -> str:
        """ "2025", or "2026 s.d. TW III"."""
        if self.sampai == _PENUH:
            return str(self.tahun)
        return f"{self.tahun} s.d. {Periode(self.tahun, self.sampai).singkat}"

    @property
    def teks(self) -> str:
        """The percentage, or a dash."""
        return self.hasil.teks if self.hasil else "–"

    @property
    def alasan(self) -> str:
        """How the percentage came about."""
        return self.hasil.alasan if self.hasil else ""


@dataclass(frozen=True)
class BandingRenstra:
    """The way to the last year of the Renstra. sisa: "" where a gap has no measure."""

    tahun: int
    target: Decimal | None
    target_teks: str
    teks: str
    alasan: str
    sisa: str


@dataclass(frozen=True)
class BandingLain:
    """The figure of somebody else. letak: where this office stands beside it, in words."""

    nama: str
    tahun: int
    nilai: Decimal
    nilai_teks: str
    letak: str
    sumber: str


@dataclass(frozen=True)
class Banding:
    """Everything one indikator is set beside. tahun: from the first of which anything is
    known, the present one last.

    sama: the same triwulan of the year before. perubahan: how this year differs from the one before
    up to the same triwulan, in words; part of a year is never set against a whole one. rencana:
    targets of the Renstra by year.
    """

    indikator: Indikator
    tahun: tuple[TitikTahun, ...]
    sama: TitikTahun | None
    perubahan: str
    renstra: BandingRenstra | None
    rencana: Mapping[int, Decimal]
    lain: tuple[BandingLain, ...]

    @property
    def kini(self) -> TitikTahun:
        """This year to date."""
        return self.tahun[-1]

    @property
    def berisi(self) -> bool:
        """Whether there is anything to compare with."""
        lalu = any(t.is_terisi for t in self.tahun[:-1])
        return lalu or self.renstra is not None or bool(self.lain)


@dataclass
class _Bahan:
    """What the database holds of one indikator."""

    capaian: dict[tuple[int, int], Capaian]
    target: dict[tuple[int, int], IsiTarget]
    renstra: dict[int, IsiTarget]
    pembanding: list[AngkaPembanding]


def list_banding(
    indikator: Sequence[Indikator], periode: Periode, banyak: int = BANYAK_TAHUN
) -> dict[int, Banding]:
    """By indikator id. Four queries, however many indikator and years; one more for shares, and one
    where words stand in place of figures.
    """
    awal = periode.tahun - banyak + 1
    bahan: dict[int, _Bahan] = {i.pk: _Bahan({}, {}, {}, []) for i in indikator}
    capaian = list(_list_capaian(bahan, awal, periode))
    fetch_komponen(capaian)
    _fetch_uraian([c for c in capaian if c.is_kata])
    for c in capaian:
        bahan[c.indikator_id].capaian[c.tahun, c.triwulan] = c  # type: ignore[attr-defined]  # annotated
    for t in Target.objects.filter(indikator__in=bahan, tahun__range=(awal, periode.tahun)):
        bahan[t.indikator_id].target[t.tahun, t.triwulan] = t.isi
    for r in TargetRenstra.objects.filter(indikator__in=bahan):
        bahan[r.indikator_id].renstra[r.tahun] = r.isi
    for p in AngkaPembanding.objects.filter(indikator__in=bahan, tahun__lte=periode.tahun):
        bahan[p.indikator_id].pembanding.append(p)
    return {i.pk: _build(i, bahan[i.pk], periode, awal) for i in indikator}


def _list_capaian(indikator: Iterable[int], awal: int, periode: Periode) -> Iterable[Capaian]:
    """Rows handed in, the latest round of each triwulan last. One query."""
    return (
        Capaian.objects.filter(
            indikator__in=list(indikator),
            formulir__tahun__range=(awal, periode.tahun),
            formulir__status__in=FormulirCapaian.TERKIRIM,
        )
        .annotate(tahun=F("formulir__tahun"), triwulan=F("formulir__triwulan"))
        .only(*_KOLOM)
        .order_by("formulir__putaran")
    )


def _fetch_uraian(kata: Sequence[Capaian]) -> None:
    """Read what was reached in words. One query, none where everything is a figure."""
    if kata:
        isi = Capaian.objects.filter(pk__in=[c.pk for c in kata])
        uraian = dict(isi.values_list("pk", "penjelasan"))
        for c in kata:
            c.penjelasan = uraian[c.pk]


def _build(i: Indikator, bahan: _Bahan, periode: Periode, awal: int) -> Banding:
    semua = [_titik(i, bahan, t, _PENUH) for t in range(awal, periode.tahun)]
    tahun = tuple(dropwhile(lambda t: not t.is_terisi and t.target_teks == "–", semua))
    kini = _titik(i, bahan, periode.tahun, periode.triwulan)
    lalu = tahun[-1] if tahun else None
    sama = _titik(i, bahan, periode.tahun - 1, periode.triwulan, sendiri=False)
    return Banding(
        indikator=i,
        tahun=(*tahun, kini),
        sama=sama if sama.is_terisi and periode.triwulan != _PENUH else None,
        perubahan=_perubahan(i, kini, lalu if periode.triwulan == _PENUH else sama),
        renstra=_renstra(i, bahan, kini),
        rencana={t: r.nilai for t, r in bahan.renstra.items() if r.nilai is not None},
        lain=tuple(_lain(i, kini, p) for p in _terbaru(bahan.pembanding)),
    )


def _titik(
    i: Indikator, bahan: _Bahan, tahun: int, sampai: int, *, sendiri: bool = True
) -> TitikTahun:
    """The value of a year up to a triwulan; one's own typed figure where the year has no end."""
    triwulan = range(1, sampai + 1)
    baris = [bahan.capaian.get((tahun, t)) for t in triwulan]
    tulis = next((p for p in bahan.pembanding if _is_sendiri(p, tahun)), None)
    if sendiri and tulis is not None and sampai == _PENUH and not _is_terisi(baris[-1]):
        return _tertulis(i, bahan, tulis)
    terakhir = next((c for c in reversed(baris) if _is_terisi(c)), None)
    isi = [
        c.target if c else bahan.target.get((tahun, t), IsiTarget()) for t, c in enumerate(baris, 1)
    ]
    if terakhir is None:
        akhir = isi[-1]
        return TitikTahun(i, tahun, sampai, akhir.nilai, None, None, target_uraian=akhir.uraian)
    terisi = max(t for t, c in enumerate(baris, 1) if _is_terisi(c))
    if terakhir.is_kata:
        return _titik_kata(i, tahun, terisi, terakhir)
    gabung = combine_capaian(baris, [t.nilai for t in isi], terakhir)
    # A position is a row of its own: its page explains it in the same words.
    posisi = Agregasi(terakhir.agregasi) is Agregasi.TERAKHIR
    hasil = terakhir.hasil if posisi else gabung.reckon(gabung.target, terakhir)
    return TitikTahun(i, tahun, terisi, gabung.target, gabung.nilai, hasil)


def _titik_kata(i: Indikator, tahun: int, sampai: int, c: Capaian) -> TitikTahun:
    """Words are never put together: those of the last triwulan stand for the year."""
    return TitikTahun(
        i,
        tahun,
        sampai,
        None,
        None,
        c.hasil,
        target_uraian=c.target_uraian,
        realisasi_uraian=format_realisasi(c),
    )


def _tertulis(i: Indikator, bahan: _Bahan, p: AngkaPembanding) -> TitikTahun:
    """A year before this application: the figure as typed, against what was promised for it."""
    isi = bahan.target.get((p.tahun, _PENUH)) or bahan.renstra.get(p.tahun, IsiTarget())
    hasil = reckon_capaian(isi.nilai, p.nilai, _setelan(i))
    return TitikTahun(
        i, p.tahun, _PENUH, isi.nilai, p.nilai, hasil, p.sumber, target_uraian=isi.uraian
    )


def _is_terisi(c: Capaian | None) -> bool:
    return c is not None and c.is_terisi


def _is_sendiri(p: AngkaPembanding, tahun: int) -> bool:
    return p.tingkat == Tingkat.SENDIRI and p.tahun == tahun


def _setelan(i: Indikator) -> Setelan:
    """The settings a row opened today would take from the indikator."""
    return Capaian(
        rumus=i.rumus,
        batas=i.batas,
        lantai=i.lantai,
        toleransi=i.toleransi,
        tingkatan=i.tingkatan,
        jenis_nilai=i.jenis_nilai,
    ).setelan


def _is_angka(i: Indikator) -> bool:
    """Whether differences of its values mean something."""
    return i.jenis_nilai in ANGKA


def _perubahan(i: Indikator, kini: TitikTahun, lalu: TitikTahun | None) -> str:
    if lalu is None or lalu.realisasi is None or kini.realisasi is None or not _is_angka(i):
        return ""
    selisih = compare(kini.realisasi, lalu.realisasi, Polaritas(i.polaritas))
    return describe_perubahan(selisih, lambda n: format_nilai(n, i))


def _renstra(i: Indikator, bahan: _Bahan, kini: TitikTahun) -> BandingRenstra | None:
    if not bahan.renstra:
        return None
    tahun = max(bahan.renstra)
    target, teks = bahan.renstra[tahun].nilai, format_target(bahan.renstra[tahun], i)
    if target is None or kini.realisasi is None:
        sebab = "Dinilai dengan kata, tanpa angka." if target is None else "Realisasi belum diisi."
        return BandingRenstra(tahun, target, teks, "–", sebab, "")
    maju = reckon_kemajuan(target, kini.realisasi, _setelan(i))
    sisa = ""
    if _is_angka(i):
        sisa = f"{format_nilai(maju.sisa, i)} {i.satuan}" if maju.sisa else "sudah tercapai"
    return BandingRenstra(tahun, target, teks, maju.hasil.teks, maju.hasil.alasan, sisa)


def _terbaru(pembanding: Iterable[AngkaPembanding]) -> list[AngkaPembanding]:
    """Of each other region the latest figure; nation first, as the choices stand."""
    urut = list(Tingkat)
    terakhir = {
        (p.tingkat, p.wilayah): p
        for p in sorted(pembanding, key=lambda p: p.tahun)
        if p.tingkat != Tingkat.SENDIRI
    }
    return sorted(terakhir.values(), key=lambda p: (urut.index(Tingkat(p.tingkat)), p.wilayah))


def _lain(i: Indikator, kini: TitikTahun, p: AngkaPembanding) -> BandingLain:
    letak = ""
    if kini.realisasi is not None and _is_angka(i):
        selisih = compare(kini.realisasi, p.nilai, Polaritas(i.polaritas))
        letak = describe_letak(selisih, lambda n: format_nilai(n, i))
    teks = format_nilai(p.nilai, i)
    return BandingLain(p.baca.nama, p.tahun, p.nilai, teks, letak, p.sumber)
