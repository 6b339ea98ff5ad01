"""Stating that a version was read: nobody approves what he has not opened."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, VersiDibaca, VersiNaskah
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import TransisiDitolak


@transaction.atomic
def mark_dibaca(*, draf_id: int, nomor: int, aktor: Pengguna, now: datetime) -> VersiDibaca:
    """Keep that the person read the newest version to its end; once is enough.

    Raises:
        TransisiDitolak: there is a newer version, or none of that number (409).
    """
    draf = lock_draf(pk=draf_id)
    versi = _newest(draf)
    if versi is None or versi.nomor != nomor:
        raise TransisiDitolak(
            _("Versi yang Anda baca bukan lagi yang terbaru. Baca versi terbarunya.")
        )
    return keep_dibaca(draf, versi, aktor, now)


def keep_dibaca(draf: Draf, versi: VersiNaskah, aktor: Pengguna, now: datetime) -> VersiDibaca:
    """The same for a version at hand; the caller holds the draft locked."""
    dibaca, baru = VersiDibaca.objects.get_or_create(
        versi=versi, pengguna=aktor, defaults={"pada": now}
    )
    if baru:
        aksi, data = "laporan.naskah.baca", {"status": draf.status, "naskah": versi.nomor}
        mandat = list_penugasan_for(aktor, pada=now)
        sebagai = next((p for p in mandat if p.jabatan.instansi_id == draf.instansi_id), None)
        record_jejak(draf, aksi=aksi, aktor=aktor, sebagai=sebagai, now=now, **data)
        draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return dibaca


def has_dibaca(draf: Draf, aktor: Pengguna) -> bool:
    """Whether the person read the newest version; true where there is no text yet. One query."""
    terbaru = (
        VersiNaskah.objects.filter(draf=draf)
        .order_by("-nomor")
        .values_list("pk", flat=True)
        .first()
    )
    return terbaru is None or (VersiDibaca.objects.filter(versi=terbaru, pengguna=aktor).exists())


def _newest(draf: Draf) -> VersiNaskah | None:
    return VersiNaskah.objects.filter(draf=draf).order_by("-nomor").first()
