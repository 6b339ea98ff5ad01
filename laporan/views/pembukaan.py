"""Opening collected figures again: which units, and why."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laporan.forms.draf import BukaCapaianForm
from laporan.selectors.draf import get_perjalanan
from laporan.selectors.pembukaan import get_pembukaan
from laporan.services.pembukaan import (
    Permintaan,
    explain_tertutup,
    reopen_capaian,
    require_pembuka,
)
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from sakip.common.errors import TransisiDitolak


@require_http_methods(["GET", "POST"])
def reopen(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Choose units whose figures are to be done again; POST takes the report back to them."""
    draf, pelaku, kini = fetch_draf(request, draf_id), get_pelaku(request), timezone.now()
    perjalanan = get_perjalanan(draf, kini=kini)
    pembukaan = get_pembukaan(draf, perjalanan.graf)
    if pembukaan is None:
        raise TransisiDitolak(explain_tertutup(draf))
    milik = pembukaan.list_milik(pelaku.semua)
    require_pembuka(pembukaan, Permintaan(tuple(f.unit_id for f in milik), ""), pelaku.semua)
    pilihan = [(f.unit_id, f"{f.unit} ({f.get_status_display().lower()})") for f in milik]
    form = BukaCapaianForm(request.POST or None, unit=pilihan)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        permintaan = Permintaan(tuple(data["unit"]), data["alasan"])
        reopen_capaian(draf_id=draf.pk, permintaan=permintaan, aktor=pelaku.pengguna, now=kini)
        messages.success(request, _("Capaian dibuka kembali; unitnya sudah diberi tahu."))
        return redirect(draf)
    context = {"draf": draf, "form": form, "perjalanan": perjalanan, "pembukaan": pembukaan}
    status = 422 if form.errors else 200
    return render(request, "laporan/buka_capaian.html", context, status=status)
