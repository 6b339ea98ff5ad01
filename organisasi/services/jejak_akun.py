"""Acts of a person on the own account, in the trail of the own office."""

from datetime import datetime
from typing import Any

from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak


def record_akun(
    pengguna: Pengguna, aksi: str, *, now: datetime, oleh_server: bool = False, **data: Any
) -> None:
    """Write it in the caller's transaction; a person without a post has no office to tell.

    oleh_server: an operator did it by a command, not the person.
    """
    mandat = list_penugasan_for(pengguna, pada=now)
    if not mandat:
        return
    instansi = Instansi.objects.select_for_update().get(pk=mandat[0].jabatan.instansi_id)
    record_jejak(
        instansi,
        aksi=f"organisasi.{aksi}",
        aktor=None if oleh_server else pengguna,
        now=now,
        sebagai=None if oleh_server else mandat[0],
        nip=pengguna.nip,
        **data,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
