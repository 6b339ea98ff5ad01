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
def end_sesi_lain(
    *, pengguna: Pengguna, kecuali: str | None, now: datetime, oleh_server: bool = False
) -> int:
    """End every session of the person but the one with the key `kecuali`; how many.

    oleh_server: whoever administers accounts ends them, not the person.
    """
    lain = list(Sesi.objects.filter(pengguna=pengguna).exclude(session_key=kecuali or ""))
    _remove(lain)
    if lain:
        record_akun(pengguna, "sesi.akhiri", now=now, oleh_server=oleh_server, banyak=len(lain))
    return len(lain)


def end_semua_sesi(*, now: datetime) -> int:
    """End every session of everybody, visitors' too; how many people were signed in."""
    orang = Pengguna.objects.filter(sesi__isnull=False).distinct()
    banyak = sum(
        bool(end_sesi_lain(pengguna=p, kecuali=None, now=now, oleh_server=True)) for p in orang
    )
    _remove(Sesi.objects.all())
    return banyak


def _remove(daftar: Iterable[Sesi]) -> None:
    """By the store itself, which may hold a copy in the cache."""
    penyimpan = Sesi.get_session_store_class()()
    for sesi in daftar:
        penyimpan.delete(sesi.session_key)
