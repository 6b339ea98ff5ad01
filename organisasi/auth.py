"""Sign-in by NIP or e-mail address."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from organisasi.models import Pengguna
from organisasi.selectors import find_pengguna


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
