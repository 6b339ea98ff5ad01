"""What the blocks of one report are made of, each part read once and only when a block asks."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet

from kinerja.models import Bukti, Capaian, FormulirCapaian, Indikator
from kinerja.selectors.tabel import BarisTabel, TabelCapaian
from kinerja.selectors.tabel_laporan import BahanLaporan
from laporan.models import Draf

KOSONG = "–"


@dataclass(frozen=True)
class Bahan:
    """One report with its figures. pada: the moment at which posts are looked up."""

    draf: Draf
    laporan: BahanLaporan
    pada: datetime

    @property
    def tahun(self) -> int:
        """The year the report is about."""
        return self.draf.tahun

    @property
    def tabel(self) -> list[TabelCapaian]:
        """Capaian per sasaran."""
        return self.laporan.tabel

    @property
    def baris(self) -> list[BarisTabel]:
        """Every indikator in the order of the report."""
        return [b for t in self.tabel for b in t.baris]

    @cached_property
    def indikator(self) -> dict[int, Indikator]:
        """Indikator by id, with their sasaran, unit and labels. Two queries."""
        daftar = Indikator.objects.filter(pk__in=[b.indikator_id for b in self.baris])
        daftar = daftar.select_related("sasaran__tujuan", "unit").prefetch_related("label")
        return {i.pk: i for i in daftar}

    @cached_property
    def setahun(self) -> dict[tuple[int, int], Capaian]:
        """Rows of the year up to the period. One query."""
        return list_setahun(self.draf, self.laporan.periode.triwulan)

    def list_bukti(self) -> QuerySet[Bukti]:
        """Evidence of the rows that count, in the order of the report. One query."""
        daftar = Bukti.objects.filter(capaian__in=[c.pk for c in self.setahun.values()])
        return daftar.select_related("capaian__formulir", "capaian__indikator").order_by(
            "capaian", "pk"
        )


def list_setahun(draf: Draf, sampai: int) -> dict[tuple[int, int], Capaian]:
    """Rows of the draft's year handed in, by indikator and triwulan: the last round. One query."""
    daftar = Capaian.objects.filter(
        formulir__unit__instansi=draf.instansi_id,
        formulir__tahun=draf.tahun,
        formulir__triwulan__lte=sampai,
        formulir__status__in=FormulirCapaian.TERKIRIM,
    )
    daftar = daftar.select_related("formulir").order_by("formulir__putaran")
    return {(c.indikator_id, c.formulir.triwulan): c for c in daftar}
