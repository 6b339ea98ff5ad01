"""The page of figures others publish, and of one's own past."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja import perms
from kinerja.forms.pembanding import TempelanForm
from kinerja.models import AngkaPembanding, Indikator
from kinerja.rules.nilai import JenisNilai, parse_nilai, read_tingkat
from kinerja.rules.pembanding import KOLOM, TINGKAT_KATA
from kinerja.selectors.pembanding import (
    KelompokPembanding,
    list_indikator_kode,
    list_pembanding,
)
from kinerja.services.pembanding import add_pembanding, remove_pembanding
from organisasi.middleware import get_pelaku
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.lembar_tulis import (
    add_lembar,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
    xlsx_response,
)

_LEBAR = (14, 8, 18, 14, 40, 24, 60)


@require_http_methods(["GET", "POST"])
def edit_pembanding(request: HttpRequest) -> HttpResponse:
    """What there is, and a place to paste more."""
    pelaku = get_pelaku(request)
    bisa = perms.can_plan(pelaku.instansi.pk, pelaku.semua)
    if request.method == "POST" and not bisa:
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengubah angka pembanding."))
    indikator = list_indikator_kode(pelaku.instansi)
    form = TempelanForm(
        request.POST or None, baca={k: partial(_baca, i) for k, i in indikator.items()}
    )
    if form.is_valid() and _save(request, form):
        return redirect("kinerja:edit-pembanding")
    context = {
        "form": form,
        "kelompok": list_pembanding(pelaku.instansi),
        "bisa_ubah": bisa,
        "kolom": KOLOM,
        "tingkat": TINGKAT_KATA.values(),
    }
    return render(request, "kinerja/pembanding.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, pembanding_id: int) -> HttpResponse:
    """Take one figure away."""
    pelaku = get_pelaku(request)
    milik = AngkaPembanding.objects.filter(indikator__sasaran__tujuan__instansi=pelaku.instansi)
    ada = get_object_or_404(milik, pk=pembanding_id)
    remove_pembanding(pembanding_id=ada.pk, aktor=pelaku.pengguna, now=timezone.now())
    messages.success(request, _("Angka pembanding dihapus."))
    return redirect("kinerja:edit-pembanding")


@require_safe
def download_pembanding(request: HttpRequest) -> HttpResponse:
    """A workbook to fill: what there is, and an empty row for each indikator that has nothing.

    Its columns are those that are pasted back.
    """
    instansi = get_pelaku(request).instansi
    buku = new_buku(judul=_("Angka pembanding"))
    lembar = add_lembar(buku, _("Pembanding"), lebar=_LEBAR)
    tulis_judul(lembar, 1, [k.capitalize() for k in (*KOLOM, "nama indikator")])
    for n, baris in enumerate(_list_sel(list_pembanding(instansi)), start=2):
        for k, nilai in enumerate(baris, start=1):
            tulis(lembar, n, k, nilai)
    return xlsx_response(to_bytes(buku), _("angka-pembanding"))


def _list_sel(kelompok: list[KelompokPembanding]) -> Iterator[list[str]]:
    for k in kelompok:
        for b in k.baris:
            sel = [str(b.tahun), b.tingkat, b.isian, b.sumber, b.wilayah]
            yield [k.acuan, *sel, k.indikator.nama]
        if not k.baris:
            yield [k.acuan, "", "", "", "", "", k.indikator.nama]


def _baca(i: Indikator, teks: str) -> Decimal:
    return parse_nilai(teks, JenisNilai(i.jenis_nilai), read_tingkat(i.tingkatan))


def _save(request: HttpRequest, form: TempelanForm) -> bool:
    pelaku = get_pelaku(request)
    try:
        banyak = add_pembanding(
            instansi_id=pelaku.instansi.pk,
            baris=form.cleaned_data["isi"],
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
    except IsianTidakSah as ditolak:
        form.add_error("isi", ditolak.pesan)
        return False
    messages.success(request, _("%(n)d angka pembanding tersimpan.") % {"n": banyak})
    return True
