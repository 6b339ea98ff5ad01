"""Sign-in by NIP or e-mail address."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from organisasi.models import Pengguna
from organisasi.selectors import find_pengguna
from organisasi.services.faktor import use_kode


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
            return None
        return (
            pengguna
            if pengguna.check_password(password) and self.user_can_authenticate(pengguna)
            else None
        )


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
        return pengguna if use_kode(pengguna=pengguna, kode=token, now=timezone.now()) else None


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
    return render(request, "organisasi/terlalu_banyak.html", status=429)
