"""Passwords are checked at a counter: a few at a time, a few waiting, everybody else comes back.

A hash is slow on purpose. Without a fence, people who all sign in at eight take every processor and
every thread of the site from those who are at work in it.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher
from django.utils.translation import gettext as _

from sakip.common.errors import DomainError

# How long one may wait for the turn, and when a browser that was sent away may ask again.
_TUNGGU_DETIK = 3.0
_LAGI_DETIK = 5


class LoketPenuh(DomainError):
    """Too many passwords are being checked just now; nothing is wrong with this one (HTTP 503)."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    lagi_detik = _LAGI_DETIK


class Loket:
    """Room for `serentak` at work and `antre` waiting, for this process and all its threads."""

    def __init__(self, *, serentak: int, antre: int, tunggu: float = _TUNGGU_DETIK) -> None:
        self._ruang = threading.BoundedSemaphore(serentak + antre)
        self._giliran = threading.BoundedSemaphore(serentak)
        self._tunggu = tunggu

    @contextmanager
    def masuk(self) -> Iterator[None]:
        """One turn.

        Raises:
            LoketPenuh: at once where even the room to wait is full, or after a while in it.
        """
        if not self._ruang.acquire(blocking=False):
            raise _penuh()
        try:
            if not self._giliran.acquire(timeout=self._tunggu):
                raise _penuh()
            try:
                yield
            finally:
                self._giliran.release()
        finally:
            self._ruang.release()


def _penuh() -> LoketPenuh:
    return LoketPenuh(
        _(
            "Banyak orang sedang masuk pada saat yang sama. "
            "Kata sandi Anda belum diperiksa; coba lagi dalam beberapa detik."
        )
    )


loket = Loket(serentak=settings.SANDI_SERENTAK, antre=settings.SANDI_ANTRE)


class Argon2Berloket(Argon2PasswordHasher):
    """Django's Argon2 with all its strength, at the counter."""

    def encode(self, password: str, salt: str) -> str:
        """As Django's. Raises `LoketPenuh`."""
        with loket.masuk():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        """As Django's. Raises `LoketPenuh`."""
        with loket.masuk():
            return super().verify(password, encoded)


class PBKDF2Berloket(PBKDF2PasswordHasher):
    """The same for passwords that came from elsewhere. Its `verify` is one more `encode`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """As Django's. Raises `LoketPenuh`."""
        with loket.masuk():
            return super().encode(password, salt, iterations)
