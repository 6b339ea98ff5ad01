"""Discarding a konsep. What it was stays in its own trail and in that of the office."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Pengguna
from organisasi.services.jejak import record_jejak
from sakip.common.errors import TransisiDitolak
from sop import perms
from sop.models import SOP, VersiSOP
from sop.selectors import read_sidik
from sop.services.kunci import lock_konsep, record_versi, require_boleh


@transaction.atomic
def discard_konsep(*, versi_id: int, sidik: str, aktor: Pengguna, now: datetime) -> None:
    """Delete a konsep, and its SOP where that was never published and has no other.

    sidik: of the konsep as whoever discards it saw it (`read_sidik`).

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: it is no konsep any more, or changed since (HTTP 409).
    """
    versi = lock_konsep(versi_id, aktor, now)
    if sidik != read_sidik(versi):
        raise TransisiDitolak(
            _("Konsep ini berubah sejak Anda melihatnya. Periksa dahulu, lalu buang bila perlu.")
        )
    sop = versi.sop
    remove_konsep(versi, aktor, now)
    if not VersiSOP.objects.filter(sop=sop).exists():
        SOP.objects.filter(pk=sop.pk).delete()


def remove_konsep(versi: VersiSOP, aktor: Pengguna, now: datetime) -> None:
    """Delete one konsep inside the caller's act; its SOP is locked, the right was asked for."""
    rincian: dict[str, Any] = {
        "sop": versi.sop.kode,
        "nama": versi.sop.nama,
        "versi": versi.nomor,
        "langkah": versi.langkah.count(),
        "sidik": read_sidik(versi),
    }
    record_versi(versi, aksi="sop.versi.discard", aktor=aktor, now=now, **rincian)
    instansi = Instansi.objects.select_for_update().get(pk=versi.sop.instansi_id)
    sebagai = require_boleh(perms.can_draft, instansi.pk, aktor, now)
    record_jejak(
        instansi, aksi="sop.konsep.buang", aktor=aktor, now=now, sebagai=sebagai, **rincian
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
    versi.delete()
