"""Pages that look over the figures of a whole office: rekap, and one indikator over time."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kinerja import perms
from kinerja.models import Indikator
from kinerja.rules.periode import Periode, find_periode, parse_periode, step_periode
from kinerja.selectors import list_tahun
from kinerja.selectors.banding import list_banding
from kinerja.selectors.daerah import get_daerah
from kinerja.selectors.gambar import draw_banding, draw_indikator
from kinerja.selectors.kamus import list_kamus, list_label
from kinerja.selectors.rekap import get_rekap, list_riwayat_indikator
from kinerja.selectors.unduhan import (
    list_tabel_daerah,
    list_tabel_indikator,
    list_tabel_rekap,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.errors import AksesDitolak
from sakip.common.unduhan import read_bentuk, unduh


@require_safe
def view_rekap(request: HttpRequest) -> HttpResponse:
    """How the office stands in one triwulan, and how it came there."""
    instansi = get_pelaku(request).instansi
    periode = _read_periode(request, instansi)
    tahun = list_tahun(instansi, kini=periode.tahun)
    pilihan = [Periode(t, n) for t in tahun for n in (4, 3, 2, 1)]
    rekap = get_rekap(instansi, periode, label=request.GET.get("label", ""))
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_rekap(rekap), f"rekap-{instansi.kode}-{periode.kode}", bentuk)
    context = {
        "rekap": rekap,
        "label": request.GET.get("label", ""),
        "daftar_label": list_label(instansi),
        "pilihan": pilihan,
        "pembina": perms.find_pembinaan(get_pelaku(request).semua),
    }
    return render(request, "kinerja/rekap.html", context)


@require_safe
def view_daerah(request: HttpRequest) -> HttpResponse:
    """Every office of the government, for its pembina."""
    pelaku = get_pelaku(request)
    pemerintah = perms.find_pembinaan(pelaku.semua)
    if not pemerintah:
        raise AksesDitolak(_("Rekap seluruh perangkat daerah dibaca oleh pembina SAKIP daerah."))
    periode = _read_periode(request, pelaku.instansi)
    pilihan = [step_periode(periode, n) for n in range(4, -9, -1)]
    daerah = get_daerah(pemerintah, periode)
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_daerah(daerah), f"perangkat-daerah-{periode.kode}", bentuk)
    context = {"daerah": daerah, "pilihan": pilihan}
    return render(request, "kinerja/daerah.html", context)


@require_safe
def view_indikator(request: HttpRequest, indikator_id: int) -> HttpResponse:
    """Kamus of one indikator and its figures over time; 404 for people of other offices."""
    instansi = get_pelaku(request).instansi
    milik = Indikator.objects.filter(sasaran__tujuan__instansi=instansi)
    indikator = get_object_or_404(milik.select_related("sasaran__tujuan", "unit"), pk=indikator_id)
    akhir = Periode(indikator.sasaran.tujuan.tahun_akhir, 4)
    periode = min(_read_periode(request, instansi), akhir)
    titik = list_riwayat_indikator(indikator, periode)
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_indikator(indikator, titik), f"indikator-{indikator.kode}", bentuk)
    banding = list_banding([indikator], periode)[indikator.pk]
    context = {
        "indikator": indikator,
        "periode": periode,
        "titik": titik,
        "grafik": draw_indikator(indikator.nama, titik),
        "banding": banding,
        "grafik_tahun": draw_banding(banding),
        "kamus": list_kamus(instansi, indikator=[indikator.pk])[0],
        "bisa_ubah": perms.can_plan(instansi.pk, get_pelaku(request).semua),
    }
    return render(request, "kinerja/indikator.html", context)


def _read_periode(request: HttpRequest, instansi: Instansi) -> Periode:
    """The triwulan asked for; without one the last that has ended, which is the one reported on."""
    diminta = parse_periode(request.GET.get("periode", ""))
    hari = timezone.now().astimezone(instansi.zona_waktu).date()
    return diminta or step_periode(find_periode(hari), -1)
