"""Perjanjian Kinerja: what the plan makes it say, what was signed, which one is in force."""

from collections import defaultdict
from datetime import date, datetime

from django.db.models import Q, QuerySet

from kinerja.models import (
    AnggaranPerjanjian,
    BarisPerjanjian,
    Indikator,
    PerjanjianKinerja,
    Program,
    Target,
)
from kinerja.rules.agregasi import Agregasi
from kinerja.rules.perjanjian import (
    Beda,
    ButirAnggaran,
    ButirKinerja,
    IsiPerjanjian,
    Pihak,
    compare,
)
from kinerja.rules.target import combine_isi
from kinerja.selectors.teks import format_target
from organisasi.models import Instansi, Penugasan
from organisasi.selectors import list_pemegang

_URUT = ("sasaran__tujuan__kode", "sasaran__urutan", "sasaran__pk", "urutan", "pk")


def build_isi(instansi: Instansi, tahun: int, unit_id: int | None = None) -> IsiPerjanjian:
    """The lampiran as the plan has it now: of the office, or of one unit. Three queries."""
    indikator = Indikator.objects.filter(
        sasaran__tujuan__instansi=instansi,
        sasaran__tujuan__tahun_awal__lte=tahun,
        sasaran__tujuan__tahun_akhir__gte=tahun,
        is_aktif=True,
    )
    program = Program.objects.filter(instansi=instansi, tahun=tahun)
    if unit_id is None:
        program = program.exclude(jenis=Program.Jenis.SUBKEGIATAN)
    else:
        indikator, program = indikator.filter(unit=unit_id), program.filter(unit=unit_id)
    daftar = list(indikator.select_related("sasaran").order_by(*_URUT))
    target = _group_target(daftar, tahun)
    return IsiPerjanjian(
        kinerja=tuple(_make_kinerja(i, target[i.pk]) for i in daftar),
        anggaran=tuple(
            ButirAnggaran(p.pk, p.jenis, p.kode, p.nama, p.pagu) for p in program.order_by("kode")
        ),
    )


def _group_target(indikator: list[Indikator], tahun: int) -> dict[int, dict[int, Target]]:
    hasil: dict[int, dict[int, Target]] = defaultdict(dict)
    for t in Target.objects.filter(indikator__in=indikator, tahun=tahun):
        hasil[t.indikator_id][t.triwulan] = t
    return hasil


def _make_kinerja(i: Indikator, target: dict[int, Target]) -> ButirKinerja:
    isi = combine_isi({tw: t.isi for tw, t in target.items()}, Agregasi(i.agregasi))
    return ButirKinerja(
        indikator_id=i.pk,
        sasaran_kode=i.sasaran.kode,
        sasaran=i.sasaran.uraian,
        kode=i.kode,
        nama=i.nama,
        satuan=i.satuan,
        target=isi.nilai,
        target_atas=isi.atas,
        target_teks=format_target(isi, i),
        uraian=isi.uraian,
    )


def read_isi(perjanjian: PerjanjianKinerja) -> IsiPerjanjian:
    """The lampiran as it was signed. Two queries."""
    return IsiPerjanjian(
        kinerja=tuple(_read_kinerja(b) for b in perjanjian.baris.all()),
        anggaran=tuple(_read_anggaran(a) for a in perjanjian.anggaran.all()),
    )


def _read_kinerja(b: BarisPerjanjian) -> ButirKinerja:
    return ButirKinerja(
        indikator_id=b.indikator_id,
        sasaran_kode=b.sasaran_kode,
        sasaran=b.sasaran,
        kode=b.kode,
        nama=b.nama,
        satuan=b.satuan,
        target=b.target,
        target_atas=b.target_atas,
        target_teks=b.target_teks,
        uraian=b.target_teks if b.target is None else "",
    )


def _read_anggaran(a: AnggaranPerjanjian) -> ButirAnggaran:
    return ButirAnggaran(a.program_id, a.jenis, a.kode, a.nama, a.anggaran)


def list_perjanjian(instansi: Instansi, tahun: int) -> QuerySet[PerjanjianKinerja]:
    """Agreements of one year that were not given up: the head's first, then unit by unit."""
    return (
        PerjanjianKinerja.objects.filter(instansi=instansi, tahun=tahun)
        .exclude(status=PerjanjianKinerja.Status.DIBATALKAN)
        .select_related("unit")
        .order_by("unit__urutan", "unit__kode", "-nomor")
    )


def get_perjanjian_berlaku(
    instansi_id: int, tahun: int, pada: date, unit_id: int | None = None
) -> PerjanjianKinerja | None:
    """The signed agreement in force on that day: the last perubahan begun by then, else the murni.

    The murni covers its whole year, whenever it was signed. One query.
    """
    return (
        PerjanjianKinerja.objects.filter(
            Q(nomor=0) | Q(berlaku_mulai__lte=pada),
            instansi=instansi_id,
            tahun=tahun,
            unit=unit_id,
            status=PerjanjianKinerja.Status.DITETAPKAN,
        )
        .order_by("-nomor")
        .first()
    )


def list_janji(instansi_id: int, tahun: int, pada: date) -> dict[int, BarisPerjanjian]:
    """Rows of the office's agreement in force on that day, by indikator. At most two queries."""
    perjanjian = get_perjanjian_berlaku(instansi_id, tahun, pada)
    if perjanjian is None:
        return {}
    return {b.indikator_id: b for b in perjanjian.baris.all()}


def list_beda_janji(instansi: Instansi, tahun: int) -> dict[int, str]:
    """Targets promised that the plan no longer has, by indikator, as printed on the agreement.

    One query while nothing was signed for the year, else five.
    """
    janji = list_janji(instansi.pk, tahun, date(tahun, 12, 31))
    if not janji:
        return {}
    kini = {b.indikator_id: _list_janji(b) for b in build_isi(instansi, tahun).kinerja}
    dulu = {i: _read_kinerja(b) for i, b in janji.items() if i in kini}
    return {i: b.target_bersatuan for i, b in dulu.items() if kini[i] != _list_janji(b)}


def _list_janji(b: ButirKinerja) -> tuple[object, ...]:
    return (b.target, b.target_atas, b.uraian)


def find_sebelum(perjanjian: PerjanjianKinerja) -> PerjanjianKinerja | None:
    """The signed agreement that this perubahan replaces. One query, none for a murni."""
    if not perjanjian.is_perubahan:
        return None
    return PerjanjianKinerja.objects.filter(
        instansi=perjanjian.instansi_id,
        tahun=perjanjian.tahun,
        unit=perjanjian.unit_id,
        nomor=perjanjian.nomor - 1,
        status=PerjanjianKinerja.Status.DITETAPKAN,
    ).first()


def compare_isi(
    lama: IsiPerjanjian, baru: IsiPerjanjian
) -> tuple[list[Beda[ButirKinerja]], list[Beda[ButirAnggaran]]]:
    """Two lampiran row by row: indikator, then program."""
    return compare(lama.kinerja, baru.kinerja), compare(lama.anggaran, baru.anggaran)


def find_pihak(jabatan_id: int, unit_id: int | None, *, pada: datetime) -> Pihak:
    """Who holds that post for that unit now, own post before Plt.; empty texts: nobody. A query."""
    pemegang = [
        p
        for p in list_pemegang(jabatan_ids=[jabatan_id], pada=pada)
        if p.covers(jabatan_id, unit_id)
    ]
    pemegang.sort(
        key=lambda p: (p.jenis == Penugasan.Jenis.DELEGASI, p.is_pengganti, p.unit_id is None)
    )
    if not pemegang:
        return Pihak("", "")
    satu = pemegang[0]
    orang = satu.pengguna
    return Pihak(orang.nama, satu.sebutan, orang.pangkat, orang.nip)


def get_pihak(perjanjian: PerjanjianKinerja, *, pada: datetime) -> tuple[Pihak, Pihak]:
    """Both parties: as signed, else as the posts are held now and the superior was typed."""
    if perjanjian.status == PerjanjianKinerja.Status.DITETAPKAN:
        return perjanjian.pertama, perjanjian.kedua
    pertama = find_pihak(perjanjian.pertama_jabatan_id, perjanjian.unit_id, pada=pada)
    if perjanjian.kedua_jabatan_id is None:
        return pertama, perjanjian.kedua
    return pertama, find_pihak(perjanjian.kedua_jabatan_id, None, pada=pada)
