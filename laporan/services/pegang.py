"""One writer at a time: holding the text of a turn, and taking it over openly."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import PenyuntingNaskah, Tugas
from laporan.rules.pegang import is_masih_menulis, is_perlu_dicatat
from laporan.services.giliran import take_giliran
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import TransisiDitolak
from sakip.common.waktu import jam_menit


class BukanPenyunting(TransisiDitolak):
    """Somebody else of the same post writes under this turn now."""


def hold_naskah(*, tugas_id: int, sebagai: Penugasan, now: datetime) -> PenyuntingNaskah | None:
    """Hold the text for the person; None when he holds it, else the one who does.

    sebagai: a mandate that covers the turn; the caller has asked. A writer who was not seen for
    ten minutes gives way.
    """
    kini = PenyuntingNaskah.objects.select_related("pengguna").filter(tugas=tugas_id).first()
    if kini is not None and _is_orang_lain(kini, sebagai.pengguna, now):
        return kini
    if kini is not None and kini.pengguna_id == sebagai.pengguna_id:
        _note_terlihat(kini, now)
        return None
    with transaction.atomic():
        lock_draf(tugas__pk=tugas_id)
        lain = PenyuntingNaskah.objects.select_related("pengguna").filter(tugas=tugas_id).first()
        if lain is not None and _is_orang_lain(lain, sebagai.pengguna, now):
            return lain
        _give(tugas_id, sebagai, now)
    return None


def require_penyunting(tugas: Tugas, sebagai: Penugasan, now: datetime) -> None:
    """The person writes under this turn, or nobody does. The caller holds the draft locked.

    Raises:
        BukanPenyunting: somebody else of the same post does (409).
    """
    kini = PenyuntingNaskah.objects.select_related("pengguna").filter(tugas=tugas).first()
    if kini is None or not is_masih_menulis(kini.terakhir, now):
        _give(tugas.pk, sebagai, now)
    elif kini.pengguna_id != sebagai.pengguna_id:
        raise BukanPenyunting(
            _(
                "Naskah ini sedang disunting %(nama)s, %(sebutan)s, sejak pukul %(pukul)s. "
                "Teks Anda belum tersimpan, tetapi tidak hilang dari halaman ini."
            )
            % {
                "nama": kini.pengguna.nama,
                "sebutan": kini.sebutan,
                "pukul": jam_menit(kini.sejak.astimezone(tugas.draf.instansi.zona_waktu)),
            }
        )
    else:
        _note_terlihat(kini, now)


@transaction.atomic
def take_over_naskah(*, tugas_id: int, aktor: Pengguna, now: datetime) -> None:
    """Take the text from whoever holds it; the trail of the draft says so.

    Raises:
        TransisiDitolak, AksesDitolak: as `take_giliran`.
    """
    giliran = take_giliran(tugas_id=tugas_id, aktor=aktor, now=now)
    lama = PenyuntingNaskah.objects.select_related("pengguna").filter(tugas=tugas_id).first()
    if lama is not None and lama.pengguna_id == aktor.pk:
        return
    _give(tugas_id, giliran.sebagai, now)
    if lama is not None:
        giliran.record("laporan.naskah.ambil_alih", now, dari=lama.pengguna.nama)


def _is_orang_lain(kini: PenyuntingNaskah, aktor: Pengguna, now: datetime) -> bool:
    return kini.pengguna_id != aktor.pk and is_masih_menulis(kini.terakhir, now)


def _note_terlihat(kini: PenyuntingNaskah, now: datetime) -> None:
    if is_perlu_dicatat(kini.terakhir, now):
        PenyuntingNaskah.objects.filter(pk=kini.pk, pengguna=kini.pengguna_id).update(terakhir=now)


def _give(tugas_id: int, sebagai: Penugasan, now: datetime) -> None:
    PenyuntingNaskah.objects.update_or_create(
        tugas_id=tugas_id,
        defaults={
            "pengguna": sebagai.pengguna,
            "sebutan": sebagai.sebutan,
            "sejak": now,
            "terakhir": now,
        },
    )
