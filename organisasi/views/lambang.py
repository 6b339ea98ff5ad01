"""Page of the letterhead: the emblem, and the paper it is printed on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisasi.services.kertas import save_kertas
from organisasi.services.lambang import MAKS_BYTE, remove_lambang, save_lambang
from organisasi.views.susunan import require_manage
from sakip.common.errors import IsianTidakSah


@require_http_methods(["GET", "HEAD", "POST"])
def edit_lambang(request: HttpRequest) -> HttpResponse:
    """See, change or remove the emblem of the office."""
    pelaku = require_manage(request)
    galat: list[str] = []
    if request.method == "POST":
        siapa = {"instansi_id": pelaku.instansi.pk, "aktor": pelaku.pengguna, "now": timezone.now()}
        berkas = request.FILES.get("berkas")
        try:
            if request.POST.get("aksi") == "kertas":
                save_kertas(kertas=request.POST.get("kertas", ""), **siapa)  # type: ignore[arg-type]  # the three of them
                messages.success(request, _("Ukuran kertas tersimpan."))
            elif request.POST.get("aksi") == "hapus":
                remove_lambang(**siapa)  # type: ignore[arg-type]  # the three of them
                messages.success(request, _("Lambang dihapus dari kop surat."))
            elif berkas is None:
                raise IsianTidakSah(_("Pilih dahulu berkas gambarnya."))
            else:
                save_lambang(isi=berkas.read(MAKS_BYTE + 1), **siapa)  # type: ignore[arg-type]  # the three of them
                messages.success(request, _("Lambang tersimpan dan dipakai kop surat berikutnya."))
            return redirect("organisasi:edit-lambang")
        except IsianTidakSah as ditolak:
            galat = [ditolak.pesan]
    context = {"galat": galat, "dapat_mengelola": True}
    return render(request, "organisasi/lambang.html", context, status=422 if galat else 200)
