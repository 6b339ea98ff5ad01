"""Pages of the organisation: sign-in and capacity switch."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from organisasi.forms.masuk import MasukForm
from organisasi.middleware import KUNCI_SESI, get_pelaku
from organisasi.selectors import list_akun_demo
from organisasi.selectors_akun import get_faktor
from organisasi.sesi.catatan import start_sesi
from organisasi.sesi.pintu import hold_masuk
from sakip.common.kunci_sandi import is_tersedia
from sakip.common.loket import LoketPenuh
from sakip.common.sso import is_sso


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters("password"), name="dispatch")
class MasukView(auth_views.LoginView):
    """Sign-in. On a demo installation the page lists the demo people."""

    template_name = "organisasi/masuk.html"
    authentication_form = MasukForm
    redirect_authenticated_user = True

    def get_initial(self) -> dict[str, Any]:
        """On a demo, the account that was clicked in the list, password and all."""
        akun = self.request.GET.get("akun", "")
        if self.request.method != "GET" or not (settings.DEMO and settings.DEMO_SANDI and akun):
            return super().get_initial()
        return {**super().get_initial(), "username": akun, "password": settings.DEMO_SANDI}

    def get_form(self, form_class: type[AuthenticationForm] | None = None) -> AuthenticationForm:
        """A password is shown filled in where the page lists it anyway, and nowhere else."""
        form = super().get_form(form_class)
        if "password" in self.get_initial():
            form.fields["password"].widget.render_value = True
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the demo people where the installation is a demo."""
        akun = list_akun_demo(pada=timezone.now()) if settings.DEMO else []
        return {
            **super().get_context_data(**kwargs),
            "akun_demo": akun,
            "sandi_demo": settings.DEMO_SANDI,
            "frasa_demo": settings.DEMO_FRASA,
            "kunci_sandi": is_tersedia(),
            "sso": settings.OIDC["nama"] if is_sso() else "",
        }

    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        """When too many sign in at once, the name stays and the browser is told when to try."""
        try:
            return super().post(request, *args, **kwargs)
        except LoketPenuh as penuh:
            isi = {"username": request.POST.get("username", "")}
            form = MasukForm(request, initial=isi)
            context = self.get_context_data(form=form, penuh=penuh.pesan)
            jawab = self.render_to_response(context, status=penuh.status)
            jawab["Retry-After"] = str(penuh.lagi_detik)
            return jawab

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Sign in, or ask for the second factor of the account first."""
        pengguna, now = form.get_user(), timezone.now()
        if get_faktor(pengguna).ada:
            hold_masuk(self.request, pengguna, ke=self.get_success_url(), now=now)
            return redirect("organisasi:enter-faktor")
        start_sesi(self.request, pengguna, now=now)
        return redirect(self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Answer 422, with the name kept."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def switch_penugasan(request: HttpRequest) -> HttpResponse:
    """Act as another of one's own mandates."""
    pilihan = {str(p.pk): p for p in get_pelaku(request).semua}
    dipilih = pilihan.get(request.POST.get("penugasan", ""))
    if dipilih is None:
        messages.error(
            request,
            _("Penugasan itu sudah tidak berlaku. Anda tetap bertindak seperti sebelumnya."),
        )
    else:
        request.session[KUNCI_SESI] = dipilih.pk
        messages.success(
            request, _("Anda kini bertindak sebagai %(sebutan)s.") % {"sebutan": dipilih.sebutan}
        )
    kembali = request.POST.get("next", "")
    aman = url_has_allowed_host_and_scheme(kembali, allowed_hosts={request.get_host()})
    return redirect(kembali if aman else "laporan:meja-kerja")
