"""Handing a post over: one act ends the old mandate and begins the new one at the same moment.

Turns belong to posts, so open turns follow by themselves; the trail keeps the list as it was.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Tugas
from laporan.selectors.serah_terima import AKSI, Serahan, get_serahan
from organisasi.models import Jejak, Pengguna, Penugasan
from organisasi.services.kelola import open_kelola
from organisasi.services.orang import IsianOrang, find_or_create_pengguna
from organisasi.services.penugasan import (
    PenugasanTidakSah,
    Rencana,
    close_penugasan,
    describe_penugasan,
    insert_penugasan,
    reread_penugasan,
)
from sakip.common.errors import TransisiDitolak

_MENGGANTIKAN = (Penugasan.Jenis.DEFINITIF, Penugasan.Jenis.PLT)


@transaction.atomic
def hand_over_jabatan(
    *, penugasan_id: int, isian: IsianOrang, rencana: Rencana, aktor: Pengguna, now: datetime
) -> Jejak:
    """Let somebody take a post over. Returns the record of what was handed over.

    A Plh. or delegate acts beside the holder, who keeps the post; anybody else takes his place.

    Raises:
        AksesDitolak: `aktor` does not configure the office, or would appoint himself (HTTP 403).
        TransisiDitolak: the old mandate is not in force at that moment, or it was handed over
            already (HTTP 409).
        PenugasanTidakSah: something is missing or contradicts itself (HTTP 422).
    """
    lama = Penugasan.objects.select_related("pengguna", "jabatan", "unit").get(pk=penugasan_id)
    kelola = open_kelola(instansi_id=lama.jabatan.instansi_id, aktor=aktor, now=now)
    reread_penugasan(lama)
    if lama.mulai > now or (lama.selesai is not None and lama.selesai <= rencana.mulai):
        raise TransisiDitolak(_("Penugasan ini tidak berlaku pada saat itu. Muat ulang halaman."))
    if rencana.jenis in _MENGGANTIKAN:
        _require_belum_diganti(lama)
    if rencana.mulai < now:
        raise PenugasanTidakSah(
            {"mulai": _("Serah terima tidak dapat mundur. Pilih hari ini atau sesudahnya.")}
        )
    pengguna, _baru = find_or_create_pengguna(kelola, isian)
    serahan = get_serahan(lama, pada=now)
    baru = insert_penugasan(kelola, pengguna, rencana)
    if rencana.jenis in _MENGGANTIKAN:
        close_penugasan(kelola, lama, pada=rencana.mulai, alasan=_("Serah terima"))
    return kelola.record(
        AKSI,
        dari=describe_penugasan(lama),
        kepada=describe_penugasan(baru),
        pada=rencana.mulai,
        lama_berakhir=rencana.jenis in _MENGGANTIKAN,
        **_snapshot(serahan),
    )


def _require_belum_diganti(lama: Penugasan) -> None:
    """One successor only: a mandate that ends where another's begins was handed over."""
    if lama.selesai is None:
        return
    ganti = Penugasan.objects.select_related("pengguna").filter(
        jabatan=lama.jabatan_id, unit=lama.unit_id, jenis__in=_MENGGANTIKAN, mulai=lama.selesai
    )
    pengganti = ganti.first()
    if pengganti is not None:
        raise TransisiDitolak(
            _("Jabatan ini sudah diserahkan kepada %(nama)s, yang tercatat sebagai penggantinya.")
            % {"nama": pengganti.pengguna.nama}
        )


def _snapshot(serahan: Serahan) -> dict[str, object]:
    return {
        "tugas": [_describe(t) for t in serahan.tugas],
        "diproses": [_describe(t) for t in serahan.diproses],
        "mandat_lain": [p.sebutan for p in serahan.mandat],
    }


def _describe(tugas: Tugas) -> dict[str, object]:
    return {
        "tugas": tugas.pk,
        "draf": tugas.draf_id,
        "judul": tugas.draf.judul,
        "langkah": tugas.kunjungan.langkah.nomor,
        "kegiatan": tugas.kunjungan.langkah.kegiatan,
        "unit": tugas.unit.nama if tugas.unit else "",
        "keadaan": str(tugas.get_status_display()),
        "tenggat": tugas.tenggat,
    }
