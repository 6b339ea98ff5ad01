"""The page where an office sets how its percentages are judged."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinerja import perms
from kinerja.forms.pengaturan import PengaturanForm
from kinerja.selectors.pengaturan import get_pengaturan
from kinerja.services.pengaturan import save_pengaturan
from organisasi.middleware import get_pelaku
from sakip.common.errors import AksesDitolak, IsianTidakSah


@require_http_methods(["GET", "POST"])
def edit_pengaturan(request: HttpRequest) -> HttpResponse:
    """Scale and limits of one's office, for those who plan."""
    pelaku = get_pelaku(request)
    if not perms.can_plan(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengatur kategori capaian."))
    form = PengaturanForm(request.POST or None, pengaturan=get_pengaturan(pelaku.instansi.pk))
    if form.is_valid():
        try:
            save_pengaturan(
                instansi_id=pelaku.instansi.pk,
                baru=form.to_baru(),
                aktor=pelaku.pengguna,
                now=timezone.now(),
            )
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        else:
            messages.success(request, _("Kategori capaian tersimpan."))
            return redirect("kinerja:edit-pengaturan")
    status = 422 if form.errors else 200
    return render(request, "kinerja/pengaturan.html", {"form": form}, status=status)
