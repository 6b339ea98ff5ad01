"""Pages for strangers: what stands behind a QR, and what a file in their hands is."""

from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import MemoryFileUploadHandler, StopUpload
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from laporan.selectors import dokumen as selectors
from laporan.selectors.periksa_berkas import MAKS_BERKAS, Putusan, judge_berkas
from sakip.common.takaran import TerlaluSering, require_takaran
from sakip.common.tte_anak import SedangPenuh

# From one address, which may be that of a whole office.
_KODE_PER_MENIT = 60
_BERKAS_PER_SEPULUH_MENIT = 20
# Upon one code, from wherever: a QR shown to a full hall is opened by all of it.
_SATU_KODE_PER_MENIT = 600


class _DiMemori(MemoryFileUploadHandler):
    """Keeps the file in memory, never on the disk, and stops reading beyond the limit.

    The limit is that of the whole request: a hundred files of that size would fill the memory.
    """

    diterima = 0

    def handle_raw_input(self, *args: object, **kwargs: object) -> None:
        """Active whatever the announced length."""
        self.activated = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take one part more, while it fits."""
        self.diterima += len(raw_data)
        if self.diterima > MAKS_BERKAS:
            raise StopUpload(connection_reset=True)
        self.file.write(raw_data)


@login_not_required
@require_safe
def verify(request: HttpRequest, token: str) -> HttpResponse:
    """What the QR leads to: which document is registered, signed by whom; never its text."""
    require_takaran(request, "kode", maks=_KODE_PER_MENIT, detik=60)
    require_takaran(request, "satu-kode", maks=_SATU_KODE_PER_MENIT, detik=60, atas=token)
    terdaftar = selectors.find_terdaftar(token)
    if terdaftar is None:
        return render(request, "laporan/verifikasi.html", {"kode": token}, status=404)
    context = {"terdaftar": terdaftar, "sidik": selectors.group_sidik(terdaftar.akhir.sha256)}
    with timezone.override(terdaftar.draf.instansi.zona_waktu):
        return render(request, "laporan/verifikasi.html", context)


# Nothing is changed and nobody is known here, so there is nothing a forged form could do. The
# protection would read the body before the limit above is in place.
@csrf_exempt
@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def check_berkas(request: HttpRequest) -> HttpResponse:
    """Judge a PDF somebody holds. Nothing of it is stored."""
    if request.method != "POST":
        return render(request, "laporan/periksa_berkas.html", {})
    require_takaran(request, "berkas", maks=_BERKAS_PER_SEPULUH_MENIT, detik=600)
    request.upload_handlers = [_DiMemori(request)]
    berkas = request.FILES.get("berkas")
    if berkas is None:
        galat = _("Pilih berkas PDF, paling besar 20 MB.")
        return render(request, "laporan/periksa_berkas.html", {"galat": galat}, status=422)
    try:
        putusan = judge_berkas(berkas.read())
    except SedangPenuh:
        raise TerlaluSering(
            _("Berkas lain sedang diperiksa. Tunggu sebentar, lalu coba lagi.")
        ) from None
    return _show_putusan(request, putusan)


def _show_putusan(request: HttpRequest, putusan: Putusan) -> HttpResponse:
    context = {"putusan": putusan, "sidik": selectors.group_sidik(putusan.sidik)}
    if putusan.terdaftar is None:
        return render(request, "laporan/periksa_berkas.html", context)
    with timezone.override(putusan.terdaftar.draf.instansi.zona_waktu):
        return render(request, "laporan/periksa_berkas.html", context)
