"""One-time codes of an authenticator app (RFC 6238): six digits, new ones every thirty seconds."""

import base64
import binascii
import secrets
from datetime import datetime, timedelta
from hmac import compare_digest

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

_DETIK = 30
_ANGKA = 6
_BYTE_KUNCI = 20
# The clock of a phone may be half a minute off either way.
_GESER = (0, -1, 1)
_KELOMPOK = 4


def make_kunci() -> str:
    """A new key as authenticator apps take it: base32, 160 bits."""
    return base64.b32encode(secrets.token_bytes(_BYTE_KUNCI)).decode()


def make_alamat(kunci: str, *, nama: str, penerbit: str) -> str:
    """The `otpauth:` address that the QR holds."""
    return _totp(kunci).get_provisioning_uri(nama, penerbit)


def group_kunci(kunci: str) -> str:
    """The key in groups of four, for who types it in."""
    return " ".join(kunci[i : i + _KELOMPOK] for i in range(0, len(kunci), _KELOMPOK))


def make_kode(kunci: str, pada: datetime) -> str:
    """The code that an app shows at that moment."""
    return _totp(kunci).generate(int(pada.timestamp())).decode()


def find_langkah(kunci: str, kode: str, *, now: datetime, sesudah: int) -> int | None:
    """The number of the half minute that `kode` belongs to; None where it is not a code of now.

    sesudah: the last number used. The same code never opens twice, nor one before it.
    """
    kode = "".join(kode.split())
    for geser in _GESER:
        pada = now + timedelta(seconds=geser * _DETIK)
        langkah = int(pada.timestamp()) // _DETIK
        cocok = compare_digest(make_kode(kunci, pada).encode(), kode.encode())
        if cocok and langkah > sesudah:
            return langkah
    return None


def _totp(kunci: str) -> TOTP:
    try:
        isi = base64.b32decode(kunci)
    except binascii.Error as salah:
        raise ValueError("not a key in base32") from salah
    return TOTP(isi, _ANGKA, SHA1(), _DETIK)  # noqa: S303 - what every app computes; the key is secret
