"""Pages of appointments: who holds what, appoint, end, invite."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi import perms
from organisasi.forms.susunan import (
    AkhiriForm,
    TetapkanForm,
    akhir_hari,
    awal_hari,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan
from organisasi.rules.penugasan import is_lama
from organisasi.selectors import (
    list_pemegang_lain,
    list_pengelola,
    list_susunan,
    list_undangan_gagal,
)
from organisasi.services import orang
from organisasi.services.orang import IsianOrang
from organisasi.services.penugasan import (
    PenugasanTidakSah,
    Rencana,
    TumpangTindih,
    end_penugasan,
)
from organisasi.sesi.pintu import ask_sandi
from organisasi.views.susunan import require_manage


@require_safe
def list_penugasan(request: HttpRequest) -> HttpResponse:
    """Every post of the office with its holders."""
    pelaku = get_pelaku(request)
    susunan = list_susunan(pelaku.instansi, pada=timezone.now())
    dapat = perms.can_manage(pelaku.instansi.pk, pelaku.semua)
    context = {
        "susunan": susunan,
        "dapat_mengelola": dapat,
        "undang_lain": {
            p.pengguna_id
            for s in susunan
            for p in [*s.kini, *s.nanti]
            if perms.needs_pengelola_lain(s.jabatan.tingkat, p.pengguna, pelaku.pengguna)
        },
        "undangan_gagal": list_undangan_gagal(pelaku.instansi) if dapat else set(),
    }
    return render(request, "organisasi/pejabat.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, jabatan_id: int) -> HttpResponse:
    """Give one post to a person, known or new; a new one gets an invitation, shown once."""
    pelaku = require_manage(request)
    jabatan = get_object_or_404(Jabatan, pk=jabatan_id, instansi=pelaku.instansi)
    if jeda := ask_sandi(request):
        return jeda
    hari_ini = timezone.localdate()
    form = TetapkanForm(request.POST or None, instansi=pelaku.instansi, initial={"mulai": hari_ini})
    tumpang = None
    if form.is_valid():
        try:
            penugasan = orang.appoint_orang(
                isian=read_orang(form.cleaned_data),
                rencana=_read_rencana(form.cleaned_data, jabatan, pelaku.instansi),
                aktor=pelaku.pengguna,
                now=timezone.now(),
            )
            return _finish(request, penugasan)
        except TumpangTindih as lain:
            tumpang = lain.pesan
        except PenugasanTidakSah as ditolak:
            put_galat(form, ditolak)
    context = {"form": form, "jabatan": jabatan, "tumpang": tumpang}
    status = 422 if form.errors or tumpang else 200
    return render(request, "organisasi/tetapkan.html", context, status=status)


def put_galat(form: Any, ditolak: PenugasanTidakSah) -> None:  # noqa: ANN401 - any form with these fields
    """The refusal beside the fields it is about."""
    for ruas, pesan in ditolak.galat.items():
        form.add_error(ruas if ruas in form.fields else None, pesan)


def read_orang(data: dict[str, Any]) -> IsianOrang:
    """The person of a form."""
    return IsianOrang(**{n: data[n] for n in ("nip", "nama", "surel", "pangkat", "golongan")})


def _read_rencana(data: dict[str, Any], jabatan: Jabatan, instansi: Instansi) -> Rencana:
    zona = instansi.zona_waktu
    return Rencana(
        jabatan=jabatan,
        unit=data["unit"],
        jenis=data["jenis"],
        mulai=awal_hari(data["mulai"], zona),
        selesai=akhir_hari(data["terakhir"], zona),
        dasar=data["dasar"],
        bersama=data["bersama"],
    )


def _finish(request: HttpRequest, penugasan: Penugasan) -> HttpResponse:
    messages.success(
        request,
        _("%(nama)s ditetapkan sebagai %(sebutan)s.")
        % {"nama": penugasan.pengguna.nama, "sebutan": penugasan.sebutan},
    )
    warn_lama(request, penugasan)
    _say_bersama(request, penugasan)
    if not orang.can_invite(penugasan.pengguna, penugasan.jabatan.instansi_id):
        return redirect("organisasi:list-penugasan")
    pelaku = get_pelaku(request)
    if perms.needs_pengelola_lain(penugasan.jabatan.tingkat, penugasan.pengguna, pelaku.pengguna):
        _say_pengelola_lain(request, penugasan)
        return redirect("organisasi:list-penugasan")
    return _invite(request, penugasan.pengguna)


def _say_pengelola_lain(request: HttpRequest, p: Penugasan) -> None:
    """Who can give the invitation that its maker cannot."""
    pelaku = get_pelaku(request)
    semua = list_pengelola(pelaku.instansi.pk, pada=timezone.now())
    lain = [o.nama for o in semua if o.pk not in (pelaku.pengguna.pk, p.pengguna_id)]
    nama = ", ".join(lain) or _("pengelola server (manage.py tautan_sandi)")
    messages.warning(
        request,
        _(
            "Akun baru untuk jabatan pimpinan diundang oleh pengelola lain. Mintalah salah satu "
            "membuka halaman ini, lalu menekan Undang: %(nama)s."
        )
        % {"nama": nama},
    )


def _say_bersama(request: HttpRequest, p: Penugasan) -> None:
    """Who holds the post beside the one just appointed."""
    lain = list_pemegang_lain(p)
    if lain:
        messages.info(
            request,
            _(
                "Jabatan ini pada masa itu juga dipegang %(nama)s; gilirannya dapat dikerjakan "
                "siapa pun di antara mereka."
            )
            % {"nama": ", ".join(f"{o.pengguna.nama} ({o.sebutan})" for o in lain)},
        )


def warn_lama(request: HttpRequest, p: Penugasan) -> None:
    """Say so when acting for another lasts longer than is usual."""
    if is_lama(p.masa):
        messages.warning(
            request,
            _(
                "Penugasan %(jenis)s lazimnya paling lama tiga bulan dan dapat diperpanjang "
                "sekali. Periksa kembali hari terakhirnya."
            )
            % {"jenis": p.get_jenis_display()},
        )


def _invite(request: HttpRequest, pengguna: Pengguna) -> HttpResponse:
    """The invitation goes out by e-mail; without e-mail it stands in this answer only."""
    pelaku = get_pelaku(request)
    jalur = orang.invite_orang(
        pengguna=pengguna,
        instansi_id=pelaku.instansi.pk,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    if jalur is None:
        messages.success(
            request,
            _("Undangan dikirim ke %(surel)s. Berlaku sekali, paling lama tiga hari.")
            % {"surel": pengguna.surel},
        )
        return redirect("organisasi:list-penugasan")
    context = {"pengguna": pengguna, "tautan": request.build_absolute_uri(jalur)}
    return render(request, "organisasi/undangan.html", context)


@never_cache
@require_POST
def invite(request: HttpRequest, penugasan_id: int) -> HttpResponse:
    """A new invitation for a holder who has not chosen a password yet."""
    pelaku = require_manage(request)
    daftar = Penugasan.objects.select_related("pengguna")
    p = get_object_or_404(daftar, pk=penugasan_id, jabatan__instansi=pelaku.instansi)
    if jeda := ask_sandi(request):
        return jeda
    return _invite(request, p.pengguna)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, penugasan_id: int) -> HttpResponse:
    """End one mandate, today or on a later day."""
    pelaku, now = require_manage(request), timezone.now()
    daftar = Penugasan.objects.select_related("pengguna", "jabatan", "unit")
    p = get_object_or_404(daftar, pk=penugasan_id, jabatan__instansi=pelaku.instansi)
    if jeda := ask_sandi(request):
        return jeda
    form = AkhiriForm(request.POST or None)
    if form.is_valid():
        pada = akhir_hari(form.cleaned_data["terakhir"], pelaku.instansi.zona_waktu) or now
        try:
            end_penugasan(
                penugasan_id=p.pk,
                pada=pada,
                alasan=form.cleaned_data["alasan"],
                aktor=pelaku.pengguna,
                now=now,
            )
            messages.success(request, _("Penugasan %(nama)s diakhiri.") % {"nama": p.pengguna.nama})
            return redirect("organisasi:list-penugasan")
        except PenugasanTidakSah as ditolak:
            put_galat(form, ditolak)
    context = {"form": form, "penugasan": p, "belum_mulai": p.mulai > now}
    return render(request, "organisasi/akhiri.html", context, status=422 if form.errors else 200)
