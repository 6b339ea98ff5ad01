"""Ending sessions: one that its owner does not know, or all others at once."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Pengguna, Sesi
from organisasi.services.jejak_akun import record_akun
from sakip.common.errors import TransisiDitolak


@transaction.atomic
def end_sesi(*, pengguna: Pengguna, sidik: str, now: datetime) -> None:
    """End the one that `sidik` names among the person's own.

    Raises:
        TransisiDitolak: there is none such any more (HTTP 409).
    """
    sesi = next((s for s in Sesi.objects.filter(pengguna=pengguna) if s.sidik == sidik), None)
    if sesi is None:
        raise TransisiDitolak(_("Sesi itu sudah berakhir. Muat ulang halaman ini."))
    _remove([sesi])
    record_akun(pengguna, "sesi.akhiri", now=now, banyak=1)


@transaction.atomic
def end_sesi_lain(*, pengguna: Pengguna, kecuali: str | None, now: datetime) -> int:
    """End every session of the person but the one with the key `kecuali`; how many."""
    lain = list(Sesi.objects.filter(pengguna=pengguna).exclude(session_key=kecuali or ""))
    _remove(lain)
    if lain:
        record_akun(pengguna, "sesi.akhiri", now=now, banyak=len(lain))
    return len(lain)


def _remove(daftar: Iterable[Sesi]) -> None:
    """By the store itself, which may hold a copy in the cache."""
    penyimpan = Sesi.get_session_store_class()()
    for sesi in daftar:
        penyimpan.delete(sesi.session_key)
