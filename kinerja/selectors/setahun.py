"""The year so far: values of the triwulan put together, against their targets and the year's."""

from collections.abc import Mapping
from dataclasses import dataclass

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.capaian import Hasil
from kinerja.selectors.gabung import combine_capaian, fetch_komponen, name_cara


@dataclass(frozen=True)
class Setahun:
    """One indikator: its value to date, against the targets to date and against the year's."""

    cara: str
    sampai_kini: Hasil
    terhadap_tahun: Hasil


def list_setahun(formulir: FormulirCapaian, capaian: list[Capaian]) -> dict[int, Setahun]:
    """By capaian id, for rows of that form. One query, however many rows; one more for shares.

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
    fetch_komponen([*capaian, *terakhir.values()])
    return {c.pk: _build(c, formulir.triwulan, terakhir) for c in capaian}


def _build(c: Capaian, triwulan: int, terakhir: Mapping[tuple[int, int], Capaian]) -> Setahun:
    baris = [*(terakhir.get((c.indikator_id, t)) for t in range(1, triwulan)), c]
    target = [None if b is None else b.target_nilai for b in baris]
    sampai = combine_capaian(baris, target, c)
    return Setahun(
        cara=name_cara(c),
        sampai_kini=sampai.reckon(sampai.target, c),
        terhadap_tahun=sampai.reckon(c.target_tahun, c),
    )
