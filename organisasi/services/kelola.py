"""One act of whoever configures an office: the office locked, the right checked, the trail."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from organisasi import perms
from organisasi.models import Instansi, Jejak, Pengguna, Penugasan
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak


@dataclass(frozen=True)
class Kelola:
    """The locked office, who acts as what, and when."""

    instansi: Instansi
    aktor: Pengguna
    sebagai: Penugasan
    now: datetime

    def record(self, aksi: str, **data: Any) -> Jejak:
        """Write the act into the trail of the office."""
        jejak = record_jejak(
            self.instansi,
            aksi=aksi,
            aktor=self.aktor,
            now=self.now,
            sebagai=self.sebagai,
            **data,
        )
        self.instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
        return jejak


def open_kelola(
    *,
    instansi_id: int,
    aktor: Pengguna,
    now: datetime,
    tingkat: frozenset[str] = perms.MENGELOLA,
) -> Kelola:
    """Lock the office for one act of those levels of post, inside the caller's transaction.

    Raises:
        AksesDitolak: `aktor` holds none of them in that office (HTTP 403).
    """
    # Mandates end under this lock: one that ended while we waited for it gives no right any more.
    instansi = Instansi.objects.select_for_update().get(pk=instansi_id)
    mandat = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in mandat if perms.holds(instansi_id, [p], tingkat)), None)
    if sebagai is None:
        raise AksesDitolak(
            _("Susunan instansi dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return Kelola(instansi, aktor, sebagai, now)
