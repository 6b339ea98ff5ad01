"""Passwords are checked at a counter: a few at a time, a few waiting, everybody else comes back.

A hash is slow on purpose. Without a fence, people who all sign in at eight take every processor and
every thread of the site from those who are at work in it.
"""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher
from django.utils.translation import gettext as _
from portalocker import AlreadyLocked, NamedBoundedSemaphore

from sakip.common.errors import DomainError

# How long one may wait for the turn, and when a browser that was sent away may ask again.
_TUNGGU_DETIK = 3.0
_LAGI_DETIK = 5
# How often it is looked whether a turn is free: short beside one hash.
_LIHAT_DETIK = 0.02
# Argon2 works in eight threads. Stepped back as far as this, they take about a third of the
# processors from pages that want all of them, and everything that nobody else wants.
_MUNDUR = 10
T = TypeVar("T")


class LoketPenuh(DomainError):
    """Too many passwords are being checked just now; nothing is wrong with this one (HTTP 503)."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    lagi_detik = _LAGI_DETIK


class Loket:
    """Room for `serentak` at work, in all processes of this machine that meet in `folder`, and for
    `antre` more waiting in this process.
    """

    def __init__(
        self, folder: Path, *, serentak: int, antre: int, tunggu: float = _TUNGGU_DETIK
    ) -> None:
        self._folder, self._serentak, self._tunggu = folder, serentak, tunggu
        self._ruang = threading.BoundedSemaphore(serentak + antre)
        # Threads of its own: those that answer pages are not told to step back.
        self._pekerja = ThreadPoolExecutor(serentak, "loket", initializer=_step_back)

    def hitung(self, kerja: Callable[[], T]) -> T:
        """What `kerja` returns, in its turn and behind whatever else wants a processor.

        Raises:
            LoketPenuh: at once where even the room to wait is full, or after a while in it.
        """
        if not self._ruang.acquire(blocking=False):
            raise _penuh()
        try:
            with self._take_giliran():
                return self._pekerja.submit(kerja).result()
        finally:
            self._ruang.release()

    @contextmanager
    def _take_giliran(self) -> Iterator[None]:
        """Locked files: a process that is killed holds none of them any more."""
        self._folder.mkdir(parents=True, exist_ok=True)
        giliran = NamedBoundedSemaphore(
            self._serentak,
            "sandi",
            directory=str(self._folder),
            timeout=self._tunggu,
            check_interval=_LIHAT_DETIK,
        )
        try:
            giliran.acquire()
        except AlreadyLocked as penuh:
            raise _penuh() from penuh
        try:
            yield
        finally:
            giliran.release()


def _step_back() -> None:
    """Linux counts it for each thread, and the threads that Argon2 starts inherit it."""
    os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _MUNDUR)


def _penuh() -> LoketPenuh:
    return LoketPenuh(
        _(
            "Banyak orang sedang masuk pada saat yang sama. "
            "Kata sandi Anda belum diperiksa; coba lagi dalam beberapa detik."
        )
    )


loket = Loket(settings.LOKET_DIR, serentak=settings.SANDI_SERENTAK, antre=settings.SANDI_ANTRE)


class Argon2Berloket(Argon2PasswordHasher):
    """Django's Argon2 with all its strength, at the counter."""

    def encode(self, password: str, salt: str) -> str:
        """As Django's. Raises `LoketPenuh`."""
        return loket.hitung(partial(super().encode, password, salt))

    def verify(self, password: str, encoded: str) -> bool:
        """As Django's. Raises `LoketPenuh`."""
        return loket.hitung(partial(super().verify, password, encoded))


class PBKDF2Berloket(PBKDF2PasswordHasher):
    """The same for passwords that came from elsewhere. Its `verify` is one more `encode`."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """As Django's. Raises `LoketPenuh`."""
        return loket.hitung(partial(super().encode, password, salt, iterations))
