"""The plan of an office as a tree, with its gaps marked."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Exists, OuterRef, Subquery

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
    FaktaProgram,
    FaktaSasaran,
    list_celah_indikator,
    list_celah_program,
    list_celah_sasaran,
)
from kinerja.rules.target import IsiTarget
from kinerja.selectors.perjanjian import list_beda_janji
from kinerja.selectors.teks import write_target
from organisasi.models import Instansi


@dataclass(frozen=True)
class SimpulIndikator:
    """One indikator; target: of the last triwulan that has one."""

    indikator: Indikator
    target: IsiTarget
    celah: tuple[str, ...]

    @property
    def target_teks(self) -> str:
        """As its kind of value is written; a level or a day stands without a unit of measure."""
        return write_target(self.target, self.indikator)


@dataclass(frozen=True)
class SimpulProgram:
    """One row of the budget. realisasi: of the last triwulan that has one."""

    program: Program
    realisasi: Decimal | None
    anak: tuple["SimpulProgram", ...]
    celah: tuple[str, ...] = ()

    @property
    def banyak_celah(self) -> int:
        """Its own and those of the rows below."""
        return len(self.celah) + sum(a.banyak_celah for a in self.anak)


@dataclass(frozen=True)
class SimpulSasaran:
    """One sasaran with what measures it and what it costs."""

    sasaran: Sasaran
    indikator: tuple[SimpulIndikator, ...]
    program: tuple[SimpulProgram, ...]
    celah: tuple[str, ...]

    @property
    def banyak_celah(self) -> int:
        """Its own and those of everything below."""
        dalam = sum(len(i.celah) for i in self.indikator)
        return len(self.celah) + dalam + sum(p.banyak_celah for p in self.program)


@dataclass(frozen=True)
class SimpulTujuan:
    """One tujuan."""

    tujuan: Tujuan
    sasaran: tuple[SimpulSasaran, ...]
    celah: tuple[str, ...]

    @property
    def banyak_celah(self) -> int:
        """Its own and those of everything below."""
        return len(self.celah) + sum(s.banyak_celah for s in self.sasaran)


@dataclass(frozen=True)
class Pohon:
    """The whole plan of one year. lepas: programs that support no sasaran."""

    tahun: int
    renstra: Renstra | None
    tujuan: tuple[SimpulTujuan, ...]
    lepas: tuple[SimpulProgram, ...]

    @property
    def celah(self) -> int:
        """How many gaps there are in all."""
        return sum(t.banyak_celah for t in self.tujuan) + sum(p.banyak_celah for p in self.lepas)


def get_pohon(instansi: Instansi, tahun: int) -> Pohon:
    """Read the plan. Seven queries, whatever its size; four more once an agreement was signed."""
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
    )


def keep_celah(pohon: Pohon) -> Pohon:
    """Only what lacks something, and what stands above it."""
    tujuan = (
        replace(t, sasaran=tuple(_keep_sasaran(s) for s in t.sasaran if s.banyak_celah))
        for t in pohon.tujuan
        if t.banyak_celah
    )
    return replace(pohon, tujuan=tuple(tujuan), lepas=_keep_program(pohon.lepas))


def keep_unit(pohon: Pohon, unit_id: int) -> Pohon:
    """Only what one unit answers for, and what stands above it."""
    tujuan = []
    for t in pohon.tujuan:
        sasaran = [_keep_milik(s, unit_id) for s in t.sasaran]
        ada = tuple(s for s in sasaran if s.indikator or s.program)
        if ada:
            tujuan.append(replace(t, sasaran=ada))
    lepas = tuple(p for p in pohon.lepas if _is_milik(p, unit_id))
    return replace(pohon, tujuan=tuple(tujuan), lepas=lepas)


def keep_label(pohon: Pohon, label: str) -> Pohon:
    """Only indikator that carry the label, and what stands above them. One query."""
    ada = set(Indikator.objects.filter(label__nama=label).values_list("pk", flat=True))
    tujuan = []
    for t in pohon.tujuan:
        sasaran = [
            replace(s, indikator=tuple(i for i in s.indikator if i.indikator.pk in ada), program=())
            for s in t.sasaran
        ]
        if isi := tuple(s for s in sasaran if s.indikator):
            tujuan.append(replace(t, sasaran=isi))
    return replace(pohon, tujuan=tuple(tujuan), lepas=())


def _keep_sasaran(s: SimpulSasaran) -> SimpulSasaran:
    indikator = tuple(i for i in s.indikator if i.celah)
    return replace(s, indikator=indikator, program=_keep_program(s.program))


def _keep_program(program: tuple[SimpulProgram, ...]) -> tuple[SimpulProgram, ...]:
    return tuple(replace(p, anak=_keep_program(p.anak)) for p in program if p.banyak_celah)


def _keep_milik(s: SimpulSasaran, unit_id: int) -> SimpulSasaran:
    return replace(
        s,
        indikator=tuple(i for i in s.indikator if i.indikator.unit_id == unit_id),
        program=tuple(p for p in s.program if _is_milik(p, unit_id)),
    )


def _is_milik(p: SimpulProgram, unit_id: int) -> bool:
    return p.program.unit_id == unit_id or any(_is_milik(a, unit_id) for a in p.anak)


def _group_indikator(instansi: Instansi, tahun: int) -> dict[int, list[SimpulIndikator]]:
    """By sasaran. Three queries, or seven once an agreement was signed for the year."""
    daftar = (
        Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
        .select_related("unit", "sasaran__tujuan")
        .annotate(berenstra=Exists(TargetRenstra.objects.filter(indikator=OuterRef("pk"))))
    )
    target: dict[int, dict[int, IsiTarget]] = defaultdict(dict)
    for t in Target.objects.filter(indikator__sasaran__tujuan__instansi=instansi, tahun=tahun):
        target[t.indikator_id][t.triwulan] = t.isi
    janji = list_beda_janji(instansi, tahun)
    hasil: dict[int, list[SimpulIndikator]] = defaultdict(list)
    for i in daftar.order_by("urutan", "kode"):
        ada = target[i.pk]
        fakta = FaktaIndikator(
            aktif=i.is_aktif,
            target=len(ada),
            definisi=bool(i.definisi_operasional),
            renstra=i.berenstra,
            janji=janji.get(i.pk, ""),
        )
        akhir = ada[max(ada)] if ada else IsiTarget()
        hasil[i.sasaran_id].append(SimpulIndikator(i, akhir, tuple(list_celah_indikator(fakta))))
    return hasil


def _build_sasaran(
    s: Sasaran, indikator: list[SimpulIndikator], program: tuple[SimpulProgram, ...]
) -> SimpulSasaran:
    aktif = tuple(
        FaktaIndikator(i.indikator.is_aktif, 0, definisi=True, renstra=True) for i in indikator
    )
    celah = list_celah_sasaran(FaktaSasaran(aktif, len(program)))
    return SimpulSasaran(s, tuple(indikator), program, tuple(celah))


def _group_program(instansi: Instansi, tahun: int) -> dict[int | None, tuple[SimpulProgram, ...]]:
    """Top rows by sasaran, each with the rows below it. One query."""
    keuangan = RealisasiAnggaran.objects.filter(program=OuterRef("pk")).order_by("-triwulan")
    daftar = (
        Program.objects.filter(instansi=instansi, tahun=tahun)
        .select_related("unit")
        .annotate(belanja=Subquery(keuangan.values("nilai")[:1]))
    )
    realisasi: dict[int, Decimal | None] = {}
    anak: dict[int | None, list[Program]] = defaultdict(list)
    for d in daftar.order_by("kode"):
        realisasi[d.pk] = d.belanja
        anak[d.induk_id].append(d)

    def bangun(p: Program, *, milik: bool = False) -> SimpulProgram:
        milik = milik or p.unit_id is not None
        bawah = tuple(bangun(a, milik=milik) for a in anak.get(p.pk, []))
        celah = list_celah_program(FaktaProgram(unit=milik, pagu=p.pagu is not None))
        return SimpulProgram(p, realisasi[p.pk], bawah, tuple(celah))

    hasil: dict[int | None, list[SimpulProgram]] = defaultdict(list)
    for p in anak.get(None, []):
        hasil[p.sasaran_id].append(bangun(p))
    return {k: tuple(v) for k, v in hasil.items()}
