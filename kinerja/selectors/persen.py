"""Percentages by the thousand, for means and trends: no explanation, no instance of a model.

Pages that explain a percentage go through `Capaian.hasil`; those that only average it come here.
A form handed in has its sum ready (`RingkasanCapaian`); of one that has none the rows are added up.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.cepat import RUMUS_BIASA, reckon_biasa
from kinerja.rules.periode import Periode, step_periode
from kinerja.rules.ringkasan import Ringkasan, join, summarize
from organisasi.models import Instansi

# The settings nearly every row has: one target, floor 0, a formula without tables.
_BIASA = Q(rumus__in=[r.value for r in RUMUS_BIASA], lantai=0, target_atas=None)
# Two years: the shortest way on which a yearly pattern can be told from a trend.
BANYAK_TREN = 8


@dataclass(frozen=True)
class FormulirTerkirim:
    """The latest round of one unit in one triwulan that was handed in, and what it comes to."""

    pk: int
    unit: int
    instansi: int
    periode: Periode
    status: str
    ringkasan: Ringkasan

    @property
    def is_terverifikasi(self) -> bool:
        """Whether its figures were found right."""
        return self.status == FormulirCapaian.Status.DIVERIFIKASI


@dataclass(frozen=True)
class TitikTren:
    """One triwulan of a trend. is_terverifikasi: every figure of it was found right."""

    periode: Periode
    ringkasan: Ringkasan
    is_terverifikasi: bool

    @property
    def persen(self) -> Decimal | None:
        """Plain mean over every figure that has a percentage."""
        return self.ringkasan.persen

    @property
    def is_utuh(self) -> bool:
        """Whether nothing of it is missing or open."""
        return self.is_terverifikasi and not self.ringkasan.tak_terhitung

    @property
    def keadaan(self) -> str:
        """How far the figures behind it can be trusted, in words."""
        if not self.ringkasan.semua:
            return "Belum ada capaian"
        if not self.is_terverifikasi:
            return "Belum semua diverifikasi"
        return "Belum lengkap" if self.ringkasan.tak_terhitung else "Terverifikasi"


def list_rentang(sampai: Periode) -> list[Periode]:
    """The triwulan of a trend, oldest first."""
    return [step_periode(sampai, n) for n in range(1 - BANYAK_TREN, 1)]


def list_formulir(
    instansi: Sequence[Instansi], rentang: Sequence[Periode]
) -> list[FormulirTerkirim]:
    """The latest rounds handed in, by unit and triwulan.

    One query; two more where some of them have no summary.
    """
    daftar = FormulirCapaian.objects.filter(
        unit__instansi__in=instansi,
        tahun__range=(rentang[0].tahun, rentang[-1].tahun),
        status__in=FormulirCapaian.TERKIRIM,
    ).order_by("putaran")
    kolom = daftar.values_list(
        "pk", "unit", "unit__instansi", "tahun", "triwulan", "status",
        "ringkasan__jumlah", "ringkasan__banyak", "ringkasan__tak_terhitung",
    )  # fmt: skip
    terakhir = {(isi[1], isi[3], isi[4]): isi for isi in kolom}
    tanpa = {isi[0] for isi in terakhir.values() if isi[-1] is None}
    dihitung = sum_formulir(tanpa) if tanpa else {}
    semua = [
        FormulirTerkirim(
            pk,
            unit,
            i,
            Periode(t, w),
            status,
            dihitung[pk] if banyak is None else Ringkasan(Decimal(jumlah), banyak, tak),
        )
        for pk, unit, i, t, w, status, jumlah, banyak, tak in terakhir.values()
    ]
    return [f for f in semua if f.periode in rentang]


def sum_formulir(formulir: Iterable[int]) -> Mapping[int, Ringkasan]:
    """Rows added up by form. Two queries: of usual rows, and of those that need the engine."""
    milik = Capaian.objects.filter(formulir__in=formulir)
    persen: dict[int, list[Decimal | None]] = defaultdict(list)
    kolom = ("formulir_id", "target_nilai", "realisasi", "rumus", "batas")
    for f, target, realisasi, rumus, batas in milik.filter(_BIASA).values_list(*kolom).iterator():
        persen[f].append(reckon_biasa(target, realisasi, rumus, batas))
    for c in milik.filter(Q(lantai=None) | ~_BIASA).iterator():
        persen[c.formulir_id].append(c.hasil.persen)
    return defaultdict(Ringkasan, {f: summarize(isi) for f, isi in persen.items()})


def build_tren(formulir: Sequence[FormulirTerkirim], rentang: Sequence[Periode]) -> list[TitikTren]:
    """Each triwulan of a trend, oldest first."""
    milik: dict[Periode, list[FormulirTerkirim]] = defaultdict(list)
    for f in formulir:
        milik[f.periode].append(f)
    return [
        TitikTren(p, join(f.ringkasan for f in milik[p]), all(f.is_terverifikasi for f in milik[p]))
        for p in rentang
    ]
