"""Passwords: asking for a new one by e-mail, and storing the one a person chose."""

import logging
from datetime import datetime, timedelta

from axes.utils import reset
from django.db import transaction

from organisasi.models import Pengguna, SuratAkun
from organisasi.selectors import find_pengguna
from organisasi.services.jejak_akun import record_akun
from organisasi.services.sesi import end_sesi_lain
from organisasi.services.surat_akun import queue_surat

logger = logging.getLogger(__name__)

# Letters for a forgotten password that one account gets within an hour, whoever asks for them.
MAKS_LUPA = 3
_SEJAM = timedelta(hours=1)


@transaction.atomic
def request_sandi(*, siapa: str, now: datetime) -> None:
    """Promise a letter to the account with that NIP or address. Says nothing of what it found.

    None for an unknown or inactive account, for one still waiting for its invitation (which two
    managers may have to give), and beyond three letters an hour.
    """
    ada = find_pengguna(siapa)
    if ada is None:
        return
    pengguna = Pengguna.objects.select_for_update().get(pk=ada.pk)
    baru = SuratAkun.objects.filter(
        pengguna=pengguna, jenis=SuratAkun.Jenis.LUPA, dibuat_pada__gt=now - _SEJAM
    )
    if pengguna.is_active and pengguna.has_usable_password() and baru.count() < MAKS_LUPA:
        queue_surat(pengguna, SuratAkun.Jenis.LUPA, now=now)
        logger.info("sandi_diminta pengguna=%s", pengguna.pk)


@transaction.atomic
def save_sandi(
    *, pengguna: Pengguna, sandi: str, now: datetime, aksi: str, sesi: str | None = None
) -> None:
    """Store the password the person chose; every session but the one with the key `sesi` ends.

    aksi: "terima_undangan", "atur_ulang" or "ubah". Links sent before stop working, attempts at
    signing in count anew, and the person is told by e-mail unless it is the first password.
    """
    pengguna.set_password(sandi)
    pengguna.save(update_fields=["password"])
    SuratAkun.objects.filter(pengguna=pengguna).exclude(jadwal=None).delete()
    reset(username=pengguna.nip)
    if aksi != "terima_undangan":
        queue_surat(pengguna, SuratAkun.Jenis.BERUBAH, now=now)
    end_sesi_lain(pengguna=pengguna, kecuali=sesi, now=now)
    record_akun(pengguna, f"sandi.{aksi}", now=now)
