"""The two doors behind the first: the second factor at sign-in, the password again later on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django import forms
from django.conf import settings
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
from organisasi.models import Faktor, Pengguna
from organisasi.sesi.catatan import start_sesi
from organisasi.sesi.kunci_sandi import RUAS, ask_kunci, check_kunci, say_salah
from organisasi.sesi.pintu import drop_tertunda, get_tertunda
from sakip.common.masuk_ulang import check_sandi, is_lewat_sso, mark_faktor, mark_sandi
from sakip.common.rahasia import Rahasia
from sakip.common.sso import is_sso
from sakip.common.takaran import require_takaran

# Guesses at one account by whoever knows its password, from however many addresses.
_TEBAKAN_PER_JAM = 20
_FAKTOR, _PASTIKAN = "faktor", "pastikan"


@never_cache
@login_not_required
@sensitive_post_parameters("kode", "kunci_sandi")
@require_http_methods(["GET", "HEAD", "POST"])
def enter_faktor(request: HttpRequest) -> HttpResponse:
    """The second factor; only then is the person signed in."""
    now = timezone.now()
    tertunda = get_tertunda(request, now)
    if tertunda is None:
        messages.info(request, _("Masukkan NIP dan kata sandi lebih dahulu."))
        return redirect("organisasi:sign-in")
    pengguna, ke = tertunda
    jawab = Jawab.read(request, KodeForm)
    if jawab.form.is_valid() and not _try_kode(request, pengguna, jawab.form):
        jawab.form.add_error("kode", _("Kode tidak cocok. Ketik kode yang sedang tampil."))
    if jawab.is_benar(request, pengguna, untuk=_FAKTOR, now=now):
        drop_tertunda(request)
        start_sesi(request, pengguna, now=now)
        mark_faktor(request)
        return redirect(ke)
    context = {
        "nama": pengguna.nama,
        "aplikasi": Faktor.objects.filter(pengguna=pengguna).exists(),
        **jawab.ask_lagi(request, pengguna, untuk=_FAKTOR, now=now),
    }
    return render(request, "organisasi/faktor_masuk.html", context, status=jawab.status)


def _try_kode(request: HttpRequest, pengguna: Pengguna, form: forms.Form) -> bool:
    """Whether the code is right; used up with it, and counted when it is wrong."""
    nip = pengguna.nip
    require_takaran(request, "faktor", maks=_TEBAKAN_PER_JAM, detik=3600, atas=nip)
    return authenticate(request, username=nip, token=form.cleaned_data["kode"]) == pengguna


@never_cache
@sensitive_post_parameters("sandi", "kunci_sandi")
@sensitive_variables("form")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_sandi(request: HttpRequest) -> HttpResponse:
    """The password again, then back to where it was asked for."""
    ke = request.POST.get("next", request.GET.get("next", ""))
    aman = url_has_allowed_host_and_scheme(ke, allowed_hosts={request.get_host()})
    jawab, pengguna, now = (
        Jawab.read(request, UlangForm),
        get_pelaku(request).pengguna,
        timezone.now(),
    )
    if jawab.form.is_valid():
        sandi = Rahasia(jawab.form.cleaned_data["sandi"])
        if not check_sandi(request, pengguna.nip, sandi, now):
            jawab.form.add_error("sandi", _("Kata sandi tidak cocok. Periksa kembali."))
    if jawab.is_benar(request, pengguna, untuk=_PASTIKAN, now=now):
        mark_sandi(request, now)
        return redirect(ke if aman else "organisasi:edit-profil")
    context = {
        "next": ke if aman else "",
        "sso": settings.OIDC["nama"] if is_lewat_sso(request) and is_sso() else "",
        **jawab.ask_lagi(request, pengguna, untuk=_PASTIKAN, now=now),
    }
    return render(request, "organisasi/pastikan_sandi.html", context, status=jawab.status)


@dataclass
class Jawab:
    """What a door was shown: something typed, or a passkey."""

    form: forms.Form
    is_kunci: bool
    salah: bool = False

    @classmethod
    def read(cls, request: HttpRequest, kelas: type[forms.Form]) -> Self:
        """A passkey leaves the form beside it untouched."""
        is_kunci = RUAS in request.POST
        return cls(kelas(None if is_kunci else request.POST or None), is_kunci)

    def is_benar(
        self, request: HttpRequest, pengguna: Pengguna, *, untuk: str, now: datetime
    ) -> bool:
        """Whether the form stands without error, or the passkey answers for that person."""
        if not self.is_kunci:
            return self.form.is_valid()
        siapa = check_kunci(request, untuk=untuk, now=now, pengguna=pengguna)
        self.salah = siapa is None
        return not self.salah

    def ask_lagi(
        self, request: HttpRequest, pengguna: Pengguna, *, untuk: str, now: datetime
    ) -> dict[str, object]:
        """For the page: the form, a new question for a passkey, and what was wrong."""
        return {
            "form": self.form,
            "opsi": ask_kunci(request, pengguna, untuk=untuk, now=now),
            "galat": [say_salah()] if self.salah else [],
        }

    @property
    def status(self) -> int:
        """422 where something was wrong."""
        return 422 if self.salah or self.form.errors else 200
