"""Starting, reading and halting a report."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.draf import AlasanForm, LaporanBaruForm
from laporan.models import Draf, Efek
from laporan.perms import find_pemberi_izin
from laporan.selectors import draf as selectors
from laporan.selectors.akses import visible_draf
from laporan.selectors.catatan import group_catatan, list_catatan
from laporan.selectors.cerita import tell_cerita
from laporan.selectors.diagram import build_diagram
from laporan.selectors.izin import find_izin
from laporan.selectors.kirim import list_kirim_draf
from laporan.selectors.koreksi import get_koreksi
from laporan.selectors.meja import find_tugas_saya, list_jenis_dapat_dimulai
from laporan.selectors.naskah import build_tampilan, get_versi_terakhir
from laporan.selectors.pembukaan import get_pembukaan
from laporan.selectors.pendahulu import get_pendahulu
from laporan.selectors.riwayat import list_riwayat
from laporan.selectors.waktu import list_dapat_diperpanjang
from laporan.services.draf import (
    LaporanBaru,
    PendahuluBelumSelesai,
    SudahAda,
    cancel_draf,
    resume_draf,
    start_draf,
    suspend_draf,
)
from laporan.views.kertas import show_kertas
from laporan.views.perjanjian_baru import create_perjanjian, create_rencana_aksi
from organisasi.middleware import get_pelaku
from organisasi.perms import holds_pos
from sakip.common.errors import IsianTidakSah
from sop.models import SOP, VersiSOP

_PERUBAHAN = {"tangguhkan": suspend_draf, "lanjutkan": resume_draf, "batalkan": cancel_draf}


def fetch_draf(request: HttpRequest, draf_id: int) -> Draf:
    """The draft, or 404 for a stranger."""
    pelaku = get_pelaku(request)
    daftar = visible_draf(pelaku.pengguna, pelaku.semua).select_related(
        "versi__sop", "instansi", "sop", "perjanjian__instansi", "perjanjian__unit"
    )
    return get_object_or_404(daftar, pk=draf_id)


@require_http_methods(["GET", "HEAD", "POST"])
def create_draf(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Order a report on a published SOP."""
    pelaku, kini = get_pelaku(request), timezone.now()
    versi = get_object_or_404(
        VersiSOP.objects.select_related("sop"), pk=versi_id, sop__instansi=pelaku.instansi
    )
    dapat = list_jenis_dapat_dimulai(pelaku, versi)
    if versi.sop.menghasilkan == SOP.Menghasilkan.PERJANJIAN_KINERJA:
        return create_perjanjian(request, versi, dapat=bool(dapat))
    if versi.sop.menghasilkan == SOP.Menghasilkan.RENCANA_AKSI:
        return create_rencana_aksi(request, versi, dapat=bool(dapat))
    awal = {
        "tahun": request.GET.get("tahun", kini.year),
        "periode": request.GET.get("periode", "triwulan-3"),
    }
    form = LaporanBaruForm(request.POST or None, initial=awal, jenis=dapat or Draf.Jenis.values)
    context = {"form": form, "versi": versi, "dapat": bool(dapat)}
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "laporan/draf_baru.html", context, status=status)
    jenis, nomor = form.cleaned_data["periode"]
    baru = LaporanBaru(jenis, form.cleaned_data["tahun"], nomor)
    try:
        draf = start_draf(versi=versi, laporan=baru, aktor=pelaku.pengguna, now=kini)
    except SudahAda as ada:
        form.add_error("periode", ada.pesan)
        context["sudah_ada"] = ada.draf
        return render(request, "laporan/draf_baru.html", context, status=422)
    except PendahuluBelumSelesai as belum:
        context |= {"pendahulu": belum.pendahulu, "jenis_dapat": dapat}
        return render(request, "laporan/draf_baru.html", context, status=409)
    messages.success(request, _("%(judul)s dimulai.") % {"judul": draf.judul})
    milik = find_tugas_saya(pelaku, list(draf.tugas.select_related("jabatan", "unit")))
    return redirect(milik or draf)


@require_safe
def view_draf(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Read a draft: where it lies, what it says."""
    draf, pelaku, kini = fetch_draf(request, draf_id), get_pelaku(request), timezone.now()
    perjalanan = selectors.get_perjalanan(draf, kini=kini)
    graf, versi = perjalanan.graf, get_versi_terakhir(draf)
    izin = find_izin(draf, pelaku)
    pembukaan = get_pembukaan(draf, graf)
    koreksi = get_koreksi(draf, versi, pelaku, perjalanan.tugas)
    context = {
        "draf": draf,
        "perjalanan": perjalanan,
        "diagram": build_diagram(draf, perjalanan, kini=kini),
        "tugas_saya": koreksi.tugas,
        "versi": versi,
        **show_kertas(request, koreksi, build_tampilan(draf, versi, pada=kini)),
        "efek": selectors.get_efek_terakhir(draf, Efek.Jenis.BEKUKAN),
        "tanda_tangan": selectors.get_tanda_tangan(draf),
        "catatan": list_catatan(draf),
        # A named reader was given this report, not those before it.
        "pendahulu": not izin
        and get_pendahulu(
            draf.sop, graf, jenis=draf.jenis, tahun=draf.tahun, periode_ke=draf.periode_ke
        ),
        "izin": izin,
        "dapat_memberi_izin": find_pemberi_izin(draf.instansi_id, pelaku.semua),
        "dapat_mengatur": selectors.can_control(pelaku, graf, draf),
        "dapat_memperpanjang": list_dapat_diperpanjang(
            draf, perjalanan.tugas, graf=graf, penugasan=pelaku.semua
        ),
        "dapat_membuka": pembukaan is not None and pembukaan.list_milik(pelaku.semua),
        "alasan_form": AlasanForm(),
    }
    return render(request, "laporan/draf.html", context)


@require_safe
def view_riwayat(request: HttpRequest, draf_id: int) -> HttpResponse:
    """The story of a draft: who did what, as what, when, and why it came back."""
    draf = fetch_draf(request, draf_id)
    catatan = group_catatan(list_catatan(draf))
    # Joint actors share their record; it stands with the turn that closed first.
    cerita = [(t, catatan.pop(getattr(t, "kunjungan_id", 0), [])) for t in list_riwayat(draf)[::-1]]
    context = {
        "draf": draf,
        "riwayat": cerita[::-1],
        "dapat_mencatat": holds_pos(draf.instansi_id, get_pelaku(request).semua),
        "kirim": list_kirim_draf(draf, timezone.localdate()),
    }
    return render(request, "laporan/riwayat.html", context)


@require_safe
def view_jejak(request: HttpRequest, draf_id: int) -> HttpResponse:
    """The audit trail of a draft, act by act, and whether its chain holds."""
    draf = fetch_draf(request, draf_id)
    return render(request, "laporan/jejak.html", {"draf": draf, "cerita": tell_cerita(draf)})


@require_POST
def change_draf(request: HttpRequest, draf_id: int, aksi: str) -> HttpResponse:
    """Halt, resume or cancel, with a reason."""
    draf = fetch_draf(request, draf_id)
    form = AlasanForm(request.POST)
    if not form.is_valid():
        raise IsianTidakSah(_("Tuliskan alasannya, lalu kirim kembali."))
    alasan = form.cleaned_data["alasan"]
    draf = _PERUBAHAN[aksi](
        draf_id=draf.pk, aktor=get_pelaku(request).pengguna, alasan=alasan, now=timezone.now()
    )
    messages.success(
        request, _("Laporan kini %(status)s.") % {"status": draf.get_status_display().lower()}
    )
    return redirect(draf)
