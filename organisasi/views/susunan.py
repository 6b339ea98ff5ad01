"""Pages where an office manages its units and posts."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi import perms
from organisasi.forms.susunan import JabatanForm, UnitForm
from organisasi.middleware import Pelaku, get_pelaku
from organisasi.models import Jabatan, UnitKerja
from organisasi.selectors import list_pohon_unit, list_riwayat_pemegang
from organisasi.services import susunan
from organisasi.services.susunan import IsianJabatan, IsianUnit
from organisasi.sesi.pintu import ask_sandi
from sakip.common.errors import AksesDitolak
from sakip.common.isian import try_isian


def require_manage(request: HttpRequest) -> Pelaku:
    """The person, who configures the office in use.

    Raises:
        AksesDitolak: he does not.
    """
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Susunan instansi dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return pelaku


@require_http_methods(["GET", "POST"])
def manage_unit(request: HttpRequest) -> HttpResponse:
    """The tree of units; managers add one here."""
    pelaku, now = get_pelaku(request), timezone.now()
    form = UnitForm(request.POST or None, instansi=pelaku.instansi)
    if request.method == "POST":
        require_manage(request)
        if form.is_valid() and try_isian(
            form,
            None,
            lambda: susunan.create_unit(
                instansi_id=pelaku.instansi.pk,
                isian=IsianUnit(**form.cleaned_data),
                aktor=pelaku.pengguna,
                now=now,
            ),
        ):
            messages.success(request, _("%(nama)s ditambahkan.") % form.cleaned_data)
            return redirect("organisasi:manage-unit")
    context = {
        "form": form,
        "pohon": list_pohon_unit(pelaku.instansi),
        "dapat_mengelola": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "organisasi/unit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def update_unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Name, kind and parent of one unit."""
    pelaku = require_manage(request)
    unit = get_object_or_404(UnitKerja, pk=unit_id, instansi=pelaku.instansi)
    awal = {"nama": unit.nama, "jenis": unit.jenis, "induk": unit.induk_id}
    form = UnitForm(request.POST or None, instansi=pelaku.instansi, initial=awal)
    if form.is_valid() and try_isian(
        form,
        None,
        lambda: susunan.update_unit(
            unit_id=unit.pk,
            isian=IsianUnit(**form.cleaned_data),
            aktor=pelaku.pengguna,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Unit kerja disimpan."))
        return redirect("organisasi:manage-unit")
    context = {"form": form, "unit": unit}
    return render(request, "organisasi/unit_ubah.html", context, status=422 if form.errors else 200)


@require_POST
def change_unit(request: HttpRequest, unit_id: int, aksi: str) -> HttpResponse:
    """Move a unit up or down, close it, or open it again."""
    pelaku = require_manage(request)
    unit = get_object_or_404(UnitKerja, pk=unit_id, instansi=pelaku.instansi)
    siapa: dict[str, Any] = {"unit_id": unit.pk, "aktor": pelaku.pengguna, "now": timezone.now()}
    if aksi in ("naik", "turun"):
        susunan.move_unit(naik=aksi == "naik", **siapa)
    else:
        susunan.close_unit(buka=aksi == "buka", **siapa)
        kata = _("%(nama)s dibuka.") if aksi == "buka" else _("%(nama)s ditutup.")
        messages.success(request, kata % {"nama": unit.nama})
    return redirect("organisasi:manage-unit")


@require_http_methods(["GET", "POST"])
def create_jabatan(request: HttpRequest) -> HttpResponse:
    """A new post."""
    pelaku = require_manage(request)
    if jeda := ask_sandi(request):
        return jeda
    form = JabatanForm(request.POST or None, instansi=pelaku.instansi)
    if form.is_valid() and try_isian(
        form,
        None,
        lambda: susunan.create_jabatan(
            instansi_id=pelaku.instansi.pk,
            isian=IsianJabatan(**form.cleaned_data),
            aktor=pelaku.pengguna,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("%(nama)s ditambahkan.") % form.cleaned_data)
        return redirect("organisasi:list-penugasan")
    return render(
        request, "organisasi/jabatan_ubah.html", {"form": form}, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def update_jabatan(request: HttpRequest, jabatan_id: int) -> HttpResponse:
    """Name, level, aliases and superior of one post."""
    pelaku = require_manage(request)
    jabatan = get_object_or_404(Jabatan, pk=jabatan_id, instansi=pelaku.instansi)
    if jeda := ask_sandi(request):
        return jeda
    awal = {
        "nama": jabatan.nama,
        "tingkat": jabatan.tingkat,
        "alias": "\n".join(jabatan.alias),
        "atasan": jabatan.atasan_id,
    }
    form = JabatanForm(request.POST or None, instansi=pelaku.instansi, initial=awal)
    if form.is_valid() and try_isian(
        form,
        None,
        lambda: susunan.update_jabatan(
            jabatan_id=jabatan.pk,
            isian=IsianJabatan(**form.cleaned_data),
            aktor=pelaku.pengguna,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Jabatan disimpan."))
        return redirect("organisasi:view-jabatan", jabatan_id=jabatan.pk)
    context = {"form": form, "jabatan": jabatan}
    return render(
        request, "organisasi/jabatan_ubah.html", context, status=422 if form.errors else 200
    )


@require_safe
def view_jabatan(request: HttpRequest, jabatan_id: int) -> HttpResponse:
    """One post: its aliases, and everybody who held, holds or will hold it."""
    pelaku, kini = get_pelaku(request), timezone.now()
    jabatan = get_object_or_404(
        Jabatan.objects.select_related("atasan"), pk=jabatan_id, instansi=pelaku.instansi
    )
    context = {
        "jabatan": jabatan,
        "riwayat": list_riwayat_pemegang(jabatan),
        "kini": kini,
        "dapat_mengelola": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "organisasi/jabatan.html", context)
