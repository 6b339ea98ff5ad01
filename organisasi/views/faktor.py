"""Pages of the second factor: see, put on, take off, new recovery codes."""

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi.forms.faktor import KodePasangForm
from organisasi.middleware import get_pelaku
from organisasi.perms import needs_faktor
from organisasi.selectors_akun import get_faktor
from organisasi.services import faktor as layanan
from organisasi.sesi.pasang import drop_kunci, hold_kunci, take_kunci
from organisasi.sesi.pintu import ask_sandi
from sakip.common.isian import try_isian
from sakip.common.kunci_sandi import is_tersedia
from sakip.common.masuk_ulang import drop_faktor, mark_faktor
from sakip.common.totp import group_kunci, make_alamat


@never_cache
@require_safe
def view_faktor(request: HttpRequest) -> HttpResponse:
    """What protects the account beside the password."""
    pelaku = get_pelaku(request)
    context = {
        "keadaan": get_faktor(pelaku.pengguna),
        "wajib": needs_faktor(pelaku.pengguna, pelaku.semua),
        "tersedia": is_tersedia(),
    }
    return render(request, "organisasi/faktor.html", context)


@never_cache
@sensitive_post_parameters("kode")
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def add_faktor(request: HttpRequest) -> HttpResponse:
    """Scan, type the code, and get the recovery codes in this answer only."""
    pengguna, now = get_pelaku(request).pengguna, timezone.now()
    if get_faktor(pengguna).terpasang:
        return redirect("organisasi:view-faktor")
    if jeda := ask_sandi(request):
        return jeda
    kunci = take_kunci(request, now) or hold_kunci(request, now)
    form = KodePasangForm(request.POST or None)
    kode: list[str] = []

    def pasang() -> None:
        kode.extend(
            layanan.add_faktor(
                pengguna=pengguna,
                kunci=kunci,
                kode=form.cleaned_data["kode"],
                now=now,
                sesi=request.session.session_key,
            )
        )

    if form.is_valid() and try_isian(form, "kode", pasang):
        drop_kunci(request)
        mark_faktor(request)
        return _close(request, kode)
    terang = kunci.reveal()
    alamat = make_alamat(terang, nama=pengguna.nip, penerbit="SAKIP")
    context = {
        "form": form,
        "qr": segno.make(alamat, error="m").svg_data_uri(scale=5, border=3),
        "kunci": group_kunci(terang),
    }
    return render(
        request, "organisasi/faktor_pasang.html", context, status=422 if form.errors else 200
    )


@require_POST
def remove_faktor(request: HttpRequest) -> HttpResponse:
    """Take the app off; whose post asks for a factor and has none left puts one on again."""
    if jeda := ask_sandi(request):
        return jeda
    pengguna = get_pelaku(request).pengguna
    layanan.remove_faktor(
        pengguna=pengguna,
        now=timezone.now(),
        sesi=request.session.session_key,
    )
    if not get_faktor(pengguna).ada:
        drop_faktor(request)
    messages.success(
        request, _("Aplikasi autentikator dilepas. Sesi Anda di tempat lain diakhiri.")
    )
    return redirect("organisasi:view-faktor")


@never_cache
@require_POST
def renew_kode(request: HttpRequest) -> HttpResponse:
    """Ten new codes, in this answer only."""
    if jeda := ask_sandi(request):
        return jeda
    kode = layanan.renew_kode(
        pengguna=get_pelaku(request).pengguna,
        now=timezone.now(),
        sesi=request.session.session_key,
    )
    return _show_kode(request, kode)


def _close(request: HttpRequest, kode: list[str]) -> HttpResponse:
    """The recovery codes; whoever had a factor before has codes already."""
    if kode:
        return _show_kode(request, kode)
    messages.success(request, _("Aplikasi terpasang. Sesi Anda di tempat lain diakhiri."))
    return redirect("organisasi:view-faktor")


def _show_kode(request: HttpRequest, kode: list[str]) -> HttpResponse:
    return render(request, "organisasi/faktor_kode.html", {"kode": kode})
