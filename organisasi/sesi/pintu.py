"""Between the password and the session: the second factor; and the password again, before acts of
weight.
"""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from organisasi.models import Pengguna
from sakip.common.isian import keep_isian, read_asal
from sakip.common.masuk_ulang import needs_sandi

_TERTUNDA = "masuk_tertunda"
_MASA = timedelta(minutes=5)


def hold_masuk(request: HttpRequest, pengguna: Pengguna, *, ke: str, now: datetime) -> None:
    """The password was right; the session stays nobody's until the second factor is shown."""
    request.session.cycle_key()
    request.session[_TERTUNDA] = {"pk": pengguna.pk, "pada": now.isoformat(), "ke": ke}


def get_tertunda(request: HttpRequest, now: datetime) -> tuple[Pengguna, str] | None:
    """Who gave the password within five minutes, and where to go next."""
    isi = request.session.get(_TERTUNDA)
    if isi is None or now - datetime.fromisoformat(isi["pada"]) > _MASA:
        return None
    pengguna = Pengguna.objects.filter(pk=isi["pk"], is_active=True).first()
    return (pengguna, isi["ke"]) if pengguna else None


def drop_tertunda(request: HttpRequest) -> None:
    """Nobody waits at the door any more."""
    request.session.pop(_TERTUNDA, None)


def ask_sandi(request: HttpRequest) -> HttpResponse | None:
    """The way to the page that asks for the password again; None if it was given just now.

    A view asks it once it knows that the person may do the act at all, and before reading the
    form. What was typed stays and is offered again after the detour.
    """
    if not needs_sandi(request, timezone.now()):
        return None
    ke = request.get_full_path()
    if request.method == "POST":
        keep_isian(request)
        ke = read_asal(request) or reverse("organisasi:edit-profil")
        messages.info(request, _("Belum dijalankan. Pastikan diri Anda, lalu ulangi."))
    return redirect(f"{reverse('organisasi:confirm-sandi')}?{urlencode({'next': ke})}")
