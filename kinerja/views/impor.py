"""A plan, or an Evaluasi Renja, from Excel: its format, the upload, what it would change."""

import re
from collections import Counter

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja.models import UnggahanRencana
from kinerja.selectors.berkas import GalatBerkas, is_terlambat
from kinerja.services import impor_rencana as layanan
from kinerja.services.impor_e81 import PILIH
from kinerja.services.lembar_rencana import write_rencana
from kinerja.views.rencana import read_tahun, require_perencana
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar_tulis import xlsx_response

_MAKS_RIWAYAT = 10
_MAKS_TAMPIL = 500


@require_http_methods(["GET", "HEAD", "POST"])
def impor_rencana(request: HttpRequest) -> HttpResponse:
    """Choose a file to upload, or go on with one that waits."""
    instansi = require_perencana(request)
    if request.method != "POST":
        return _show(request, instansi, "")
    berkas = request.FILES.get("berkas")
    e81 = request.POST.get("jenis") == UnggahanRencana.Jenis.E81
    try:
        if berkas is None:
            raise IsianTidakSah(_("Pilih dahulu berkas Excel yang akan diunggah."))
        unggahan = layanan.receive_rencana(
            unggahan=UnggahanRencana(
                instansi=instansi,
                jenis=UnggahanRencana.Jenis.E81 if e81 else UnggahanRencana.Jenis.RENCANA,
                tahun=read_tahun(request.POST.get("tahun", ""), instansi),
                is_kumulatif=e81 and request.POST.get("rupiah") == "kumulatif",
            ),
            berkas=berkas,
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
        )
    except IsianTidakSah as ditolak:
        return _show(request, instansi, ditolak.pesan)
    return redirect(unggahan)


def _show(request: HttpRequest, instansi: Instansi, galat: str) -> HttpResponse:
    isian = request.POST or request.GET
    tahun = read_tahun(isian.get("tahun", ""), instansi)
    riwayat = UnggahanRencana.objects.filter(instansi=instansi).select_related("oleh")
    context = {
        "tahun": tahun,
        "daftar_tahun": range(tahun - 2, tahun + 3),
        "jenis": isian.get("jenis", ""),
        "rupiah": isian.get("rupiah", ""),
        "riwayat": riwayat.defer("baris")[:_MAKS_RIWAYAT],
        "galat": [galat] if galat else [],
    }
    return render(request, "kinerja/impor.html", context, status=422 if galat else 200)


@require_safe
def download_rencana(request: HttpRequest, tahun: int) -> HttpResponse:
    """The plan of one year as a workbook to be changed and uploaded."""
    instansi = require_perencana(request)
    tahun = read_tahun(str(tahun), instansi)
    return xlsx_response(write_rencana(instansi, tahun), f"rencana-{instansi.kode}-{tahun}")


@require_safe
def view_impor(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """What an uploaded workbook would change; while it is checked, how far that is."""
    unggahan = _fetch(request, unggahan_id)
    hitung = Counter(b["hasil"] for b in unggahan.baris)
    penting = [b for b in unggahan.baris if b["hasil"] not in ("tetap", PILIH)]
    banyak = hitung["galat"] + hitung["tahan"]
    salah = [GalatBerkas(*g) for b in unggahan.baris for g in b["galat"]]
    context = {
        "unggahan": unggahan,
        "terlambat": is_terlambat(unggahan, now=timezone.now()),
        "galat": salah[:_MAKS_TAMPIL],
        "judul_galat": _("%(n)d baris tidak dapat disimpan") % {"n": banyak},
        "banyak_galat": banyak,
        "rangkum": hitung,
        "tulis": hitung["baru"] + hitung["ubah"],
        "baris": penting[:_MAKS_TAMPIL],
        "dapat_simpan": unggahan.status == UnggahanRencana.Status.SIAP
        and any(hitung[h] for h in ("baru", "ubah", PILIH)),
        "tawaran": [(n, b) for n, b in enumerate(unggahan.baris) if b["hasil"] == PILIH],
        "sisa": max(0, len(penting) - _MAKS_TAMPIL),
    }
    templat = "kinerja/_impor.html" if "HX-Request" in request.headers else ""
    return render(request, templat or "kinerja/impor_periksa.html", context)


@require_POST
def apply_impor(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """Write its rows: all of them, or the valid ones where the person chose so."""
    unggahan = _fetch(request, unggahan_id)
    banyak = layanan.apply_rencana(
        unggahan_id=unggahan.pk,
        hanya_sah=request.POST.get("pilihan") == "sah",
        pilihan={
            int(n) for n in request.POST.getlist("indikator") if re.fullmatch("[0-9]{1,9}", n)
        },
        aktor=get_pelaku(request).pengguna,
        now=timezone.now(),
    )
    pesan = _("%(n)d baris dari Excel disimpan. Periode yang sudah dibuka tidak berubah.")
    messages.success(request, pesan % {"n": banyak})
    return redirect(f"{reverse('kinerja:view-pohon')}?tahun={unggahan.tahun}")


@require_safe
def download_impor(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """The uploaded workbook itself, for another look."""
    unggahan = _fetch(request, unggahan_id)
    try:
        with unggahan.berkas.open("rb") as berkas:
            isi = berkas.read()
    except FileNotFoundError as galat:
        raise IsianTidakSah(_("Berkasnya tidak ada lagi. Unggah kembali.")) from galat
    return xlsx_response(isi, unggahan.nama_asli.removesuffix(".xlsx"))


def _fetch(request: HttpRequest, unggahan_id: int) -> UnggahanRencana:
    """An upload of one's own office, for who plans."""
    milik = UnggahanRencana.objects.select_related("instansi", "oleh").filter(
        instansi=get_pelaku(request).instansi
    )
    unggahan = get_object_or_404(milik, pk=unggahan_id)
    require_perencana(request)
    return unggahan
