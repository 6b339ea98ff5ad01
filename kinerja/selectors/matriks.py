"""Who has handed in what: units of an office against the four triwulan of a year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

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
_IKON: Mapping[str, str] = {
    Status.DRAF: "pen-line",
    Status.DIAJUKAN: "clock",
    Status.DIVERIFIKASI: "circle-check",
    Status.DIKEMBALIKAN: "undo-2",
}


@dataclass(frozen=True)
class SelMatriks:
    """One unit in one triwulan. pengembalian: how often it was sent back; kemajuan: how much of the
    work on it is done, "" where that says nothing.
    """

    periode: Periode
    status: str
    keadaan: str
    warna: str
    ikon: str
    pada: datetime | None
    pengembalian: int
    kemajuan: str
    url: str

    @property
    def is_terkirim(self) -> bool:
        """Whether the unit has handed its figures in."""
        return self.status in FormulirCapaian.TERKIRIM


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

    def list_kolom(self, periode: Periode) -> "Kolom":
        """One triwulan of it, unit by unit."""
        sel = [(b.unit, b.sel[periode.triwulan - 1]) for b in self.baris]
        return Kolom(
            periode=periode,
            semua=len(sel),
            terkirim=sum(s.is_terkirim for _u, s in sel),
            terverifikasi=sum(s.status == Status.DIVERIFIKASI for _u, s in sel),
            belum=[u for u, s in sel if not s.is_terkirim],
            terbuka=[u for u, s in sel if s.status == Status.DRAF],
        )


@dataclass(frozen=True)
class Kolom:
    """Who has sent and who has not. terbuka: those of `belum` who have a form to fill in."""

    periode: Periode
    semua: int
    terkirim: int
    terverifikasi: int
    belum: list[UnitKerja]
    terbuka: list[UnitKerja]


def list_matriks(instansi: Instansi, tahun: int) -> Matriks:
    """Units that answer for an indikator of the plan of that year, or filled in a form in it. Two
    queries.
    """
    rencana = Q(
        indikator__is_aktif=True,
        indikator__sasaran__tujuan__tahun_awal__lte=tahun,
        indikator__sasaran__tujuan__tahun_akhir__gte=tahun,
    )
    unit = list(
        UnitKerja.objects.filter(rencana | Q(formulir__tahun=tahun), instansi=instansi)
        .distinct()
        .order_by("urutan", "kode")
    )
    putaran: dict[tuple[int, int], list[FormulirCapaian]] = {}
    for f in _list_putaran(instansi, tahun):
        putaran.setdefault((f.unit_id, f.triwulan), []).append(f)
    periode = [Periode(tahun, t) for t in TRIWULAN]
    return Matriks(
        tahun=tahun,
        periode=periode,
        baris=[
            BarisMatriks(u, [_build_sel(p, putaran.get((u.pk, p.triwulan), [])) for p in periode])
            for u in unit
        ],
    )


def list_tahun(instansi: Instansi, *, kini: int) -> list[int]:
    """Years with forms, and this one; newest first. One query."""
    ada = FormulirCapaian.objects.filter(unit__instansi=instansi).values_list("tahun", flat=True)
    return sorted({kini, *ada.distinct().order_by()}, reverse=True)


def _list_putaran(instansi: Instansi, tahun: int) -> list[FormulirCapaian]:
    """Every round of the year, oldest first, with its rows counted."""
    daftar = FormulirCapaian.objects.filter(unit__instansi=instansi, tahun=tahun).annotate(
        banyak=Count("capaian"),
        terisi=Count("capaian", filter=Q(capaian__realisasi__isnull=False)),
        diperiksa=Count("capaian", filter=~Q(capaian__periksa="")),
    )
    return [*daftar.order_by("putaran")]


def _build_sel(periode: Periode, putaran: Sequence[FormulirCapaian]) -> SelMatriks:
    if not putaran:
        return SelMatriks(periode, "", "Belum dibuka", "", "circle-dashed", None, 0, "", "")
    f = putaran[-1]
    kembali = sum(p.status == Status.DIKEMBALIKAN for p in putaran)
    keadaan, warna, ikon = _describe(f, is_dibuka=bool(f.alasan_buka))
    return SelMatriks(
        periode=periode,
        status=f.status,
        keadaan=keadaan,
        warna=warna,
        ikon=ikon,
        pada=f.diputus_pada or f.diajukan_pada or f.dibuka_pada,
        pengembalian=kembali,
        kemajuan=_kata_kemajuan(f),
        url=f.get_absolute_url(),
    )


def _describe(f: FormulirCapaian, *, is_dibuka: bool) -> tuple[str, str, str]:
    """State, colour and icon. A round that lies with its unit says why it came back."""
    if f.is_draf and is_dibuka:
        return "Dibuka kembali", "bata", "undo-2"
    if f.is_draf and f.putaran > 1:
        return str(Status.DIKEMBALIKAN.label), _WARNA[Status.DIKEMBALIKAN], "undo-2"
    return str(f.get_status_display()), _WARNA[f.status], _IKON[f.status]


def _kata_kemajuan(f: FormulirCapaian) -> str:
    banyak: int = f.banyak  # type: ignore[attr-defined]  # annotated by _list_putaran
    terisi: int = f.terisi  # type: ignore[attr-defined]  # annotated by _list_putaran
    diperiksa: int = f.diperiksa  # type: ignore[attr-defined]  # annotated by _list_putaran
    if f.is_draf:
        return f"{terisi} dari {banyak} terisi"
    return f"{diperiksa} dari {banyak} diperiksa" if f.status == Status.DIAJUKAN else ""
