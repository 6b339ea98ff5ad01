"""Jobs in the background, for whoever manages the office."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from laporan.forms.dokumen import HasilLayananForm
from laporan.models import Efek
from laporan.selectors.pekerjaan import list_bermasalah, list_paket_bermasalah
from organisasi.views.susunan import require_manage


@require_safe
def list_pekerjaan(request: HttpRequest) -> HttpResponse:
    """What failed, waits too long, or has an outcome nobody knows."""
    pelaku = require_manage(request)
    daftar = list_bermasalah(pelaku.instansi, kini=timezone.now())
    halaman = Paginator(daftar, 25).get_page(request.GET.get("halaman"))
    paket = list_paket_bermasalah(pelaku.instansi, kini=timezone.now())
    return render(request, "laporan/pekerjaan.html", {"halaman": halaman, "paket": paket})


@require_safe
def view_pekerjaan(request: HttpRequest, efek_id: int) -> HttpResponse:
    """One job whose outcome nobody knows, to be settled."""
    pelaku = require_manage(request)
    efek = get_object_or_404(
        Efek.objects.select_related("draf"),
        pk=efek_id,
        draf__instansi=pelaku.instansi,
        status=Efek.Status.RAGU,
    )
    context = {"efek": efek, "hasil_form": HasilLayananForm()}
    return render(request, "laporan/pekerjaan_ragu.html", context)
