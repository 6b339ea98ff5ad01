"""My own page: who I am here, what I hold, how I want to be reached."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from organisasi.forms.profil import SaluranForm
from organisasi.middleware import get_pelaku
from organisasi.models import Saluran
from organisasi.services.profil import save_saluran


@never_cache
@sensitive_post_parameters("ponsel")
@require_http_methods(["GET", "POST"])
def edit_profil(request: HttpRequest) -> HttpResponse:
    """Mandates of the signed-in person, and the channels, to be changed by nobody else."""
    pelaku = get_pelaku(request)
    saluran = Saluran.objects.filter(pengguna=pelaku.pengguna).first()
    data = request.POST if request.method == "POST" else None
    form = SaluranForm(data, instance=saluran or Saluran())
    if form.is_valid():
        save_saluran(pengguna=pelaku.pengguna, isian=form.instance)
        messages.success(request, _("Profil disimpan."))
        return redirect("organisasi:edit-profil")
    context = {"form": form, "semua": pelaku.semua}
    return render(request, "organisasi/profil.html", context, status=422 if form.errors else 200)
