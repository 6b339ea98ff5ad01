"""Percentages by the thousand, for means and trends: no explanation, no instance of a model.

Pages that explain a percentage go through `Capaian.hasil`; those that only average it come here.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.capaian import Rerata
from kinerja.rules.cepat import RUMUS_BIASA, reckon_biasa
from kinerja.rules.periode import Periode, step_periode
from organisasi.models import Instansi

Persen = list[Decimal | None]
# The settings nearly every row has: one target, floor 0, a formula without tables.
_BIASA = Q(rumus__in=[r.value for r in RUMUS_BIASA], lantai=0, target_atas=None)
# Two years: the shortest way on which a yearly pattern can be told from a trend.
BANYAK_TREN = 8


@dataclass(frozen=True)
class FormulirTerkirim:
    """The latest round of one unit in one triwulan that was handed in."""

    pk: int
    unit: int
    instansi: int
    periode: Periode
    status: str


def list_rentang(sampai: Periode) -> list[Periode]:
    """The triwulan of a trend, oldest first."""
    return [step_periode(sampai, n) for n in range(1 - BANYAK_TREN, 1)]


def list_formulir(
    instansi: Sequence[Instansi], rentang: Sequence[Periode]
) -> list[FormulirTerkirim]:
    """The latest rounds handed in, by unit and triwulan. One query."""
    daftar = FormulirCapaian.objects.filter(
        unit__instansi__in=instansi,
        tahun__range=(rentang[0].tahun, rentang[-1].tahun),
        status__in=FormulirCapaian.TERKIRIM,
    ).order_by("putaran")
    kolom = ("pk", "unit", "unit__instansi", "tahun", "triwulan", "status")
    terakhir = {(u, t, w): (pk, u, i, t, w, s) for pk, u, i, t, w, s in daftar.values_list(*kolom)}
    semua = [
        FormulirTerkirim(pk, u, i, Periode(t, w), s) for pk, u, i, t, w, s in terakhir.values()
    ]
    return [f for f in semua if f.periode in rentang]


def group_persen(
    instansi: Sequence[Instansi], rentang: Sequence[Periode], formulir: set[int]
) -> Mapping[int, Persen]:
    """Percentages by form. Two queries: of usual rows, and of those that need the engine."""
    milik = Capaian.objects.filter(
        formulir__unit__instansi__in=instansi,
        formulir__tahun__range=(rentang[0].tahun, rentang[-1].tahun),
        formulir__status__in=FormulirCapaian.TERKIRIM,
    )
    hasil: dict[int, Persen] = defaultdict(list)
    kolom = ("formulir_id", "target_nilai", "realisasi", "rumus", "batas")
    for f, target, realisasi, rumus, batas in milik.filter(_BIASA).values_list(*kolom).iterator():
        if f in formulir:
            hasil[f].append(reckon_biasa(target, realisasi, rumus, batas))
    lain = Q(lantai=None) | ~_BIASA
    for c in milik.filter(lain).iterator():
        if c.formulir_id in formulir:
            hasil[c.formulir_id].append(c.hasil.persen)
    return hasil


def mean_tren(
    formulir: Sequence[FormulirTerkirim], persen: Mapping[int, Persen], periode: Periode
) -> Rerata:
    """Plain mean over every figure of the triwulan that has a percentage."""
    semua = [n for f in formulir if f.periode == periode for n in persen[f.pk]]
    ada = [n for n in semua if n is not None]
    rerata = sum(ada, Decimal()) / len(ada) if ada else None
    return Rerata(rerata, len(ada), len(semua) - len(ada))
