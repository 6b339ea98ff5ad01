"""Pages of the working calendar: everybody reads it, whoever configures the office changes it."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi import perms
from organisasi.forms.kalender import ImporLiburForm, JamKerjaForm, LiburForm, MasukForm
from organisasi.middleware import Pelaku, get_pelaku
from organisasi.models import HariLibur, JamKerja
from organisasi.selectors import list_jam_berlaku
from organisasi.selectors_kalender import get_halaman
from organisasi.services import kalender as layanan
from sakip.common.errors import AksesDitolak
from sakip.common.isian import try_isian
from sakip.common.waktu import JAM_KERJA_BAKU, JAM_RAMADAN_BAKU, Sesi

TAHUN = range(2000, 2101)
_LIBUR = ~Q(jenis=HariLibur.Jenis.MASUK)
_CONTOH: dict[str, Mapping[int, tuple[Sesi, ...]]] = {
    "biasa": JAM_KERJA_BAKU,
    "ramadan": JAM_RAMADAN_BAKU,
}


@require_safe
def view_kalender(request: HttpRequest) -> HttpResponse:
    """A year of the office: free days, working days, hours."""
    pelaku, kini = get_pelaku(request), timezone.localdate()
    diminta = request.GET.get("tahun", "")
    tahun = int(diminta) if diminta in map(str, TAHUN) else kini.year
    context = {
        "halaman": get_halaman(pelaku.instansi, tahun=tahun, kini=kini),
        "dapat": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
        "dapat_nasional": request.user.has_perm("organisasi.change_harilibur"),
        "hari_ini": kini,
    }
    return render(request, "organisasi/kalender.html", context)


@require_http_methods(["GET", "POST"])
def edit_libur(request: HttpRequest, libur_id: int | None = None) -> HttpResponse:
    """Add a free day of the office, or change one."""
    pelaku = _require_pengelola(request)
    libur = (
        get_object_or_404(HariLibur, _LIBUR, pk=libur_id, instansi=pelaku.instansi)
        if libur_id
        else HariLibur(instansi=pelaku.instansi, jenis=HariLibur.Jenis.INSTANSI)
    )
    form = LiburForm(request.POST or None, instance=libur)
    if form.is_valid() and try_isian(
        form,
        "tanggal",
        lambda: layanan.save_libur(
            instansi_id=pelaku.instansi.pk,
            isi=layanan.IsianLibur(**form.cleaned_data),
            aktor=pelaku.pengguna,
            now=timezone.now(),
            libur_id=libur_id,
        ),
    ):
        return _kembali(request, _("Hari libur tersimpan."), form.cleaned_data["tanggal"].year)
    return _show(request, "organisasi/libur.html", form, libur=libur if libur_id else None)


@require_http_methods(["GET", "POST"])
def work_on_libur(request: HttpRequest, libur_id: int) -> HttpResponse:
    """Let the office work on a day of the nation."""
    pelaku = _require_pengelola(request)
    libur = get_object_or_404(HariLibur, pk=libur_id, instansi=None)
    form = MasukForm(request.POST or None)
    if form.is_valid():
        layanan.work_on_libur(
            instansi_id=pelaku.instansi.pk,
            libur_id=libur.pk,
            dasar=form.cleaned_data["dasar"],
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
        return _kembali(request, _("Hari itu tetap hari kerja."), libur.tanggal.year)
    return _show(request, "organisasi/libur_masuk.html", form, libur=libur)


@require_POST
def remove_libur(request: HttpRequest, libur_id: int) -> HttpResponse:
    """Make a free day of the office a working day again."""
    pelaku = _require_pengelola(request)
    libur = get_object_or_404(HariLibur, pk=libur_id, instansi=pelaku.instansi)
    layanan.remove_libur(
        instansi_id=pelaku.instansi.pk,
        libur_id=libur.pk,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    return _kembali(request, _("Hari libur dihapus."), libur.tanggal.year)


@require_http_methods(["GET", "POST"])
def import_libur(request: HttpRequest) -> HttpResponse:
    """Add many free days from a pasted list."""
    pelaku = _require_pengelola(request)
    form = ImporLiburForm(request.POST or None)
    if form.is_valid():
        data = dict(form.cleaned_data)
        baris = data.pop("daftar")
        daftar = [layanan.IsianLibur(tanggal=b.tanggal, nama=b.nama, **data) for b in baris]
        banyak = layanan.import_libur(
            instansi_id=pelaku.instansi.pk,
            daftar=daftar,
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
        pesan = _("%(n)d hari libur ditambahkan, %(sudah)d sudah ada.")
        rincian = {"n": banyak, "sudah": len(daftar) - banyak}
        return _kembali(request, pesan % rincian, daftar[0].tanggal.year)
    return _show(request, "organisasi/libur_impor.html", form)


@require_http_methods(["GET", "POST"])
def edit_jam(request: HttpRequest, jam_id: int | None = None) -> HttpResponse:
    """Add a dated set of hours of the office, or change one."""
    pelaku = _require_pengelola(request)
    jam = (
        get_object_or_404(JamKerja, pk=jam_id, instansi=pelaku.instansi)
        if jam_id
        else JamKerja(instansi=pelaku.instansi)
    )
    contoh = _CONTOH.get(request.GET.get("contoh", "biasa"), JAM_KERJA_BAKU)
    ada = (j.jam for j in list_jam_berlaku(pelaku.instansi) if j.mulai == jam.mulai)
    form = JamKerjaForm(request.POST or None, instance=jam, sesi=next(ada, contoh))
    if form.is_valid() and try_isian(
        form,
        "mulai",
        lambda: layanan.save_jam(
            instansi_id=pelaku.instansi.pk,
            isi=_read_jam(form),
            aktor=pelaku.pengguna,
            now=timezone.now(),
            jam_id=jam_id,
        ),
    ):
        return _kembali(request, _("Jam kerja tersimpan."))
    return _show(request, "organisasi/jam_kerja.html", form, jam=jam if jam_id else None)


@require_POST
def remove_jam(request: HttpRequest, jam_id: int) -> HttpResponse:
    """Give up a set of hours of the office."""
    pelaku = _require_pengelola(request)
    jam = get_object_or_404(JamKerja, pk=jam_id, instansi=pelaku.instansi)
    layanan.remove_jam(
        instansi_id=pelaku.instansi.pk, jam_id=jam.pk, aktor=pelaku.pengguna, now=timezone.now()
    )
    return _kembali(request, _("Jam kerja dihapus."))


def _require_pengelola(request: HttpRequest) -> Pelaku:
    """Whoever acts, where he configures the office."""
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Kalender kerja dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return pelaku


def _read_jam(form: JamKerjaForm) -> layanan.IsianJam:
    data = form.cleaned_data
    return layanan.IsianJam(
        nama=data["nama"],
        mulai=data["mulai"],
        selesai=data["selesai"],
        dasar=data["dasar"],
        sesi=form.sesi,
    )


def _show(request: HttpRequest, templat: str, form: forms.BaseForm, **lain: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    return render(request, templat, {"form": form, **lain}, status=status)


def _kembali(request: HttpRequest, pesan: str, tahun: int | None = None) -> HttpResponse:
    messages.success(request, pesan)
    alamat = redirect("organisasi:view-kalender")
    if tahun:
        alamat["Location"] += f"?tahun={tahun}"
    return alamat
