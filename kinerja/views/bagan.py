"""The drawn tree: on the screen, as a file, and on paper, each time the same drawing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kinerja.rules.bagan_pohon import KERTAS
from kinerja.selectors.bagan import Bagan, build_bagan
from kinerja.views.rencana import read_pohon
from organisasi.middleware import get_pelaku
from sakip.common.errors import IsianTidakSah
from sakip.common.pdf import render_pdf
from sakip.common.waktu import tanggal_panjang


@require_safe
def view_bagan(request: HttpRequest) -> HttpResponse:
    """The drawing, and the papers it can be printed on."""
    context = {
        "bagan": _build(request),
        "daftar_kertas": KERTAS.values(),
        "tanya": request.GET.urlencode(),
    }
    return render(request, "kinerja/bagan.html", context)


@require_safe
def download_bagan(request: HttpRequest, bentuk: str) -> HttpResponse:
    """The drawing as SVG, every page below the other, or as PDF.

    Raises:
        IsianTidakSah: there is nothing to draw (HTTP 422).
    """
    bagan = _build(request)
    if not bagan.lembar:
        raise IsianTidakSah(_("Belum ada rencana yang dapat digambar untuk tahun itu."))
    isi, jenis = _BENTUK[bentuk](request, bagan)
    response = HttpResponse(isi, content_type=jenis)
    nama = slugify(f"{bagan.judul} {bagan.kertas.kode}")
    response["Content-Disposition"] = f'attachment; filename="{nama}.{bentuk}"'
    response["Cache-Control"] = "private, no-cache"
    return response


def _build(request: HttpRequest) -> Bagan:
    instansi = get_pelaku(request).instansi
    kertas = KERTAS.get(request.GET.get("kertas", ""), KERTAS["f4"])
    return build_bagan(read_pohon(request, instansi), instansi, kertas)


def _svg(_request: HttpRequest, bagan: Bagan) -> tuple[bytes, str]:
    return bagan.berkas.encode(), "image/svg+xml"


def _pdf(request: HttpRequest, bagan: Bagan) -> tuple[bytes, str]:
    instansi = get_pelaku(request).instansi
    hari = timezone.now().astimezone(instansi.zona_waktu).date()
    context = {"bagan": bagan, "instansi": instansi, "tanggal": tanggal_panjang(hari)}
    html = render_to_string("pdf/pohon.html", context)
    return render_pdf(html, gaya=bagan.kertas.gaya).isi, "application/pdf"


_BENTUK = {"svg": _svg, "pdf": _pdf}
