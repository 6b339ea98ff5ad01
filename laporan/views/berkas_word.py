"""The Word file of a report: ask for it, see how far it is, take it along."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from laporan.selectors.berkas_word import get_keadaan_word
from laporan.services.berkas_word import request_word
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from sakip.common.berkas import read_berkas
from sakip.common.word import JENIS


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def view_word(request: HttpRequest, draf_id: int) -> HttpResponse:
    """What there is to download, and the button that has it made."""
    draf, pelaku = fetch_draf(request, draf_id), get_pelaku(request)
    if request.method == "POST":
        request_word(draf_id=draf.pk, aktor=pelaku.pengguna, now=timezone.now())
        return redirect("laporan:view-word", draf_id=draf.pk)
    context = {
        "draf": draf,
        "keadaan": get_keadaan_word(draf),
        "dapat": any(p.jabatan.instansi_id == draf.instansi_id for p in pelaku.semua),
    }
    return render(request, "laporan/berkas_word.html", context)


@require_safe
def download_word(request: HttpRequest, draf_id: int) -> HttpResponse:
    """The Word file of the newest version."""
    draf = fetch_draf(request, draf_id)
    keadaan = get_keadaan_word(draf)
    if keadaan is None or keadaan.berkas is None:
        raise Http404(_("Berkas Word laporan ini belum dibuat."))
    isi = read_berkas(keadaan.berkas.berkas, keadaan.berkas.sha256)
    nama = f"{slugify(draf.judul)}-{keadaan.cap}.docx"
    kepala = {
        "Content-Disposition": f'attachment; filename="{nama}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(isi, content_type=JENIS, headers=kepala)
