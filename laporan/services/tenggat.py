"""Moving deadlines: after a halt, by a superior, after a change of the working calendar."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, Perpanjangan, Tugas
from laporan.perms import find_atasan
from laporan.rules.tempo import explain_tenggat_baru
from laporan.selectors.waktu import list_jeda, list_pemulai, list_pergeseran
from laporan.services.kunci import lock_draf
from laporan.services.mesin import Gerak
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.perms import can_manage
from organisasi.selectors import get_atasan, list_penugasan_for
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.waktu import shift_tenggat


@dataclass(frozen=True)
class Permintaan:
    """An extension as asked: which turns, until when (aware), why."""

    tugas: tuple[int, ...]
    sampai: datetime
    alasan: str


@transaction.atomic
def extend_tenggat(*, draf_id: int, permintaan: Permintaan, aktor: Pengguna, now: datetime) -> Draf:
    """Give open turns of a draft more time. All of them, or none.

    Raises:
        TransisiDitolak: the draft is halted or over, or a turn is no longer open (409).
        AksesDitolak: the person is no superior of a turn, or is to do it himself (403).
        IsianTidakSah: no turn, no reason, a turn without a limit, or a moment that is not later,
        not to come, or outside working time (422).
    """
    draf = lock_draf(pk=draf_id)
    gerak = Gerak(draf, aktor, now)
    daftar = _fetch_terbuka(draf, permintaan)
    mandat = list_penugasan_for(aktor, pada=now)
    pemulai, atasan = list_pemulai(gerak.graf, draf.jenis), get_atasan(draf.instansi_id)
    for tugas in daftar:
        sebagai = find_atasan(tugas, mandat, pemulai=pemulai, atasan=atasan)
        if sebagai is None:
            raise AksesDitolak(
                _("Tenggat diperpanjang oleh atasan pelaksananya, bukan oleh pelaksana sendiri.")
            )
        _extend(gerak, tugas, permintaan, sebagai)
    gerak.rincian["langkah"] = daftar[0].kunjungan.langkah.nomor
    gerak.rincian["alasan"] = permintaan.alasan.strip()
    gerak.finish(aksi="laporan.tugas.perpanjang", sebagai=sebagai)
    return draf


def _fetch_terbuka(draf: Draf, permintaan: Permintaan) -> list[Tugas]:
    if not permintaan.tugas:
        raise IsianTidakSah(_("Pilih tugas yang tenggatnya diperpanjang."))
    if not permintaan.alasan.strip():
        raise IsianTidakSah(_("Tuliskan alasannya."))
    if not draf.is_aktif:
        raise TransisiDitolak(
            _("Laporan ini %(status)s, sehingga tenggatnya tidak dapat diperpanjang.")
            % {"status": draf.get_status_display().lower()}
        )
    daftar = list(
        Tugas.objects.filter(draf=draf, pk__in=permintaan.tugas, status=Tugas.Status.AKTIF)
        .select_related("jabatan", "unit", "kunjungan__langkah")
        .order_by("pk")
    )
    if len(daftar) != len(set(permintaan.tugas)):
        raise TransisiDitolak(_("Tugas itu tidak lagi menunggu dikerjakan. Muat ulang halamannya."))
    return daftar


def _extend(gerak: Gerak, tugas: Tugas, permintaan: Permintaan, sebagai: Penugasan) -> None:
    if tugas.tenggat is None:
        raise IsianTidakSah(_("Tugas ini tanpa batas waktu; tidak ada yang perlu diperpanjang."))
    keliru = explain_tenggat_baru(
        tugas.tenggat, permintaan.sampai, kini=gerak.now, kalender=gerak.kalender
    )
    if keliru:
        raise IsianTidakSah(keliru)
    Perpanjangan.objects.create(
        tugas=tugas,
        tenggat_lama=tugas.tenggat,
        tenggat_baru=permintaan.sampai,
        alasan=permintaan.alasan.strip(),
        oleh=gerak.aktor,
        sebagai=sebagai,
        pelaku_nama=gerak.aktor.nama,
        pelaku_sebutan=sebagai.sebutan,
        pada=gerak.now,
    )
    _move(gerak, tugas, permintaan.sampai)


def shift_after_jeda(gerak: Gerak) -> None:
    """Give every open turn of a resumed draft the working time that was left when it was halted.

    The caller holds the draft locked and has not yet written the trail.
    """
    berhenti, _belum = list_jeda([gerak.draf.pk])[gerak.draf.pk][-1]
    for tugas in Tugas.objects.filter(draf=gerak.draf, status=Tugas.Status.AKTIF):
        if tugas.tenggat:
            jeda = (berhenti, gerak.now)
            _move(gerak, tugas, shift_tenggat(tugas.tenggat, jeda, gerak.kalender))


def recompute_tenggat(*, instansi: Instansi, aktor: Pengguna, now: datetime) -> int:
    """Set the deadlines of open turns anew by the working calendar; how many moved.

    Each draft in a transaction of its own, with its own row in the trail.

    Raises:
        AksesDitolak: the person does not configure that office (403).
    """
    mandat = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in mandat if can_manage(instansi.pk, [p])), None)
    if sebagai is None:
        raise AksesDitolak(
            _("Tenggat dihitung ulang oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    draf_ids = sorted({p.tugas.draf_id for p in list_pergeseran(instansi, kini=now)})
    return sum(_recompute_draf(d, sebagai, now) for d in draf_ids)


@transaction.atomic
def _recompute_draf(draf_id: int, sebagai: Penugasan, now: datetime) -> int:
    draf = lock_draf(pk=draf_id)
    gerak = Gerak(draf, sebagai.pengguna, now)
    pergeseran = list_pergeseran(draf.instansi, kini=now, draf_id=draf.pk)
    for p in pergeseran:
        _move(gerak, p.tugas, p.baru)
    if pergeseran:  # read again under the lock: somebody may have finished the turn meanwhile
        gerak.finish(aksi="laporan.draf.hitung_ulang", sebagai=sebagai)
    return len(pergeseran)


def _move(gerak: Gerak, tugas: Tugas, baru: datetime) -> None:
    """Store another deadline and note old and new for the trail."""
    catatan = {"tugas": tugas.pk, "lama": tugas.tenggat, "baru": baru}
    gerak.rincian.setdefault("tenggat", []).append(catatan)
    tugas.tenggat = baru
    tugas.save(update_fields=["tenggat"])
