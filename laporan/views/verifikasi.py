"""The page of a verifying step: rows of every unit to be found right or in need of work."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from kinerja.forms.kiriman import read_dilihat, read_pemeriksaan, read_tanda_baris
from kinerja.models import Capaian
from kinerja.rules.pemeriksaan import SEBAB, compose_alasan
from kinerja.selectors import list_pemeriksaan, list_temuan
from kinerja.selectors.pemeriksaan import sum_pemeriksaan
from laporan.models import Tugas
from laporan.selectors.akses import visible_draf
from laporan.selectors.pemeriksaan import list_formulir_draf
from laporan.services.periksa import accept_unit, examine_capaian
from laporan.views.isian import page_naskah
from laporan.views.temuan import Galat, Temuan
from organisasi.middleware import get_pelaku
from sakip.common.errors import DomainError
from sakip.common.pk import read_pk
from sakip.common.waktu import jam_menit

# As long as the field that holds it.
MAKS_ALASAN = 5000


def page_verifikasi(request: HttpRequest, tugas: Tugas, galat: Galat) -> dict[str, Any]:
    """Rows of the units, then the text they go into."""
    tanda = read_pemeriksaan(request.POST) if galat else None
    aktor = get_pelaku(request).pengguna
    formulir = list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)
    unit = list_pemeriksaan(formulir, aktor_id=aktor.pk, tanda=tanda, galat=galat)
    banyak = {n: sum(getattr(u, n) for u in unit) for n in ("sesuai", "perbaiki", "belum")}
    terpilih = [pk for u in request.POST.getlist("unit") if (pk := read_pk(u))]
    isi = {"pemeriksaan": unit, "banyak": banyak, "unit_terpilih": terpilih, "sebab": SEBAB}
    return page_naskah(request, tugas, galat) | isi


def save_verifikasi(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the verdicts of a posted page, and tell which could not be kept."""
    aktor, kini = get_pelaku(request).pengguna, timezone.now()
    tanda = read_pemeriksaan(request.POST)
    galat: Galat = {}
    if tanda:
        galat = examine_capaian(tugas_id=tugas.pk, tanda=tanda, aktor=aktor, now=kini).galat
    pesan = dict.fromkeys(kalimat for isi in galat.values() for kalimat in isi.values())
    sisanya = read_pk(request.POST.get("aksi", "").removeprefix("sisanya-"))
    if galat or sisanya is None:
        return Temuan(list(pesan), galat)
    return _accept(request, tugas, sisanya)


def _accept(request: HttpRequest, tugas: Tugas, formulir_id: int) -> Temuan:
    """The rest of one unit, and what is left for the examiner to say himself."""
    banyak, sendiri = accept_unit(
        tugas_id=tugas.pk,
        formulir_id=formulir_id,
        dilihat=read_dilihat(request.POST),
        aktor=get_pelaku(request).pengguna,
        now=timezone.now(),
    )
    messages.success(request, _("%(n)d baris ditandai sesuai.") % {"n": banyak})
    for nama, alasan in sendiri:
        kata = _("Putuskan sendiri: %(nama)s. %(alasan)s") % {"nama": nama, "alasan": alasan}
        messages.warning(request, kata)
    return Temuan(jangkar=f"unit-{formulir_id}")


@require_POST
def examine_baris(request: HttpRequest, tugas_id: int, capaian_id: int) -> JsonResponse:
    """Autosave of one verdict; answers JSON, refusals too."""
    pelaku, kini = get_pelaku(request), timezone.now()
    terlihat = visible_draf(pelaku.pengguna, pelaku.semua)
    tugas = get_object_or_404(Tugas.objects.select_related("draf"), pk=tugas_id, draf__in=terlihat)
    formulir = _list_id(tugas)
    capaian = get_object_or_404(Capaian, pk=capaian_id, formulir__in=formulir)
    tanda = {capaian.pk: read_tanda_baris(request.POST)}
    try:
        hasil = examine_capaian(tugas_id=tugas.pk, tanda=tanda, aktor=pelaku.pengguna, now=kini)
        if capaian.pk in hasil.ditolak:
            raise hasil.ditolak[capaian.pk]
    except DomainError as ditolak:
        return _refuse(ditolak)
    capaian.refresh_from_db(fields=["versi", "periksa"])
    kurang = hasil.kurang.get(capaian.pk, "")
    jumlah = sum_pemeriksaan(formulir)
    banyak = {n: sum(j[n] for j in jumlah.values()) for n in ("sesuai", "perbaiki", "belum")}
    pukul = jam_menit(kini.astimezone(pelaku.instansi.zona_waktu))
    unit = {"pk": capaian.formulir_id} | jumlah[capaian.formulir_id]
    return JsonResponse(
        {
            "versi": capaian.versi,
            "tersimpan": pukul,
            "kurang": kurang,
            "ringkasan": banyak,
            "unit": unit,
        }
    )


def _refuse(ditolak: DomainError) -> JsonResponse:
    """A refusal for a script; of a conflict also the verdict that stands, to choose from."""
    isi = {"pesan": ditolak.pesan}
    isi |= {k: getattr(ditolak, k) for k in ("galat", "versi", "kini") if hasattr(ditolak, k)}
    return JsonResponse(isi, status=int(ditolak.status))


def fill_putusan(request: HttpRequest, tugas: Tugas) -> QueryDict:
    """The posted decision; a return without words of its own takes those noted on the rows."""
    data = QueryDict(mutable=True)
    data.update(request.POST)
    if data.get("hasil") == "tidak" and not data.get("catatan", "").strip():
        temuan = list_temuan(read_pemeriksaan(data), _list_id(tugas))
        data["catatan"] = compose_alasan(temuan)[:MAKS_ALASAN]
    return data


def _list_id(tugas: Tugas) -> list[int]:
    return [f.pk for f in list_formulir_draf(tugas.draf, unit_id=tugas.unit_id)]
