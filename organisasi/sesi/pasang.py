"""The key of an app that is being put on, sealed in the session until its first code came."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from sakip.common.rahasia import Rahasia, RahasiaTidakTerbuka, seal, unseal
from sakip.common.totp import make_kunci

_KUNCI = "faktor_dipasang"
_MASA = timedelta(minutes=15)


def hold_kunci(request: HttpRequest, now: datetime) -> Rahasia:
    """Make a key and keep it for a quarter of an hour."""
    kunci = Rahasia(make_kunci())
    isi = seal(kunci, tujuan=_tujuan(request), kedaluwarsa=now + _MASA)
    request.session[_KUNCI] = isi.decode()
    return kunci


def take_kunci(request: HttpRequest, now: datetime) -> Rahasia | None:
    """The key made before, so that a mistyped code does not ask for scanning anew."""
    isi = request.session.get(_KUNCI, "")
    try:
        return unseal(isi.encode(), tujuan=_tujuan(request), now=now)
    except RahasiaTidakTerbuka:
        return None


def drop_kunci(request: HttpRequest) -> None:
    """It is on the account now."""
    request.session.pop(_KUNCI, None)


def _tujuan(request: HttpRequest) -> str:
    return f"totp-baru:{request.user.pk}"
