"""Sending letters about an account: invitation, forgotten password, password changed.

The row is written with the act; a job sends it afterwards, so that no page waits for a mail server.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
from django.db import connection, transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import base36_to_int, urlsafe_base64_encode

from organisasi.models import Pengguna, SuratAkun
from sakip.common.gerbang import Gerbang, Nasib

logger = logging.getLogger(__name__)

MASA_LUPA = timedelta(hours=2)
# Longer than the slowest mail server may take.
_SEWA = timedelta(minutes=2)
_SEKALI = 100
# Long enough to answer "did the letter go out", short enough to keep no list of who forgot what.
_SIMPAN = timedelta(days=90)


class TokenLupa(PasswordResetTokenGenerator):
    """Tokens of the letter for a forgotten password: no invitation, and for two hours only."""

    key_salt = "organisasi.token_lupa"

    def check_token(self, user: Any, token: str | None) -> bool:  # noqa: ANN401 - signature of Django
        """Whether it was made for that person, as he is now, less than two hours ago."""
        if not user or not token or not super().check_token(user, token):
            return False
        dibuat = base36_to_int(token.split("-")[0])
        umur = self._num_seconds(self._now()) - dibuat
        return umur <= MASA_LUPA.total_seconds()


token_lupa = TokenLupa()


def queue_surat(pengguna: Pengguna, jenis: str, *, now: datetime, dari: str = "") -> None:
    """Promise a letter, where the installation sends any; inside the caller's transaction."""
    if settings.SUREL_AKTIF:
        SuratAkun.objects.create(
            pengguna=pengguna, jenis=jenis, dari=dari[:300], dibuat_pada=now, jadwal=now
        )


def make_jalur(pengguna: Pengguna, jenis: str) -> str:
    """Path of a page where that person chooses a password; it works once."""
    lupa = jenis == SuratAkun.Jenis.LUPA
    pembuat = token_lupa if lupa else default_token_generator
    uid = urlsafe_base64_encode(force_bytes(pengguna.pk))
    nama = "reset-sandi" if lupa else "accept-undangan"
    return reverse(f"organisasi:{nama}", args=[uid, pembuat.make_token(pengguna)])


def send_surat(*, gerbang: Gerbang | None, jam: Callable[[], datetime]) -> int:
    """Send what is due, a hundred at most; how many were handed over."""
    if gerbang is None:
        return 0
    antre = SuratAkun.objects.filter(jadwal__lte=jam()).order_by("jadwal", "pk")
    terkirim = 0
    for pk in list(antre.values_list("pk", flat=True)[:_SEKALI]):
        # One at a time: a hundred at a slow mail server take longer than the lease of the last.
        surat = _claim(pk, jam())
        terkirim += surat is not None and _send(surat, gerbang, jam)
    return terkirim


def discard_surat(*, now: datetime) -> int:
    """Delete letters that ended 90 days ago; how many. An office still sees whom no letter reached.

    That is: an invitation that could not be delivered stays while its person has no password.
    """
    usai = SuratAkun.objects.filter(jadwal=None, dibuat_pada__lt=now - _SIMPAN)
    tertahan = usai.filter(
        jenis=SuratAkun.Jenis.UNDANGAN,
        terkirim_pada=None,
        pengguna__password__startswith=UNUSABLE_PASSWORD_PREFIX,
    )
    banyak, _rincian = usai.exclude(pk__in=tertahan.values("pk")).delete()
    return banyak


@transaction.atomic
def _claim(pk: int, now: datetime) -> SuratAkun | None:
    """Take one letter; None where another worker has it, or nobody needs it any more."""
    lewati = connection.features.has_select_for_update_skip_locked
    surat = (
        SuratAkun.objects.select_for_update(of=("self",), skip_locked=lewati)
        .select_related("pengguna")
        .filter(pk=pk, jadwal__lte=now)
        .first()
    )
    if surat is None:
        return None
    if not _is_perlu(surat):
        surat.delete()
        return None
    surat.jadwal, surat.percobaan = now + _SEWA, surat.percobaan + 1
    surat.save(update_fields=["jadwal", "percobaan"])
    return surat


def _is_perlu(surat: SuratAkun) -> bool:
    """An invitation is for who has no password yet, everything else for who has one."""
    pengguna = surat.pengguna
    diundang = surat.jenis == SuratAkun.Jenis.UNDANGAN
    return pengguna.is_active and pengguna.has_usable_password() is not diundang


def _send(surat: SuratAkun, gerbang: Gerbang, jam: Callable[[], datetime]) -> bool:
    """Hand one letter over and note what became of it, unless another took it over meanwhile."""
    hasil = gerbang.kirim(surat.pengguna.surel, _write(surat), surat.kunci)
    now = jam()
    isi: dict[str, Any] = {"galat": hasil.sebab[:300]}
    habis = surat.percobaan >= SuratAkun.MAKS_PERCOBAAN
    if hasil.nasib == Nasib.TERKIRIM:
        isi |= {"jadwal": None, "terkirim_pada": now}
    elif hasil.nasib == Nasib.DITOLAK or habis:
        isi |= {"jadwal": None}
        logger.warning("surat_akun_gagal surat=%s jenis=%s", surat.pk, surat.jenis)
    else:
        isi |= {"jadwal": now + timedelta(seconds=max(60 * surat.percobaan, hasil.tunggu))}
    SuratAkun.objects.filter(pk=surat.pk, percobaan=surat.percobaan).update(**isi)
    return hasil.nasib == Nasib.TERKIRIM


def _write(surat: SuratAkun) -> str:
    """The letter as text; its first line is the subject."""
    isi = {"pengguna": surat.pengguna, "dari": surat.dari, "alamat": settings.ALAMAT_PUBLIK}
    if surat.jenis in (SuratAkun.Jenis.UNDANGAN, SuratAkun.Jenis.LUPA):
        isi["tautan"] = f"{settings.ALAMAT_PUBLIK}{make_jalur(surat.pengguna, surat.jenis)}"
    return render_to_string(f"organisasi/surel/{surat.jenis}.txt", isi)
