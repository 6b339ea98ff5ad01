"""The form of a unit and period: open it and hand it in."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Bukti, Capaian, FormulirCapaian, Indikator, Target
from kinerja.rules.kelengkapan import list_kekurangan
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.services.kunci import explain_terkirim, lock_formulir, require_pengisi
from organisasi.models import Pengguna, Penugasan, UnitKerja
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah
from sakip.common.fsm import require_transition

_JEJAK = ("jejak_urut", "jejak_sidik")


class BelumLengkap(IsianTidakSah):
    """The form cannot be handed in yet.

    galat: capaian id to field name to sentence. masalah: the same as one list, in form order.
    """

    def __init__(self, galat: dict[int, dict[str, str]], masalah: list[str]) -> None:
        super().__init__(_("Belum dapat dikirim: %(n)d isian belum lengkap.") % {"n": len(masalah)})
        self.galat = galat
        self.masalah = masalah


def open_formulir(
    *, unit: UnitKerja, tahun: int, triwulan: int, now: datetime, alasan: str = ""
) -> FormulirCapaian:
    """The form in which `unit` fills in its figures of that triwulan; see `open_banyak`."""
    baru = open_banyak(unit=[unit], tahun=tahun, triwulan=triwulan, now=now, alasan=alasan)
    return baru[unit.pk]


@transaction.atomic
def open_banyak(
    *, unit: Sequence[UnitKerja], tahun: int, triwulan: int, now: datetime, alasan: str = ""
) -> dict[int, FormulirCapaian]:
    """Forms by unit id, in a number of queries that does not grow with the units.

    A form that is still draf is given back as it is. Otherwise a new round begins: with the
    figures, targets and evidence of the round before it, and with every active indikator of the
    unit that it lacks, target snapshotted. Rows found right in a round that was sent back stay
    locked. alasan: why the round begins, kept where the one before it was verified. No row of the
    trail: whoever opens has his own.
    """
    kunci = UnitKerja.objects.select_for_update(of=("self",), no_key=True)
    terkunci = list(kunci.filter(pk__in=[u.pk for u in unit]).order_by("pk"))
    putaran = FormulirCapaian.objects.filter(unit__in=terkunci, tahun=tahun, triwulan=triwulan)
    terakhir = {f.unit_id: f for f in putaran.order_by("putaran")}
    hasil = {u: f for u, f in terakhir.items() if f.is_draf}
    baru = [
        FormulirCapaian(
            unit=u,
            tahun=tahun,
            triwulan=triwulan,
            putaran=terakhir[u.pk].putaran + 1 if u.pk in terakhir else 1,
            dibuka_pada=now,
            alasan_buka=alasan if _is_diverifikasi(terakhir.get(u.pk)) else "",
        )
        for u in unit
        if u.pk not in hasil
    ]
    if baru:
        FormulirCapaian.objects.bulk_create(baru)
        _write_baris(baru, {u: f.pk for u, f in terakhir.items()})
    return hasil | {f.unit_id: f for f in baru}


@transaction.atomic
def submit_formulir(
    *, formulir_id: int, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> FormulirCapaian:
    """The unit hands its figures in: draf to diajukan.

    Raises:
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: it was handed in before (409).
        BelumLengkap: an IsianTidakSah that lists everything missing (422).
    """
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_transition(formulir.submit, aktor, explain_terkirim(formulir))
    _require_lengkap(formulir)
    formulir.submit(sebagai=sebagai, now=now)
    record_jejak(
        formulir,
        aksi="kinerja.formulir.submit",
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        putaran=formulir.putaran,
    )
    formulir.save(
        update_fields=["status", "diajukan_oleh", "diajukan_sebagai", "diajukan_pada", *_JEJAK]
    )
    return formulir


def _is_diverifikasi(formulir: FormulirCapaian | None) -> bool:
    return formulir is not None and formulir.status == FormulirCapaian.Status.DIVERIFIKASI


def _require_lengkap(formulir: FormulirCapaian) -> None:
    baris = Capaian.objects.filter(formulir=formulir).select_related("indikator")
    urut = baris.order_by("indikator__sasaran__urutan", "indikator__urutan", "indikator__pk")
    pengaturan = get_pengaturan(formulir.unit.instansi_id)
    galat: dict[int, dict[str, str]] = {}
    masalah: list[str] = []
    for c in urut:
        if c.is_terkunci:
            continue
        kembali = bool(c.catatan_pemeriksa)
        kurang = list_kekurangan(
            c.hasil, c.penjelasan, kembali=kembali, rtl=c.rtl, pengaturan=pengaturan
        )
        if kurang:
            galat[c.pk] = kurang
            masalah += [f"{c.indikator.nama}: {kalimat}" for kalimat in kurang.values()]
    if galat:
        raise BelumLengkap(galat, masalah)


def _write_baris(formulir: Sequence[FormulirCapaian], sumber: Mapping[int, int]) -> None:
    """Rows of new forms. sumber: unit id to the form of the round before."""
    menurut_unit = {f.unit_id: f for f in formulir}
    lama = list(
        Capaian.objects.filter(formulir__in=[sumber[u] for u in menurut_unit if u in sumber])
        .select_related("indikator", "formulir")
        .prefetch_related("bukti")
    )
    ada = {c.indikator_id for c in lama}
    # A row belongs to the unit of its form, even where the plan has moved the indikator since.
    unit_dari = {f: u for u, f in sumber.items()}
    baru = [_copy_capaian(c, menurut_unit[unit_dari[c.formulir_id]]) for c in lama]
    kutipan = [
        _copy_bukti(b, salinan)
        for c, salinan in zip(lama, baru, strict=True)
        for b in c.bukti.all()
    ]
    indikator = _list_indikator(menurut_unit, formulir[0].tahun)
    baru += _new_capaian([i for i in indikator if i.pk not in ada], menurut_unit)
    Capaian.objects.bulk_create(baru)
    Bukti.objects.bulk_create(kutipan)


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
    target = Target.objects.filter(
        indikator__in=indikator, tahun=satu.tahun, triwulan=satu.triwulan
    )
    nilai = {t.indikator_id: t for t in target}
    return [
        Capaian(
            formulir=formulir[i.unit_id],
            indikator=i,
            target_nilai=nilai[i.pk].nilai if i.pk in nilai else None,
            target_atas=nilai[i.pk].nilai_atas if i.pk in nilai else None,
            jenis_nilai=i.jenis_nilai,
            rumus=i.rumus,
            batas=i.batas,
            lantai=i.lantai,
            toleransi=i.toleransi,
            tingkatan=i.tingkatan,
        )
        for i in indikator
    ]


def _copy_capaian(lama: Capaian, formulir: FormulirCapaian) -> Capaian:
    """A row found right stays so, unless its whole form was verified and is opened anew."""
    sesuai = lama.is_terkunci and not _is_diverifikasi(lama.formulir)
    return Capaian(
        formulir=formulir,
        indikator=lama.indikator,
        target_nilai=lama.target_nilai,
        jenis_nilai=lama.jenis_nilai,
        rumus=lama.rumus,
        batas=lama.batas,
        target_atas=lama.target_atas,
        lantai=lama.lantai,
        toleransi=lama.toleransi,
        tingkatan=lama.tingkatan,
        realisasi=lama.realisasi,
        penjelasan=lama.penjelasan,
        diisi_oleh_id=lama.diisi_oleh_id,
        catatan_pemeriksa=lama.catatan_pemeriksa,
        periksa=Capaian.Periksa.SESUAI if sesuai else Capaian.Periksa.BELUM,
        diperiksa_oleh_id=lama.diperiksa_oleh_id if sesuai else None,
        rtl=lama.rtl if sesuai else "",
    )


def _copy_bukti(lama: Bukti, capaian: Capaian) -> Bukti:
    """The same stored file as evidence of the new round."""
    return Bukti(
        capaian=capaian,
        berkas=lama.berkas.name,
        nama_asli=lama.nama_asli,
        ukuran=lama.ukuran,
        sha256=lama.sha256,
        jenis=lama.jenis,
        diunggah_oleh_id=lama.diunggah_oleh_id,
        diunggah_pada=lama.diunggah_pada,
    )
