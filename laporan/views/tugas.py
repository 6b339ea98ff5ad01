"""Doing one turn: a page per kind of step, one way to finish it."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kinerja.services.formulir import BelumLengkap
from laporan.forms.draf import PutusanForm
from laporan.models import Draf, Lampiran, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.tindakan import Halaman, Laku, can_edit_naskah, choose_laku
from laporan.selectors import draf as selectors
from laporan.selectors.akses import visible_draf
from laporan.selectors.catatan_terbuka import count_terbuka
from laporan.selectors.putaran import list_perbaikan
from laporan.selectors.rekan import get_penerima_dekat, get_pengembali, get_rekan
from laporan.services.buka import mark_dibuka
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.giliran import explain_terlambat, require_orang_lain
from laporan.views.isian import (
    page_cermati,
    page_formulir,
    page_himpun,
    page_naskah,
    save_formulir_unit,
    save_himpun,
    save_naskah,
)
from laporan.views.kertas import show_koreksi
from laporan.views.rapat import page_rapat, save_lampiran, save_page_rapat
from laporan.views.reviu import page_reviu, save_page_reviu
from laporan.views.surat import (
    page_arsip,
    page_penggandaan,
    page_surat,
    save_page_arsip,
    save_page_penggandaan,
    save_page_surat,
)
from laporan.views.temuan import Galat, Temuan
from laporan.views.verifikasi import fill_putusan, page_verifikasi, save_verifikasi
from organisasi.middleware import get_pelaku

Baca = Callable[[HttpRequest, Tugas, Galat], dict[str, Any]]
Simpan = Callable[[HttpRequest, Tugas], Temuan]


@dataclass(frozen=True)
class Lembar:
    """One kind of page: what it shows besides the frame, and how it keeps what was typed."""

    baca: Baca = lambda _request, _tugas, _galat: {}
    simpan: Simpan = lambda _request, _tugas: Temuan()


_LEMBAR: dict[Halaman, Lembar] = {
    Halaman.DISPOSISI: Lembar(),
    Halaman.RAPAT: Lembar(page_rapat, save_page_rapat),
    Halaman.FORMULIR: Lembar(page_formulir, save_formulir_unit),
    Halaman.HIMPUN: Lembar(page_himpun, save_himpun),
    Halaman.CERMATI: Lembar(page_cermati),
    Halaman.NASKAH: Lembar(page_naskah, save_naskah),
    Halaman.VERIFIKASI: Lembar(page_verifikasi, save_verifikasi),
    Halaman.SURAT: Lembar(page_surat, save_page_surat),
    Halaman.PENGGANDAAN: Lembar(page_penggandaan, save_page_penggandaan),
    Halaman.ARSIP: Lembar(page_arsip, save_page_arsip),
    Halaman.REVIU: Lembar(page_reviu, save_page_reviu),
    Halaman.TANDA_TANGAN: Lembar(),
}
# Pages on which a text is written, judged or sent back.
_BERNASKAH = frozenset({Halaman.NASKAH, Halaman.TANDA_TANGAN})


@dataclass(frozen=True)
class Meja:
    """One turn on the actor's desk, with what its page needs."""

    request: HttpRequest
    tugas: Tugas
    laku: Laku
    putusan: PutusanForm

    @property
    def lembar(self) -> Lembar:
        """The kind of page."""
        return _LEMBAR[self.laku.halaman]


def fetch_tugas(request: HttpRequest, tugas_id: int) -> Tugas:
    """The turn, or 404 for a stranger."""
    pelaku = get_pelaku(request)
    daftar = Tugas.objects.select_related(
        "draf__instansi",
        "draf__perjanjian__instansi",
        "draf__perjanjian__unit",
        "draf__versi",
        "kunjungan__langkah",
        "kunjungan__pengirim",
        "jabatan",
        "unit",
    )
    return get_object_or_404(
        daftar, pk=tugas_id, draf__in=visible_draf(pelaku.pengguna, pelaku.semua)
    )


@require_http_methods(["GET", "POST"])
def work_tugas(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """The page of one turn; POST saves what was filled in and, where asked, finishes the turn."""
    tugas, pelaku = fetch_tugas(request, tugas_id), get_pelaku(request)
    laku = choose_laku(
        tugas.kunjungan.langkah.tindakan,
        berformulir=tugas.formulir_id is not None,
        menghasilkan=tugas.draf.menghasilkan,
    )
    if request.method == "GET" and (tugas.status not in Tugas.DI_MEJA or not tugas.draf.is_aktif):
        messages.info(request, explain_terlambat(tugas.draf, tugas))
        return redirect(tugas.draf)
    require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    require_orang_lain(tugas.draf, pelaku.pengguna, tugas.kunjungan.langkah.beda_orang_dari)
    mark_dibuka(tugas, now=timezone.now())
    if laku.halaman == Halaman.TANDA_TANGAN and not _mengembalikan(request, tugas):
        return redirect("laporan:sign-tugas", tugas_id=tugas.pk)
    meja = _open_meja(request, tugas, laku)
    return _receive(meja) if request.method == "POST" else _show(meja)


def _mengembalikan(request: HttpRequest, tugas: Tugas) -> bool:
    """Whether a signer asks to send the report back, on a route that lets him."""
    diminta = "kembalikan" in request.GET or request.POST.get("hasil") == "tidak"
    return diminta and tugas.kunjungan.langkah.simbol == "keputusan"


def _open_meja(request: HttpRequest, tugas: Tugas, laku: Laku) -> Meja:
    data: QueryDict | None = request.POST if request.method == "POST" else None
    if data is not None and laku.halaman == Halaman.VERIFIKASI:
        data = fill_putusan(request, tugas)
    unit = [(u.pk, u.nama) for u in selectors.list_unit_balik(tugas)]
    baku = selectors.list_kalimat(tugas) if laku.halaman == Halaman.DISPOSISI else []
    mengembalikan = data is not None and data.get("hasil") == "tidak"
    catatan = count_terbuka(tugas.draf) if mengembalikan else 0
    form = PutusanForm(data, unit=unit, baku=baku, banyak_catatan=catatan)
    return Meja(request, tugas, laku, form)


def _receive(meja: Meja) -> HttpResponse:
    """Save what was typed, then finish the turn where the button said so."""
    request, tugas = meja.request, meja.tugas
    # Finishing a closed turn again is answered by the service, not here.
    aktif = tugas.status == Tugas.Status.AKTIF
    temuan = meja.lembar.simpan(request, tugas) if aktif else Temuan()
    if aktif:
        temuan += save_lampiran(request, tugas, Lampiran.Untuk.PERBAIKAN)
    if temuan.pesan or not meja.putusan.is_valid():
        return _show(meja, temuan=temuan, status=422)
    if request.POST.get("aksi") == "tandatangani":
        return redirect("laporan:sign-tugas", tugas_id=tugas.pk)
    if request.POST.get("aksi", "teruskan") != "teruskan":
        messages.success(request, _("Tersimpan. Langkah ini masih di meja Anda."))
        # Words of a decision that is not taken yet have no place of their own.
        belum = meja.laku.halaman == Halaman.VERIFIKASI and meja.putusan.cleaned_data["catatan"]
        jangkar = f"#{temuan.jangkar}" if temuan.jangkar else ""
        return _show(meja) if belum else redirect(f"{tugas.get_absolute_url()}{jangkar}")
    try:
        draf = finish_tugas(
            tugas_id=tugas.pk,
            aktor=get_pelaku(request).pengguna,
            putusan=_read_putusan(meja),
            now=timezone.now(),
        )
    except BelumLengkap as belum:
        return _show(meja, temuan=Temuan(belum.masalah, belum.galat), status=422)
    messages.success(request, _kata_selesai(draf, meja.putusan.cleaned_data["hasil"]))
    return redirect("laporan:meja-kerja")


def _read_putusan(meja: Meja) -> Putusan:
    data = meja.putusan.cleaned_data
    catatan = data["catatan"]
    if data["sebab"]:
        cukup = catatan.strip() or meja.putusan.banyak_catatan
        catatan = f"{', '.join(data['sebab'])}. {catatan}" if cukup else ""
    catatan = "\n".join([*data["baku"], *([catatan] if catatan else [])])
    return Putusan(
        hasil=data["hasil"] or "lanjut",
        catatan=catatan,
        unit=tuple(data["unit"]),
        naskah_urut=None if _menyunting(meja.tugas) else data["naskah_urut"],
        kunci=data["kunci"],
        tetap=data["tetap"],
    )


def _menyunting(tugas: Tugas) -> bool:
    langkah = tugas.kunjungan.langkah
    return can_edit_naskah(langkah.tindakan, langkah.simbol)


def _kata_selesai(draf: Draf, hasil: str) -> str:
    if draf.status == Draf.Status.SELESAI:
        return _("%(judul)s telah selesai.") % {"judul": draf.judul}
    kata = _("Dikembalikan.") if hasil == "tidak" else _("Terkirim.")
    bersama = draf.meja == Draf.Meja.BERSAMA
    return _("%(kata)s %(judul)s kini di meja %(meja)s.") % {
        "kata": kata,
        "judul": draf.judul,
        "meja": _("beberapa pejabat") if bersama else draf.get_meja_display(),
    }


def _show(meja: Meja, *, temuan: Temuan | None = None, status: int = 200) -> HttpResponse:
    request, tugas, kini = meja.request, meja.tugas, timezone.now()
    temuan = temuan or Temuan()
    perjalanan = selectors.get_perjalanan(tugas.draf, kini=kini)
    langkah = perjalanan.graf.menurut_id[tugas.kunjungan.langkah_id]
    hasil = ("ya", "tidak") if langkah.is_keputusan else ("lanjut",)
    penerima, *balik = selectors.list_penerima(perjalanan.graf, langkah, hasil, kini=kini)
    ulang = langkah.kelengkapan_ulang and tugas.kunjungan.iterasi > 1
    rekan = get_rekan(tugas, perjalanan.tugas)
    context: dict[str, Any] = {
        "tugas": tugas,
        "draf": tugas.draf,
        "langkah": langkah,
        "laku": meja.laku,
        "perjalanan": perjalanan,
        "penerima": get_penerima_dekat(rekan, penerima, kini=kini),
        "rekan": rekan,
        "penerima_balik": next(iter(balik), None),
        "sebagai": require_pelaksana(tugas, get_pelaku(request).semua, get_pelaku(request).utama),
        "putusan": meja.putusan,
        "kunci": request.POST.get("kunci") or uuid.uuid4().hex,
        "maju": hasil[0],
        "galat": temuan.butir,
        "perbaikan": list_perbaikan(tugas.draf) if perjalanan.is_berulang else [],
        "lampiran_perbaikan": tugas.lampiran.filter(untuk=Lampiran.Untuk.PERBAIKAN)
        if ulang
        else [],
        "pengembali": get_pengembali(tugas),
    }
    context |= meja.lembar.baca(request, tugas, temuan.galat)
    if meja.laku.halaman in _BERNASKAH:
        context |= show_koreksi(request, tugas, perjalanan.tugas, context)
    return render(request, f"laporan/tugas/{meja.laku.halaman}.html", context, status=status)
