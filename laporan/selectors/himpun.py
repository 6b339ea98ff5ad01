"""Who has sent figures of a report's period and who has not: for whoever gathers them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from kinerja.models import FormulirCapaian
from laporan.models import Draf
from laporan.rules.periode import last_triwulan
from organisasi.models import UnitKerja

_WARNA = {
    FormulirCapaian.Status.DRAF: "",
    FormulirCapaian.Status.DIAJUKAN: "nila",
    FormulirCapaian.Status.DIVERIFIKASI: "daun",
    FormulirCapaian.Status.DIKEMBALIKAN: "bata",
}


@dataclass(frozen=True)
class KirimanUnit:
    """One unit and its figures of the period. banyak, terisi: rows in all, rows with a figure."""

    unit: UnitKerja
    keadaan: str
    warna: str
    oleh: str
    pada: datetime | None
    banyak: int
    terisi: int
    url: str
    is_terkirim: bool


def list_kiriman(draf: Draf) -> list[KirimanUnit]:
    """Units that answer for an indikator or opened a form of the period. Two queries."""
    tahun, triwulan = draf.tahun, last_triwulan(draf.jenis, draf.periode_ke)
    formulir = FormulirCapaian.objects.filter(
        unit__instansi=draf.instansi_id, tahun=tahun, triwulan=triwulan
    ).annotate(
        banyak=Count("capaian"), terisi=Count("capaian", filter=Q(capaian__realisasi__isnull=False))
    )
    terakhir = {f.unit_id: f for f in formulir.select_related("diajukan_oleh").order_by("putaran")}
    unit = UnitKerja.objects.filter(
        Q(indikator__is_aktif=True) | Q(pk__in=terakhir), instansi=draf.instansi_id
    )
    return [
        _make_kiriman(u, terakhir.get(u.pk)) for u in unit.distinct().order_by("urutan", "kode")
    ]


def _make_kiriman(unit: UnitKerja, formulir: FormulirCapaian | None) -> KirimanUnit:
    if formulir is None:
        return KirimanUnit(unit, "Belum dibuka", "", "", None, 0, 0, "", is_terkirim=False)
    return KirimanUnit(
        unit,
        str(formulir.get_status_display()),
        _WARNA[FormulirCapaian.Status(formulir.status)],
        formulir.diajukan_oleh.nama if formulir.diajukan_oleh else "",
        formulir.diajukan_pada,
        formulir.banyak,  # type: ignore[attr-defined]  # annotated by list_kiriman
        formulir.terisi,  # type: ignore[attr-defined]  # annotated by list_kiriman
        formulir.get_absolute_url(),
        is_terkirim=not formulir.is_draf,
    )
