"""When this session last gave its password: acts of weight ask for it again after a while."""

from datetime import datetime, timedelta

from django.contrib.auth import authenticate
from django.http import HttpRequest

from sakip.common.rahasia import Rahasia

_KUNCI = "sandi_diberikan_pada"
# Long enough to read a report to its end, short enough for a desk that somebody left.
MASA = timedelta(minutes=15)


def mark_sandi(request: HttpRequest, now: datetime) -> None:
    """Note that the password was given just now."""
    request.session[_KUNCI] = now.isoformat()


def needs_sandi(request: HttpRequest, now: datetime) -> bool:
    """Whether the password has to be given again before an act of weight."""
    pada = request.session.get(_KUNCI)
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
