"""Page of the step at which the review by the internal auditor is recorded, and its statement."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from laporan.forms.reviu import ReviuForm
from laporan.models import Lampiran, Tugas
from laporan.selectors.reviu import get_pernyataan, get_reviu, list_jawaban
from laporan.services.reviu import save_reviu
from laporan.views.draf import fetch_draf
from laporan.views.rapat import save_lampiran
from laporan.views.temuan import Galat, Temuan, keep, list_galat
from organisasi.middleware import get_pelaku
from sakip.common.pdf import render_pdf

_RUAS = tuple(ReviuForm.base_fields)


def page_reviu(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """The review, prefilled with that of the round before."""
    return {
        "reviu_form": _reviu_form(request, tugas),
        "lampiran": list(Lampiran.objects.filter(tugas__kunjungan=tugas.kunjungan)),
    }


def _reviu_form(request: HttpRequest, tugas: Tugas) -> ReviuForm:
    lama = get_reviu(tugas)
    awal: dict[str, Any] = {n: getattr(lama, n) for n in _RUAS} if lama else {}
    return ReviuForm(request.POST or None, jawaban=list_jawaban(lama), initial=awal)


def save_page_reviu(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the review and the paper that came along."""
    form = _reviu_form(request, tugas)
    if not form.is_valid():
        return Temuan(list_galat(form))
    aktor, isian = get_pelaku(request).pengguna, form.to_isian()
    temuan = keep(
        lambda: save_reviu(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=timezone.now())
    )
    return temuan + save_lampiran(request, tugas, Lampiran.Untuk.REVIU)


@require_safe
def print_pernyataan(request: HttpRequest, draf_id: int) -> HttpResponse:
    """The statement that the report has been reviewed, as PDF."""
    draf = fetch_draf(request, draf_id)
    pernyataan = get_pernyataan(draf)
    if pernyataan is None:
        raise Http404(_("Laporan ini belum direviu."))
    context = {"cetak": {"draf": draf}, "pernyataan": pernyataan}
    isi = render_pdf(render_to_string("pdf/pernyataan-reviu.html", context)).isi
    response = HttpResponse(isi, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="pernyataan-telah-direviu.pdf"'
    return response
