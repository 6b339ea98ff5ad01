"""The template of an office's documents, and bringing the words of a unit into a text again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laporan.models import BabNaskah
from laporan.selectors.akses import visible_draf
from laporan.selectors.uraian import show_uraian
from laporan.services import bab as services
from laporan.services.naskah import require_editor
from laporan.views.menulis import read_versi
from organisasi.middleware import get_pelaku


@require_http_methods(["GET", "POST"])
def renew_bab(request: HttpRequest, bab_id: int) -> HttpResponse:
    """Both texts beside each other; POST puts the unit's in the place of the typed one."""
    pelaku, kini = get_pelaku(request), timezone.now()
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    bab = get_object_or_404(
        BabNaskah.objects.select_related("draf__instansi"), pk=bab_id, draf__in=terlihat
    )
    tugas = require_editor(bab.draf, pelaku.pengguna, kini)
    if request.method == "GET":
        konteks = {"bab": bab, "tugas": tugas, **show_uraian(bab)}
        return render(request, "laporan/perbarui_bab.html", konteks)
    versi = read_versi(request.POST.get("versi", ""))
    services.renew_bab(bab_id=bab.pk, versi=versi, aktor=pelaku.pengguna, now=kini)
    messages.success(request, _("Uraian bidang menggantikan teks %(bab)s.") % {"bab": bab.judul})
    return redirect(f"{tugas.get_absolute_url()}#j-{bab.pk}")
