"""Pages of performance figures: one form, its rows and its evidence."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja import perms
from kinerja.forms.kiriman import read_baris, read_kiriman
from kinerja.models import Bukti, Capaian, FormulirCapaian
from kinerja.rules.isian import IsianBaris
from kinerja.selectors import (
    build_tautan,
    describe_baris,
    get_kisi,
    list_putaran,
    sum_kisi,
    visible_formulir,
)
from kinerja.selectors.aksi import list_aksi_triwulan
from kinerja.services import bukti as layanan_bukti
from kinerja.services import isian as layanan_isian
from organisasi.middleware import get_pelaku
from organisasi.models import Penugasan
from sakip.common.errors import AksesDitolak, DomainError, IsianTidakSah
from sakip.common.waktu import jam_menit

logger = logging.getLogger(__name__)


@require_safe
def view_formulir(request: HttpRequest, formulir_id: int) -> HttpResponse:
    """One form: to be filled in by its unit while it is draf, to be read by the whole office."""
    formulir = _fetch_formulir(request, formulir_id)
    return _show_formulir(request, formulir)


@require_POST
def save_formulir(request: HttpRequest, formulir_id: int) -> HttpResponse:
    """Keep the whole grid; rows that cannot be kept are shown again as typed."""
    formulir = _fetch_formulir(request, formulir_id)
    kiriman = read_kiriman(request.POST, request.FILES)
    hasil = layanan_isian.save_formulir(
        formulir_id=formulir.pk,
        kiriman=kiriman,
        aktor=get_pelaku(request).pengguna,
        sebagai=_require_pengisi(request, formulir),
        now=timezone.now(),
    )
    if hasil.galat:
        return _show_formulir(request, formulir, hasil=hasil, isian=kiriman.baris)
    messages.success(request, _("Tersimpan. Kirim dari Meja Kerja bila sudah lengkap."))
    return redirect(formulir)


@require_POST
def save_baris(request: HttpRequest, capaian_id: int) -> HttpResponse:
    """Autosave of one row; answers JSON, refusals too."""
    capaian, kini = _fetch_capaian(request, capaian_id), timezone.now()
    try:
        capaian = layanan_isian.save_baris(
            capaian_id=capaian.pk,
            isian=read_baris(request.POST, capaian),
            aktor=get_pelaku(request).pengguna,
            sebagai=_require_pengisi(request, capaian.formulir),
            now=kini,
        )
    except DomainError as ditolak:
        return _refuse(ditolak)
    pukul = jam_menit(kini.astimezone(get_pelaku(request).instansi.zona_waktu))
    ringkasan = {"ringkasan": sum_kisi(capaian.formulir), "tersimpan": pukul}
    return JsonResponse(describe_baris(capaian) | ringkasan)


@require_POST
def attach_bukti(request: HttpRequest, capaian_id: int) -> HttpResponse:
    """Keep posted files as evidence of one row; JSON for a script, a redirect for a plain form."""
    capaian = _fetch_capaian(request, capaian_id)
    rtl = request.POST.get("untuk") == Bukti.Untuk.RTL
    untuk = Bukti.Untuk.RTL if rtl else Bukti.Untuk.REALISASI
    try:
        nama, gagal = _attach_semua(request, capaian, untuk)
    except DomainError as ditolak:
        return _answer(request, capaian, untuk, _Kabar(ditolak=ditolak))
    pesan = _("Bukti tersimpan: %(nama)s.") % {"nama": ", ".join(nama)}
    return _answer(request, capaian, untuk, _Kabar(pesan, gagal))


@require_http_methods(["GET", "POST"])
def remove_bukti(request: HttpRequest, bukti_id: int) -> HttpResponse:
    """Take a file away from a row that is still draf; without script it asks first."""
    bukti = _fetch_bukti(request, bukti_id)
    if request.method == "GET":
        formulir = bukti.capaian.formulir
        _require_pengisi(request, formulir)
        context = {"nama": bukti.nama_asli, "kembali": formulir.get_absolute_url()}
        return render(request, "kinerja/hapus_bukti.html", context)
    try:
        layanan_bukti.remove_bukti(
            bukti_id=bukti.pk,
            aktor=get_pelaku(request).pengguna,
            sebagai=_require_pengisi(request, bukti.capaian.formulir),
            now=timezone.now(),
        )
    except DomainError as ditolak:
        return _answer(request, bukti.capaian, bukti.untuk, _Kabar(ditolak=ditolak))
    pesan = _("Bukti %(nama)s dihapus.") % {"nama": bukti}
    return _answer(request, bukti.capaian, bukti.untuk, _Kabar(pesan))


@require_safe
def download_bukti(request: HttpRequest, bukti_id: int) -> HttpResponseBase:
    """The file as an attachment, never shown inside the product, whatever it says it is.

    A link leaves the product from here; we do not look at where it leads. Who opened what is
    logged before anything is sent, outside of any transaction.
    """
    return send_bukti(request, _fetch_bukti(request, bukti_id))


def send_bukti(request: HttpRequest, bukti: Bukti) -> HttpResponseBase:
    """The answer that hands `bukti` out; whether the person may have it was asked before."""
    if bukti.tautan:
        _log_baca(request, bukti)
        keluar = HttpResponse(status=HTTPStatus.FOUND, headers={"Location": bukti.tautan})
        keluar["Referrer-Policy"] = "no-referrer"
        return keluar
    try:
        berkas = bukti.berkas.open("rb")
    except FileNotFoundError as hilang:
        logger.error("kinerja.bukti.hilang bukti=%d", bukti.pk)
        raise Http404 from hilang
    _log_baca(request, bukti)
    jawaban = FileResponse(
        berkas, as_attachment=True, filename=bukti.nama_asli, content_type=bukti.jenis
    )
    jawaban["X-Content-Type-Options"] = "nosniff"
    jawaban["Cache-Control"] = "private, no-store"
    return jawaban


def _log_baca(request: HttpRequest, bukti: Bukti) -> None:
    logger.info(
        "kinerja.bukti.baca bukti=%d formulir=%d pengguna=%d jenis=%s",
        bukti.pk,
        bukti.capaian.formulir_id,
        request.user.pk,
        "tautan" if bukti.tautan else "berkas",
    )


def _fetch_formulir(request: HttpRequest, formulir_id: int) -> FormulirCapaian:
    return get_object_or_404(visible_formulir(get_pelaku(request).semua), pk=formulir_id)


def _fetch_capaian(request: HttpRequest, capaian_id: int) -> Capaian:
    daftar = Capaian.objects.select_related("formulir__unit__instansi", "indikator")
    terlihat = visible_formulir(get_pelaku(request).semua)
    return get_object_or_404(daftar, pk=capaian_id, formulir__in=terlihat)


def _fetch_bukti(request: HttpRequest, bukti_id: int) -> Bukti:
    daftar = Bukti.objects.select_related("capaian__formulir__unit__instansi")
    terlihat = visible_formulir(get_pelaku(request).semua)
    return get_object_or_404(daftar, pk=bukti_id, capaian__formulir__in=terlihat)


def _require_pengisi(request: HttpRequest, formulir: FormulirCapaian) -> Penugasan:
    pelaku = get_pelaku(request)
    sebagai = perms.find_pengisi(formulir, pelaku.semua, pelaku.utama)
    if sebagai is None:
        pesan = _("Capaian ini diisi oleh %(unit)s. Anda dapat membaca, tetapi tidak mengubahnya.")
        raise AksesDitolak(pesan % {"unit": formulir.unit})
    return sebagai


def _show_formulir(
    request: HttpRequest,
    formulir: FormulirCapaian,
    *,
    hasil: layanan_isian.HasilSimpan | None = None,
    isian: Mapping[int, IsianBaris] | None = None,
) -> HttpResponse:
    """The page of the form; after a save with faults, with those faults and what was typed."""
    bisa_isi = perms.can_fill(formulir, get_pelaku(request).semua)
    galat = hasil.galat if hasil else None
    context = {
        "formulir": formulir,
        "putaran": list_putaran(formulir),
        "kisi": get_kisi(formulir, bisa_isi=bisa_isi, galat=galat, isian=isian),
        "aksi_triwulan": list_aksi_triwulan(formulir.unit_id, formulir.periode),
        "galat_umum": hasil.masalah if hasil else [],
    }
    return render(request, "kinerja/formulir.html", context, status=422 if galat else 200)


def _attach_semua(
    request: HttpRequest, capaian: Capaian, untuk: Bukti.Untuk
) -> tuple[list[str], list[str]]:
    """Names of what was kept, and a sentence for each file or link that was not.

    Raises:
        DomainError: nothing was kept; every reason is said.
    """
    siapa: dict[str, Any] = {
        "capaian_id": capaian.pk,
        "aktor": get_pelaku(request).pengguna,
        "sebagai": _require_pengisi(request, capaian.formulir),
        "now": timezone.now(),
        "untuk": untuk,
    }
    tautan = request.POST.get("tautan", "").strip()
    berkas = [b for _nama, daftar in request.FILES.lists() for b in daftar]
    if not berkas and not tautan:
        raise IsianTidakSah(_("Pilih dahulu berkas yang akan diunggah, atau tulis tautannya."))
    kerja = [partial(layanan_bukti.attach_bukti, berkas=b, **siapa) for b in berkas]
    if tautan:
        kerja.append(partial(layanan_bukti.attach_tautan, tautan=tautan, **siapa))
    tersimpan: list[str] = []
    ditolak: list[DomainError] = []
    for tempelkan in kerja:
        try:
            tersimpan.append(tempelkan().nama_asli)
        except DomainError as sebab:
            ditolak.append(sebab)
    gagal = [d.pesan for d in ditolak]
    if tersimpan:
        return tersimpan, gagal
    if len(ditolak) == 1 or not isinstance(ditolak[0], IsianTidakSah):
        raise ditolak[0]
    raise IsianTidakSah(" ".join(gagal))


def _refuse(ditolak: DomainError) -> JsonResponse:
    """A refusal for a script: the sentence, faults by field, and the row's present version.

    Faults stand beside their fields; the sentence then only says what became of the row.
    """
    bertanda = getattr(ditolak, "galat", None)
    pesan = _("Belum tersimpan. Perbaiki isian yang ditandai.") if bertanda else ditolak.pesan
    isi: dict[str, Any] = {"pesan": pesan}
    isi |= {k: getattr(ditolak, k) for k in ("galat", "versi", "kini") if hasattr(ditolak, k)}
    return JsonResponse(isi, status=int(ditolak.status))


@dataclass(frozen=True)
class _Kabar:
    """What became of evidence. pesan: what was done; gagal: a sentence for each that was not."""

    pesan: str = ""
    gagal: Sequence[str] = ()
    ditolak: DomainError | None = None


def _answer(request: HttpRequest, capaian: Capaian, untuk: str, kabar: _Kabar) -> HttpResponse:
    """What became of files: JSON for a script, else back to the page with a message for each."""
    ditolak = kabar.ditolak
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return _refuse(ditolak) if ditolak else _tell(capaian, untuk, kabar)
    if ditolak and not isinstance(ditolak, IsianTidakSah):
        raise ditolak
    if kabar.pesan:
        messages.success(request, kabar.pesan)
    for kalimat in [ditolak.pesan] if ditolak else kabar.gagal:
        messages.error(request, kalimat)
    kembali = request.POST.get("next", "")
    aman = url_has_allowed_host_and_scheme(kembali, allowed_hosts={request.get_host()})
    return redirect(kembali if aman else capaian.formulir.get_absolute_url())


def _tell(capaian: Capaian, untuk: str, kabar: _Kabar) -> JsonResponse:
    return JsonResponse(
        {
            "pesan": " ".join([kabar.pesan, *kabar.gagal]),
            "gagal": [*kabar.gagal],
            "bukti": build_tautan(capaian, untuk),
            "ringkasan": sum_kisi(capaian.formulir),
        }
    )
