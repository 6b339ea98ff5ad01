"""Rows of a form that is opened: the plan of today, or the round before, copied once for all."""

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from kinerja.models import (
    Bukti,
    Capaian,
    FormulirCapaian,
    Indikator,
    KomponenCapaian,
    KomponenIndikator,
    Target,
)
from kinerja.rules.agregasi import Agregasi
from kinerja.rules.target import IsiTarget, combine_isi
from kinerja.selectors.baris import is_tersusun
from kinerja.selectors.perjanjian import list_janji

_DEFINISI = (
    "jenis_nilai",
    "rumus",
    "batas",
    "lantai",
    "toleransi",
    "tingkatan",
    "nama",
    "satuan",
    "agregasi",
    "desimal",
    "is_dapat_negatif",
    "nilai_maks",
    "susunan",
    "pengali",
)
_ISI = (
    "realisasi",
    "cara_realisasi",
    "penjelasan",
    "kendala",
    "solusi",
    "rencana",
    "rtl_lalu",
    "rtl_lalu_dari",
    "rtl_lalu_status",
    "rtl_lalu_keterangan",
    "diisi_oleh_id",
    "catatan_pemeriksa",
)
# What a new round takes over from the one before it.
_SALIN = (
    *_DEFINISI,
    "definisi",
    "target_nilai",
    "target_atas",
    "target_uraian",
    "target_tahun",
    *_ISI,
)


def write_baris(formulir: Sequence[FormulirCapaian], sumber: Mapping[int, int]) -> None:
    """Rows of new forms. sumber: unit id to the form of the round before."""
    menurut_unit = {f.unit_id: f for f in formulir}
    lama = list(
        Capaian.objects.filter(formulir__in=[sumber[u] for u in menurut_unit if u in sumber])
        .select_related("indikator", "formulir")
        .prefetch_related("bukti", "komponen")
    )
    ada = {c.indikator_id for c in lama}
    # A row belongs to the unit of its form, even where the plan has moved the indikator since.
    unit_dari = {f: u for u, f in sumber.items()}
    bersalah = {c.formulir_id for c in lama if c.periksa == Capaian.Periksa.PERBAIKI}
    baru = [
        _copy_capaian(c, menurut_unit[unit_dari[c.formulir_id]], kunci=c.formulir_id in bersalah)
        for c in lama
    ]
    kutipan = [
        _copy_bukti(b, salinan)
        for c, salinan in zip(lama, baru, strict=True)
        for b in c.bukti.all()
    ]
    indikator = _list_indikator(menurut_unit, formulir[0].tahun)
    baru += _new_capaian([i for i in indikator if i.pk not in ada], menurut_unit)
    komponen = [
        _copy_komponen(k, salinan)
        for c, salinan in zip(lama, baru, strict=False)
        for k in c.komponen.all()
    ]
    Capaian.objects.bulk_create(baru)
    Bukti.objects.bulk_create(kutipan)
    KomponenCapaian.objects.bulk_create(komponen + _new_komponen(baru[len(lama) :]))


def _list_indikator(unit: Iterable[int], tahun: int) -> list[Indikator]:
    return list(
        Indikator.objects.filter(
            unit__in=unit,
            is_aktif=True,
            sasaran__tujuan__tahun_awal__lte=tahun,
            sasaran__tujuan__tahun_akhir__gte=tahun,
        )
    )


def _new_capaian(
    indikator: Sequence[Indikator], formulir: Mapping[int, FormulirCapaian]
) -> list[Capaian]:
    satu = next(iter(formulir.values()))
    target: dict[int, dict[int, IsiTarget]] = {}
    for t in Target.objects.filter(indikator__in=indikator, tahun=satu.tahun):
        target.setdefault(t.indikator_id, {})[t.triwulan] = t.isi
    lalu = _find_lalu(indikator, satu)
    baris = [
        _new_baris(i, formulir[i.unit_id], target.get(i.pk, {}), lalu.get(i.pk)) for i in indikator
    ]
    _promise_target(baris, satu)
    return baris


def _promise_target(baris: Sequence[Capaian], formulir: FormulirCapaian) -> None:
    """Where a Perjanjian Kinerja is in force at the end of the period, its target is the year's."""
    if not baris:
        return
    akhir = formulir.periode.akhir
    janji = list_janji(formulir.unit.instansi_id, formulir.tahun, akhir)
    for c in baris:
        if c.indikator_id in janji:
            c.target_tahun = janji[c.indikator_id].target


def _new_baris(
    i: Indikator, formulir: FormulirCapaian, target: Mapping[int, IsiTarget], lalu: Capaian | None
) -> Capaian:
    kini = target.get(formulir.triwulan, IsiTarget())
    janji = "" if lalu is None else join_rtl(lalu)
    return Capaian(
        formulir=formulir,
        indikator=i,
        target_nilai=kini.nilai,
        target_atas=kini.atas,
        target_uraian=kini.uraian,
        target_tahun=combine_isi(target, Agregasi(i.agregasi)).nilai,
        definisi=i.definisi_operasional,
        rtl_lalu=janji,
        rtl_lalu_dari=lalu.formulir.periode.nama if lalu and janji else "",
        **{nama: getattr(i, nama) for nama in _DEFINISI},
    )


def _find_lalu(indikator: Sequence[Indikator], formulir: FormulirCapaian) -> dict[int, Capaian]:
    """The last row handed in before the form's period, by indikator id. One query."""
    sebelum = Q(formulir__tahun=formulir.tahun, formulir__triwulan__lt=formulir.triwulan)
    sebelum |= Q(formulir__tahun=formulir.tahun - 1)
    daftar = Capaian.objects.filter(
        sebelum, indikator__in=indikator, formulir__status__in=FormulirCapaian.TERKIRIM
    ).select_related("formulir")
    urut = daftar.order_by("formulir__tahun", "formulir__triwulan", "formulir__putaran")
    return {c.indikator_id: c for c in urut}


def join_rtl(c: Capaian) -> str:
    """What the row promised and what it left open, each on its own lines; "" where nothing.

    The answer to an examiner (`rtl`) is not among them: he has judged it in the same period.
    """
    berlanjut = c.rtl_lalu_status == Capaian.StatusRtl.BERLANJUT
    teks = [c.rencana, c.rtl_lalu if berlanjut else ""]
    return "\n".join(dict.fromkeys(t.strip() for t in teks if t.strip()))


def _new_komponen(capaian: Iterable[Capaian]) -> list[KomponenCapaian]:
    tersusun = {c.indikator_id: c for c in capaian if is_tersusun(c)}
    if not tersusun:
        return []
    return [
        KomponenCapaian(
            capaian=tersusun[k.indikator_id],
            urutan=k.urutan,
            nama=k.nama,
            peran=k.peran,
            bobot=k.bobot,
        )
        for k in KomponenIndikator.objects.filter(indikator__in=tersusun)
    ]


def _copy_capaian(lama: Capaian, formulir: FormulirCapaian, *, kunci: bool) -> Capaian:
    """A row found right stays so where another of its form was found wanting (`kunci`). Sent back
    or opened anew as a whole, every row of it is open.
    """
    diverifikasi = lama.formulir.status == FormulirCapaian.Status.DIVERIFIKASI
    sesuai = lama.is_terkunci and kunci and not diverifikasi
    return Capaian(
        formulir=formulir,
        indikator=lama.indikator,
        periksa=Capaian.Periksa.SESUAI if sesuai else Capaian.Periksa.BELUM,
        penilaian=lama.penilaian if sesuai else "",
        diperiksa_oleh_id=lama.diperiksa_oleh_id if sesuai else None,
        rtl=lama.rtl if sesuai else "",
        **{nama: getattr(lama, nama) for nama in _SALIN},
    )


def _copy_komponen(lama: KomponenCapaian, capaian: Capaian) -> KomponenCapaian:
    return KomponenCapaian(
        capaian=capaian,
        urutan=lama.urutan,
        nama=lama.nama,
        peran=lama.peran,
        bobot=lama.bobot,
        nilai=lama.nilai,
    )


def _copy_bukti(lama: Bukti, capaian: Capaian) -> Bukti:
    """The same stored file as evidence of the new round."""
    return Bukti(
        capaian=capaian,
        untuk=lama.untuk,
        berkas=lama.berkas.name,
        tautan=lama.tautan,
        nama_asli=lama.nama_asli,
        ukuran=lama.ukuran,
        sha256=lama.sha256,
        jenis=lama.jenis,
        diunggah_oleh_id=lama.diunggah_oleh_id,
        diunggah_pada=lama.diunggah_pada,
    )
