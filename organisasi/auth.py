"""Sign-in by NIP or e-mail address."""

import logging
from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisasi.models import Pengguna
from organisasi.selectors import find_pengguna
from organisasi.services.faktor import use_kode
from sakip.common.tolakan import note_tolakan

logger = logging.getLogger(__name__)


class NipAtauSurelBackend(ModelBackend):
    """Accepts a NIP, spaces allowed, or an e-mail address in any case."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Pengguna | None:
        """The person, or None. An unknown name costs as much time as a wrong password."""
        if not username or password is None:
            return None
        pengguna = find_pengguna(username)
        if pengguna is None:
            Pengguna().set_password(password)
            logger.warning("sandi_ditolak sebab=%s", "tak_dikenal")
            return None
        if not pengguna.check_password(password):
            logger.warning("sandi_ditolak sebab=%s akun=%s", "salah", pengguna.pk)
            return None
        if not self.user_can_authenticate(pengguna):
            logger.warning("sandi_ditolak sebab=%s akun=%s", "nonaktif", pengguna.pk)
            return None
        logger.info("sandi_cocok akun=%s", pengguna.pk)
        return pengguna


class FaktorBackend(BaseBackend):
    """The second factor of who gave the password; wrong codes count as wrong passwords do.

    It opens no session by itself: see `organisasi.sesi.pintu`.
    """

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        token: str | None = None,
        **kwargs: Any,
    ) -> Pengguna | None:
        """The person, where `token` is a code of the app or a recovery code; it is used up."""
        if username is None or token is None:
            return None
        pengguna = find_pengguna(username)
        if pengguna is None or not pengguna.is_active:
            return None
        if not use_kode(pengguna=pengguna, kode=token, now=timezone.now()):
            logger.warning("kode_ditolak akun=%s", pengguna.pk)
            return None
        logger.info("kode_cocok akun=%s", pengguna.pk)
        return pengguna


def name_akun(request: HttpRequest | None, credentials: Mapping[str, Any] | None = None) -> str:
    """By what wrong passwords are counted: the account, however its name was typed.

    Otherwise a NIP with a space in it would be another name, with five attempts of its own.
    """
    isi = credentials or (request.POST if request is not None else {})
    teks = str(isi.get("username") or "")
    pengguna = find_pengguna(teks)
    return pengguna.nip if pengguna else teks.strip()


def terlalu_banyak_percobaan(
    request: HttpRequest, credentials: object = None, *_: object
) -> HttpResponse:
    """Page after too many wrong passwords for one account from one address."""
    note_tolakan(request, "TerlaluBanyakPercobaan", 429)
    return render(request, "organisasi/terlalu_banyak.html", status=429)
