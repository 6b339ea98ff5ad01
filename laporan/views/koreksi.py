"""Correcting on screen: what changed between versions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laporan.models import Draf, VersiNaskah
from laporan.selectors.banding_naskah import compare_versi_naskah, get_versi, list_versi
from laporan.selectors.meja import find_tugas_saya
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku


@require_safe
def compare_naskah(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Two versions of the text and its figures; without a choice the last two."""
    draf = fetch_draf(request, draf_id)
    daftar = list_versi(draf)
    context = {"draf": draf, "daftar": daftar, "tugas_saya": None}
    if len(daftar) > 1:
        baru = _fetch_versi(request, draf, "ke", daftar[0].nomor)
        lama = _fetch_versi(request, draf, "dari", max(baru.nomor - 1, 1))
        tugas = draf.tugas.select_related("jabatan", "unit", "kunjungan__langkah")
        context |= {
            "banding": compare_versi_naskah(lama, baru),
            "tugas_saya": find_tugas_saya(get_pelaku(request), list(tugas)),
        }
    return render(request, "laporan/banding_naskah.html", context)


def _fetch_versi(request: HttpRequest, draf: Draf, nama: str, bawaan: int) -> VersiNaskah:
    nomor = request.GET.get(nama, "")
    pilih = int(nomor) if nomor.isascii() and nomor.isdigit() and len(nomor) < 5 else bawaan
    versi = get_versi(draf, pilih)
    if versi is None:
        raise Http404(_("Versi itu tidak ada pada laporan ini."))
    return versi
