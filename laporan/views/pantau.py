"""Pemantauan: how the SOPs of an office fare."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from laporan.forms.draf import SEBAB
from laporan.forms.pantau import PantauForm
from laporan.perms import can_see_nama, find_penilai
from laporan.rules.rentang import Rentang, list_rentang
from laporan.selectors import pantau as selectors
from laporan.selectors.pemegang import list_di_meja
from laporan.selectors.penilaian import list_formulir
from laporan.selectors.unduhan import list_tabel_pantau
from laporan.selectors.versi import compare_versi
from organisasi.middleware import get_pelaku
from sakip.common.unduhan import read_bentuk, unduh
from sop.models import VersiSOP

# So many years back the list of periods reaches; older ones are chosen by date.
_TAHUN_PILIHAN = 3


@dataclass(frozen=True)
class Pilihan:
    """What the page is about; versi None where the office has no SOP in force yet."""

    form: PantauForm
    versi: VersiSOP | None
    rentang: Rentang | None


@require_safe
def monitor_sop(request: HttpRequest) -> HttpResponse:
    """Real time against standard time of one SOP, and who holds what since when."""
    kini = timezone.now()
    pilihan = read_pilihan(request, kini)
    context = {"form": pilihan.form, "kini": kini}
    if pilihan.versi and pilihan.rentang:
        if bentuk := read_bentuk(request):
            tabel = list_tabel_pantau(selectors.get_pantau(pilihan.versi, pilihan.rentang))
            return unduh(tabel, f"pemantauan-{pilihan.versi.sop.kode}", bentuk)
        context |= _show(request, pilihan.versi, pilihan.rentang, kini)
    status = 422 if pilihan.form.errors else 200
    return render(request, "laporan/pantau.html", context, status=status)


def read_pilihan(request: HttpRequest, kini: datetime) -> Pilihan:
    """The version and period asked for; without a question, where there is something to see."""
    instansi = get_pelaku(request).instansi
    versi = selectors.list_versi(instansi)
    hari = kini.astimezone(instansi.zona_waktu).date()
    awal = selectors.guess_rentang(versi[0], kini=kini) if versi else None
    daftar = list_rentang(hari, hari.year - _TAHUN_PILIHAN)
    if awal and awal not in daftar:
        daftar.append(awal)
    bawaan = {"versi": versi[0].versi.pk, "periode": awal.kode} if awal else {}
    data = {**bawaan, **request.GET.dict()} if request.GET else None
    form = PantauForm(data, initial=bawaan, versi=versi, rentang=daftar)
    if not request.GET:
        return Pilihan(form, versi[0].versi if versi else None, awal)
    if not form.is_valid():
        return Pilihan(form, None, None)
    dipilih = next(p for p in versi if p.versi.pk == form.cleaned_data["versi"])
    return Pilihan(form, dipilih.versi, form.cleaned_data["rentang"])


def _show(
    request: HttpRequest, versi: VersiSOP, rentang: Rentang, kini: datetime
) -> dict[str, object]:
    pelaku = get_pelaku(request)
    bernama = can_see_nama(pelaku.instansi.pk, pelaku.semua)
    return {
        "pantau": selectors.get_pantau(versi, rentang),
        "sebab": selectors.list_sebab(versi, rentang, [nilai for nilai, _teks in SEBAB]),
        "di_meja": list_di_meja(versi.sop, kini=kini, bernama=bernama),
        "banding": compare_versi(versi.sop),
        "bernama": bernama,
        "formulir": list_formulir(versi, rentang),
        "boleh_menilai": find_penilai(pelaku.instansi.pk, pelaku.semua) is not None,
    }
