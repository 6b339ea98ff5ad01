"""Where I am signed in, and ending it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from organisasi.middleware import get_pelaku
from organisasi.selectors_akun import list_sesi
from organisasi.services.sesi import end_sesi, end_sesi_lain
from organisasi.sesi.pintu import ask_sandi


@never_cache
@require_safe
def view_sesi(request: HttpRequest) -> HttpResponse:
    """Every session of the signed-in person, this one first."""
    daftar = list_sesi(
        get_pelaku(request).pengguna, kini=request.session.session_key, pada=timezone.now()
    )
    return render(request, "organisasi/sesi.html", {"daftar": daftar})


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End the one named, or without a name all others."""
    if jeda := ask_sandi(request):
        return jeda
    pengguna, sidik = get_pelaku(request).pengguna, request.POST.get("sesi", "")
    if sidik:
        end_sesi(pengguna=pengguna, sidik=sidik, now=timezone.now())
        messages.success(request, _("Sesi itu diakhiri."))
        return redirect("organisasi:view-sesi")
    kini = request.session.session_key
    banyak = end_sesi_lain(pengguna=pengguna, kecuali=kini, now=timezone.now())
    kata = ngettext("%(n)s sesi lain diakhiri.", "%(n)s sesi lain diakhiri.", banyak)
    messages.success(request, kata % {"n": banyak})
    return redirect("organisasi:view-sesi")
