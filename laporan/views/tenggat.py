"""Deadlines that people move: an extension by a superior, a recount by the working calendar."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from laporan.forms.draf import PerpanjanganForm
from laporan.models import Draf, Tugas
from laporan.selectors.draf import Perjalanan, get_perjalanan
from laporan.selectors.waktu import list_dapat_diperpanjang, list_pergeseran
from laporan.services.tenggat import Permintaan, extend_tenggat, recompute_tenggat
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from organisasi.perms import can_manage
from organisasi.selectors import get_kalender
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.waktu import Durasi, SatuanWaktu, add_durasi


@require_http_methods(["GET", "POST"])
def extend_draf(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Give the open turns of a draft more time, with a reason."""
    draf, kini = fetch_draf(request, draf_id), timezone.now()
    perjalanan = get_perjalanan(draf, kini=kini)
    tugas = _require_dapat(request, draf, perjalanan)
    pilihan = [(t.pk, _kata_tugas(t)) for t in tugas]
    form = PerpanjanganForm(
        request.POST or None, tugas=pilihan, initial=_usul(draf, tugas, kini=kini)
    )
    if request.method == "POST" and form.is_valid():
        try:
            extend_tenggat(
                draf_id=draf.pk,
                permintaan=_read_permintaan(draf, form),
                aktor=get_pelaku(request).pengguna,
                now=kini,
            )
        except IsianTidakSah as keliru:
            form.add_error("tanggal", keliru.pesan)
        else:
            messages.success(request, _("Tenggat diperpanjang dan tercatat pada riwayat."))
            return redirect(draf)
    context = {"draf": draf, "form": form, "perjalanan": perjalanan, "tugas": tugas}
    status = 422 if form.errors else 200
    return render(request, "laporan/perpanjang.html", context, status=status)


def _require_dapat(request: HttpRequest, draf: Draf, perjalanan: Perjalanan) -> list[Tugas]:
    """Turns this person may extend; otherwise the reason why there are none."""
    mandat = get_pelaku(request).semua
    dapat = list_dapat_diperpanjang(draf, perjalanan.tugas, graf=perjalanan.graf, penugasan=mandat)
    if dapat:
        return dapat
    if not draf.is_aktif or not any(t.tenggat for t in perjalanan.tugas):
        raise TransisiDitolak(_("Laporan ini tidak mempunyai tenggat yang dapat diperpanjang."))
    raise AksesDitolak(
        _("Tenggat diperpanjang oleh atasan pelaksananya, bukan oleh pelaksana sendiri.")
    )


def _kata_tugas(tugas: Tugas) -> str:
    return f"{tugas.jabatan}, {tugas.unit}" if tugas.unit else str(tugas.jabatan)


def _usul(draf: Draf, tugas: list[Tugas], *, kini: datetime) -> dict[str, object]:
    """One working day later than the latest deadline, for every turn."""
    kalender = get_kalender(draf.instansi, sekitar=kini.date())
    akhir = max([kini, *(t.tenggat for t in tugas if t.tenggat)])
    usul = add_durasi(akhir, Durasi(1, SatuanWaktu.HARI_KERJA), kalender)
    setempat = usul.astimezone(kalender.zona)
    return {
        "tanggal": setempat.date(),
        "jam": setempat.time(),
        "tugas": [t.pk for t in tugas],
    }


def _read_permintaan(draf: Draf, form: PerpanjanganForm) -> Permintaan:
    data = form.cleaned_data
    sampai = datetime.combine(data["tanggal"], data["jam"], draf.instansi.zona_waktu)
    return Permintaan(tuple(data["tugas"]), sampai, data["alasan"])


@require_http_methods(["GET", "POST"])
def recompute(request: HttpRequest) -> HttpResponse:
    """Which deadlines the working calendar no longer agrees with; POST sets them anew."""
    pelaku, kini = get_pelaku(request), timezone.now()
    if request.method == "POST":
        banyak = recompute_tenggat(instansi=pelaku.instansi, aktor=pelaku.pengguna, now=kini)
        messages.success(request, _("%(n)d tenggat dihitung ulang.") % {"n": banyak})
        return redirect("laporan:recompute-tenggat")
    context = {
        "daftar": list_pergeseran(pelaku.instansi, kini=kini),
        "dapat": can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "laporan/hitung_ulang.html", context)
