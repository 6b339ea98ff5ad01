"""Publishing a konsep, and taking a version out of force."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisasi.middleware import get_pelaku
from sakip.common.errors import AlurTidakSah
from sop.forms.versi import CabutForm, PengesahanForm
from sop.models import VersiSOP
from sop.rules.berlaku import Terbitan, list_diganti
from sop.rules.identitas import format_tanggal
from sop.selectors import read_sidik
from sop.selectors.pengesah import guess_nomor_sop, guess_pengesah
from sop.selectors.penyunting import build_sunting, read_bahan
from sop.services import versi as layanan
from sop.services.buang import discard_konsep
from sop.services.nomor import NomorSopBelumAda
from sop.views.akses import fetch_versi, may_draft, may_publish, require
from sop.views.bingkai import build_bingkai


@require_http_methods(["GET", "HEAD", "POST"])
def publish_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """What publishing will do, and the act itself."""
    versi = fetch_versi(request, versi_id)
    require(may_publish(request))
    if request.method != "POST":
        if not versi.is_konsep:
            return redirect("sop:view-versi", versi.pk)
        awal = _awal(request, versi)
        berikut = guess_nomor_sop(versi, awal["tanggal"])
        return _render(request, versi, PengesahanForm(initial=awal, nomor_berikut=berikut))
    form = PengesahanForm(request.POST, nomor_berikut=guess_nomor_sop(versi, _hari_ini(versi)))
    if not form.is_valid():
        return _render(request, versi, form, status=422)
    isi = dict(form.cleaned_data)
    pengesahan = layanan.Pengesahan(sidik=isi.pop("versi") or "-", **isi)
    try:
        layanan.publish_versi(
            versi_id=versi.pk,
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
            pengesahan=pengesahan,
        )
    except AlurTidakSah as galat:
        return _render(request, versi, form, status=422, galat=galat.masalah)
    except NomorSopBelumAda as galat:
        form.add_error("nomor_sop", galat.pesan)
        return _render(request, versi, form, status=422)
    pesan = _("Versi %(nomor)d terbit dan berlaku mulai %(mulai)s.")
    isi_pesan = {"nomor": versi.nomor, "mulai": format_tanggal(pengesahan.mulai)}
    messages.success(request, pesan % isi_pesan)
    return redirect("sop:view-versi", versi.pk)


def _awal(request: HttpRequest, versi: VersiSOP) -> dict[str, Any]:
    """Today, and who leads the office on the day of the approval."""
    hari = _hari_ini(versi)
    tanggal = parse_date(request.GET.get("tanggal", "")) or hari
    mulai = parse_date(request.GET.get("mulai", "")) or max(hari, tanggal)
    awal = {
        "nomor_sop": request.GET.get("nomor_sop", versi.nomor_sop),
        "tanggal": tanggal,
        "mulai": mulai,
        "versi": read_sidik(versi),
    }
    return awal | guess_pengesah(versi, tanggal)


def _hari_ini(versi: VersiSOP) -> date:
    return timezone.now().astimezone(versi.sop.instansi.zona_waktu).date()


def _render(
    request: HttpRequest, versi: VersiSOP, form: PengesahanForm, *, status: int = 200, **lain: Any
) -> HttpResponse:
    bingkai = build_bingkai(request, versi, tab="terbit")
    mulai = form["mulai"].value()
    mulai = parse_date(mulai) if isinstance(mulai, str) else mulai
    terbit = [
        Terbitan(b.versi.pk, b.versi.status, b.versi.berlaku_mulai)
        for b in bingkai["daftar"].versi
        if b.versi.status == VersiSOP.Status.TERBIT
    ]
    diganti = list_diganti(terbit, mulai, bingkai["hari"]) if mulai else []
    context = {
        **bingkai,
        "form": form,
        "halaman": build_sunting(read_bahan(versi, pada=timezone.now())),
        "diganti": [b for b in bingkai["daftar"].versi if b.versi.pk in diganti],
        "kelak": bool(mulai and mulai > bingkai["hari"]),
        **lain,
    }
    return render(request, "sop/terbitkan.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Take a version out of force, with a reason."""
    versi = fetch_versi(request, versi_id)
    require(may_publish(request))
    form = CabutForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        layanan.withdraw_versi(
            versi_id=versi.pk,
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
            alasan=form.cleaned_data["alasan"],
        )
        messages.success(request, _("Versi %(nomor)d dicabut.") % {"nomor": versi.nomor})
        return redirect("sop:view-versi", versi.pk)
    context = {**build_bingkai(request, versi, tab="terbit"), "form": form}
    return render(request, "sop/cabut.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def discard_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Discard a konsep, after a last look at what goes."""
    versi = fetch_versi(request, versi_id)
    require(may_draft(request))
    if request.method == "POST":
        discard_konsep(
            versi_id=versi.pk,
            sidik=request.POST.get("sidik", ""),
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
        )
        pesan = _("Konsep versi %(nomor)d dari %(nama)s dibuang.")
        messages.success(request, pesan % {"nomor": versi.nomor, "nama": versi.sop.nama})
        return redirect("sop:list-sop")
    if not versi.is_konsep:
        return redirect("sop:view-versi", versi.pk)
    context = {**build_bingkai(request, versi, tab="lihat"), "sidik": read_sidik(versi)}
    return render(request, "sop/buang.html", context)
