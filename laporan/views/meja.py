"""Meja Kerja and the list of reports."""

from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from laporan.forms.arsip import CariForm
from laporan.perms import find_pemberi_izin
from laporan.selectors import draf as draf_selectors
from laporan.selectors import meja as selectors
from laporan.selectors.pekerjaan import list_bermasalah, list_paket_bermasalah
from organisasi.middleware import Pelaku, get_pelaku
from organisasi.perms import can_manage


@require_safe
def meja_kerja(request: HttpRequest) -> HttpResponse:
    """What waits for me, and how late am I?"""
    pelaku, kini = get_pelaku(request), timezone.now()
    meja = selectors.get_meja_kerja(pelaku, kini=kini)
    context = {
        "meja": meja,
        "meja_lain": selectors.list_meja_lain(pelaku, kini=kini, kalender=meja.kalender),
        "tertangguh": selectors.list_tertangguh(pelaku),
        "ketepatan": selectors.get_ketepatan(pelaku),
        "dapat_memulai": selectors.list_sop_dapat_dimulai(pelaku, kini=kini),
        "kini": kini.astimezone(pelaku.instansi.zona_waktu),
        "tab": "menunggu",
    }
    if not meja.tersembunyi:
        context["jumlah_tugas"] = meja.jumlah  # all of them stand on this page
    return render(request, "laporan/meja_kerja.html", context)


@require_safe
def riwayat_kerja(request: HttpRequest, tab: str) -> HttpResponse:
    """What I passed on, or returned."""
    pelaku = get_pelaku(request)
    daftar = selectors.list_tugas_selesai(pelaku, hasil_kembali=tab == "dikembalikan")
    halaman = Paginator(daftar, 25).get_page(request.GET.get("halaman"))
    return render(request, "laporan/riwayat_kerja.html", {"halaman": halaman, "tab": tab})


@require_safe
def list_draf(request: HttpRequest) -> HttpResponse:
    """Reports of the office."""
    pelaku = get_pelaku(request)
    kini = timezone.now()
    form = CariForm(request.GET or None)
    cari = form.split_kata()
    daftar = draf_selectors.list_draf(pelaku, cari)
    halaman = Paginator(daftar, 25).get_page(request.GET.get("halaman"))
    context = {
        "halaman": halaman,
        "form": form,
        "dicari": bool(cari),
        "daftar": draf_selectors.list_baris(halaman.object_list, kini=kini, cari=cari),
        "dapat_memulai": selectors.list_sop_dapat_dimulai(pelaku, kini=kini),
        "dapat_memberi_izin": find_pemberi_izin(pelaku.instansi.pk, pelaku.semua),
        "banyak_bermasalah": _count_bermasalah(pelaku, kini),
    }
    return render(request, "laporan/list_draf.html", context)


def _count_bermasalah(pelaku: Pelaku, kini: datetime) -> int | None:
    """Jobs that need somebody, for whoever manages the office; None for the others."""
    utama = pelaku.utama
    if utama is None or not can_manage(utama.jabatan.instansi_id, pelaku.semua):
        return None
    instansi = utama.jabatan.instansi
    return (
        list_bermasalah(instansi, kini=kini).count()
        + list_paket_bermasalah(instansi, kini=kini).count()
    )
