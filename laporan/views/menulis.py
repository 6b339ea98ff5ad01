"""What the writer's page asks for while it is open: a chapter, a picture, who holds the text."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laporan.models import BabNaskah, GambarNaskah, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.beda_naskah import Nasib, compare_naskah
from laporan.rules.isi_bab import MAKS_KARAKTER_MASUK, explain_isi
from laporan.selectors.akses import visible_draf
from laporan.services.gambar import attach_gambar
from laporan.services.naskah import IsianBab, save_bab
from laporan.services.pegang import BukanPenyunting, hold_naskah, take_over_naskah
from laporan.views.draf import fetch_draf
from laporan.views.nomor import read_nomor
from organisasi.middleware import get_pelaku
from organisasi.models import Penugasan
from sakip.common.errors import DomainError, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import bersihkan
from sakip.common.waktu import jam_menit, tanggal_pendek

# Never shown without a look at the reader's right; nothing in it may run.
_KEPALA_GAMBAR = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


@require_POST
def autosave_bab(request: HttpRequest, bab_id: int) -> HttpResponse:
    """Keep one chapter while it is written.

    Answers JSON {versi, tersimpan, peringatan} or {pesan}. Where the chapter was changed meanwhile
    (409) also `kini`, the text as it stands now; where somebody else writes now, `pemegang`.
    """
    pelaku, kini = get_pelaku(request), timezone.now()
    bab = _fetch_bab(request, bab_id)
    isi = request.POST.get("isi", "")
    isian = IsianBab(isi=isi, versi=read_nomor(request.POST.get("versi", "")))
    try:
        baru = save_bab(bab_id=bab.pk, isian=isian, aktor=pelaku.pengguna, now=kini)
    except DomainError as ditolak:
        jawab: dict[str, Any] = {"pesan": ditolak.pesan}
        if isinstance(ditolak, BukanPenyunting):
            jawab["pemegang"] = True
        elif isinstance(ditolak, TransisiDitolak):
            jawab["kini"] = _describe_bab(bab_id)
        return JsonResponse(jawab, status=int(ditolak.status))
    pukul = jam_menit(kini.astimezone(bab.draf.instansi.zona_waktu))
    return JsonResponse(
        {
            "versi": baru.versi,
            "tersimpan": _("Tersimpan otomatis pukul %(jam)s") % {"jam": pukul},
            "peringatan": explain_isi(isi, baru.isi),
        }
    )


@require_POST
def compare_bab(request: HttpRequest, bab_id: int) -> HttpResponse:
    """What the posted text changes in the chapter as it stands, as a piece of a page."""
    bab = _fetch_bab(request, bab_id)
    isi = request.POST.get("isi", "")
    if len(isi) > MAKS_KARAKTER_MASUK:
        raise IsianTidakSah(_("Teksnya terlalu panjang untuk dibandingkan."))
    kode = {"kode": bab.kode, "judul": bab.judul}
    (beda,) = compare_naskah(
        [{**kode, "html": bersihkan(bab.isi)}], [{**kode, "html": bersihkan(isi)}]
    )
    blok = [replace(b, html=mark_safe(b.html)) for b in beda.blok if b.nasib != Nasib.TETAP]  # noqa: S308 - cleaned above
    return render(request, "laporan/tugas/_banding_bab.html", {"blok": blok})


@require_POST
def hold(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """The page is still open; answers JSON {pemegang, pesan}, empty while the text is his."""
    tugas, sebagai = _fetch_giliran(request, tugas_id)
    if tugas.status != Tugas.Status.AKTIF:
        return JsonResponse({"pemegang": "", "pesan": _("Langkah ini sudah selesai.")}, status=409)
    lain = hold_naskah(tugas_id=tugas.pk, sebagai=sebagai, now=timezone.now())
    if lain is None:
        return JsonResponse({"pemegang": "", "pesan": ""})
    pesan = _("%(nama)s mengambil alih penyuntingan.") % {"nama": lain.pengguna.nama}
    return JsonResponse({"pemegang": lain.pengguna.nama, "pesan": pesan})


@require_POST
def take_over(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """Write instead of the person who holds the text."""
    tugas, _sebagai = _fetch_giliran(request, tugas_id)
    take_over_naskah(tugas_id=tugas.pk, aktor=get_pelaku(request).pengguna, now=timezone.now())
    messages.success(request, _("Anda kini menyunting naskah ini. Pengambilalihan ini tercatat."))
    return redirect(tugas)


def _fetch_giliran(request: HttpRequest, tugas_id: int) -> tuple[Tugas, Penugasan]:
    """A turn that is the person's: 404 for a stranger, refused for a colleague."""
    pelaku = get_pelaku(request)
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    daftar = Tugas.objects.select_related("jabatan", "unit")
    tugas = get_object_or_404(daftar, pk=tugas_id, draf__in=terlihat)
    return tugas, require_pelaksana(tugas, pelaku.semua, pelaku.utama)


def _fetch_bab(request: HttpRequest, bab_id: int) -> BabNaskah:
    pelaku = get_pelaku(request)
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    return get_object_or_404(
        BabNaskah.objects.select_related("draf__instansi"), pk=bab_id, draf__in=terlihat
    )


def _describe_bab(bab_id: int) -> dict[str, Any]:
    """The chapter as it stands now, for the person whose own text came too late."""
    bab = BabNaskah.objects.select_related("draf__instansi", "disunting_oleh").get(pk=bab_id)
    isi: dict[str, Any] = {"isi": bab.isi, "versi": bab.versi, "oleh": "", "pada": ""}
    if bab.disunting_oleh is not None and bab.disunting_pada is not None:
        setempat = bab.disunting_pada.astimezone(bab.draf.instansi.zona_waktu)
        isi["oleh"] = bab.disunting_oleh.nama
        isi["pada"] = f"{tanggal_pendek(setempat)} pukul {jam_menit(setempat)}"
    return isi


@require_POST
def add_gambar(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Take a picture for the text; answers JSON {src, lebar, tinggi} or {pesan}."""
    draf, pelaku = fetch_draf(request, draf_id), get_pelaku(request)
    berkas = request.FILES.get("gambar")
    if berkas is None:
        return JsonResponse({"pesan": _("Pilih berkas gambarnya.")}, status=422)
    try:
        gambar = attach_gambar(
            draf_id=draf.pk, berkas=berkas, aktor=pelaku.pengguna, now=timezone.now()
        )
    except DomainError as ditolak:
        return JsonResponse({"pesan": ditolak.pesan}, status=int(ditolak.status))
    return JsonResponse(
        {"src": gambar.get_absolute_url(), "lebar": gambar.lebar, "tinggi": gambar.tinggi}
    )


@require_safe
def view_gambar(request: HttpRequest, uuid: UUID) -> FileResponse:
    """One picture, for those who may read the draft it belongs to."""
    pelaku = get_pelaku(request)
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    gambar = get_object_or_404(GambarNaskah, uuid=uuid, draf__in=terlihat)
    try:
        berkas = gambar.berkas.open("rb")
    except FileNotFoundError:
        raise Http404(_("Berkasnya tidak ada di penyimpanan.")) from None
    return FileResponse(berkas, content_type=gambar.jenis, headers=_KEPALA_GAMBAR)
