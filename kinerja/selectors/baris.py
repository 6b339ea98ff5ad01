"""One row of a form as the rules want it: what its value may be, what its texts say."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from django.db.models import prefetch_related_objects

from kinerja.models import Bukti, Capaian, FormulirCapaian, KomponenCapaian
from kinerja.rules.capaian import Rumus
from kinerja.rules.isian import URAIAN, BentukNilai, NilaiBaris
from kinerja.rules.kelengkapan import RtlLalu, UraianBaris
from kinerja.rules.komposit import Komponen, Peran, Susunan
from kinerja.rules.nilai import JenisNilai, read_tingkat

# The order of every list of rows: that of the plan.
URUT = (
    "indikator__sasaran__tujuan__kode",
    "indikator__sasaran__urutan",
    "indikator__sasaran__pk",
    "indikator__urutan",
    "indikator__pk",
)


class BarisRingan(NamedTuple):
    """What judging a typed row looks at, without the weight of a model instance.

    Its fields are those of Capaian; bagian: its parts, in order, where it is made of parts.
    """

    pk: int
    kode: str
    nama: str
    versi: int
    periksa: str
    realisasi: Decimal | None
    penjelasan: str
    rtl: str
    kendala: str
    solusi: str
    rencana: str
    rtl_lalu_status: str
    rtl_lalu_keterangan: str
    rtl_lalu: str
    jenis_nilai: str
    tingkatan: str
    is_dapat_negatif: bool
    nilai_maks: Decimal | None
    susunan: str
    pengali: Decimal
    desimal: int
    rumus: str
    bagian: Sequence[KomponenCapaian] = ()

    @property
    def is_terkunci(self) -> bool:
        """As that of Capaian."""
        return self.periksa == Capaian.Periksa.SESUAI

    @property
    def polaritas(self) -> str:
        """As that of Capaian."""
        return Rumus(self.rumus).polaritas.value


_RINGAN = ["indikator__kode" if n == "kode" else n for n in BarisRingan._fields[:-1]]
Baris = Capaian | BarisRingan
_baca_uraian = attrgetter(*URAIAN)


def list_baris(formulir: FormulirCapaian) -> list[Capaian]:
    """Rows of a form in the order of the grid. One query, two where some are made of parts."""
    daftar = Capaian.objects.filter(formulir=formulir).select_related("indikator")
    baris = list(daftar.order_by(*URUT))
    if tersusun := [c for c in baris if is_tersusun(c)]:
        prefetch_related_objects(tersusun, "komponen")
    return baris


def list_ringan(formulir: FormulirCapaian) -> list[BarisRingan]:
    """The same rows, as far as judging needs them. One query, two where some are made of parts."""
    daftar = Capaian.objects.filter(formulir=formulir).order_by(*URUT).values_list(*_RINGAN)
    baris = [BarisRingan(*b) for b in daftar]
    tersusun = [c.pk for c in baris if is_tersusun(c)]
    if not tersusun:
        return baris
    bagian: dict[int, list[KomponenCapaian]] = {pk: [] for pk in tersusun}
    for k in KomponenCapaian.objects.filter(capaian__in=tersusun).order_by("capaian", "urutan"):
        bagian[k.capaian_id].append(k)
    return [c._replace(bagian=bagian[c.pk]) if c.pk in bagian else c for c in baris]


def kode_komponen(kode: str, urutan: int) -> str:
    """What stands in the code column of a part: "P2P-01 #2"."""
    return f"{kode} #{urutan}"


def build_bentuk(c: Baris) -> BentukNilai:
    """What its realisasi may be, as its form was opened."""
    return _build_bentuk(
        c.jenis_nilai, c.tingkatan, c.nilai_maks, is_dapat_negatif=c.is_dapat_negatif
    )


@lru_cache(maxsize=256)
def _build_bentuk(
    jenis: str, tingkatan: str, maks: Decimal | None, *, is_dapat_negatif: bool
) -> BentukNilai:
    """Most rows of a form are of a few kinds."""
    return BentukNilai(JenisNilai(jenis), read_tingkat(tingkatan), is_dapat_negatif, maks)


def build_uraian(c: Capaian) -> UraianBaris:
    """Its texts and what it has to answer. Where there is an RTL to answer and its evidence was not
    prefetched, one query.
    """
    bukti = sum(b.untuk == Bukti.Untuk.RTL for b in c.bukti.all()) if c.rtl_lalu else 0
    return UraianBaris(
        penjelasan=c.penjelasan,
        kendala=c.kendala,
        solusi=c.solusi,
        rencana=c.rencana,
        kembali=bool(c.catatan_pemeriksa),
        rtl=c.rtl,
        lalu=RtlLalu(bool(c.rtl_lalu), c.rtl_lalu_status, c.rtl_lalu_keterangan, bukti),
    )


def build_nilai(c: Baris) -> NilaiBaris:
    """What it holds now. One query where its parts were not prefetched."""
    return NilaiBaris(
        c.realisasi,
        c.penjelasan,
        c.rtl,
        dict(zip(URAIAN, _baca_uraian(c), strict=True)),
        {k.urutan: k.nilai for k in list_bagian(c)} if is_tersusun(c) else {},
    )


def list_bagian(c: Baris) -> Iterable[KomponenCapaian]:
    """Its parts; none where its realisasi is typed. One query where they were not prefetched."""
    if isinstance(c, BarisRingan):
        return c.bagian
    return c.komponen.all() if is_tersusun(c) else ()


def list_komponen(c: Capaian) -> list[Komponen]:
    """Its parts with their values. One query where they were not prefetched."""
    return [Komponen(Peran(k.peran), k.bobot, k.nilai) for k in c.komponen.all()]


def is_tersusun(c: Baris) -> bool:
    """Whether its realisasi is made of parts."""
    return c.susunan != Susunan.LANGSUNG
