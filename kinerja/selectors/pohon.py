"""The plan of an office as a tree, with its gaps marked."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kinerja.models import (
    Indikator,
    Program,
    RealisasiAnggaran,
    Renstra,
    Sasaran,
    Target,
    TargetRenstra,
    Tujuan,
)
from kinerja.rules.pohon import (
    FaktaIndikator,
    FaktaSasaran,
    list_celah_indikator,
    list_celah_sasaran,
)
from organisasi.models import Instansi


@dataclass(frozen=True)
class SimpulIndikator:
    """One indikator; target: text of the last triwulan that has one."""

    indikator: Indikator
    target: Decimal | None
    celah: tuple[str, ...]


@dataclass(frozen=True)
class SimpulProgram:
    """One row of the budget. realisasi: of the last triwulan that has one."""

    program: Program
    realisasi: Decimal | None
    anak: tuple["SimpulProgram", ...]


@dataclass(frozen=True)
class SimpulSasaran:
    """One sasaran with what measures it and what it costs."""

    sasaran: Sasaran
    indikator: tuple[SimpulIndikator, ...]
    program: tuple[SimpulProgram, ...]
    celah: tuple[str, ...]


@dataclass(frozen=True)
class SimpulTujuan:
    """One tujuan."""

    tujuan: Tujuan
    sasaran: tuple[SimpulSasaran, ...]
    celah: tuple[str, ...]


@dataclass(frozen=True)
class Pohon:
    """The whole plan of one year. lepas: programs that support no sasaran."""

    tahun: int
    renstra: Renstra | None
    tujuan: tuple[SimpulTujuan, ...]
    lepas: tuple[SimpulProgram, ...]
    celah: int


def get_pohon(instansi: Instansi, tahun: int) -> Pohon:
    """Read the plan. Eight queries, whatever its size."""
    indikator = _group_indikator(instansi, tahun)
    program = _group_program(instansi, tahun)
    tujuan = []
    for t in Tujuan.objects.filter(
        instansi=instansi, tahun_awal__lte=tahun, tahun_akhir__gte=tahun
    ).prefetch_related("sasaran"):
        sasaran = tuple(
            _build_sasaran(s, indikator.get(s.pk, []), program.get(s.pk, ()))
            for s in t.sasaran.all()
        )
        tujuan.append(SimpulTujuan(t, sasaran, () if sasaran else ("Belum ada sasaran",)))
    return Pohon(
        tahun=tahun,
        renstra=Renstra.objects.filter(
            instansi=instansi, tahun_awal__lte=tahun, tahun_akhir__gte=tahun
        ).first(),
        tujuan=tuple(tujuan),
        lepas=program.get(None, ()),
        celah=sum(_count_celah(t) for t in tujuan),
    )


def _count_celah(t: SimpulTujuan) -> int:
    dalam = sum(len(s.celah) + sum(len(i.celah) for i in s.indikator) for s in t.sasaran)
    return len(t.celah) + dalam


def _group_indikator(instansi: Instansi, tahun: int) -> dict[int, list[SimpulIndikator]]:
    """By sasaran. Three queries."""
    daftar = Indikator.objects.filter(sasaran__tujuan__instansi=instansi).select_related(
        "unit", "sasaran__tujuan"
    )
    target: dict[int, dict[int, Decimal]] = defaultdict(dict)
    for t in Target.objects.filter(indikator__sasaran__tujuan__instansi=instansi, tahun=tahun):
        target[t.indikator_id][t.triwulan] = t.nilai
    renstra = Counter(
        TargetRenstra.objects.filter(indikator__sasaran__tujuan__instansi=instansi).values_list(
            "indikator", flat=True
        )
    )
    hasil: dict[int, list[SimpulIndikator]] = defaultdict(list)
    for i in daftar.order_by("urutan", "kode"):
        ada = target[i.pk]
        fakta = _fakta(i, len(ada), renstra)
        akhir = ada[max(ada)] if ada else None
        hasil[i.sasaran_id].append(SimpulIndikator(i, akhir, tuple(list_celah_indikator(fakta))))
    return hasil


def _fakta(i: Indikator, target: int, renstra: Mapping[int, int]) -> FaktaIndikator:
    return FaktaIndikator(
        aktif=i.is_aktif,
        target=target,
        definisi=bool(i.definisi_operasional),
        renstra=bool(renstra.get(i.pk)),
    )


def _build_sasaran(
    s: Sasaran, indikator: list[SimpulIndikator], program: tuple[SimpulProgram, ...]
) -> SimpulSasaran:
    aktif = tuple(
        FaktaIndikator(i.indikator.is_aktif, 0, definisi=True, renstra=True) for i in indikator
    )
    celah = list_celah_sasaran(FaktaSasaran(aktif, len(program)))
    return SimpulSasaran(s, tuple(indikator), program, tuple(celah))


def _group_program(instansi: Instansi, tahun: int) -> dict[int | None, tuple[SimpulProgram, ...]]:
    """Top rows by sasaran, each with the rows below it. Two queries."""
    daftar = list(
        Program.objects.filter(instansi=instansi, tahun=tahun)
        .select_related("unit")
        .order_by("kode")
    )
    keuangan = RealisasiAnggaran.objects.filter(program__in=daftar).order_by("triwulan")
    realisasi = dict(keuangan.values_list("program", "nilai"))
    anak: dict[int | None, list[Program]] = defaultdict(list)
    for p in daftar:
        anak[p.induk_id].append(p)

    def bangun(p: Program) -> SimpulProgram:
        bawah = tuple(bangun(a) for a in anak.get(p.pk, []))
        return SimpulProgram(p, realisasi.get(p.pk), bawah)

    hasil: dict[int | None, list[SimpulProgram]] = defaultdict(list)
    for p in anak.get(None, []):
        hasil[p.sasaran_id].append(bangun(p))
    return {k: tuple(v) for k, v in hasil.items()}
