"""Figures of others as the page and the workbook show them."""

from dataclasses import dataclass

from kinerja.models import AngkaPembanding, Indikator
from kinerja.selectors.teks import format_isian, format_nilai
from organisasi.models import Instansi


@dataclass(frozen=True)
class BarisPembanding:
    """One figure. tingkat: the words a pasted row says it with; isian: the value as it is typed."""

    pk: int
    tahun: int
    tingkat: str
    wilayah: str
    nama: str
    nilai_teks: str
    isian: str
    sumber: str


@dataclass(frozen=True)
class KelompokPembanding:
    """One indikator and its figures, the latest year first."""

    indikator: Indikator
    baris: tuple[BarisPembanding, ...]


def list_pembanding(instansi: Instansi) -> list[KelompokPembanding]:
    """Every indikator in use, with or without figures. Two queries."""
    indikator = (
        Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
        .order_by("sasaran__tujuan__kode", "sasaran__urutan", "urutan", "kode")
        .prefetch_related("pembanding")
    )
    return [
        KelompokPembanding(i, tuple(_build(p, i) for p in i.pembanding.all()))
        for i in indikator
        if i.is_aktif or i.pembanding.all()
    ]


def _build(p: AngkaPembanding, i: Indikator) -> BarisPembanding:
    return BarisPembanding(
        pk=p.pk,
        tahun=p.tahun,
        tingkat=str(p.get_tingkat_display()),
        wilayah=p.wilayah,
        nama=p.baca.nama,
        nilai_teks=format_nilai(p.nilai, i),
        isian=format_isian(p.nilai, i),
        sumber=p.sumber,
    )
