"""Pages of passkeys: put one on, take one off, sign in with one."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from organisasi.forms.kunci_sandi import KunciSandiForm
from organisasi.middleware import get_pelaku
from organisasi.models import KunciSandi
from organisasi.selectors_akun import get_faktor, list_pengenal
from organisasi.services import kunci_sandi as layanan
from organisasi.sesi.catatan import start_sesi
from organisasi.sesi.kunci_sandi import ask_siapa, check_kunci, say_salah
from organisasi.sesi.pintu import ask_sandi
from organisasi.sesi.tantangan import hold_tantangan, take_tantangan
from sakip.common.isian import try_isian
from sakip.common.kunci_sandi import begin_buat, is_tersedia
from sakip.common.masuk_ulang import drop_faktor, mark_faktor

_BUAT, _MASUK = "buat", "masuk"


@never_cache
@sensitive_post_parameters("kunci_sandi")
@require_http_methods(["GET", "HEAD", "POST"])
def add_kunci_sandi(request: HttpRequest) -> HttpResponse:
    """Name it and let the device make it; recovery codes stand in this answer only."""
    if not is_tersedia():
        raise Http404
    if jeda := ask_sandi(request):
        return jeda
    pengguna, now = get_pelaku(request).pengguna, timezone.now()
    form, kode = KunciSandiForm(request.POST or None), list[str]()
    if form.is_valid() and try_isian(form, None, lambda: kode.extend(_put(request, form))):
        mark_faktor(request)
        if kode:
            return render(request, "organisasi/faktor_kode.html", {"kode": kode})
        messages.success(request, _("Kunci sandi terpasang. Sesi Anda di tempat lain diakhiri."))
        return redirect("organisasi:view-faktor")
    soal = begin_buat(layanan.make_pemilik(pengguna), list_pengenal(pengguna))
    opsi = hold_tantangan(request, soal, untuk=_BUAT, now=now)
    context = {"form": form, "opsi": opsi}
    status = 422 if form.errors else 200
    return render(request, "organisasi/kunci_sandi_pasang.html", context, status=status)


def _put(request: HttpRequest, form: KunciSandiForm) -> list[str]:
    """Raises `IsianTidakSah` as the services do; an old question fits no answer."""
    now = timezone.now()
    soal = take_tantangan(request, untuk=_BUAT, now=now) or {}
    return layanan.add_kunci_sandi(
        pengguna=get_pelaku(request).pengguna,
        nama=form.cleaned_data["nama"],
        kredensial=layanan.read_kunci_baru(soal, form.cleaned_data["kunci_sandi"]),
        now=now,
        sesi=request.session.session_key,
    )


@require_POST
def remove_kunci_sandi(request: HttpRequest, kunci_sandi_id: int) -> HttpResponse:
    """Take one off; whose post asks for a factor and has none left puts one on again."""
    pengguna = get_pelaku(request).pengguna
    get_object_or_404(KunciSandi, pk=kunci_sandi_id, pengguna=pengguna)
    if jeda := ask_sandi(request):
        return jeda
    layanan.remove_kunci_sandi(
        pengguna=pengguna,
        kunci_id=kunci_sandi_id,
        now=timezone.now(),
        sesi=request.session.session_key,
    )
    if not get_faktor(pengguna).ada:
        drop_faktor(request)
    messages.success(request, _("Kunci sandi dilepas. Sesi Anda di tempat lain diakhiri."))
    return redirect("organisasi:view-faktor")


@never_cache
@login_not_required
@sensitive_post_parameters("kunci_sandi")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """A passkey instead of NIP, password and code: it was unlocked, so it is both factors."""
    if not is_tersedia():
        raise Http404
    ke = request.POST.get("next", request.GET.get("next", ""))
    ke = ke if url_has_allowed_host_and_scheme(ke, allowed_hosts={request.get_host()}) else ""
    now, galat = timezone.now(), []
    if request.method == "POST":
        pengguna = check_kunci(request, untuk=_MASUK, now=now)
        if pengguna is not None:
            start_sesi(request, pengguna, now=now)
            mark_faktor(request)
            return redirect(ke or resolve_url(settings.LOGIN_REDIRECT_URL))
        galat = [say_salah()]
    context = {"next": ke, "galat": galat, "opsi": ask_siapa(request, untuk=_MASUK, now=now)}
    return render(
        request, "organisasi/kunci_sandi_masuk.html", context, status=422 if galat else 200
    )
