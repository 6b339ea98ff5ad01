"""Forms that assess an SOP: begin, fill in, settle, and take away as PDF or Excel."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.penilaian import PenilaianBaruForm, PenilaianForm
from laporan.models import PenilaianSOP
from laporan.perms import find_penilai
from laporan.selectors.lembar_penilaian import build_lembar, list_kepala, say_keadaan
from laporan.selectors.penilaian import visible_penilaian
from laporan.services import penilaian as services
from laporan.services.penilaian import IsianPenilaian, PenilaianBelumLengkap, PenilaianBerubah
from organisasi.middleware import get_pelaku
from organisasi.models import Pengguna
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar_tulis import xlsx_response
from sakip.common.pdf import render_pdf
from sop.models import VersiSOP


@require_POST
def create_penilaian(request: HttpRequest) -> HttpResponse:
    """Begin a form for a version and period."""
    form = PenilaianBaruForm(request.POST)
    if not form.is_valid():
        raise IsianTidakSah(_("Pilih SOP dan periode pada halaman Pemantauan, lalu ulangi."))
    pelaku, data = get_pelaku(request), form.cleaned_data
    milik = VersiSOP.objects.filter(sop__instansi=pelaku.instansi).exclude(
        status=VersiSOP.Status.KONSEP
    )
    penilaian = services.create_penilaian(
        versi=get_object_or_404(milik.select_related("sop__instansi"), pk=data["versi"]),
        jenis=data["jenis"],
        rentang=data["periode"],
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("Formulir dibuat dan diisi dari laporan yang berjalan."))
    return redirect(penilaian)


@require_http_methods(["GET", "POST"])
def assess_sop(request: HttpRequest, penilaian_id: int) -> HttpResponse:
    """One form. POST saves it and, where the button says so, settles it."""
    penilaian = fetch_penilaian(request, penilaian_id)
    if request.method == "GET":
        return _show(request, penilaian)
    aktor, now = get_pelaku(request).pengguna, timezone.now()
    form = PenilaianForm(request.POST, penilaian=penilaian, butir=list(penilaian.butir.all()))
    if not form.is_valid():
        return _show(request, penilaian, form=form)
    isian = IsianPenilaian(form.cleaned_data["urut"], form.read_isian())
    try:
        simpan = services.save_penilaian
        tersimpan = simpan(penilaian_id=penilaian.pk, isian=isian, aktor=aktor, now=now)
        pesan = _AKSI.get(request.POST.get("aksi", ""), _keep)(tersimpan, aktor, now)
    except PenilaianBerubah as berubah:
        return _show_berubah(request, fetch_penilaian(request, penilaian_id), str(berubah.pesan))
    except PenilaianBelumLengkap as belum:
        return _show(request, fetch_penilaian(request, penilaian_id), masalah=belum.masalah)
    messages.success(request, pesan)
    return redirect(penilaian)


def _keep(_penilaian: PenilaianSOP, _aktor: Pengguna, _now: datetime) -> str:
    return _("Tersimpan. Formulir ini belum ditetapkan.")


def _refresh(penilaian: PenilaianSOP, aktor: Pengguna, now: datetime) -> str:
    services.refresh_penilaian(penilaian_id=penilaian.pk, aktor=aktor, now=now)
    return _("Angka dibaca ulang. Jawaban yang Anda ubah sendiri tetap.")


def _settle(penilaian: PenilaianSOP, aktor: Pengguna, now: datetime) -> str:
    dilihat = penilaian.isian_urut
    services.settle_penilaian(penilaian_id=penilaian.pk, aktor=aktor, now=now, urut=dilihat)
    return _("Formulir ditetapkan. Isinya tidak berubah lagi.")


_AKSI = {"perbarui": _refresh, "tetapkan": _settle}


def _show_berubah(request: HttpRequest, penilaian: PenilaianSOP, pesan: str) -> HttpResponse:
    """The form again with what was typed; saving it once more replaces what the other wrote."""
    data = request.POST.copy()
    data["urut"] = str(penilaian.isian_urut)
    form = PenilaianForm(data, penilaian=penilaian, butir=list(penilaian.butir.all()))
    response = _show(request, penilaian, form=form, masalah=[pesan])
    response.status_code = 409
    return response


@require_safe
def print_penilaian(request: HttpRequest, penilaian_id: int) -> HttpResponse:
    """The form on paper, A4 landscape."""
    penilaian = fetch_penilaian(request, penilaian_id)
    isi = render_pdf(render_penilaian(penilaian)).isi
    response = HttpResponse(isi, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{_name(penilaian)}.pdf"'
    return response


@require_safe
def export_penilaian(request: HttpRequest, penilaian_id: int) -> HttpResponse:
    """The form as a workbook."""
    penilaian = fetch_penilaian(request, penilaian_id)
    return xlsx_response(build_lembar(penilaian, list(penilaian.butir.all())), _name(penilaian))


def fetch_penilaian(request: HttpRequest, penilaian_id: int) -> PenilaianSOP:
    """A form of one's office, or 404."""
    daftar = visible_penilaian(get_pelaku(request).instansi).prefetch_related("butir")
    return get_object_or_404(daftar, pk=penilaian_id)


def render_penilaian(penilaian: PenilaianSOP) -> str:
    """HTML of the paper."""
    context = {
        "cetak": {"draf": {"instansi": penilaian.versi.sop.instansi}},
        "penilaian": penilaian,
        "butir": penilaian.butir.all(),
        "kepala": list_kepala(penilaian)[1:-1],
        "keadaan": say_keadaan(penilaian),
    }
    return render_to_string("pdf/penilaian.html", context)


def _name(penilaian: PenilaianSOP) -> str:
    return slugify(f"{penilaian.jenis} {penilaian.versi.sop.nama} {penilaian.rentang.nama}")


def _show(
    request: HttpRequest,
    penilaian: PenilaianSOP,
    *,
    form: PenilaianForm | None = None,
    masalah: list[str] | None = None,
) -> HttpResponse:
    pelaku = get_pelaku(request)
    sebagai = find_penilai(pelaku.instansi.pk, pelaku.semua)
    bisa = sebagai is not None and not penilaian.is_final
    butir = list(penilaian.butir.all())
    context: dict[str, Any] = {
        "penilaian": penilaian,
        "kepala": list_kepala(penilaian)[1:],
        "butir": butir,
        "form": form or (PenilaianForm(penilaian=penilaian, butir=butir) if bisa else None),
        "sebagai": sebagai,
        "galat": masalah,
        "belum": sum(not b.jawaban for b in butir),
    }
    galat = masalah or (form and form.errors)
    return render(request, "laporan/penilaian.html", context, status=422 if galat else 200)
