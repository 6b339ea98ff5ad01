"""An SOP out of the application and into it: workbook and data file, preview, konsep."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi.middleware import get_pelaku
from sakip.common.errors import AlurTidakSah, IsianTidakSah
from sakip.common.lembar import Batas
from sakip.common.lembar_tulis import xlsx_response
from sop.models import UnggahanSOP, VersiSOP
from sop.rules.berkas import write_berkas
from sop.selectors.contoh_lembar import build_contoh
from sop.selectors.graf import read_berkas_sop
from sop.selectors.impor import build_pratinjau, find_konsep, list_unggahan
from sop.selectors.lembar import build_lembar
from sop.services import impor
from sop.views.akses import fetch_versi, may_draft, require

_PETA = "peta-"


@require_safe
def ekspor_lembar(request: HttpRequest, versi_id: int) -> HttpResponse:
    """A version as a workbook."""
    versi = fetch_versi(request, versi_id)
    return xlsx_response(build_lembar(versi), _nama(versi))


@require_safe
def ekspor_berkas(request: HttpRequest, versi_id: int) -> HttpResponse:
    """A version as a data file."""
    versi = fetch_versi(request, versi_id)
    jawaban = HttpResponse(
        write_berkas(read_berkas_sop(versi)), content_type="application/yaml; charset=utf-8"
    )
    kepala = content_disposition_header(as_attachment=True, filename=f"{_nama(versi)}.yaml")
    jawaban["Content-Disposition"] = kepala or "attachment"
    return jawaban


def _nama(versi: VersiSOP) -> str:
    return f"{versi.sop.kode}-versi-{versi.nomor}"


@require_safe
def unduh_contoh_lembar(request: HttpRequest) -> HttpResponse:
    """The empty workbook of one's office."""
    instansi = get_pelaku(request).instansi
    return xlsx_response(build_contoh(instansi), f"contoh-sop-{instansi.kode}")


@require_http_methods(["GET", "HEAD", "POST"])
def impor_lembar(request: HttpRequest) -> HttpResponse:
    """Upload a file, or go on with one that waits."""
    require(may_draft(request))
    if request.method != "POST":
        return _show_impor(request)
    berkas = request.FILES.get("berkas")
    try:
        if berkas is None:
            raise IsianTidakSah(_("Pilih dahulu berkasnya."))
        pelaku = get_pelaku(request)
        unggahan = impor.keep_unggahan(
            isi=berkas.read(Batas().byte + 1),
            nama=_bersih(berkas.name or ""),
            instansi=pelaku.instansi,
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
    except IsianTidakSah as sebab:
        return _show_impor(request, galat=sebab.pesan, nama=berkas.name if berkas else "")
    return redirect("sop:pratinjau-impor", unggahan.pk)


def _bersih(teks: str) -> str:
    """Without outer spaces, and without the one character that PostgreSQL does not take."""
    return teks.replace("\0", "").strip()


def _show_impor(request: HttpRequest, galat: str = "", nama: str | None = "") -> HttpResponse:
    daftar = list_unggahan(get_pelaku(request).instansi)
    context = {"daftar": daftar, "galat": [galat] if galat else [], "nama": nama}
    return render(request, "sop/impor.html", context, status=422 if galat else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def pratinjau_impor(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """What would be written; POST chooses posts, or writes it as a konsep."""
    unggahan = _fetch(request, unggahan_id)
    if request.method != "POST":
        return _show_pratinjau(request, unggahan)
    oleh: dict[str, Any] = {"aktor": get_pelaku(request).pengguna, "now": timezone.now()}
    isian = {k: _bersih(str(v)) for k, v in request.POST.items() if "\0" not in k}
    peta = {k.removeprefix(_PETA): v for k, v in isian.items() if k.startswith(_PETA)}
    unggahan = impor.map_unggahan(unggahan_id=unggahan.pk, peta=peta, **oleh)
    if isian.get("aksi") != "tulis":
        return redirect("sop:pratinjau-impor", unggahan.pk)
    nama, kode = isian.get("nama", ""), isian.get("kode", "")
    tujuan = impor.Tujuan(kode=kode, nama=nama, ganti=isian.get("ganti", ""))
    try:
        versi = impor.write_unggahan(unggahan_id=unggahan.pk, tujuan=tujuan, **oleh)
    except (AlurTidakSah, impor.AdaKonsep) as sebab:
        masalah = getattr(sebab, "masalah", [sebab.pesan])
        ketik = {"nama": nama, "kode": kode}
        return _show_pratinjau(request, unggahan, galat=masalah, isian=ketik)
    messages.success(request, _("SOP tersimpan sebagai konsep. Belum ada yang diterbitkan."))
    return redirect("sop:edit-rute", versi.pk)


def _show_pratinjau(
    request: HttpRequest,
    unggahan: UnggahanSOP,
    *,
    galat: list[str] | None = None,
    isian: dict[str, str] | None = None,
) -> HttpResponse:
    pratinjau = build_pratinjau(unggahan)
    isian = isian or {"nama": pratinjau.nama, "kode": pratinjau.kode}
    context = {
        "pratinjau": pratinjau,
        "halaman": pratinjau.halaman,
        "isian": isian,
        "konsep": find_konsep(unggahan.instansi, isian["kode"]),
        "galat": galat or [],
    }
    return render(request, "sop/pratinjau.html", context, status=422 if galat else 200)


@require_POST
def buang_impor(request: HttpRequest, unggahan_id: int) -> HttpResponse:
    """Discard an upload."""
    unggahan = _fetch(request, unggahan_id)
    impor.discard_unggahan(
        unggahan_id=unggahan.pk, aktor=get_pelaku(request).pengguna, now=timezone.now()
    )
    messages.success(request, _("Unggahan %(nama)s dibuang.") % {"nama": unggahan.nama_berkas})
    return redirect("sop:impor-lembar")


def _fetch(request: HttpRequest, unggahan_id: int) -> UnggahanSOP:
    """An upload of one's own office, for who may draft."""
    milik = UnggahanSOP.objects.select_related("instansi").filter(
        instansi=get_pelaku(request).instansi
    )
    unggahan = get_object_or_404(milik, pk=unggahan_id)
    require(may_draft(request))
    return unggahan
