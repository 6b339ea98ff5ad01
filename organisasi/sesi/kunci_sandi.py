"""Asking a browser for a passkey, and what it answered: the three doors do it alike."""

import logging
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from organisasi.models import Pengguna
from organisasi.selectors_akun import list_pengenal
from organisasi.services.kunci_sandi import use_kunci_sandi
from organisasi.sesi.tantangan import hold_tantangan, take_tantangan
from sakip.common.kunci_sandi import begin_pakai, is_tersedia
from sakip.common.takaran import require_takaran

logger = logging.getLogger(__name__)
RUAS = "kunci_sandi"
# Wrong answers only; a whole office may share one address.
_SALAH_PER_JAM = 60


def ask_kunci(request: HttpRequest, pengguna: Pengguna, *, untuk: str, now: datetime) -> str:
    """The question for one of that person's passkeys, as JSON; "" where there is none to ask."""
    if not is_tersedia():
        return ""
    semua = list_pengenal(pengguna)
    return hold_tantangan(request, begin_pakai(semua), untuk=untuk, now=now) if semua else ""


def ask_siapa(request: HttpRequest, *, untuk: str, now: datetime) -> str:
    """The question for whichever passkey the person chooses, as JSON."""
    return hold_tantangan(request, begin_pakai(), untuk=untuk, now=now) if is_tersedia() else ""


def check_kunci(
    request: HttpRequest, *, untuk: str, now: datetime, pengguna: Pengguna | None = None
) -> Pengguna | None:
    """Whose passkey answered the question asked before; None, counted, where nobody's did.

    Raises:
        TerlaluSering: too many wrong answers from this address (HTTP 429).
    """
    tantangan = take_tantangan(request, untuk=untuk, now=now)
    if tantangan is not None:
        jawaban = request.POST.get(RUAS, "")
        siapa = use_kunci_sandi(tantangan=tantangan, jawaban=jawaban, now=now, pengguna=pengguna)
        if siapa is not None:
            logger.info("kunci_sandi_cocok akun=%s untuk=%s", siapa.pk, untuk)
            return siapa
    logger.warning("kunci_sandi_ditolak untuk=%s", untuk)
    require_takaran(request, "kunci-sandi", maks=_SALAH_PER_JAM, detik=3600)
    return None


def say_salah() -> str:
    """What a page says then."""
    return _("Kunci sandi tidak cocok atau waktunya habis. Coba sekali lagi.")
