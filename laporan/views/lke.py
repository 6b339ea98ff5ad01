"""Evidence for the evaluation of accountability: what is proven, and the package to take away."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laporan.models import PaketLKE
from laporan.rules.lke import Keadaan
from laporan.selectors.bukti_lke import read_bahan, show_lke
from laporan.services.paket_lke import KATA, request_paket
from organisasi import perms
from organisasi.middleware import Pelaku, get_pelaku
from sakip.common.berkas import open_berkas
from sakip.common.errors import AksesDitolak, IsianTidakSah

TAHUN = range(2020, 2101)
_WARNA = {
    Keadaan.LENGKAP: ("daun", "circle-check"),
    Keadaan.SEBAGIAN: ("kunyit", "circle-dashed"),
    Keadaan.BELUM: ("bata", "circle-x"),
    Keadaan.LUAR: ("", "info"),
}


@require_safe
def show_bukti(request: HttpRequest) -> HttpResponse:
    """What the office's records prove of each criterion."""
    pelaku = _require_penyiap(request)
    kini = timezone.localdate().year
    diminta = request.GET.get("tahun", "")
    tahun = int(diminta) if diminta in map(str, TAHUN) else kini
    semua = list(show_lke(read_bahan(pelaku.instansi, tahun)))
    keadaan = [b.keadaan for _k, daftar in semua for b in daftar]
    context = {
        "tahun": tahun,
        "komponen": [
            (k, [(b, KATA[b.keadaan], *_WARNA[b.keadaan]) for b in daftar]) for k, daftar in semua
        ],
        "terbukti": keadaan.count(Keadaan.LENGKAP),
        "dinilai": len(keadaan) - keadaan.count(Keadaan.LUAR),
        "paket": PaketLKE.objects.filter(instansi=pelaku.instansi, tahun=tahun).order_by("-pk")[:5],
    }
    return render(request, "laporan/lke.html", context)


@require_POST
def order_paket(request: HttpRequest) -> HttpResponse:
    """Ask for a package."""
    pelaku = _require_penyiap(request)
    tahun = request.POST.get("tahun", "")
    if tahun not in map(str, TAHUN):
        raise IsianTidakSah(_("Pilih tahun pada halaman Bukti LKE, lalu ulangi."))
    request_paket(
        instansi_id=pelaku.instansi.pk,
        tahun=int(tahun),
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("Paket sedang disiapkan. Muat ulang halaman ini sebentar lagi."))
    response = redirect("laporan:show-lke")
    response["Location"] += f"?tahun={tahun}"
    return response


@require_safe
def download_paket(request: HttpRequest, paket_id: int) -> FileResponse:
    """The package of one's own office."""
    pelaku = _require_penyiap(request)
    paket = get_object_or_404(
        PaketLKE, pk=paket_id, instansi=pelaku.instansi, status=PaketLKE.Status.SELESAI
    )
    buang = Http404(_("Paket ini sudah dibuang. Buat paket yang baru."))
    if not paket.berkas:
        raise buang
    try:
        berkas, ukuran = open_berkas(paket.berkas)
    except FileNotFoundError:
        raise buang from None
    nama = f"bukti-lke-{pelaku.instansi.kode}-{paket.tahun}.zip"
    return FileResponse(
        berkas,
        as_attachment=True,
        filename=nama,
        content_type="application/zip",
        headers={"Content-Length": str(ukuran)},
    )


def _require_penyiap(request: HttpRequest) -> Pelaku:
    pelaku = get_pelaku(request)
    if not perms.can_prepare(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Bukti LKE disiapkan oleh kepala, sekretaris, perencana, atau pengelola aplikasi.")
        )
    return pelaku
