"""The paper an office prints its reports on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Pengguna
from organisasi.services.kelola import open_kelola
from sakip.common.errors import IsianTidakSah


@transaction.atomic
def save_kertas(*, instansi_id: int, kertas: str, aktor: Pengguna, now: datetime) -> None:
    """Print on that paper from now on.

    Raises:
        AksesDitolak: `aktor` does not configure that office (HTTP 403).
        IsianTidakSah: no such paper (HTTP 422).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    if kertas not in Instansi.Kertas.values:
        raise IsianTidakSah(_("Pilih A4 atau F4."))
    dari = kelola.instansi.kertas
    if kertas == dari:
        return
    kelola.instansi.kertas = kertas
    kelola.instansi.save(update_fields=["kertas"])
    kelola.record("organisasi.kertas.simpan", dari=dari, ke=kertas)
