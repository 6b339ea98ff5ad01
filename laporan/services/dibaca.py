"""Stating that a version was read: nobody approves what he has not opened."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import Draf, VersiDibaca, VersiNaskah
from laporan.selectors.naskah import get_versi_terakhir
from laporan.services.koreksi import require_pemeriksa
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna
from organisasi.services.jejak import record_jejak
from sakip.common.errors import TransisiDitolak


@transaction.atomic
def mark_dibaca(*, draf_id: int, nomor: int, aktor: Pengguna, now: datetime) -> VersiDibaca:
    """Keep that who examines the text now read the newest version to its end; once is enough.

    Raises:
        TransisiDitolak: there is a newer version, or none of that number, or nobody examines (409).
        AksesDitolak: the examining turn is somebody else's (403).
    """
    draf = lock_draf(pk=draf_id)
    versi = get_versi_terakhir(draf)
    if versi is None or versi.nomor != nomor:
        raise TransisiDitolak(
            _("Versi yang Anda baca bukan lagi yang terbaru. Baca versi terbarunya.")
        )
    sebagai = require_pemeriksa(draf, aktor, now)
    dibaca, baru = VersiDibaca.objects.get_or_create(
        versi=versi, pengguna=aktor, defaults={"pada": now}
    )
    if baru:
        aksi, data = "laporan.naskah.baca", {"status": draf.status, "naskah": versi.nomor}
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
    return terbaru is None or VersiDibaca.objects.filter(versi=terbaru, pengguna=aktor).exists()
