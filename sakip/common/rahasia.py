"""Secrets on their way: a wrapper that never prints itself, and a sealed hand-over that expires.

A passphrase must reach the worker that signs, but may not lie readable in a queue, a row or a log.
It is
encrypted with a key derived from ``SECRET_KEY``, for one named purpose and a short time.
"""

import base64
from datetime import UTC, datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_LABEL = b"sakip.common.rahasia/1:"
_BYTE_WAKTU = 8
# For what is kept until its owner takes it away.
SELAMANYA = datetime(9999, 1, 1, tzinfo=UTC)


class RahasiaTidakTerbuka(Exception):
    """The sealed secret has expired, is broken, or was sealed for another purpose."""


class Rahasia:
    """A text that shows itself only when asked by `reveal`: not in repr, logs or tracebacks."""

    __slots__ = ("_nilai",)

    def __init__(self, nilai: str) -> None:
        self._nilai = nilai

    def __repr__(self) -> str:
        return "Rahasia(***)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("a Rahasia is never serialised; seal it")

    def reveal(self) -> str:
        """The text itself; hand it on at once, keep it nowhere."""
        return self._nilai


def seal(rahasia: Rahasia, *, tujuan: str, kedaluwarsa: datetime) -> bytes:
    """Encrypt for one purpose until one moment. `tujuan` must be the same when it is opened."""
    waktu = int(kedaluwarsa.timestamp()).to_bytes(_BYTE_WAKTU, "big")
    return _fernet(tujuan).encrypt(waktu + rahasia.reveal().encode())


def unseal(isi: bytes, *, tujuan: str, now: datetime) -> Rahasia:
    """Open what `seal` made.

    Raises:
        RahasiaTidakTerbuka: too late, changed, or meant for something else.
    """
    try:
        terang = _fernet(tujuan).decrypt(bytes(isi))
    except InvalidToken:
        raise RahasiaTidakTerbuka("tidak dapat dibuka") from None
    kedaluwarsa = datetime.fromtimestamp(int.from_bytes(terang[:_BYTE_WAKTU], "big"), tz=UTC)
    if now >= kedaluwarsa:
        raise RahasiaTidakTerbuka("kedaluwarsa")
    return Rahasia(terang[_BYTE_WAKTU:].decode())


def reseal(isi: bytes, *, tujuan: str) -> bytes:
    """The same secret, closed with the key that the application has now.

    Raises:
        RahasiaTidakTerbuka: neither that key nor one from before closed it.
    """
    try:
        return _fernet(tujuan).rotate(bytes(isi))
    except InvalidToken:
        raise RahasiaTidakTerbuka("tidak dapat dibuka") from None


def _fernet(tujuan: str) -> MultiFernet:
    """Closes with the key of the application; opens with those it had before as well."""
    semua = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_turunkan(kunci, tujuan)) for kunci in semua])


def _turunkan(kunci: str | bytes, tujuan: str) -> bytes:
    turunan = HKDF(algorithm=SHA256(), length=32, salt=None, info=_LABEL + tujuan.encode())
    return base64.urlsafe_b64encode(turunan.derive(force_bytes(kunci)))
