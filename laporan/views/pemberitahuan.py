"""Notices: what I was told, when the office reminds, what could not be delivered."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.pemberitahuan import AturanForm
from laporan.models import AturanPengingat, Pemberitahuan, Pengiriman
from laporan.rules.pengingat import Aturan
from laporan.selectors.pemberitahuan import list_gagal, list_pemberitahuan
from laporan.services.pemberitahuan import mark_dibaca
from laporan.services.pengingat import save_aturan
from laporan.services.pengiriman import retry_pengiriman
from organisasi.middleware import get_pelaku
from organisasi.perms import can_manage
from organisasi.views.susunan import require_manage
from sakip.common.gerbang import mask_tujuan


@require_safe
def list_kabar(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    pelaku = get_pelaku(request)
    halaman = Paginator(list_pemberitahuan(pelaku.pengguna), 25).get_page(
        request.GET.get("halaman")
    )
    utama = pelaku.utama
    context = {
        "halaman": halaman,
        "dapat_mengelola": utama is not None
        and can_manage(utama.jabatan.instansi_id, pelaku.semua),
    }
    return render(request, "laporan/pemberitahuan.html", context)


@require_POST
def open_kabar(request: HttpRequest, kabar_id: int) -> HttpResponse:
    """Note one notice as read and go to its draft."""
    pengguna = get_pelaku(request).pengguna
    kabar = get_object_or_404(
        Pemberitahuan.objects.select_related("draf"), pk=kabar_id, pengguna=pengguna
    )
    mark_dibaca(pengguna=pengguna, now=timezone.now(), pk=kabar.pk)
    return redirect(kabar.draf)


@require_POST
def read_semua(request: HttpRequest) -> HttpResponse:
    """Note all of them as read."""
    mark_dibaca(pengguna=get_pelaku(request).pengguna, now=timezone.now())
    return redirect("laporan:list-pemberitahuan")


@require_http_methods(["GET", "POST"])
def manage_pengingat(request: HttpRequest) -> HttpResponse:
    """When the office reminds, and what could not be delivered."""
    pelaku = require_manage(request)
    baris = AturanPengingat.objects.filter(instansi=pelaku.instansi).first()
    form = AturanForm(request.POST or None, instance=baris or AturanPengingat())
    if request.method == "POST" and form.is_valid():
        save_aturan(
            instansi_id=pelaku.instansi.pk,
            aturan=Aturan(**form.cleaned_data),
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
        messages.success(request, _("Aturan pengingat disimpan."))
        return redirect("laporan:manage-pengingat")
    halaman = Paginator(list_gagal(pelaku.instansi), 25).get_page(request.GET.get("halaman"))
    context = {
        "form": form,
        "halaman": halaman,
        "gagal": [(p, mask_tujuan(p.pemberitahuan.pengguna.surel)) for p in halaman],
        "surel_aktif": settings.SUREL_AKTIF,
        "pesan_aktif": bool(settings.GERBANG_PESAN),
    }
    return render(request, "laporan/pengingat.html", context, status=422 if form.errors else 200)


@require_POST
def retry(request: HttpRequest, pengiriman_id: int) -> HttpResponse:
    """Try one failed delivery again."""
    pelaku = require_manage(request)
    get_object_or_404(
        Pengiriman,
        pk=pengiriman_id,
        pemberitahuan__draf__instansi=pelaku.instansi,
    )
    retry_pengiriman(
        pengiriman_id=pengiriman_id,
        instansi_id=pelaku.instansi.pk,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("Pengiriman dicoba lagi dalam satu menit."))
    return redirect("laporan:manage-pengingat")
