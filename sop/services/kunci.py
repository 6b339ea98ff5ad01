"""The one lock of an SOP and the refusals that every act on a version shares."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from organisasi.models import Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sop import perms
from sop.models import SOP, VersiSOP

_PENGESAH = frozenset({"sop.versi.publish", "sop.versi.withdraw"})


def lock_versi(versi_id: int) -> VersiSOP:
    """The version, with the SOP row locked: it is the one lock of all its versions."""
    SOP.objects.select_for_update().get(versi=versi_id)
    daftar = VersiSOP.objects.select_for_update(of=("self",)).select_related("sop__instansi")
    return daftar.get(pk=versi_id)


Boleh = Callable[[int, Sequence[Penugasan]], bool]


def require_boleh(
    boleh: Boleh, instansi_id: int, aktor: Pengguna | None, now: datetime
) -> Penugasan | None:
    """The mandate that gives `aktor` that right; None for None, the operator of the machine.

    Raises:
        AksesDitolak: no mandate of `aktor` gives it (HTTP 403).
    """
    if aktor is None:
        return None
    mandat = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in mandat if boleh(instansi_id, [p])), None)
    if sebagai is None:
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengelola SOP instansi ini."))
    return sebagai


def record_versi(
    versi: VersiSOP,
    /,
    *,
    aksi: str,
    aktor: Pengguna | None,
    now: datetime,
    **rincian: Any,
) -> None:
    """Write an act on a version into its trail, with the mandate under which it was done."""
    boleh = perms.can_publish if aksi in _PENGESAH else perms.can_draft
    sebagai = require_boleh(boleh, versi.sop.instansi_id, aktor, now)
    record_jejak(versi, aksi=aksi, aktor=aktor, now=now, sebagai=sebagai, **rincian)


def lock_konsep(versi_id: int, aktor: Pengguna, now: datetime) -> VersiSOP:
    """A konsep, locked for editing by `aktor`.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: it is no konsep any more (HTTP 409).
    """
    versi = lock_versi(versi_id)
    require_boleh(perms.can_draft, versi.sop.instansi_id, aktor, now)
    if not versi.is_konsep:
        raise TransisiDitolak(
            _(
                "Versi %(nomor)d sudah terbit, jadi isinya tidak dapat diubah. "
                "Buat versi baru untuk mengubahnya."
            )
            % {"nomor": versi.nomor}
        )
    return versi
