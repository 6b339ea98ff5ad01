"""Who has handed in what: the year of an office, one triwulan of it in front."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from kinerja import perms
from kinerja.rules.periode import Periode, find_periode, parse_periode, step_periode
from kinerja.selectors import list_matriks, list_tahun
from kinerja.selectors.unduhan import list_tabel_matriks
from organisasi.middleware import get_pelaku
from sakip.common.unduhan import read_bentuk, unduh


@require_safe
def list_capaian(request: HttpRequest) -> HttpResponse:
    """The matrix of one's office; on a phone the triwulan asked for, else the one reported on."""
    pelaku = get_pelaku(request)
    hari = timezone.now().astimezone(pelaku.instansi.zona_waktu).date()
    kini = find_periode(hari)
    daftar_tahun = list_tahun(pelaku.instansi, kini=kini.tahun)
    periode = _read_periode(request, step_periode(kini, -1), daftar_tahun)
    matriks = list_matriks(pelaku.instansi, periode.tahun)
    if bentuk := read_bentuk(request):
        nama = f"capaian-{pelaku.instansi.kode}-{periode.tahun}"
        return unduh(list_tabel_matriks(matriks), nama, bentuk)
    context = {
        "matriks": matriks,
        "kolom": matriks.list_kolom(periode),
        "daftar_tahun": daftar_tahun,
        "dapat_mengingatkan": perms.find_pengingat(pelaku.instansi.pk, pelaku.semua) is not None,
    }
    return render(request, "kinerja/list_capaian.html", context)


def _read_periode(request: HttpRequest, bawaan: Periode, tahun: list[int]) -> Periode:
    """The triwulan asked for, or the last one of a year asked for."""
    diminta = parse_periode(request.GET.get("periode", ""))
    if diminta and diminta.tahun in tahun:
        return diminta
    teks = request.GET.get("tahun", "")
    if teks not in map(str, tahun) or int(teks) == bawaan.tahun:
        return bawaan
    return Periode(int(teks), 1 if int(teks) > bawaan.tahun else 4)
