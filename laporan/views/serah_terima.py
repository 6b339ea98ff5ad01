"""Handing a post over, and the record of what was handed over."""

from datetime import date, datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from laporan.selectors.serah_terima import AKSI, get_serahan, list_serah_terima
from laporan.services.serah_terima import hand_over_jabatan
from organisasi.forms.susunan import SerahForm, akhir_hari, awal_hari
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi, Jejak, Penugasan
from organisasi.perms import can_manage
from organisasi.selectors import list_jejak
from organisasi.services.penugasan import PenugasanTidakSah, Rencana
from organisasi.sesi.pintu import ask_sandi
from organisasi.views.penugasan import put_galat, read_orang
from organisasi.views.susunan import require_manage
from sakip.common.pdf import render_pdf


@require_http_methods(["GET", "POST"])
def hand_over(request: HttpRequest, penugasan_id: int) -> HttpResponse:
    """What the holder has in hand, and who takes it over."""
    pelaku, now = require_manage(request), timezone.now()
    daftar = Penugasan.objects.berlaku(now).select_related("pengguna", "jabatan", "unit")
    lama = get_object_or_404(daftar, pk=penugasan_id, jabatan__instansi=pelaku.instansi)
    if jeda := ask_sandi(request):
        return jeda
    form = SerahForm(request.POST or None, initial={"mulai": timezone.localdate()})
    if form.is_valid():
        data = form.cleaned_data
        rencana = Rencana(
            jabatan=lama.jabatan,
            unit=lama.unit,
            jenis=data["jenis"],
            mulai=_saat(data["mulai"], pelaku.instansi, now),
            selesai=akhir_hari(data["terakhir"], pelaku.instansi.zona_waktu),
            dasar=data["dasar"],
            bersama=True,
        )
        try:
            jejak = hand_over_jabatan(
                penugasan_id=lama.pk,
                isian=read_orang(data),
                rencana=rencana,
                aktor=pelaku.pengguna,
                now=now,
            )
            messages.success(request, _("Serah terima %(jabatan)s tercatat.") % _nama(lama))
            return redirect("laporan:view-berita-acara", jejak_id=jejak.pk)
        except PenugasanTidakSah as ditolak:
            put_galat(form, ditolak)
    context = {"form": form, "lama": lama, "serahan": get_serahan(lama, pada=now)}
    status = 422 if form.errors else 200
    return render(request, "laporan/serah_terima.html", context, status=status)


def _saat(hari: date, instansi: Instansi, now: datetime) -> datetime:
    """Now for today, the beginning of any other day."""
    return now if hari == timezone.localdate() else awal_hari(hari, instansi.zona_waktu)


def _nama(p: Penugasan) -> dict[str, str]:
    return {"jabatan": p.sebutan}


@require_safe
def list_berita_acara(request: HttpRequest) -> HttpResponse:
    """Every handover of the office, newest first: for managers; for others those they were in."""
    pelaku = get_pelaku(request)
    dapat = can_manage(pelaku.instansi.pk, pelaku.semua)
    daftar = list_serah_terima(pelaku.instansi, nip=None if dapat else pelaku.pengguna.nip)
    halaman = Paginator(daftar, 25).get_page(request.GET.get("halaman"))
    context = {
        "halaman": halaman,
        "daftar": [_baca(j) for j in halaman],
        "dapat_mengelola": dapat,
    }
    return render(request, "laporan/list_berita_acara.html", context)


@require_safe
def view_berita_acara(request: HttpRequest, jejak_id: int) -> HttpResponse:
    """What was handed over, as the trail keeps it: for managers and for both people."""
    return render(request, "laporan/berita_acara.html", _fetch(request, jejak_id))


@require_safe
def print_berita_acara(request: HttpRequest, jejak_id: int) -> HttpResponse:
    """The same as PDF, with room for both to sign."""
    kop = {"cetak": {"draf": {"instansi": get_pelaku(request).instansi}}}
    html = render_to_string("pdf/berita-acara.html", _fetch(request, jejak_id) | kop)
    response = HttpResponse(render_pdf(html).isi, content_type="application/pdf")
    nama = f'attachment; filename="berita-acara-{jejak_id}.pdf"'
    response["Content-Disposition"] = nama
    return response


def _fetch(request: HttpRequest, jejak_id: int) -> dict[str, Any]:
    """One record of one's own office, for managers and for both people."""
    pelaku = get_pelaku(request)
    jejak = get_object_or_404(list_jejak(pelaku.instansi), pk=jejak_id, aksi=AKSI)
    terlibat = pelaku.pengguna.nip in (jejak.data["dari"]["nip"], jejak.data["kepada"]["nip"])
    if not terlibat:
        require_manage(request)
    return _baca(jejak) | {"dapat_mengelola": can_manage(pelaku.instansi.pk, pelaku.semua)}


def _baca(jejak: Jejak) -> dict[str, Any]:
    return {"jejak": jejak, "data": jejak.data, "pada": parse_datetime(jejak.data["pada"])}
