"""One row of a form as the rules want it: what its value may be, what its texts say."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache

from django.db.models import prefetch_related_objects

from kinerja.models import Bukti, Capaian, FormulirCapaian
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


def list_baris(formulir: FormulirCapaian, kolom: Sequence[str] = ()) -> list[Capaian]:
    """Rows of a form in the order of the grid. One query, two where some are made of parts.

    kolom: read only these, and nothing of the indikator.
    """
    daftar = Capaian.objects.filter(formulir=formulir)
    daftar = daftar.only(*kolom) if kolom else daftar.select_related("indikator")
    baris = list(daftar.order_by(*URUT))
    if tersusun := [c for c in baris if is_tersusun(c)]:
        prefetch_related_objects(tersusun, "komponen")
    return baris


def kode_komponen(kode: str, urutan: int) -> str:
    """What stands in the code column of a part: "P2P-01 #2"."""
    return f"{kode} #{urutan}"


def build_bentuk(c: Capaian) -> BentukNilai:
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


def build_nilai(c: Capaian) -> NilaiBaris:
    """What it holds now. One query where its parts were not prefetched."""
    return NilaiBaris(
        realisasi=c.realisasi,
        penjelasan=c.penjelasan,
        rtl=c.rtl,
        uraian={nama: getattr(c, nama) for nama in URAIAN},
        komponen={k.urutan: k.nilai for k in c.komponen.all()} if is_tersusun(c) else {},
    )


def list_komponen(c: Capaian) -> list[Komponen]:
    """Its parts with their values. One query where they were not prefetched."""
    return [Komponen(Peran(k.peran), k.bobot, k.nilai) for k in c.komponen.all()]


def is_tersusun(c: Capaian) -> bool:
    """Whether its realisasi is made of parts."""
    return c.susunan != Susunan.LANGSUNG
