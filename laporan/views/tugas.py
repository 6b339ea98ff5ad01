"""Doing one turn: a page per kind of step, one way to finish it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinerja.services.formulir import BelumLengkap
from laporan.forms import CatatForm, PutusanForm, RapatForm
from laporan.models import Draf, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.tindakan import TINDAKAN, Halaman, can_edit_naskah
from laporan.selectors import draf as selectors
from laporan.selectors.akses import visible_draf
from laporan.services.draf import Putusan, explain_terlambat, finish_tugas
from laporan.views.isian import Galat, Temuan, page_formulir, page_naskah, save_isian
from organisasi.middleware import get_pelaku


@dataclass(frozen=True)
class Meja:
    """One turn on the actor's desk, with what its page needs."""

    request: HttpRequest
    tugas: Tugas
    putusan: PutusanForm
    isian: forms.Form | None = None


_FORM: dict[Halaman, type[forms.Form]] = {Halaman.RAPAT: RapatForm, Halaman.CATAT: CatatForm}
_TEMPLAT: dict[Halaman, str] = {h: f"laporan/tugas/{h}.html" for h in Halaman}
_TAMBAHAN: dict[Halaman, Callable[[HttpRequest, Tugas, Galat], dict[str, Any]]] = {
    Halaman.FORMULIR: page_formulir,
    Halaman.NASKAH: page_naskah,
}


def fetch_tugas(request: HttpRequest, tugas_id: int) -> Tugas:
    """The turn, or 404 for a stranger."""
    pelaku = get_pelaku(request)
    daftar = Tugas.objects.select_related(
        "draf__instansi",
        "draf__versi",
        "kunjungan__langkah",
        "kunjungan__pengirim",
        "jabatan",
        "unit",
    )
    return get_object_or_404(
        daftar, pk=tugas_id, draf__in=visible_draf(pelaku.pengguna, pelaku.semua)
    )


@require_http_methods(["GET", "POST"])
def work_tugas(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """The page of one turn; POST saves what was filled in and, where asked, finishes the turn."""
    tugas, pelaku = fetch_tugas(request, tugas_id), get_pelaku(request)
    halaman = TINDAKAN[tugas.kunjungan.langkah.tindakan].halaman
    if request.method == "GET" and (tugas.status not in Tugas.DI_MEJA or not tugas.draf.is_aktif):
        messages.info(request, explain_terlambat(tugas.draf, tugas))
        return redirect(tugas.draf)
    require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    if halaman == Halaman.TANDA_TANGAN:
        return redirect("laporan:sign-tugas", tugas_id=tugas.pk)
    meja = _open_meja(request, tugas, halaman)
    if request.method == "POST":
        return _receive(meja, halaman)
    return _show(meja, halaman)


def _open_meja(request: HttpRequest, tugas: Tugas, halaman: Halaman) -> Meja:
    data = request.POST if request.method == "POST" else None
    unit = [(u.pk, u.nama) for u in selectors.list_unit_balik(tugas)]
    kelas = _FORM.get(halaman)
    awal = {"tanggal": timezone.localtime(timezone.now(), tugas.draf.instansi.zona_waktu).date()}
    return Meja(
        request, tugas, PutusanForm(data, unit=unit), kelas(data, initial=awal) if kelas else None
    )


def _receive(meja: Meja, halaman: Halaman) -> HttpResponse:
    """Save what was typed, then finish the turn where the button said so."""
    request, tugas = meja.request, meja.tugas
    aksi = request.POST.get("aksi", "teruskan")
    temuan = save_isian(request, tugas, halaman)
    lengkap = meja.putusan.is_valid() and (meja.isian is None or meja.isian.is_valid())
    if temuan.pesan or not lengkap:
        return _show(meja, halaman, temuan=temuan, status=422)
    if aksi == "simpan":
        messages.success(request, _("Tersimpan. Langkah ini masih di meja Anda."))
        return redirect(tugas)
    try:
        draf = finish_tugas(
            tugas_id=tugas.pk,
            aktor=get_pelaku(request).pengguna,
            putusan=_read_putusan(meja),
            now=timezone.now(),
        )
    except BelumLengkap as belum:
        return _show(meja, halaman, temuan=Temuan(belum.masalah, belum.galat), status=422)
    messages.success(request, _kata_selesai(draf, meja.putusan.cleaned_data["hasil"]))
    return redirect("laporan:meja-kerja")


def _read_putusan(meja: Meja) -> Putusan:
    data = meja.putusan.cleaned_data
    catatan = data["catatan"]
    if data["sebab"]:
        catatan = f"{', '.join(data['sebab'])}. {catatan}" if catatan.strip() else ""
    isian = {n: str(v) for n, v in meja.isian.cleaned_data.items()} if meja.isian else {}
    return Putusan(
        hasil=data["hasil"] or "lanjut",
        catatan=catatan,
        isian=isian,
        unit=tuple(data["unit"]),
        naskah_urut=None if _menyunting(meja.tugas) else data["naskah_urut"],
        kunci=data["kunci"],
    )


def _menyunting(tugas: Tugas) -> bool:
    langkah = tugas.kunjungan.langkah
    return can_edit_naskah(langkah.tindakan, langkah.simbol)


def _kata_selesai(draf: Draf, hasil: str) -> str:
    if draf.status == Draf.Status.SELESAI:
        return _("%(judul)s telah selesai.") % {"judul": draf.judul}
    kata = _("Dikembalikan.") if hasil == "tidak" else _("Terkirim.")
    return _("%(kata)s %(judul)s kini di meja %(meja)s.") % {
        "kata": kata,
        "judul": draf.judul,
        "meja": draf.get_meja_display(),
    }


def _show(
    meja: Meja, halaman: Halaman, *, temuan: Temuan | None = None, status: int = 200
) -> HttpResponse:
    request, tugas, kini = meja.request, meja.tugas, timezone.now()
    temuan = temuan or Temuan()
    perjalanan = selectors.get_perjalanan(tugas.draf, kini=kini)
    langkah = perjalanan.graf.menurut_id[tugas.kunjungan.langkah_id]
    maju = "ya" if langkah.is_keputusan else "lanjut"
    context: dict[str, Any] = {
        "tugas": tugas,
        "draf": tugas.draf,
        "langkah": langkah,
        "laku": TINDAKAN[langkah.tindakan],
        "perjalanan": perjalanan,
        "penerima": selectors.get_penerima(perjalanan.graf, langkah, maju, kini=kini),
        "penerima_balik": selectors.get_penerima(perjalanan.graf, langkah, "tidak", kini=kini)
        if langkah.is_keputusan
        else None,
        "sebagai": require_pelaksana(tugas, get_pelaku(request).semua, get_pelaku(request).utama),
        "putusan": meja.putusan,
        "isian_form": meja.isian,
        "kunci": request.POST.get("kunci") or uuid.uuid4().hex,
        "maju": maju,
        "galat": temuan.pesan,
    }
    if halaman in _TAMBAHAN:
        context |= _TAMBAHAN[halaman](request, tugas, temuan.galat)
    return render(request, _TEMPLAT[halaman], context, status=status)
