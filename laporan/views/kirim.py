"""Delivery: what the office still owes to whom, the record of one, and the receivers."""

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from laporan.forms.kirim import KirimForm, TujuanForm
from laporan.models import Draf, Penyampaian, TujuanKirim
from laporan.selectors.kirim import BarisKirim, list_kirim, list_kirim_draf, list_tujuan
from laporan.services.kirim import record_penyampaian, save_tujuan
from laporan.views.draf import fetch_draf
from organisasi import perms
from organisasi.middleware import Pelaku, get_pelaku
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.unduhan import Nilai, Tabel, read_bentuk, unduh

_KOLOM = (
    (gettext_lazy("Laporan"), 40),
    (gettext_lazy("Tujuan"), 32),
    (gettext_lazy("Batas waktu"), 14),
    (gettext_lazy("Disampaikan"), 14),
    (gettext_lazy("Cara"), 28),
    (gettext_lazy("Diterima oleh"), 28),
    (gettext_lazy("Keadaan"), 22),
    (gettext_lazy("Bukti"), 40),
)


@require_safe
def show_kirim(request: HttpRequest) -> HttpResponse:
    """Every delivery of the office, open ones first."""
    pelaku = get_pelaku(request)
    semua = list_kirim(pelaku.instansi, timezone.localdate())
    if bentuk := read_bentuk(request):
        tabel = Tabel(_("Penyampaian"), _KOLOM, [_baris(b) for b in semua])
        return unduh([tabel], "penyampaian-laporan", bentuk)
    context = {
        "dapat_mencatat": True,
        "terbuka": [b for b in semua if b.catatan is None and b.siap],
        "menunggu": [b for b in semua if b.catatan is None and not b.siap],
        "selesai": [b for b in semua if b.catatan],
        "ada_tujuan": bool(semua) or bool(list_tujuan(pelaku.instansi)),
        "dapat": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
        "menyiapkan": perms.can_prepare(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "laporan/kirim.html", context)


def say_keadaan(baris: BarisKirim) -> str:
    """How a delivery stands, in words."""
    if baris.catatan:
        return _("Disampaikan terlambat") if baris.is_terlambat else _("Disampaikan")
    if baris.is_terlambat:
        return _("Lewat batas waktu")
    return _("Belum disampaikan") if baris.siap else _("Laporan belum selesai")


def _baris(b: BarisKirim) -> list[Nilai]:
    c = b.catatan
    return [
        b.draf.judul,
        b.tujuan.nama,
        b.batas,
        c.disampaikan_pada if c else None,
        c.get_cara_display() if c else "",
        c.penerima if c else "",
        say_keadaan(b),
        (c.tautan or c.nama_asli) if c else "",
    ]


@require_http_methods(["GET", "POST"])
def record_kirim(request: HttpRequest, draf_id: int, tujuan_id: int) -> HttpResponse:
    """Note one delivery, or correct what was noted."""
    draf, baris = _fetch_baris(request, draf_id, tujuan_id)
    form = KirimForm(request.POST or None, request.FILES or None, initial=_awal(baris))
    if form.is_valid():
        try:
            record_penyampaian(
                draf_id=draf.pk,
                tujuan_id=tujuan_id,
                isian=form.to_isian(),
                aktor=get_pelaku(request).pengguna,
                now=timezone.now(),
            )
        except IsianTidakSah as keliru:
            form.add_error(None, keliru.pesan)
        else:
            messages.success(
                request,
                _("Penyampaian ke %(tujuan)s tercatat.") % {"tujuan": baris.tujuan.nama},
            )
            return redirect("laporan:list-kirim")
    context = {"form": form, "baris": baris, "draf": draf}
    status = 422 if form.errors else 200
    return render(request, "laporan/kirim_catat.html", context, status=status)


def _fetch_baris(request: HttpRequest, draf_id: int, tujuan_id: int) -> tuple[Draf, BarisKirim]:
    draf = fetch_draf(request, draf_id)
    if not perms.holds_pos(draf.instansi_id, get_pelaku(request).semua):
        raise AksesDitolak(_("Penyampaian dicatat oleh pegawai instansi yang bersangkutan."))
    daftar = list_kirim_draf(draf, timezone.localdate())
    baris = next((b for b in daftar if b.tujuan.pk == tujuan_id), None)
    if baris is None:
        raise Http404
    return draf, baris


def _awal(baris: BarisKirim) -> dict[str, object]:
    if baris.catatan is None:
        return {"disampaikan_pada": timezone.localdate()}
    ruas = ("disampaikan_pada", "cara", "penerima", "tautan", "keterangan")
    return {n: getattr(baris.catatan, n) for n in ruas}


@require_safe
def download_bukti_kirim(request: HttpRequest, kirim_id: int) -> FileResponse:
    """The proof of one delivery, as an attachment."""
    kirim = get_object_or_404(Penyampaian.objects.exclude(berkas=""), pk=kirim_id)
    fetch_draf(request, kirim.draf_id)
    try:
        berkas = kirim.berkas.open("rb")
    except FileNotFoundError:
        raise Http404(_("Berkasnya tidak ada di penyimpanan.")) from None
    return FileResponse(
        berkas, as_attachment=True, filename=kirim.nama_asli, content_type=kirim.jenis
    )


@require_safe
def manage_tujuan(request: HttpRequest) -> HttpResponse:
    """Receivers of the office's reports."""
    pelaku = _require_pengelola(request)
    return render(request, "laporan/tujuan_kirim.html", {"daftar": list_tujuan(pelaku.instansi)})


@require_http_methods(["GET", "POST"])
def edit_tujuan(request: HttpRequest, tujuan_id: int | None = None) -> HttpResponse:
    """Add a receiver, or change one."""
    pelaku = _require_pengelola(request)
    tujuan = (
        get_object_or_404(TujuanKirim, pk=tujuan_id, instansi=pelaku.instansi)
        if tujuan_id
        else TujuanKirim(instansi=pelaku.instansi, mulai_tahun=timezone.localdate().year)
    )
    judul = tujuan.nama or _("Tujuan baru")
    form = TujuanForm(request.POST or None, instance=tujuan)
    if form.is_valid():
        try:
            tersimpan = save_tujuan(
                instansi_id=pelaku.instansi.pk,
                isian=form.to_isian(),
                aktor=pelaku.pengguna,
                now=timezone.now(),
                tujuan_id=tujuan_id,
            )
        except IsianTidakSah as keliru:
            form.add_error("nama", keliru.pesan)
        else:
            messages.success(request, _("Tujuan %(nama)s tersimpan.") % {"nama": tersimpan.nama})
            return redirect("laporan:manage-tujuan")
    context = {"form": form, "judul_tujuan": judul}
    status = 422 if form.errors else 200
    return render(request, "laporan/tujuan_kirim_ubah.html", context, status=status)


def _require_pengelola(request: HttpRequest) -> Pelaku:
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Tujuan penyampaian dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return pelaku
