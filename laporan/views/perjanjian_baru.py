"""Ordering a Perjanjian Kinerja, or the Rencana Aksi of a year."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from laporan.forms.perjanjian import PerjanjianBaruForm, TahunForm, awal_pihak
from laporan.rules.perjanjian import PihakRute, find_pihak_rute
from laporan.selectors.meja import find_tugas_saya
from laporan.selectors.perjanjian import find_kedua_terakhir
from laporan.services.draf import SudahAda
from laporan.services.perjanjian import IsianPerjanjian, start_perjanjian
from laporan.services.rencana_aksi import start_rencana_aksi
from organisasi.middleware import get_pelaku
from organisasi.selectors import list_unit_terbuka
from sakip.common.errors import IsianTidakSah
from sop.models import VersiSOP
from sop.selectors import get_graf


def create_perjanjian(request: HttpRequest, versi: VersiSOP, *, dapat: bool) -> HttpResponse:
    """The form that begins the agreement of a year; `dapat`: whether the person may."""
    pelaku, kini = get_pelaku(request), timezone.now()
    rute = find_pihak_rute(get_graf(versi.pk, versi.sidik))
    form = _make_form(request, rute)
    context: dict[str, Any] = {"form": form, "versi": versi, "dapat": dapat, "rute": rute}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "laporan/perjanjian_baru.html", context, status=status)
    unit = form.cleaned_data.get("unit")
    isian = IsianPerjanjian(
        tahun=form.cleaned_data["tahun"],
        kedua=form.read_pihak(),
        unit_id=unit.pk if unit else None,
        alasan=form.cleaned_data["alasan"],
    )
    try:
        draf = start_perjanjian(versi=versi, isian=isian, aktor=pelaku.pengguna, now=kini)
    except (IsianTidakSah, SudahAda) as ditolak:
        form.add_error("alasan" if _kurang_alasan(form, ditolak) else None, ditolak.pesan)
        context["sudah_ada"] = getattr(ditolak, "draf", None)
        return render(request, "laporan/perjanjian_baru.html", context, status=422)
    messages.success(request, _("%(judul)s dimulai.") % {"judul": draf.judul})
    milik = find_tugas_saya(pelaku, list(draf.tugas.select_related("jabatan", "unit")))
    return redirect(milik or draf)


def _make_form(request: HttpRequest, rute: PihakRute | None) -> PerjanjianBaruForm:
    pelaku = get_pelaku(request)
    tahun = timezone.now().astimezone(pelaku.instansi.zona_waktu).year
    unit = None
    if rute is not None and rute.per_unit:
        unit = list_unit_terbuka(pelaku.instansi).filter(jenis__in=rute.per_unit)
    return PerjanjianBaruForm(
        request.POST or None,
        initial={"tahun": tahun, **awal_pihak(find_kedua_terakhir(pelaku.instansi))},
        is_dalam=rute is not None and rute.kedua is not None,
        unit=unit,
    )


def _kurang_alasan(form: PerjanjianBaruForm, ditolak: Exception) -> bool:
    return isinstance(ditolak, IsianTidakSah) and not form.cleaned_data["alasan"].strip()


def create_rencana_aksi(request: HttpRequest, versi: VersiSOP, *, dapat: bool) -> HttpResponse:
    """The form that begins the Rencana Aksi of a year; `dapat`: whether the person may."""
    pelaku, kini = get_pelaku(request), timezone.now()
    tahun = kini.astimezone(pelaku.instansi.zona_waktu).year
    form = TahunForm(request.POST or None, initial={"tahun": tahun})
    context: dict[str, Any] = {"form": form, "versi": versi, "dapat": dapat}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "laporan/aksi_baru.html", context, status=status)
    try:
        draf = start_rencana_aksi(
            versi=versi, tahun=form.cleaned_data["tahun"], aktor=pelaku.pengguna, now=kini
        )
    except SudahAda as ada:
        form.add_error("tahun", ada.pesan)
        context["sudah_ada"] = ada.draf
        return render(request, "laporan/aksi_baru.html", context, status=422)
    messages.success(request, _("%(judul)s dimulai.") % {"judul": draf.judul})
    milik = find_tugas_saya(pelaku, list(draf.tugas.select_related("jabatan", "unit")))
    return redirect(milik or draf)
