"""The form of a unit and period: open it and hand it in."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Capaian, FormulirCapaian
from kinerja.rules.kelengkapan import list_kekurangan
from kinerja.rules.periode import Periode
from kinerja.rules.ringkasan import Ringkasan, summarize
from kinerja.selectors.baris import build_uraian
from kinerja.selectors.pengaturan import get_pengaturan, get_pengaturan_formulir
from kinerja.services.buka import write_baris
from kinerja.services.kunci import explain_terkirim, lock_formulir, require_pengisi
from kinerja.services.ringkasan import write_ringkasan
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
    periode = Periode(tahun, triwulan)
    return open_banyak(unit_ids=[unit.pk], periode=periode, now=now, alasan=alasan)[unit.pk]


@transaction.atomic
def open_banyak(
    *,
    unit_ids: Collection[int],
    periode: Periode,
    now: datetime,
    alasan: str = "",
    bersama: Collection[int] = (),
) -> dict[int, FormulirCapaian]:
    """Forms by unit id, in a number of queries that does not grow with the units.

    A form that is still draf is given back as it is, and of the units in `bersama` also one that
    was handed in or verified: it is another report's too. Otherwise a new round begins: with the
    figures, targets and evidence of the round before it, and with every active indikator of the
    unit that it lacks; target, definition and category scale are snapshotted. Rows found right in
    a round that was sent back for others of it stay locked. alasan: why the round begins, kept
    where the one before it was verified. No row of the trail: whoever opens has his own.
    """
    kunci = UnitKerja.objects.select_for_update(of=("self",), no_key=True)
    terkunci = list(kunci.filter(pk__in=unit_ids).order_by("pk"))
    tahun, triwulan = periode.tahun, periode.triwulan
    putaran = FormulirCapaian.objects.filter(unit__in=terkunci, tahun=tahun, triwulan=triwulan)
    terakhir = {f.unit_id: f for f in putaran.order_by("putaran")}
    hasil = {
        u: f
        for u, f in terakhir.items()
        if f.is_draf or (u in bersama and f.status in FormulirCapaian.TERKIRIM)
    }
    pengaturan: dict[int, dict[str, Any]] = {}
    baru = [
        FormulirCapaian(
            unit=u,
            tahun=tahun,
            triwulan=triwulan,
            putaran=terakhir[u.pk].putaran + 1 if u.pk in terakhir else 1,
            dibuka_pada=now,
            alasan_buka=alasan if _is_diverifikasi(terakhir.get(u.pk)) else "",
            pengaturan=_copy_pengaturan(u, terakhir.get(u.pk), pengaturan),
        )
        for u in terkunci
        if u.pk not in hasil
    ]
    if baru:
        FormulirCapaian.objects.bulk_create(baru)
        write_baris(baru, {u: f.pk for u, f in terakhir.items()})
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
    ringkasan = _require_lengkap(formulir)
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
    write_ringkasan({formulir.pk: ringkasan})
    return formulir


def _is_diverifikasi(formulir: FormulirCapaian | None) -> bool:
    return formulir is not None and formulir.status == FormulirCapaian.Status.DIVERIFIKASI


def _require_lengkap(formulir: FormulirCapaian) -> Ringkasan:
    """Refuse what is incomplete; what its rows come to."""
    baris = Capaian.objects.filter(formulir=formulir).select_related("indikator")
    baris = baris.prefetch_related("bukti")
    urut = baris.order_by("indikator__sasaran__urutan", "indikator__urutan", "indikator__pk")
    pengaturan = get_pengaturan_formulir(formulir)
    galat: dict[int, dict[str, str]] = {}
    masalah: list[str] = []
    persen = []
    for c in urut:
        hasil = c.hasil
        persen.append(hasil.persen)
        if c.is_terkunci:
            continue
        kurang = list_kekurangan(hasil, build_uraian(c), pengaturan)
        if kurang:
            galat[c.pk] = kurang
            masalah += [f"{c.indikator.nama}: {kalimat}" for kalimat in kurang.values()]
    if galat:
        raise BelumLengkap(galat, masalah)
    return summarize(persen)


def _copy_pengaturan(
    unit: UnitKerja, lama: FormulirCapaian | None, dibaca: dict[int, dict[str, Any]]
) -> dict[str, Any]:
    """Scale and limits of the round before; of a new period those of today, read once an office."""
    if lama is not None and lama.pengaturan:
        return dict(lama.pengaturan)
    if unit.instansi_id not in dibaca:
        dibaca[unit.instansi_id] = get_pengaturan(unit.instansi_id).to_json()
    return dibaca[unit.instansi_id]
