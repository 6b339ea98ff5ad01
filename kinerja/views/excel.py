"""Excel there and back: the workbook of a form, its upload, what it would change."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kinerja import perms
from kinerja.models import FormulirCapaian, UnggahanCapaian
from kinerja.selectors import visible_formulir
from kinerja.selectors.berkas import GalatBerkas, is_terlambat
from kinerja.selectors.csv_capaian import make_tabel
from kinerja.services import unggahan as layanan
from kinerja.services.lembar_capaian import write_lembar
from kinerja.services.lembar_galat import mark_galat
from organisasi.middleware import get_pelaku
from organisasi.models import Penugasan
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.lembar_tulis import xlsx_response
from sakip.common.unduhan import unduh


@require_safe
def download_lembar(request: HttpRequest, formulir_id: int) -> HttpResponse:
    """The form as a workbook; its cells are open while the form is."""
    formulir = _fetch(request, formulir_id)
    nama = f"capaian-{formulir.unit.kode}-{formulir.tahun}-tw{formulir.triwulan}".lower()
    return xlsx_response(write_lembar(formulir), nama)


@require_safe
def download_csv(request: HttpRequest, formulir_id: int) -> HttpResponse:
    """The form as CSV."""
    formulir = _fetch(request, formulir_id)
    nama = f"capaian-{formulir.unit.kode}-{formulir.tahun}-tw{formulir.triwulan}".lower()
    return unduh([make_tabel(formulir)], nama, "csv")


@require_safe
def download_galat(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """The uploaded workbook with its faulty cells marked."""
    unggahan = _fetch_unggahan(request, unggahan_id)
    nama = unggahan.nama_asli.removesuffix(".xlsx")
    return xlsx_response(mark_galat(unggahan), f"{nama} bertanda galat")


@require_POST
def upload_lembar(request: HttpRequest, formulir_id: int) -> HttpResponse:
    """Keep a filled-in workbook and go to the page of its check."""
    formulir = _fetch(request, formulir_id)
    berkas = request.FILES.get("berkas")
    try:
        if berkas is None:
            raise IsianTidakSah(_("Pilih dahulu berkas Excel yang akan diunggah."))
        unggahan = layanan.receive_unggahan(
            formulir_id=formulir.pk,
            berkas=berkas,
            aktor=get_pelaku(request).pengguna,
            sebagai=_require_pengisi(request, formulir),
            now=timezone.now(),
        )
    except IsianTidakSah as ditolak:
        messages.error(request, ditolak.pesan)
        return redirect(formulir)
    return redirect(unggahan)


@require_safe
def view_unggahan(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """What an uploaded workbook would change; while it is checked, how far that is."""
    unggahan = _fetch_unggahan(request, unggahan_id)
    salah = [b for b in unggahan.baris if b["hasil"] == "galat"]
    context = {
        "unggahan": unggahan,
        "formulir": unggahan.formulir,
        "terlambat": is_terlambat(unggahan, now=timezone.now()),
        "galat": [GalatBerkas(b["alamat"], b["pesan"], f"baris-{b['baris']}") for b in salah],
        "judul_galat": _("Ada %(n)d galat") % {"n": len(salah)},
        "ubah": sum(b["hasil"] == "ubah" for b in unggahan.baris),
    }
    templat = "kinerja/_unggahan.html" if "HX-Request" in request.headers else ""
    return render(request, templat or "kinerja/unggahan.html", context)


@require_POST
def apply_unggahan(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """Keep its rows: all of them, or the valid ones where the person chose so."""
    unggahan = _fetch_unggahan(request, unggahan_id)
    banyak = layanan.apply_unggahan(
        unggahan_id=unggahan.pk,
        hanya_sah=request.POST.get("pilihan") == "sah",
        aktor=get_pelaku(request).pengguna,
        sebagai=_require_pengisi(request, unggahan.formulir),
        now=timezone.now(),
    )
    messages.success(request, _("%(n)d baris dari Excel disimpan.") % {"n": banyak})
    return redirect(unggahan.formulir)


def _fetch(request: HttpRequest, formulir_id: int) -> FormulirCapaian:
    return get_object_or_404(visible_formulir(get_pelaku(request).semua), pk=formulir_id)


def _fetch_unggahan(request: HttpRequest, unggahan_id: int) -> UnggahanCapaian:
    """The upload, for whoever fills that form in; a colleague of another unit has no part in it."""
    daftar = UnggahanCapaian.objects.select_related("formulir__unit__instansi")
    terlihat = visible_formulir(get_pelaku(request).semua)
    unggahan = get_object_or_404(daftar, pk=unggahan_id, formulir__in=terlihat)
    _require_pengisi(request, unggahan.formulir)
    return unggahan


def _require_pengisi(request: HttpRequest, formulir: FormulirCapaian) -> Penugasan:
    pelaku = get_pelaku(request)
    sebagai = perms.find_pengisi(formulir, pelaku.semua, pelaku.utama)
    if sebagai is None:
        pesan = _("Capaian ini diisi oleh %(unit)s. Anda dapat membaca, tetapi tidak mengubahnya.")
        raise AksesDitolak(pesan % {"unit": formulir.unit})
    return sebagai
