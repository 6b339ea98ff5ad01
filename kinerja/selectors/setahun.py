"""The year so far: values of the triwulan put together, against their targets and the year's."""

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.agregasi import AGREGASI_KATA, Agregasi, combine, combine_target
from kinerja.rules.capaian import Hasil, reckon_capaian


@dataclass(frozen=True)
class Setahun:
    """One indikator: its value to date, against the targets to date and against the year's."""

    cara: str
    sampai_kini: Hasil
    terhadap_tahun: Hasil


def list_setahun(formulir: FormulirCapaian, capaian: list[Capaian]) -> dict[int, Setahun]:
    """By capaian id, for rows of that form. One query, however many rows.

    Earlier triwulan are those of the latest round handed in, with the targets they were opened
    with; this one is as it stands in the form. Later changes of the plan change nothing here.
    """
    lalu = Capaian.objects.filter(
        indikator__in=[c.indikator_id for c in capaian],
        formulir__tahun=formulir.tahun,
        formulir__triwulan__lt=formulir.triwulan,
        formulir__status__in=FormulirCapaian.TERKIRIM,
    ).order_by("formulir__putaran")
    terakhir = {(c.indikator_id, c.formulir.triwulan): c for c in lalu.select_related("formulir")}
    return {c.pk: _build(c, formulir.triwulan, terakhir) for c in capaian}


def _build(c: Capaian, triwulan: int, terakhir: Mapping[tuple[int, int], Capaian]) -> Setahun:
    cara = Agregasi(c.agregasi)
    baris = [*(terakhir.get((c.indikator_id, t)) for t in range(1, triwulan)), c]
    realisasi = [None if b is None else b.realisasi for b in baris]
    rencana = [None if b is None else b.target_nilai for b in baris]
    sampai = combine(realisasi, cara)
    return Setahun(
        cara=AGREGASI_KATA[cara],
        sampai_kini=reckon_capaian(combine_target(rencana, realisasi, cara), sampai, c.setelan),
        terhadap_tahun=reckon_capaian(c.target_tahun, sampai, c.setelan),
    )
