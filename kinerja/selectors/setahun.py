"""The year so far: values of the triwulan put together, against their targets and the year's."""

from dataclasses import dataclass
from decimal import Decimal

from kinerja.models import Capaian, FormulirCapaian, Target
from kinerja.rules.agregasi import AGREGASI_KATA, Agregasi, combine, combine_target
from kinerja.rules.capaian import Hasil, reckon_capaian
from kinerja.rules.periode import TRIWULAN

Nilai = dict[tuple[int, int], Decimal]


@dataclass(frozen=True)
class Setahun:
    """One indikator: its value to date, against the targets to date and against the year's."""

    cara: str
    sampai_kini: Hasil
    terhadap_tahun: Hasil


def list_setahun(formulir: FormulirCapaian, capaian: list[Capaian]) -> dict[int, Setahun]:
    """By capaian id, for rows of that form. Two queries, however many rows.

    Earlier triwulan are those of the latest round handed in; this one is as it stands in the form.
    """
    indikator = [c.indikator_id for c in capaian]
    target: Nilai = {
        (t.indikator_id, t.triwulan): t.nilai
        for t in Target.objects.filter(indikator__in=indikator, tahun=formulir.tahun)
    }
    lalu = Capaian.objects.filter(
        indikator__in=indikator,
        formulir__tahun=formulir.tahun,
        formulir__triwulan__lt=formulir.triwulan,
        formulir__status__in=FormulirCapaian.TERKIRIM,
    ).order_by("formulir__putaran")
    nilai: Nilai = {
        (c.indikator_id, triwulan): c.realisasi
        for c in lalu.select_related("formulir")
        if c.realisasi is not None and (triwulan := c.formulir.triwulan)
    }
    return {c.pk: _build(c, formulir.triwulan, target, nilai) for c in capaian}


def _build(c: Capaian, triwulan: int, target: Nilai, nilai: Nilai) -> Setahun:
    cara = Agregasi(c.indikator.agregasi)
    lewat = range(1, triwulan)
    realisasi = [*(nilai.get((c.indikator_id, t)) for t in lewat), c.realisasi]
    rencana = [*(target.get((c.indikator_id, t)) for t in lewat), c.target_nilai]
    sampai = combine(realisasi, cara)
    semua = [target.get((c.indikator_id, t)) for t in TRIWULAN]
    tahun = combine_target(semua, [Decimal(0)] * len(semua), cara)
    return Setahun(
        cara=AGREGASI_KATA[cara],
        sampai_kini=reckon_capaian(combine_target(rencana, realisasi, cara), sampai, c.setelan),
        terhadap_tahun=reckon_capaian(tahun, sampai, c.setelan),
    )
