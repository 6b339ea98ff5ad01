"""What a session notes about itself whenever it is saved; reading a page costs no query for it."""

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.http import HttpRequest
from django.utils import timezone

from sakip.common.masuk_ulang import KUNCI_SANDI
from sakip.common.takaran import get_alamat

if TYPE_CHECKING:
    from django.contrib.sessions.backends.db import SessionStore as _Penyimpan

    from organisasi.models import Pengguna, Sesi
else:
    _Penyimpan = object

logger = logging.getLogger(__name__)
_MULAI, _TERLIHAT, _GAWAI = "sesi_mulai", "sesi_terlihat", "sesi_gawai"
# How exactly "last used" is known: once in that time a page costs one more write.
JARAK = timedelta(minutes=5)
_MAKS_PERAMBAN = 300


class Bercatatan(_Penyimpan):
    """Copies from the data of the session into its row whose it is, since when and where."""

    @classmethod
    def get_model_class(cls) -> "type[Sesi]":
        """The table of ours."""
        from organisasi.models import Sesi  # tables are loaded after this module

        return Sesi

    def load(self) -> dict[str, Any]:
        """Its data; none, and no row any more, where nobody used it for too long."""
        data: dict[str, Any] = super().load()
        terlihat = data.get(_TERLIHAT)
        diam = timedelta(seconds=settings.SESI_DIAM_DETIK)
        if terlihat is None or timezone.now() - datetime.fromisoformat(terlihat) <= diam:
            return data
        logger.info("sesi_diam pengguna=%s", data.get(SESSION_KEY))
        self.delete(self.session_key)
        self._session_key = None
        return {}

    def flush(self) -> None:
        """As Django's: by signing out, and where another person signs in on this browser."""
        if milik := self.get(SESSION_KEY):
            logger.info("keluar pengguna=%s", milik)
        super().flush()

    def create_model_instance(self, data: dict[str, Any]) -> "Sesi":
        """The row to be saved; a visitor's stays nobody's."""
        milik = data.get(SESSION_KEY)
        if milik is not None:
            kini = timezone.now().isoformat()
            if _MULAI not in data:
                data[_MULAI] = kini
                # Who came by a single sign-on may have shown himself there long before.
                data.setdefault(KUNCI_SANDI, kini)
            data[_TERLIHAT] = kini
        sesi = cast("Sesi", super().create_model_instance(data))
        if milik is not None:
            sesi.pengguna_id = int(milik)
            sesi.mulai = datetime.fromisoformat(data[_MULAI])
            sesi.terlihat = datetime.fromisoformat(data[_TERLIHAT])
            sesi.alamat, sesi.peramban = data.get(_GAWAI, ("", ""))
        return sesi


def start_sesi(request: HttpRequest, pengguna: "Pengguna", *, now: datetime) -> None:
    """Sign the person in on this browser, until the end of a working day and no longer."""
    login(request, pengguna, backend="organisasi.auth.NipAtauSurelBackend")
    logger.info("masuk pengguna=%s", pengguna.pk)
    peramban = request.headers.get("User-Agent", "")[:_MAKS_PERAMBAN]
    request.session[_GAWAI] = (get_alamat(request)[:45], peramban)
    # A moment, not a span: otherwise each use would put the end off.
    request.session.set_expiry(now + timedelta(seconds=settings.SESSION_COOKIE_AGE))


def touch_sesi(request: HttpRequest, now: datetime) -> None:
    """Have the session saved if it was not for a while, so that its row says when it was used.

    What a page asks for by itself every minute shows nobody at the desk.
    """
    if "X-Latar" in request.headers:
        return
    terlihat = request.session.get(_TERLIHAT)
    if terlihat is not None and now - datetime.fromisoformat(terlihat) > JARAK:
        request.session.modified = True
