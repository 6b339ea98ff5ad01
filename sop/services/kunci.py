"""The one lock of an SOP and the refusals that every act on a version shares."""

from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext as _

from organisasi.models import Pengguna
from organisasi.selectors import list_penugasan_for
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sop import perms
from sop.models import SOP, VersiSOP


def lock_versi(versi_id: int) -> VersiSOP:
    """The version, with the SOP row locked: it is the one lock of all its versions."""
    SOP.objects.select_for_update().get(versi=versi_id)
    daftar = VersiSOP.objects.select_for_update(of=("self",)).select_related("sop__instansi")
    return daftar.get(pk=versi_id)


def require_boleh(
    boleh: Callable[..., bool], sop: SOP, aktor: Pengguna | None, now: datetime
) -> None:
    """Refuse who may not. aktor None: the operator of the machine.

    Raises:
        AksesDitolak: no mandate of `aktor` gives that right (HTTP 403).
    """
    if aktor is None:
        return
    if not boleh(sop.instansi_id, aktor, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengelola SOP instansi ini."))


def lock_konsep(versi_id: int, aktor: Pengguna, now: datetime) -> VersiSOP:
    """A konsep, locked for editing by `aktor`.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: it is no konsep any more (HTTP 409).
    """
    versi = lock_versi(versi_id)
    require_boleh(perms.can_draft, versi.sop, aktor, now)
    if not versi.is_konsep:
        raise TransisiDitolak(
            _(
                "Versi %(nomor)d sudah terbit, jadi isinya tidak dapat diubah. "
                "Buat versi baru untuk mengubahnya."
            )
            % {"nomor": versi.nomor}
        )
    return versi
