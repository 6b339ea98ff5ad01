"""Signing in by the single sign-on of a government, saying again who one is, and signing out."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organisasi.models import Pengguna
from organisasi.selectors_akun import find_tamu, get_faktor
from organisasi.sesi.catatan import start_sesi
from organisasi.sesi.pintu import hold_masuk
from sakip.common.masuk_ulang import is_lewat_sso, mark_faktor, mark_sandi, mark_sso
from sakip.common.sso import SsoDitolak, Tamu, begin_sso, finish_sso, is_sso, make_keluar

logger = logging.getLogger(__name__)

_TUJUAN = "sso_tujuan"
_MASA = timedelta(minutes=10)


@never_cache
@login_not_required
@require_safe
def start_sso(request: HttpRequest) -> HttpResponseBase:
    """To the provider. Who is signed in already shows himself there anew."""
    _require_sso()
    ke = request.GET.get("next", "")
    aman = url_has_allowed_host_and_scheme(ke, allowed_hosts={request.get_host()})
    request.session[_TUJUAN] = {
        "ke": ke if aman else "",
        "siapa": request.user.pk,
        "pada": timezone.now().isoformat(),
    }
    kembali = f"{settings.ALAMAT_PUBLIK}{reverse('organisasi:finish-sso')}"
    return begin_sso(request, kembali=kembali, ulang=request.user.is_authenticated)


@never_cache
@login_not_required
@require_safe
def finish_sign_in(request: HttpRequest) -> HttpResponse:
    """Back from the provider: signed in, led to the second factor, or told why not."""
    _require_sso()
    now, tujuan = timezone.now(), request.session.pop(_TUJUAN, None)
    try:
        tamu = finish_sso(request)
    except SsoDitolak as ditolak:
        return _refuse(request, "dibatalkan" if str(ditolak) == "access_denied" else str(ditolak))
    if tujuan is None or now - datetime.fromisoformat(tujuan["pada"]) > _MASA:
        return _refuse(request, "lama")
    pengguna = find_tamu(tamu.nip)
    if pengguna is None:
        return _refuse(request, "akun")
    if tujuan["siapa"] is not None:
        return _confirm(request, pengguna, tamu, tujuan, now)
    return _enter(request, pengguna, tamu, tujuan["ke"], now)


def _enter(
    request: HttpRequest, pengguna: Pengguna, tamu: Tamu, ke: str, now: datetime
) -> HttpResponse:
    """Our own second factor, unless the provider asked for one that this installation accepts."""
    ke = ke or resolve_url(settings.LOGIN_REDIRECT_URL)
    if not tamu.is_mfa and get_faktor(pengguna).ada:
        hold_masuk(request, pengguna, ke=ke, now=now)
        mark_sso(request, tamu.pada)
        return redirect("organisasi:enter-faktor")
    start_sesi(request, pengguna, now=now)
    mark_sso(request, tamu.pada)
    if tamu.is_mfa:
        mark_faktor(request)
    return redirect(ke)


def _confirm(
    request: HttpRequest, pengguna: Pengguna, tamu: Tamu, tujuan: dict[str, Any], now: datetime
) -> HttpResponse:
    """The same person as is signed in, and just now: no cookie of the provider's will do."""
    mulai = datetime.fromisoformat(tujuan["pada"])
    baru = tamu.pada is not None and tamu.pada >= mulai - timedelta(minutes=1)
    if not pengguna.pk == tujuan["siapa"] == request.user.pk or not baru:
        return _refuse(request, "bukan_baru")
    mark_sandi(request, now)
    return redirect(tujuan["ke"] or "organisasi:edit-profil")


def _refuse(request: HttpRequest, sebab: str) -> HttpResponse:
    logger.warning("sso_ditolak sebab=%s", sebab.replace(" ", "_"))
    return render(request, "organisasi/sso_gagal.html", {"sebab": sebab}, status=403)


class KeluarView(auth_views.LogoutView):
    """Sign out here; who came by the provider is offered to sign out there, too."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """No form leads off this site, so the way on is a link on a page of ours."""
        lewat_sso = is_lewat_sso(request) and is_sso()
        jawab = super().post(request, *args, **kwargs)
        return redirect("organisasi:signed-out-sso") if lewat_sso else jawab


@never_cache
@login_not_required
@require_safe
def signed_out(request: HttpRequest) -> HttpResponse:
    """Signed out here, and perhaps not yet there."""
    _require_sso()
    kembali = f"{settings.ALAMAT_PUBLIK}{reverse('organisasi:sign-in')}"
    return render(request, "organisasi/sso_keluar.html", {"keluar": make_keluar(kembali)})


def _require_sso() -> None:
    if not is_sso():
        raise Http404
