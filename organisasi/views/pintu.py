"""The two doors behind the first: the second factor at sign-in, the password again later on."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from organisasi.forms.faktor import KodeForm, UlangForm
from organisasi.middleware import get_pelaku
from organisasi.sesi.catatan import start_sesi
from organisasi.sesi.pintu import drop_tertunda, get_tertunda
from sakip.common.masuk_ulang import check_sandi, mark_faktor
from sakip.common.rahasia import Rahasia
from sakip.common.takaran import require_takaran

# Guesses at one account by whoever knows its password, from however many addresses.
_TEBAKAN_PER_JAM = 20


@never_cache
@login_not_required
@sensitive_post_parameters("kode")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_faktor(request: HttpRequest) -> HttpResponse:
    """The second factor; only then is the person signed in."""
    now = timezone.now()
    tertunda = get_tertunda(request, now)
    if tertunda is None:
        messages.info(request, _("Masukkan NIP dan kata sandi lebih dahulu."))
        return redirect("organisasi:sign-in")
    pengguna, ke = tertunda
    form = KodeForm(request.POST or None)
    if form.is_valid():
        nip = pengguna.nip
        require_takaran(request, "faktor", maks=_TEBAKAN_PER_JAM, detik=3600, atas=nip)
        if authenticate(request, username=nip, token=form.cleaned_data["kode"]) == pengguna:
            drop_tertunda(request)
            start_sesi(request, pengguna, now=now)
            mark_faktor(request)
            return redirect(ke)
        form.add_error("kode", _("Kode tidak cocok. Ketik kode yang sedang tampil."))
    context = {"form": form, "nama": pengguna.nama}
    return render(
        request, "organisasi/faktor_masuk.html", context, status=422 if form.errors else 200
    )


@never_cache
@sensitive_post_parameters("sandi")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_sandi(request: HttpRequest) -> HttpResponse:
    """The password again, then back to where it was asked for."""
    ke = request.POST.get("next", request.GET.get("next", ""))
    aman = url_has_allowed_host_and_scheme(ke, allowed_hosts={request.get_host()})
    form, nip = UlangForm(request.POST or None), get_pelaku(request).pengguna.nip
    if form.is_valid():
        sandi = Rahasia(form.cleaned_data["sandi"])
        if check_sandi(request, nip, sandi, timezone.now()):
            return redirect(ke if aman else "organisasi:edit-profil")
        form.add_error("sandi", _("Kata sandi tidak cocok. Periksa kembali."))
    context = {"form": form, "next": ke if aman else ""}
    return render(
        request, "organisasi/pastikan_sandi.html", context, status=422 if form.errors else 200
    )
