"""Pages about Perjanjian Kinerja: those of a year, and who the superior is."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kinerja.models import PerjanjianKinerja
from laporan.forms.perjanjian import PihakForm, awal_pihak
from laporan.models import Draf
from laporan.selectors.meja import list_sop_dapat_dimulai
from laporan.selectors.pemulai import list_pemulai
from laporan.selectors.perjanjian import build_perjanjian, list_baris, list_tabel_perjanjian
from laporan.services.naskah import require_editor
from laporan.services.perjanjian import change_pihak
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from sakip.common.errors import IsianTidakSah
from sakip.common.unduhan import read_bentuk, unduh
from sop.models import SOP

_TAHUN = range(2000, 2101)


@require_safe
def list_perjanjian(request: HttpRequest) -> HttpResponse:
    """Agreements of one year: of the head, of the units, murni and perubahan."""
    pelaku, kini = get_pelaku(request), timezone.now()
    hari = kini.astimezone(pelaku.instansi.zona_waktu).date()
    diminta = request.GET.get("tahun", "")
    sah = diminta.isascii() and diminta.isdecimal() and len(diminta) == 4 and int(diminta) in _TAHUN
    tahun = int(diminta) if sah else hari.year
    mulai = list_sop_dapat_dimulai(pelaku, kini=kini)
    jenis = SOP.Menghasilkan.PERJANJIAN_KINERJA
    dapat = [v for v in mulai if v.sop.menghasilkan == jenis]
    context = {
        "tahun": tahun,
        "daftar_tahun": range(tahun - 2, tahun + 3),
        "baris": list_baris(pelaku.instansi, tahun, hari=hari),
        "dapat_memulai": dapat,
        "pemulai": [] if dapat else list_pemulai(pelaku.instansi, jenis, kini=kini),
    }
    return render(request, "laporan/list_perjanjian.html", context)


@require_safe
def view_perjanjian(request: HttpRequest, perjanjian_id: int) -> HttpResponse:
    """One agreement: parties, what was promised, the money, what a perubahan changed."""
    instansi, kini = get_pelaku(request).instansi, timezone.now()
    semua = PerjanjianKinerja.objects.filter(instansi=instansi)
    perjanjian = get_object_or_404(semua.select_related("unit", "instansi"), pk=perjanjian_id)
    tabel = build_perjanjian(perjanjian, pada=kini)
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_perjanjian(tabel), slugify(perjanjian.nama), bentuk)
    context = {
        "perjanjian": perjanjian,
        "draf": Draf.objects.filter(perjanjian=perjanjian).first(),
        "t": tabel,
    }
    return render(request, "laporan/perjanjian.html", context)


@require_http_methods(["GET", "POST"])
def edit_pihak(request: HttpRequest, draf_id: int) -> HttpResponse:
    """The superior, and why there is a perubahan, while the agreement is written."""
    draf, pelaku = fetch_draf(request, draf_id), get_pelaku(request)
    perjanjian = _require_perjanjian(draf)
    tugas = require_editor(draf, pelaku.pengguna, timezone.now())
    form = PihakForm(
        request.POST or None,
        initial={"alasan": perjanjian.alasan, **awal_pihak(perjanjian.kedua)},
        is_dalam=perjanjian.kedua_jabatan_id is not None,
    )
    if not perjanjian.is_perubahan:
        del form.fields["alasan"]
    if form.is_valid():
        try:
            change_pihak(
                draf_id=draf.pk,
                kedua=form.read_pihak(),
                alasan=form.cleaned_data.get("alasan", ""),
                aktor=pelaku.pengguna,
                now=timezone.now(),
            )
        except IsianTidakSah as ditolak:
            form.add_error("alasan", ditolak.pesan)
        else:
            messages.success(request, _("Para pihak tersimpan."))
            return redirect(tugas)
    context = {"draf": draf, "form": form, "tugas": tugas, "perjanjian": perjanjian}
    return render(request, "laporan/pihak.html", context, status=422 if form.errors else 200)


def _require_perjanjian(draf: Draf) -> PerjanjianKinerja:
    if draf.perjanjian is None:
        raise Http404
    return draf.perjanjian
