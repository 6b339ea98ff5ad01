"""When this session last gave its password: acts of weight ask for it again after a while.

And whether it was opened with a second factor.
"""

from datetime import UTC, datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from sakip.common.rahasia import Rahasia

KUNCI_SANDI = "sandi_diberikan_pada"
_KUNCI_FAKTOR, _KUNCI_SSO = "faktor_kedua", "lewat_sso"
# Long enough to fill in a form, short enough for a desk that somebody left.
MASA = timedelta(minutes=5)


def mark_sandi(request: HttpRequest, now: datetime) -> None:
    """Note that the person was made sure of just now; the session goes on under a new key."""
    if request.session.get(KUNCI_SANDI) != now.isoformat():
        request.session.cycle_key()
    request.session[KUNCI_SANDI] = now.isoformat()


def needs_sandi(request: HttpRequest, now: datetime) -> bool:
    """Whether the password has to be given again before an act of weight."""
    pada = request.session.get(KUNCI_SANDI)
    return pada is None or now - datetime.fromisoformat(pada) > MASA


def check_sandi(request: HttpRequest, nama: str, sandi: Rahasia, now: datetime) -> bool:
    """Whether that is the password of the person signed in; noted when it is.

    It goes through the same door as signing in, so guessing is slowed down the same way.
    """
    orang = authenticate(request, username=nama, password=sandi.reveal())
    if orang is None or orang.pk != request.user.pk:
        return False
    mark_sandi(request, now)
    return True


def mark_sso(request: HttpRequest, pada: datetime | None) -> None:
    """Note that the person showed himself at the provider, then. None: nobody knows when."""
    request.session[_KUNCI_SSO] = True
    request.session[KUNCI_SANDI] = (pada or datetime.fromtimestamp(0, tz=UTC)).isoformat()


def is_lewat_sso(request: HttpRequest) -> bool:
    """Whether this session was opened by way of the provider."""
    return bool(request.session.get(_KUNCI_SSO))


def mark_faktor(request: HttpRequest) -> None:
    """Note that this session showed the second factor of its account."""
    request.session[_KUNCI_FAKTOR] = True


def drop_faktor(request: HttpRequest) -> None:
    """Note that the account has none any more."""
    request.session.pop(_KUNCI_FAKTOR, None)


def has_faktor(request: HttpRequest) -> bool:
    """Whether this session showed a second factor. Costs no query."""
    return bool(request.session.get(_KUNCI_FAKTOR))
