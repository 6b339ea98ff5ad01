"""The catalogue: what runs on which version, and beginning an SOP or its next version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisasi.middleware import get_pelaku
from organisasi.models import Instansi, Jabatan
from sakip.common.unduhan import read_bentuk, unduh
from sop import selectors
from sop.forms.versi import SOPBaruForm
from sop.models import SOP, VersiSOP
from sop.rules.pemetaan import Naskah, apply_peta, guess_peta, list_jabatan_naskah
from sop.selectors.contoh import list_contoh
from sop.selectors.katalog import get_alasan_cabut, list_katalog
from sop.selectors.unduhan import list_tabel_katalog
from sop.services.salin import SOPBaru, take_naskah
from sop.services.salin import copy_versi as copy
from sop.services.salin import create_sop as create
from sop.views.akses import fetch_versi, may_draft, require
from sop.views.bingkai import build_bingkai


@require_safe
def list_sop(request: HttpRequest) -> HttpResponse:
    """The catalogue of one's office."""
    instansi = get_pelaku(request).instansi
    hari = timezone.now().astimezone(instansi.zona_waktu).date()
    katalog = list_katalog(instansi, pada=hari)
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_katalog(katalog), f"sop-{instansi.kode}", bentuk)
    context = {
        "katalog": katalog,
        "boleh_sunting": may_draft(request),
        "hari": hari,
    }
    return render(request, "sop/list_sop.html", context)


@require_safe
def view_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Identity page and steps of one version; 404 for people of other offices."""
    versi = fetch_versi(request, versi_id)
    context = {
        **build_bingkai(request, versi, tab="lihat"),
        "halaman": selectors.build_halaman(versi),
        "dicabut": get_alasan_cabut(versi) if versi.status == VersiSOP.Status.DICABUT else None,
    }
    return render(request, "sop/versi.html", context)


@require_POST
def copy_versi(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Begin the next version as a copy of this one."""
    versi = fetch_versi(request, versi_id)
    baru = copy(versi_id=versi.pk, aktor=get_pelaku(request).pengguna, now=timezone.now())
    pesan = _("Konsep versi %(baru)d dibuat dari versi %(lama)d.")
    messages.success(request, pesan % {"baru": baru.nomor, "lama": versi.nomor})
    return redirect("sop:edit-rute", baru.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def create_sop(request: HttpRequest) -> HttpResponse:
    """Begin an SOP: empty, or from another; posts that the office lacks are asked for."""
    require(may_draft(request))
    instansi = get_pelaku(request).instansi
    jabatan = selectors.list_jabatan(instansi)
    form = SOPBaruForm(request.POST or None, contoh=list_contoh(), milik=_list_milik(instansi))
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "sop/sop_baru.html", {"form": form}, status=status)
    asal = _find_naskah(form.cleaned_data["sumber"], instansi)
    naskah = asal
    if asal and form.cleaned_data["sumber"].startswith("contoh-"):
        peta, kurang = _read_peta(request, asal, jabatan)
        if kurang:
            context = {"form": form, "kurang": kurang, "jabatan": jabatan}
            return render(request, "sop/sop_baru.html", context, status=422)
        naskah = apply_peta(asal, peta)
    versi = create(
        instansi=instansi,
        baru=SOPBaru(
            form.cleaned_data["nama"],
            form.cleaned_data["unit_pemilik"],
            form.cleaned_data["menghasilkan"]
            or _find_menghasilkan(form.cleaned_data["sumber"], instansi),
            naskah,
        ),
        aktor=get_pelaku(request).pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("Konsep %(nama)s dibuat.") % {"nama": versi.sop.nama})
    return redirect("sop:edit-rute" if naskah else "sop:edit-identitas", versi.pk)


def _list_milik(instansi: Instansi) -> list[VersiSOP]:
    """Versions of the office that an SOP may begin from: of each SOP the newest."""
    return [sop.versi.all()[0] for sop in selectors.list_sop(instansi) if sop.versi.all()]


def _find_naskah(sumber: str, instansi: Instansi) -> Naskah | None:
    """What the chosen source says; None for an empty beginning."""
    jenis, _pemisah, kunci = sumber.partition("-")
    if jenis == "contoh":
        return next(c.naskah for c in list_contoh() if c.kode == kunci)
    if jenis == "versi":
        return take_naskah(VersiSOP.objects.get(pk=kunci, sop__instansi=instansi))
    return None


def _find_menghasilkan(sumber: str, instansi: Instansi) -> str:
    """The document that the chosen source produces; a report for an empty beginning."""
    jenis, _pemisah, kunci = sumber.partition("-")
    if jenis == "contoh":
        return next(c.menghasilkan for c in list_contoh() if c.kode == kunci)
    if jenis == "versi":
        return VersiSOP.objects.get(pk=kunci, sop__instansi=instansi).sop.menghasilkan
    return SOP.Menghasilkan.LAPORAN_KINERJA


def _read_peta(
    request: HttpRequest, naskah: Naskah, jabatan: list[Jabatan]
) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Posts of the source to those of the office, by name or as chosen; and those to be asked."""
    asing = list_jabatan_naskah(naskah)
    milik = {alias: j.kode for j in jabatan for alias in j.alias}
    milik |= {j.nama: j.kode for j in jabatan} | {j.kode: j.kode for j in jabatan}
    peta = guess_peta(asing, milik)
    kurang = []
    for kode, nama in asing.items():
        pilih = request.POST.get(f"jabatan-{kode}")
        if pilih in {j.kode for j in jabatan}:
            peta[kode] = str(pilih)
        elif pilih is None and kode not in peta:
            kurang.append({"kode": kode, "nama": nama[-1]})
    return peta, kurang
