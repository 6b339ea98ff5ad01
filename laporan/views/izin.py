"""Named readers: giving one draft to somebody outside the office, and what one was given."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.izin import IzinForm
from laporan.models import IzinBaca
from laporan.perms import find_pemberi_izin
from laporan.selectors import izin as selectors
from laporan.services.izin import give_izin, revoke_izin
from laporan.views.draf import fetch_draf
from organisasi.middleware import Pelaku, get_pelaku
from sakip.common.errors import AksesDitolak, IsianTidakSah

_SEHALAMAN = 25


@require_http_methods(["GET", "POST"])
def manage_izin(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Who outside the office may read this draft; `?cari=` finds somebody to give it to."""
    draf, kini = fetch_draf(request, draf_id), timezone.now()
    pelaku = _require_pemberi(request, draf.instansi_id)
    cari = request.GET.get("cari", "").strip()
    cukup = len(cari) >= selectors.MIN_CARI
    calon = selectors.list_calon(draf, cari, pada=kini) if cukup else []
    hari = kini.astimezone(draf.instansi.zona_waktu).date()
    form = IzinForm(request.POST if request.method == "POST" else None, calon=calon, hari=hari)
    if form.is_valid():
        try:
            izin = give_izin(
                draf_id=draf.pk, isian=form.to_isian(), aktor=pelaku.pengguna, now=kini
            )
        except IsianTidakSah as keliru:
            form.add_error(None, keliru.pesan)
        else:
            kata = _("%(nama)s kini dapat membaca laporan ini pada masa izinnya.")
            messages.success(request, kata % {"nama": izin.pembaca.nama})
            return redirect("laporan:manage-izin", draf_id=draf.pk)
    context = {
        "draf": draf,
        "form": form,
        "cari": cari,
        "cukup": cukup,
        "calon": calon,
        "daftar": selectors.show_izin(selectors.list_izin_draf(draf), kini),
    }
    return render(request, "laporan/izin.html", context, status=422 if form.errors else 200)


@require_POST
def revoke(request: HttpRequest, draf_id: int, izin_id: int) -> HttpResponse:
    """End one grant at once."""
    draf, pelaku = fetch_draf(request, draf_id), get_pelaku(request)
    get_object_or_404(IzinBaca, pk=izin_id, draf=draf)
    izin = revoke_izin(izin_id=izin_id, draf_id=draf.pk, aktor=pelaku.pengguna, now=timezone.now())
    messages.success(request, _("Izin baca %(nama)s dicabut.") % {"nama": izin.pembaca.nama})
    if request.POST.get("kembali") == "kantor":
        return redirect("laporan:list-izin")
    return redirect("laporan:manage-izin", draf_id=draf.pk)


@require_safe
def list_izin(request: HttpRequest) -> HttpResponse:
    """Every grant on drafts of the office, for those who give them."""
    instansi, kini = get_pelaku(request).instansi, timezone.now()
    _require_pemberi(request, instansi.pk)
    keadaan = request.GET.get("keadaan", "")
    daftar = selectors.list_izin_instansi(instansi, keadaan, pada=kini)
    halaman = Paginator(daftar, _SEHALAMAN).get_page(request.GET.get("halaman"))
    context = {
        "halaman": halaman,
        "daftar": selectors.show_izin(halaman.object_list, kini),
        "dapat_memberi_izin": True,
        "keadaan": keadaan,
        "pilihan": IzinBaca.Keadaan.choices,
    }
    return render(request, "laporan/izin_kantor.html", context)


@require_safe
def list_dibagikan(request: HttpRequest) -> HttpResponse:
    """Drafts of other offices that the person was given to read."""
    pelaku = get_pelaku(request)
    daftar = selectors.list_dibagikan(pelaku.pengguna)
    halaman = Paginator(daftar, _SEHALAMAN).get_page(request.GET.get("halaman"))
    context = {
        "halaman": halaman,
        "daftar": selectors.show_izin(halaman.object_list, timezone.now()),
        "dapat_memberi_izin": find_pemberi_izin(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "laporan/dibagikan.html", context)


def _require_pemberi(request: HttpRequest, instansi_id: int) -> Pelaku:
    pelaku = get_pelaku(request)
    if find_pemberi_izin(instansi_id, pelaku.semua) is None:
        raise AksesDitolak(
            _("Izin baca diatur oleh kepala atau sekretaris instansi yang menyusun laporannya.")
        )
    return pelaku
