"""Starting a Perjanjian Kinerja on its SOP, and naming the superior while it is written."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import PerjanjianKinerja
from kinerja.rules.perjanjian import Pihak
from kinerja.services.perjanjian import (
    PerjanjianBaru,
    SedangDisusun,
    open_perjanjian,
    save_pihak,
)
from laporan.models import Draf
from laporan.perms import require_pelaksana
from laporan.rules.perjanjian import PihakRute, find_pihak_rute
from laporan.services.draf import SudahAda, open_draf, take_awal
from laporan.services.kunci import lock_draf
from laporan.services.naskah import require_editor
from organisasi.models import Pengguna, UnitKerja
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah
from sop.models import SOP, VersiSOP
from sop.selectors import get_graf

JENIS = Draf.Jenis.TAHUNAN


@dataclass(frozen=True)
class IsianPerjanjian:
    """What is typed to begin one. unit_id: whose head promises; None for the head of the office."""

    tahun: int
    kedua: Pihak
    unit_id: int | None = None
    alasan: str = ""


@transaction.atomic
def start_perjanjian(
    *, versi: VersiSOP, isian: IsianPerjanjian, aktor: Pengguna, now: datetime
) -> Draf:
    """Begin the agreement of a year: the murni, or the next perubahan once one was signed.

    Raises:
        TransisiDitolak: the version is not in force, or one is under way (SudahAda) (409).
        AksesDitolak: the first step belongs to somebody else (403).
        IsianTidakSah: the SOP makes something else or lets nobody sign, the unit does not fit it,
        or a perubahan lacks its reason (422).
    """
    awal = take_awal(versi, JENIS, SOP.Menghasilkan.PERJANJIAN_KINERJA, aktor=aktor, now=now)
    versi = awal.versi
    rute = find_pihak_rute(get_graf(versi.pk, versi.sidik))
    if rute is None:
        raise IsianTidakSah(
            _("SOP ini belum memuat langkah tanda tangan, jadi belum ada pihak yang berjanji.")
        )
    baru = PerjanjianBaru(
        tahun=isian.tahun,
        pertama_jabatan_id=rute.pertama.jabatan_id,
        kedua_jabatan_id=rute.kedua.jabatan_id if rute.kedua else None,
        kedua=isian.kedua,
        unit=_fetch_unit(versi, rute, isian.unit_id),
        alasan=isian.alasan,
    )
    try:
        perjanjian = open_perjanjian(instansi=versi.sop.instansi, baru=baru, now=now)
    except SedangDisusun as ada:
        raise SudahAda(ada.pesan, Draf.objects.get(perjanjian=ada.perjanjian)) from ada
    draf = Draf.objects.create(
        instansi=versi.sop.instansi,
        sop=versi.sop,
        versi=versi,
        menghasilkan=SOP.Menghasilkan.PERJANJIAN_KINERJA,
        perjanjian=perjanjian,
        judul=perjanjian.nama[:200],
        jenis=JENIS,
        tahun=perjanjian.tahun,
        periode_ke=perjanjian.nomor,
        dibuat_oleh=aktor,
        dibuat_pada=now,
    )
    return open_draf(draf, awal, aktor=aktor, now=now)


def _fetch_unit(versi: VersiSOP, rute: PihakRute, unit_id: int | None) -> UnitKerja | None:
    """The unit whose head promises, on a route where heads of units sign; else none."""
    if not rute.per_unit:
        return None
    unit = UnitKerja.objects.filter(
        pk=unit_id or 0, instansi=versi.sop.instansi_id, jenis__in=rute.per_unit, ditutup_pada=None
    ).first()
    if unit is None:
        raise IsianTidakSah(_("Pilih unit yang kepalanya berjanji."))
    return unit


@transaction.atomic
def change_pihak(
    *, draf_id: int, kedua: Pihak, alasan: str, aktor: Pengguna, now: datetime
) -> PerjanjianKinerja:
    """Name the superior outside of the office, or mend the reason, as who writes the draft now.

    Raises:
        AksesDitolak: the draft lies on somebody else's desk, or this step only judges (403).
        TransisiDitolak: the agreement is signed or given up (409).
        IsianTidakSah: a perubahan without its reason (422).
    """
    draf = lock_draf(pk=draf_id, perjanjian__isnull=False)
    tugas = require_editor(draf, aktor, now)
    perjanjian = save_pihak(perjanjian_id=draf.perjanjian_id or 0, kedua=kedua, alasan=alasan)
    draf.naskah_urut += 1
    record_jejak(
        draf,
        aksi="laporan.perjanjian.pihak",
        aktor=aktor,
        now=now,
        sebagai=require_pelaksana(tugas, list_penugasan_for(aktor, pada=now)),
        kedua=kedua.nama,
        kedua_jabatan=kedua.jabatan,
        alasan=perjanjian.alasan,
    )
    draf.save(update_fields=["naskah_urut", "jejak_urut", "jejak_sidik"])
    return perjanjian
