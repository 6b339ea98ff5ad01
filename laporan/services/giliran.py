"""Whose turn it is: the checks every act on one turn begins with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from laporan.models import Draf, Tugas
from laporan.perms import require_pelaksana
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.waktu import jam_menit, tanggal_pendek
from sop.rules.graf import Graf, SimpulLangkah
from sop.selectors import get_graf


@dataclass(frozen=True)
class GiliranTerkunci:
    """An open turn with its draft locked, its step, and the mandate it is worked under."""

    draf: Draf
    tugas: Tugas
    sebagai: Penugasan

    @property
    def graf(self) -> Graf:
        """The frozen route."""
        return get_graf(self.draf.versi_id, self.draf.versi.sidik)

    @property
    def langkah(self) -> SimpulLangkah:
        """The step of the turn."""
        return self.graf.menurut_id[self.tugas.kunjungan.langkah_id]

    def record(self, aksi: str, now: datetime, **data: Any) -> None:
        """Put what was kept into the trail of the draft."""
        record_jejak(
            self.draf,
            aksi=aksi,
            aktor=self.sebagai.pengguna,
            now=now,
            sebagai=self.sebagai,
            status=self.draf.status,
            langkah=self.langkah.nomor,
            iterasi=self.tugas.kunjungan.iterasi,
            **data,
        )
        self.draf.save(update_fields=["jejak_urut", "jejak_sidik"])


def take_giliran(*, tugas_id: int, aktor: Pengguna, now: datetime) -> GiliranTerkunci:
    """Lock the draft and make sure that the turn is open and the person's.

    Raises:
        TransisiDitolak: the turn is over, in work, or the draft halted (409).
        AksesDitolak: the turn is somebody else's (403).
    """
    draf = lock_draf(tugas__pk=tugas_id)
    tugas = Tugas.objects.select_related("kunjungan", "jabatan", "unit").get(pk=tugas_id)
    if tugas.status != Tugas.Status.AKTIF or not draf.is_aktif:
        raise TransisiDitolak(explain_terlambat(draf, tugas))
    tugas.draf = draf
    return GiliranTerkunci(
        draf, tugas, require_pelaksana(tugas, list_penugasan_for(aktor, pada=now))
    )


def require_orang_lain(draf: Draf, aktor: Pengguna, langkah: Sequence[int]) -> None:
    """Whoever did one of those steps leaves this one to somebody else, whatever posts he holds."""
    if not langkah:
        return
    sendiri = Tugas.objects.filter(draf=draf, kunjungan__langkah__nomor__in=langkah, oleh=aktor)
    if sendiri.exists():
        raise AksesDitolak(
            _("Menurut SOP, langkah ini dikerjakan orang lain daripada langkah %(nomor)s.")
            % {"nomor": ", ".join(str(n) for n in langkah)}
        )


def explain_terlambat(draf: Draf, tugas: Tugas) -> str:
    """Why a turn can no longer be acted on: who was first and when, or how the draft stands."""
    if tugas.status in (Tugas.Status.SELESAI, Tugas.Status.DIKEMBALIKAN) and tugas.pada:
        pada = tugas.pada.astimezone(draf.instansi.zona_waktu)
        return _(
            "Langkah ini sudah diputuskan oleh %(nama)s (%(jabatan)s), %(hari)s pukul %(jam)s."
        ) % {
            "nama": tugas.pelaku_nama,
            "jabatan": tugas.pelaku_sebutan,
            "hari": tanggal_pendek(pada),
            "jam": jam_menit(pada),
        }
    if tugas.status == Tugas.Status.DIPROSES:
        return _("Langkah ini sedang diproses. Tunggu hasilnya pada halaman draf.")
    if not draf.is_aktif:
        return _("Laporan ini %(status)s, sehingga langkahnya tidak dapat dikerjakan.") % {
            "status": draf.get_status_display().lower()
        }
    return _("Langkah ini tidak lagi menunggu Anda. Muat ulang Meja Kerja.")
