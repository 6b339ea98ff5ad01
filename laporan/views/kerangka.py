"""The template of an office's documents, and bringing the words of a unit into a text again."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.kerangka import BagianForm
from laporan.models import BabNaskah, BagianKerangka
from laporan.rules.kerangka import Bagian
from laporan.rules.uraian import ANGKA
from laporan.selectors.akses import visible_draf
from laporan.selectors.kerangka import list_bagian
from laporan.selectors.uraian import show_uraian
from laporan.services import bab as services
from laporan.services.kerangka import (
    Pengubah,
    create_bagian,
    remove_bagian,
    reset_kerangka,
    save_bagian,
    shift_bagian,
)
from laporan.services.naskah import require_editor
from laporan.views.nomor import read_nomor
from organisasi.middleware import get_pelaku
from organisasi.perms import can_manage
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sop.models import SOP


@require_http_methods(["GET", "POST"])
def renew_bab(request: HttpRequest, bab_id: int) -> HttpResponse:
    """Both texts beside each other; POST puts the unit's in the place of the typed one."""
    pelaku, kini = get_pelaku(request), timezone.now()
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    bab = get_object_or_404(
        BabNaskah.objects.select_related("draf__instansi"), pk=bab_id, draf__in=terlihat
    )
    tugas = require_editor(bab.draf, pelaku.pengguna, kini)
    if request.method == "GET":
        konteks = {"bab": bab, "tugas": tugas, **show_uraian(bab)}
        return render(request, "laporan/perbarui_bab.html", konteks)
    versi = read_nomor(request.POST.get("versi", ""))
    services.renew_bab(bab_id=bab.pk, versi=versi, aktor=pelaku.pengguna, now=kini)
    messages.success(request, _("Uraian bidang menggantikan teks %(bab)s.") % {"bab": bab.judul})
    return redirect(f"{tugas.get_absolute_url()}#j-{bab.pk}")


@require_safe
def list_kerangka(request: HttpRequest, dokumen: str = "laporan_kinerja") -> HttpResponse:
    """The parts of one kind of document, in order."""
    pengubah = _require_pengelola(request, dokumen)
    konteks = {
        "dokumen": dokumen,
        "daftar_dokumen": SOP.Menghasilkan.choices,
        "nama": SOP.Menghasilkan(dokumen).label,
        "bagian": list_bagian(pengubah.instansi_id, dokumen),
        "milik_sendiri": BagianKerangka.objects.filter(
            instansi=pengubah.instansi_id, dokumen=dokumen
        ).exists(),
    }
    return render(request, "laporan/kerangka.html", konteks)


@require_http_methods(["GET", "POST"])
def edit_bagian(request: HttpRequest, dokumen: str, kode: str) -> HttpResponse:
    """One part: its title, level, hint, first text, data, and where it stands."""
    pengubah = _require_pengelola(request, dokumen)
    bagian = _find_bagian(pengubah, kode)
    form = BagianForm(request.POST or None, bagian=bagian)
    if form.is_valid():
        try:
            save_bagian(bagian=form.to_bagian(), pengubah=pengubah)
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        else:
            return _go_kerangka(request, dokumen, kode)
    return _show_form(request, dokumen, form)


@require_http_methods(["GET", "POST"])
def add_bagian(request: HttpRequest, dokumen: str) -> HttpResponse:
    """A new part after the one that `setelah` names, of its level."""
    pengubah = _require_pengelola(request, dokumen)
    lama = _find_bagian(pengubah, request.GET.get("setelah", ""))
    baru = Bagian("", "", tingkat=lama.tingkat, nomor=lama.nomor, untuk=lama.untuk)
    form = BagianForm(request.POST or None, bagian=baru)
    if form.is_valid():
        try:
            kode = create_bagian(bagian=form.to_bagian(), setelah=lama.kode, pengubah=pengubah)
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        else:
            return _go_kerangka(request, dokumen, kode)
    return _show_form(request, dokumen, form, setelah=lama)


def _find_bagian(pengubah: Pengubah, kode: str) -> Bagian:
    semua = list_bagian(pengubah.instansi_id, pengubah.dokumen)
    bagian = next((b for b in semua if b.kode == kode), None)
    if bagian is None:
        raise Http404(_("Bagian itu tidak ada."))
    return bagian


def _go_kerangka(request: HttpRequest, dokumen: str, kode: str) -> HttpResponse:
    messages.success(request, _("Tersimpan. Naskah yang sedang berjalan tidak berubah."))
    return redirect(f"{reverse('laporan:list-kerangka', args=[dokumen])}#{kode}")


def _show_form(
    request: HttpRequest, dokumen: str, form: BagianForm, setelah: Bagian | None = None
) -> HttpResponse:
    konteks = {
        "form": form,
        "bagian": form.bagian,
        "dokumen": dokumen,
        "setelah": setelah,
        "angka": ANGKA,
    }
    status = 422 if form.errors else 200
    return render(request, "laporan/kerangka_ubah.html", konteks, status=status)


@require_POST
def change_kerangka(request: HttpRequest, dokumen: str) -> HttpResponse:
    """Move or remove one part, or go back to the template that comes with the product."""
    pengubah = _require_pengelola(request, dokumen)
    if request.POST.get("aksi") == "baku":
        reset_kerangka(pengubah=pengubah)
        messages.success(request, _("Kerangka kembali seperti bawaan aplikasi."))
        return redirect("laporan:list-kerangka", dokumen)
    kode = request.POST.get("kode", "")
    if request.POST.get("aksi") == "hapus":
        remove_bagian(kode=kode, pengubah=pengubah)
        messages.success(request, _("Bagian dihapus. Naskah yang sedang berjalan tidak berubah."))
        return redirect("laporan:list-kerangka", dokumen)
    shift_bagian(kode=kode, turun=request.POST.get("aksi") == "turun", pengubah=pengubah)
    return redirect(f"{reverse('laporan:list-kerangka', args=[dokumen])}#{kode}")


def _require_pengelola(request: HttpRequest, dokumen: str) -> Pengubah:
    if dokumen not in SOP.Menghasilkan.values:
        raise Http404(_("Dokumen itu tidak ada."))
    pelaku = get_pelaku(request)
    if not can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengatur kerangka dokumen."))
    return Pengubah(pelaku.instansi.pk, dokumen, pelaku.pengguna, timezone.now())
