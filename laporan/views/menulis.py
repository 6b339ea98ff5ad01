"""What the writer's page asks for while it stays open: saving a chapter, a picture."""

import re
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from laporan.models import BabNaskah, GambarNaskah
from laporan.rules.isi_bab import explain_isi
from laporan.selectors.akses import visible_draf
from laporan.services.gambar import attach_gambar
from laporan.services.naskah import IsianBab, save_bab
from laporan.views.draf import fetch_draf
from organisasi.middleware import get_pelaku
from sakip.common.errors import DomainError, TransisiDitolak
from sakip.common.waktu import jam_menit, tanggal_pendek

_VERSI = re.compile(r"[0-9]{1,9}")
# Never changes and is never shown without a look at the reader's right; nothing in it may run.
_KEPALA_GAMBAR = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}


def read_versi(teks: str) -> int:
    """The version a form carries; what is no such number matches no version."""
    return int(teks) if _VERSI.fullmatch(teks) else 0


@require_POST
def autosave_bab(request: HttpRequest, bab_id: int) -> HttpResponse:
    """Keep one chapter while it is written.

    Answers JSON {versi, tersimpan, peringatan} or {pesan}; where the chapter was changed meanwhile
    (409) also `kini`, the text as it stands now.
    """
    pelaku, kini = get_pelaku(request), timezone.now()
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    bab = get_object_or_404(
        BabNaskah.objects.select_related("draf__instansi"), pk=bab_id, draf__in=terlihat
    )
    isi = request.POST.get("isi", "")
    isian = IsianBab(isi=isi, versi=read_versi(request.POST.get("versi", "")))
    try:
        baru = save_bab(bab_id=bab.pk, isian=isian, aktor=pelaku.pengguna, now=kini)
    except DomainError as ditolak:
        jawab: dict[str, Any] = {"pesan": ditolak.pesan}
        if isinstance(ditolak, TransisiDitolak):
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
