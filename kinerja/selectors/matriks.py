"""Who has handed in what: units of an office against the four triwulan of a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from kinerja.models import FormulirCapaian
from kinerja.rules.periode import TRIWULAN, Periode
from organisasi.models import Instansi, UnitKerja

Status = FormulirCapaian.Status
# Only what is verified is green; a form on its way is never shown as done.
_WARNA: Mapping[str, str] = {
    Status.DRAF: "",
    Status.DIAJUKAN: "kunyit",
    Status.DIVERIFIKASI: "daun",
    Status.DIKEMBALIKAN: "bata",
}


@dataclass(frozen=True)
class SelMatriks:
    """One unit in one triwulan. pengembalian: how many rounds came before this one."""

    periode: Periode
    status: str
    keadaan: str
    warna: str
    pada: datetime | None
    pengembalian: int
    url: str


@dataclass(frozen=True)
class BarisMatriks:
    """One unit."""

    unit: UnitKerja
    sel: list[SelMatriks]


@dataclass(frozen=True)
class Matriks:
    """The whole year of an office."""

    tahun: int
    periode: list[Periode]
    baris: list[BarisMatriks]


def list_matriks(instansi: Instansi, tahun: int) -> Matriks:
    """Units that answer for an indikator or ever filled in a form that year. Two queries."""
    unit = list(
        UnitKerja.objects.filter(
            Q(indikator__is_aktif=True) | Q(formulir__tahun=tahun), instansi=instansi
        )
        .distinct()
        .order_by("urutan", "kode")
    )
    putaran = FormulirCapaian.objects.filter(unit__instansi=instansi, tahun=tahun)
    terakhir = {(f.unit_id, f.triwulan): f for f in putaran.order_by("putaran")}
    periode = [Periode(tahun, t) for t in TRIWULAN]
    return Matriks(
        tahun=tahun,
        periode=periode,
        baris=[
            BarisMatriks(u, [_build_sel(p, terakhir.get((u.pk, p.triwulan))) for p in periode])
            for u in unit
        ],
    )


def list_tahun(instansi: Instansi, *, kini: int) -> list[int]:
    """Years with forms, and this one; newest first. One query."""
    ada = FormulirCapaian.objects.filter(unit__instansi=instansi).values_list("tahun", flat=True)
    return sorted({kini, *ada.distinct().order_by()}, reverse=True)


def _build_sel(periode: Periode, formulir: FormulirCapaian | None) -> SelMatriks:
    if formulir is None:
        return SelMatriks(periode, "", "Belum dibuka", "", None, 0, "")
    return SelMatriks(
        periode=periode,
        status=formulir.status,
        keadaan=str(formulir.get_status_display()),
        warna=_WARNA[formulir.status],
        pada=formulir.diputus_pada or formulir.diajukan_pada or formulir.dibuka_pada,
        pengembalian=formulir.putaran - 1,
        url=formulir.get_absolute_url(),
    )
