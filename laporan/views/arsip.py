"""The archive of the office: everybody of it reads, whoever configures it sets the classes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laporan.forms.arsip import CariArsipForm, KelasForm
from laporan.models import ArsipDokumen, KelasArsip
from laporan.selectors.akses import visible_draf
from laporan.selectors.arsip import SaringanArsip, list_arsip, list_kelas, list_tahun, show_arsip
from laporan.services.arsip import save_kelas
from organisasi import perms
from organisasi.middleware import Pelaku, get_pelaku
from sakip.common.berkas import read_berkas
from sakip.common.errors import AksesDitolak, IsianTidakSah

_SEHALAMAN = 25


@require_safe
def search_arsip(request: HttpRequest) -> HttpResponse:
    """Documents of the office's archive, by number, period and words."""
    pelaku = get_pelaku(request)
    form = CariArsipForm(request.GET or None, tahun=list_tahun(pelaku.instansi))
    saringan = SaringanArsip(**form.cleaned_data) if form.is_valid() else SaringanArsip()
    daftar = list_arsip(pelaku.instansi, saringan)
    halaman = Paginator(daftar, _SEHALAMAN).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "saringan": saringan,
        "halaman": halaman,
        "daftar": list(show_arsip(halaman.object_list, timezone.localdate())),
        "dapat": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
        "menyiapkan": perms.can_prepare(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "laporan/arsip.html", context)


@require_safe
def download_arsip(request: HttpRequest, arsip_id: int) -> HttpResponse:
    """The archived bytes, checked against their fingerprint."""
    pelaku = get_pelaku(request)
    arsip = get_object_or_404(
        ArsipDokumen.objects.select_related("dokumen__draf"),
        pk=arsip_id,
        dokumen__draf__in=visible_draf(pelaku.pengguna, pelaku.semua),
    )
    isi = read_berkas(arsip.berkas, arsip.sha256)
    response = HttpResponse(isi, content_type="application/pdf")
    nama = f"{slugify(arsip.dokumen.draf.judul)}.pdf"
    response["Content-Disposition"] = content_disposition_header(True, nama) or ""  # noqa: FBT003 - Django's own positional flag
    return response


@require_safe
def manage_kelas(request: HttpRequest) -> HttpResponse:
    """Retention classes of the office."""
    pelaku = _require_pengelola(request)
    return render(request, "laporan/kelas_arsip.html", {"daftar": list_kelas(pelaku.instansi)})


@require_http_methods(["GET", "POST"])
def edit_kelas(request: HttpRequest, kelas_id: int | None = None) -> HttpResponse:
    """Add a retention class, or change one."""
    pelaku = _require_pengelola(request)
    kelas = (
        get_object_or_404(KelasArsip, pk=kelas_id, instansi=pelaku.instansi)
        if kelas_id
        else KelasArsip(instansi=pelaku.instansi)
    )
    judul = str(kelas) if kelas_id else _("Kelas arsip baru")
    form = KelasForm(request.POST or None, instance=kelas)
    if form.is_valid():
        try:
            tersimpan = save_kelas(
                instansi_id=pelaku.instansi.pk,
                isian=form.to_isian(),
                aktor=pelaku.pengguna,
                now=timezone.now(),
                kelas_id=kelas_id,
            )
        except IsianTidakSah as keliru:
            form.add_error("kode", keliru.pesan)
        else:
            messages.success(request, _("Kelas %(kelas)s tersimpan.") % {"kelas": tersimpan})
            return redirect("laporan:manage-kelas")
    status = 422 if form.errors else 200
    context = {"form": form, "judul_kelas": judul}
    return render(request, "laporan/kelas_arsip_ubah.html", context, status=status)


def _require_pengelola(request: HttpRequest) -> Pelaku:
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Kelas arsip dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return pelaku
