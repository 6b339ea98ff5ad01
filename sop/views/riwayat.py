"""The versions of an SOP, and what changed between two of them."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sakip.common.pk import read_pk
from sop.selectors.banding import build_banding
from sop.selectors.jejak import list_riwayat
from sop.views.akses import fetch_versi
from sop.views.bingkai import build_bingkai


@require_safe
def list_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """All versions, how they stand, what runs on them, and the acts on this one."""
    versi = fetch_versi(request, versi_id)
    context = {
        **build_bingkai(request, versi, tab="riwayat"),
        "riwayat": list_riwayat(versi),
    }
    return render(request, "sop/riwayat.html", context)


@require_safe
def compare_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """This version against an older one: the one named, else the one before it."""
    versi = fetch_versi(request, versi_id)
    bingkai = build_bingkai(request, versi, tab="riwayat")
    dengan = read_pk(request.GET.get("dengan", ""))
    lain = [b.versi for b in bingkai["daftar"].versi if b.versi.pk != versi.pk]
    if dengan is not None:
        pilihan = [v for v in lain if v.pk == dengan]
    else:
        pilihan = [v for v in lain if v.nomor < versi.nomor]
    if not pilihan:
        raise Http404
    context = {
        **bingkai,
        "lama": pilihan[0],
        "lain": lain,
        "banding": build_banding(pilihan[0], versi),
    }
    return render(request, "sop/banding.html", context)
