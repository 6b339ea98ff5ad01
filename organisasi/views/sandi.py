"""Pages about passwords: first, forgotten, changed."""

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organisasi.forms.sandi import LupaSandiForm, SandiForm, UbahSandiForm
from organisasi.middleware import get_pelaku
from organisasi.models import Pengguna
from organisasi.services.sandi import request_sandi, save_sandi
from organisasi.services.surat_akun import token_lupa
from sakip.common.takaran import require_takaran

# A whole office may share one address.
_LUPA_PER_JAM = 60


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def forgot_sandi(request: HttpRequest) -> HttpResponse:
    """Ask for a letter. The answer is the same whoever was named, known or not."""
    if request.method == "POST":
        require_takaran(request, "lupa-sandi", maks=_LUPA_PER_JAM, detik=3600)
    form = LupaSandiForm(request.POST or None)
    if settings.SUREL_AKTIF and form.is_valid():
        request_sandi(siapa=form.cleaned_data["siapa"], now=timezone.now())
        return redirect("organisasi:forgot-sandi-sent")
    context = {"form": form, "surel_aktif": settings.SUREL_AKTIF}
    status = 422 if form.errors else 200
    return render(request, "organisasi/lupa_sandi.html", context, status=status)


@login_not_required
@require_http_methods(["GET", "HEAD"])
def forgot_sandi_sent(request: HttpRequest) -> HttpResponse:
    """What happens next, for whoever asked."""
    return render(request, "organisasi/lupa_sandi_terkirim.html")


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class UndanganView(auth_views.PasswordResetConfirmView):
    """Whoever got the invitation chooses the first password of the account."""

    template_name = "organisasi/pilih_sandi.html"
    form_class = SandiForm
    reset_url_token = "sandi"  # noqa: S105 - a word of the address, no secret
    success_url = reverse_lazy("organisasi:sign-in")
    aksi = "terima_undangan"
    kata = gettext_lazy("Kata sandi tersimpan. Masuk dengan NIP Anda.")

    def form_valid(self, form: "SetPasswordForm[Pengguna]") -> HttpResponse:
        """Store it, and say what comes next."""
        save_sandi(
            pengguna=cast("Pengguna", self.user),
            sandi=form.cleaned_data["new_password1"],
            now=timezone.now(),
            aksi=self.aksi,
        )
        self.request.session.pop(auth_views.INTERNAL_RESET_SESSION_TOKEN, None)
        messages.success(self.request, self.kata)
        return HttpResponseRedirect(str(self.success_url))

    def form_invalid(self, form: "SetPasswordForm[Pengguna]") -> HttpResponse:
        """Answer 422; passwords are never shown again."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which letter it was, for the words of the page."""
        return {**super().get_context_data(**kwargs), "aksi": self.aksi}


class AturUlangView(UndanganView):
    """Whoever got the letter for a forgotten password chooses another."""

    token_generator = token_lupa
    aksi = "atur_ulang"
    kata = gettext_lazy("Kata sandi baru tersimpan, dan semua sesi lama diakhiri. Silakan masuk.")


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def change_sandi(request: HttpRequest) -> HttpResponse:
    """Another password for the signed-in person; this session stays, all others end."""
    pengguna = get_pelaku(request).pengguna
    form = UbahSandiForm(pengguna, request.POST or None, request=request)
    if form.is_valid():
        sandi = form.cleaned_data["new_password1"]
        kini = request.session.session_key
        save_sandi(pengguna=pengguna, sandi=sandi, now=timezone.now(), aksi="ubah", sesi=kini)
        update_session_auth_hash(request, pengguna)
        messages.success(request, _("Kata sandi diubah. Sesi Anda di tempat lain diakhiri."))
        return redirect("organisasi:edit-profil")
    status = 422 if form.errors else 200
    return render(request, "organisasi/ubah_sandi.html", {"form": form}, status=status)
