"""Who acts in an SOP: the posts with their holders today, and the columns they are printed in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sop.forms.versi import KolomForm
from sop.models import VersiSOP
from sop.rules.sunting import compute_sidik_identitas
from sop.selectors import list_jabatan, read_graf, read_identitas
from sop.selectors.peran import list_peran
from sop.services.identitas import IdentitasBasi, save_peran
from sop.views.akses import fetch_versi, make_penyunting, may_draft, require
from sop.views.bingkai import build_bingkai


@require_http_methods(["GET", "HEAD", "POST"])
def edit_peran(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Actors with their holders, for everybody of the office; the columns, for who may write."""
    versi = fetch_versi(request, versi_id)
    if request.method != "POST":
        return _render(request, versi, _make_kolom(versi))
    require(may_draft(request))
    kolom = _make_kolom(versi, request.POST)
    if not kolom.is_valid():
        return _render(request, versi, kolom, status=422)
    urut = sorted(kolom.forms, key=lambda f: f.cleaned_data.get("urut") or 99)
    isi = [f.read_kolom() for f in urut]
    try:
        save_peran(
            penyunting=make_penyunting(request, versi),
            kolom=tuple(k for k in isi if k is not None),
            sidik=request.POST.get("versi", "") or "-",
        )
    except IdentitasBasi as basi:
        return _render(request, versi, kolom, status=409, konflik={"pesan": basi.pesan})
    messages.success(request, _("Kolom pelaksana tersimpan."))
    return redirect("sop:edit-peran", versi.pk)


def _make_kolom(versi: VersiSOP, data: Any = None) -> BaseFormSet[KolomForm]:  # noqa: ANN401 - a QueryDict
    awal = [
        {"urut": n, "judul": k.judul, "jabatan": list(k.jabatan), "tercetak": k.tercetak}
        for n, k in enumerate(read_identitas(versi).judul_pelaksana, start=1)
    ]
    kelas = forms.formset_factory(KolomForm, extra=2, max_num=20)
    jabatan = list_jabatan(versi.sop.instansi)
    return kelas(data, initial=awal, prefix="kolom", form_kwargs={"jabatan": jabatan})


def _render(
    request: HttpRequest,
    versi: VersiSOP,
    kolom: BaseFormSet[KolomForm],
    *,
    status: int = 200,
    **lain: Any,
) -> HttpResponse:
    segar = VersiSOP.objects.select_related("sop__instansi").get(pk=versi.pk)
    context = {
        **build_bingkai(request, segar, tab="peran"),
        "peran": list_peran(read_graf(versi.pk), pada=timezone.now()),
        "kolom": kolom,
        "sidik": compute_sidik_identitas(read_identitas(segar)),
        **lain,
    }
    return render(request, "sop/peran.html", context, status=status)
