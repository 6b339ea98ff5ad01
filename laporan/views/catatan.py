"""Papers and files of single steps: made as PDF when asked for, handed out as they were sent in."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinerja.views.capaian import send_bukti
from laporan.models import Lampiran, Rapat, Undangan
from laporan.perms import require_pelaksana
from laporan.selectors.akses import visible_draf
from laporan.selectors.catatan import CETAKAN, describe_waktu
from laporan.selectors.naskah import list_bukti_draf
from laporan.services.lampiran import remove_lampiran
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from sakip.common.pdf import render_pdf
from sakip.common.teks_kaya import bersihkan


@require_safe
def print_catatan(request: HttpRequest, draf_id: int, jenis: str, pk: int) -> HttpResponse:
    """One paper of the draft as PDF: invitation, minutes, attendance, letter, deliveries."""
    draf = fetch_draf(request, draf_id)
    baris = get_object_or_404(CETAKAN[jenis]._default_manager.all(), pk=pk, draf=draf)
    baris.draf = draf
    undangan = baris.undangan if isinstance(baris, Rapat) else baris
    context = {
        "cetak": {"draf": draf},
        "baris": baris,
        "undangan": undangan,
        "waktu": describe_waktu(undangan, draf) if isinstance(undangan, Undangan) else "",
        "notulen": mark_safe(bersihkan(getattr(baris, "notulen", ""))),  # noqa: S308 - cleaned here
    }
    hasil = render_pdf(render_to_string(f"pdf/{jenis}.html", context))
    response = HttpResponse(hasil.isi, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{jenis}-{baris.pk}.pdf"'
    return response


@require_safe
def download_lampiran(request: HttpRequest, lampiran_id: int) -> HttpResponse | FileResponse:
    """One file of a turn, as an attachment: what people send in is never opened in our pages."""
    lampiran = _fetch_lampiran(request, lampiran_id)
    try:
        berkas = lampiran.berkas.open("rb")
    except FileNotFoundError:
        raise Http404(_("Berkasnya tidak ada di penyimpanan.")) from None
    return FileResponse(
        berkas, as_attachment=True, filename=lampiran.nama_asli, content_type=lampiran.jenis
    )


@require_safe
def download_bukti(request: HttpRequest, draf_id: int, bukti_id: int) -> HttpResponseBase:
    """One piece of evidence behind the figures of a draft, for whoever may read the draft."""
    draf = fetch_draf(request, draf_id)
    return send_bukti(request, get_object_or_404(list_bukti_draf(draf), pk=bukti_id))


@require_http_methods(["GET", "POST"])
def delete_lampiran(request: HttpRequest, lampiran_id: int) -> HttpResponse:
    """Take a file of one's open turn away again; asks first."""
    lampiran = _fetch_lampiran(request, lampiran_id)
    if request.method == "GET":
        pelaku = get_pelaku(request)
        require_pelaksana(lampiran.tugas, pelaku.semua, pelaku.utama)
        kembali = lampiran.tugas.get_absolute_url()
        context = {"nama": lampiran.nama_asli, "kembali": kembali}
        return render(request, "laporan/hapus_lampiran.html", context)
    aktor = get_pelaku(request).pengguna
    remove_lampiran(lampiran_id=lampiran.pk, aktor=aktor, now=timezone.now())
    return redirect(lampiran.tugas)


def _fetch_lampiran(request: HttpRequest, lampiran_id: int) -> Lampiran:
    pelaku = get_pelaku(request)
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    daftar = Lampiran.objects.select_related("tugas__jabatan", "tugas__unit")
    return get_object_or_404(daftar, pk=lampiran_id, tugas__draf__in=terlihat)
