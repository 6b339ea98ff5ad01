"""The identity page of a konsep."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from sakip.common.errors import AlurTidakSah
from sop.forms.versi import IdentitasForm, awal_identitas
from sop.models import VersiSOP
from sop.models.sebutan import name_kolom
from sop.rules.identitas import apply_identitas, list_berubah_identitas
from sop.rules.kata import diff_kata
from sop.rules.sunting import compute_sidik_identitas
from sop.selectors import read_identitas
from sop.selectors.penyunting import build_sunting, isi_identitas, list_konfirmasi, read_bahan
from sop.services.identitas import IdentitasBasi, confirm_identitas, save_identitas
from sop.views.akses import fetch_sunting, make_penyunting
from sop.views.bingkai import build_bingkai


@require_http_methods(["GET", "HEAD", "POST"])
def edit_identitas(request: HttpRequest, versi_id: int) -> HttpResponse:
    """The page as a form; saving it."""
    versi = fetch_sunting(request, versi_id)
    if request.method != "POST":
        if not versi.is_konsep:
            return redirect("sop:view-versi", versi.pk)
        return _render(request, versi, _make_form(versi))
    form = _make_form(versi, request.POST)
    if not form.is_valid():
        return _render(request, versi, form, status=422)
    try:
        save_identitas(
            penyunting=make_penyunting(request, versi),
            isian=form.read_isian(),
            sidik=form.cleaned_data["versi"] or "-",
            katalog=form.read_katalog(),
        )
    except IdentitasBasi as basi:
        return _render_konflik(request, versi, form, basi)
    except AlurTidakSah as galat:
        return _render(request, versi, form, status=422, galat=galat.masalah)
    messages.success(request, _("Identitas tersimpan."))
    tujuan = "sop:edit-rute" if request.POST.get("lalu") == "langkah" else "sop:edit-identitas"
    return redirect(tujuan, versi.pk)


def _make_form(versi: VersiSOP, data: Any = None) -> IdentitasForm:  # noqa: ANN401 - a QueryDict
    identitas = read_identitas(versi)
    awal = awal_identitas(versi, identitas, compute_sidik_identitas(identitas))
    return IdentitasForm(data, initial=awal)


def _render(
    request: HttpRequest, versi: VersiSOP, form: IdentitasForm, *, status: int = 200, **lain: Any
) -> HttpResponse:
    bahan = read_bahan(versi, pada=timezone.now())
    identitas = bahan.identitas
    beres = list_konfirmasi(versi, None) if identitas.catatan_sumber else {}
    konfirmasi = [
        {
            "nama": name_kolom(k),
            "catatan": catatan,
            "ragu": k in identitas.perlu_konfirmasi,
            "jejak": beres.get(k),
        }
        for k, catatan in identitas.catatan_sumber.items()
    ]
    context = {
        **build_bingkai(request, versi, tab="identitas"),
        "form": form,
        "halaman": build_sunting(bahan),
        "konfirmasi": konfirmasi,
        "identitas": identitas,
        **lain,
    }
    return render(request, "sop/identitas.html", context, status=status)


def _render_konflik(
    request: HttpRequest, versi: VersiSOP, form: IdentitasForm, basi: IdentitasBasi
) -> HttpResponse:
    """Both texts; what was typed stays in the form, which may be sent again knowingly."""
    data = request.POST.copy()
    data["versi"] = compute_sidik_identitas(basi.kini)
    ketik = apply_identitas(basi.kini, form.read_isian())
    beda = [
        {
            "nama": name_kolom(k),
            "tersimpan": isi_identitas(basi.kini, k),
            "kata": diff_kata(isi_identitas(basi.kini, k), isi_identitas(ketik, k)),
        }
        for k in list_berubah_identitas(basi.kini, ketik)
    ]
    segar = VersiSOP.objects.select_related("sop__instansi").get(pk=versi.pk)
    konflik = {"pesan": basi.pesan, "beda": beda}
    return _render(request, segar, IdentitasForm(data), status=409, konflik=konflik)


@require_POST
def confirm_sel(request: HttpRequest, versi_id: int) -> HttpResponse:
    """State that a doubtful field is as the paper has it."""
    versi = fetch_sunting(request, versi_id)
    kolom = request.POST.get("kolom", "")
    confirm_identitas(penyunting=make_penyunting(request, versi), kolom=kolom)
    messages.success(
        request, _("%(sel)s dikonfirmasi sesuai naskah.") % {"sel": name_kolom(kolom).capitalize()}
    )
    return redirect(f"{reverse('sop:edit-rute', args=[versi.pk])}#perlu-konfirmasi")
