"""Pages of appointments: who holds what, appoint, end, invite."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import SetPasswordForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi import perms
from organisasi.forms.susunan import (
    AkhiriForm,
    SandiForm,
    TetapkanForm,
    akhir_hari,
    awal_hari,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi, Jabatan, Pengguna, Penugasan
from organisasi.rules.penugasan import is_lama
from organisasi.selectors import list_susunan
from organisasi.services import orang
from organisasi.services.orang import IsianOrang
from organisasi.services.penugasan import (
    PenugasanTidakSah,
    Rencana,
    TumpangTindih,
    end_penugasan,
)
from organisasi.views.susunan import require_manage


@require_safe
def list_penugasan(request: HttpRequest) -> HttpResponse:
    """Every post of the office with its holders."""
    pelaku = get_pelaku(request)
    context = {
        "susunan": list_susunan(pelaku.instansi, pada=timezone.now()),
        "dapat_mengelola": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "organisasi/pejabat.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
def appoint(request: HttpRequest, jabatan_id: int) -> HttpResponse:
    """Give one post to a person, known or new; a new one gets an invitation, shown once."""
    pelaku = require_manage(request)
    jabatan = get_object_or_404(Jabatan, pk=jabatan_id, instansi=pelaku.instansi)
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
            form.add_error(None, tumpang)
        except PenugasanTidakSah as ditolak:
            put_galat(form, ditolak)
    context = {"form": form, "jabatan": jabatan, "tumpang": tumpang}
    status = 422 if form.errors else 200
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
    if orang.can_invite(penugasan.pengguna, penugasan.jabatan.instansi_id):
        return _show_undangan(request, penugasan.pengguna)
    return redirect("organisasi:list-penugasan")


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


def _show_undangan(request: HttpRequest, pengguna: Pengguna) -> HttpResponse:
    """The invitation, in this answer only."""
    pelaku = get_pelaku(request)
    uid, token = orang.make_undangan(
        pengguna=pengguna,
        instansi_id=pelaku.instansi.pk,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    tautan = request.build_absolute_uri(reverse("organisasi:accept-undangan", args=[uid, token]))
    context = {"pengguna": pengguna, "tautan": tautan}
    return render(request, "organisasi/undangan.html", context)


@never_cache
@require_POST
def invite(request: HttpRequest, penugasan_id: int) -> HttpResponse:
    """A new invitation for a holder who has not chosen a password yet."""
    pelaku = require_manage(request)
    daftar = Penugasan.objects.select_related("pengguna")
    p = get_object_or_404(daftar, pk=penugasan_id, jabatan__instansi=pelaku.instansi)
    return _show_undangan(request, p.pengguna)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, penugasan_id: int) -> HttpResponse:
    """End one mandate, today or on a later day."""
    pelaku, now = require_manage(request), timezone.now()
    daftar = Penugasan.objects.select_related("pengguna", "jabatan", "unit")
    p = get_object_or_404(daftar, pk=penugasan_id, jabatan__instansi=pelaku.instansi)
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


@method_decorator(login_not_required, name="dispatch")
@method_decorator(sensitive_post_parameters(), name="dispatch")
class UndanganView(auth_views.PasswordResetConfirmView):
    """Whoever got the invitation chooses the first password of the account."""

    template_name = "organisasi/undangan_terima.html"
    form_class = SandiForm
    reset_url_token = "sandi"  # noqa: S105 - a word of the address, no secret
    success_url = reverse_lazy("organisasi:sign-in")

    def form_valid(self, form: "SetPasswordForm[Pengguna]") -> HttpResponse:
        """Say what comes next."""
        messages.success(self.request, _("Kata sandi tersimpan. Masuk dengan NIP Anda."))
        return super().form_valid(form)

    def form_invalid(self, form: "SetPasswordForm[Pengguna]") -> HttpResponse:
        """Answer 422; passwords are never shown again."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
