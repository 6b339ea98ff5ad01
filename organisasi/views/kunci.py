"""Pages where an office makes and revokes keys of the read-only interface."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from organisasi import perms
from organisasi.forms.kunci import KunciForm
from organisasi.middleware import get_pelaku
from organisasi.models import KunciApi
from organisasi.services.kunci_api import create_kunci, revoke_kunci
from sakip.common.errors import AksesDitolak, IsianTidakSah


@never_cache
@require_http_methods(["GET", "POST"])
def manage_kunci(request: HttpRequest) -> HttpResponse:
    """The keys of the office; a new one is shown once, in the answer that made it."""
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengelola kunci API instansi ini."))
    form, token = KunciForm(request.POST or None), ""
    if form.is_valid():
        try:
            _kunci, token = create_kunci(
                instansi_id=pelaku.instansi.pk,
                aktor=pelaku.pengguna,
                now=timezone.now(),
                **form.cleaned_data,
            )
            form = KunciForm()
        except IsianTidakSah as ditolak:
            form.add_error("berlaku_sampai", ditolak.pesan)
    kini = timezone.now()
    daftar = KunciApi.objects.filter(instansi=pelaku.instansi).select_related(
        "dibuat_oleh", "instansi"
    )
    context = {
        "form": form,
        "token": token,
        "daftar": [(k, k.is_berlaku(kini)) for k in daftar],
        "alamat": request.build_absolute_uri("/api/v1/"),
    }
    status = 422 if form.errors else 200
    return render(request, "organisasi/kunci_api.html", context, status=status)


@require_POST
def revoke(request: HttpRequest, kunci_id: int) -> HttpResponse:
    """End one key of the office."""
    pelaku = get_pelaku(request)
    get_object_or_404(KunciApi, pk=kunci_id, instansi=pelaku.instansi)
    kunci = revoke_kunci(
        kunci_id=kunci_id,
        instansi_id=pelaku.instansi.pk,
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("Kunci %(nama)s sudah dicabut.") % {"nama": kunci.nama})
    return redirect("organisasi:manage-kunci")
