"""Trying an SOP out on a date: who would get each of its steps?"""

from datetime import date, datetime, time

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisasi.middleware import get_pelaku
from organisasi.perms import can_manage
from sop.forms.pejabat import TanggalForm
from sop.models import VersiSOP
from sop.selectors.pejabat import get_uji_tanggal


@require_safe
def try_tanggal(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Every step of one version with whoever would get it on the chosen date, today at first."""
    pelaku = get_pelaku(request)
    milik = VersiSOP.objects.select_related("sop__instansi").filter(sop__instansi=pelaku.instansi)
    versi, kini = get_object_or_404(milik, pk=versi_id), timezone.now()
    hari_ini = kini.astimezone(pelaku.instansi.zona_waktu).date()
    form = TanggalForm(request.GET if "tanggal" in request.GET else {"tanggal": hari_ini})
    hari = form.cleaned_data["tanggal"] if form.is_valid() else None
    context = {
        "versi": versi,
        "form": form,
        "hari": hari,
        "uji": get_uji_tanggal(versi, pada=_saat(hari, hari_ini, kini)) if hari else None,
        "dapat_mengelola": can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "sop/uji_tanggal.html", context, status=200 if hari else 422)


def _saat(hari: date, hari_ini: date, kini: datetime) -> datetime:
    """The moment asked about: now for today, noon at the office for any other day."""
    if hari == hari_ini:
        return kini
    return timezone.make_aware(datetime.combine(hari, time(12)))
