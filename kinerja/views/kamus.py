"""The kamus of indikator: on the page, on paper, as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from kinerja import perms
from kinerja.selectors.kamus import Kamus, list_kamus, list_label
from kinerja.services.lembar_kamus import write_kamus
from organisasi.middleware import get_pelaku
from sakip.common.lembar_tulis import xlsx_response
from sakip.common.pdf import render_pdf
from sakip.common.pk import read_pk


@require_safe
def view_kamus(request: HttpRequest) -> HttpResponse:
    """Every indikator in use, with what is not written yet marked."""
    pelaku = get_pelaku(request)
    kamus = _read_kamus(request)
    context = {
        "kamus": kamus,
        "label": request.GET.get("label", ""),
        "daftar_label": list_label(pelaku.instansi),
        "kurang": sum(k.kurang for k in kamus),
        "bisa_ubah": perms.can_plan(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "kinerja/kamus.html", context)


@require_safe
def download_kamus(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The same as PDF or Excel; `?indikator=` for one alone."""
    instansi, kamus = get_pelaku(request).instansi, _read_kamus(request)
    nama = slugify(f"kamus indikator {kamus[0].kode if len(kamus) == 1 else instansi.kode}")
    if bentuk == "xlsx":
        return xlsx_response(write_kamus(instansi, kamus), nama)
    hari = timezone.now().astimezone(instansi.zona_waktu).date()
    context = {"instansi": instansi, "kamus": kamus, "hari": hari}
    isi = render_pdf(render_to_string("pdf/kamus.html", context)).isi
    return HttpResponse(
        isi,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{nama}.pdf"'},
    )


def _read_kamus(request: HttpRequest) -> list[Kamus]:
    """What the address asks for; 404 where it asks for one that is not of the office."""
    instansi, diminta = get_pelaku(request).instansi, request.GET.get("indikator", "")
    if not diminta:
        return list_kamus(instansi, label=request.GET.get("label", ""))
    kamus = list_kamus(instansi, indikator=[read_pk(diminta) or 0])
    if not kamus:
        raise Http404
    return kamus
