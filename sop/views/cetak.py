"""The SOP on paper: one document, or several bound into a set."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from organisasi.middleware import get_pelaku
from sakip.common.errors import IsianTidakSah
from sakip.common.pk import read_pk
from sop.rules.kertas import KERTAS, UkuranKertas
from sop.selectors.cetak import list_untuk_set
from sop.services.dokumen import PALING_BANYAK, get_pdf, render_set
from sop.views.akses import fetch_versi
from sop.views.bingkai import build_bingkai


@require_safe
def view_cetak(request: HttpRequest, versi_id: int) -> HttpResponse:
    """The papers a version can be printed on, and what is kept of it."""
    versi = fetch_versi(request, versi_id)
    ada = {d.kertas: d for d in versi.dokumen.all()}
    pilihan = [{"kertas": k, "dokumen": ada.get(k.kode)} for k in KERTAS.values()]
    context = {**build_bingkai(request, versi, tab="cetak"), "pilihan": pilihan}
    return render(request, "sop/cetak.html", context)


@require_safe
def print_sop(request: HttpRequest, versi_id: int) -> HttpResponse:
    """The PDF of one version; 404 for people of other offices."""
    versi = fetch_versi(request, versi_id)
    kertas = _kertas(request)
    isi = get_pdf(versi=versi, kertas=kertas, now=timezone.now())
    return _pdf(request, isi, f"{versi.sop.nama} versi {versi.nomor} {kertas.kode}")


@require_safe
def choose_set(request: HttpRequest) -> HttpResponse:
    """Which SOPs of the office to bind together."""
    daftar = list_untuk_set(get_pelaku(request).instansi, pada=timezone.now())
    context = {"daftar": daftar, "kertas": KERTAS.values(), "paling_banyak": PALING_BANYAK}
    return render(request, "sop/pilih_set.html", context)


@require_safe
def print_set(request: HttpRequest) -> HttpResponse:
    """One PDF of the chosen versions of the office, with cover and contents."""
    instansi, now = get_pelaku(request).instansi, timezone.now()
    dipilih = {read_pk(n) for n in request.GET.getlist("versi")}
    versi = [v for v in list_untuk_set(instansi, pada=now) if v.pk in dipilih]
    if not 0 < len(versi) <= PALING_BANYAK:
        raise IsianTidakSah(
            _("Pilih sedikitnya satu dan paling banyak %(n)d SOP, lalu coba lagi.")
            % {"n": PALING_BANYAK}
        )
    isi = render_set(versi=versi, kertas=_kertas(request), now=now)
    return _pdf(request, isi, f"Kumpulan SOP {versi[0].sop.instansi.nama_pendek}")


def _kertas(request: HttpRequest) -> UkuranKertas:
    return KERTAS.get(request.GET.get("kertas", ""), KERTAS["a4"])


def _pdf(request: HttpRequest, isi: bytes, nama: str) -> HttpResponse:
    response = HttpResponse(isi, content_type="application/pdf")
    cara = "inline" if "lihat" in request.GET else "attachment"
    response["Content-Disposition"] = f'{cara}; filename="{slugify(nama)}.pdf"'
    response["Cache-Control"] = "private, no-cache"
    return response
