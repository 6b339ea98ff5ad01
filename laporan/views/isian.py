"""What the pages of data and text steps show, and how they keep what was typed."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from kinerja.forms.kiriman import read_kiriman
from kinerja.selectors import get_kisi
from kinerja.selectors.aksi import build_tabel_aksi, list_aksi_triwulan, list_kelompok
from kinerja.selectors.perjanjian import build_isi
from kinerja.services.isian import save_formulir
from laporan.models import Lampiran, PenyuntingNaskah, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.kelengkapan import is_penulis_terakhir, memeriksa_sebelum
from laporan.rules.tindakan import can_edit_naskah
from laporan.selectors.himpun import list_kiriman
from laporan.selectors.kelengkapan import check_naskah
from laporan.selectors.naskah import (
    build_tabel,
    build_tampilan,
    get_versi_terakhir,
    list_bab,
    list_kosong,
    list_sisipan,
)
from laporan.selectors.perjanjian import list_catatan_unit, list_kurang_tabel
from laporan.services.naskah import IsianBab, save_bab
from laporan.services.pegang import hold_naskah
from laporan.views.nomor import read_nomor
from laporan.views.rapat import save_lampiran
from laporan.views.temuan import Galat, Temuan
from organisasi.middleware import get_pelaku
from sakip.common.errors import DomainError
from sop.selectors import get_graf


def page_formulir(request: HttpRequest, tugas: Tugas, galat: Galat) -> dict[str, Any]:
    """The capaian form of the turn's unit."""
    if tugas.formulir is None:
        return {"kisi": None}
    bisa_isi = tugas.status == Tugas.Status.AKTIF and tugas.formulir.is_draf
    return {
        "kisi": get_kisi(
            tugas.formulir,
            bisa_isi=bisa_isi,
            galat=galat,
            isian=read_kiriman(request.POST, request.FILES).baris,
        ),
        "aksi_triwulan": list_aksi_triwulan(tugas.formulir.unit_id, tugas.formulir.periode),
    }


def page_himpun(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """Who has sent what, a reminder for the others, and files where the data come as such."""
    kiriman = list_kiriman(tugas.draf)
    belum = [k for k in kiriman if not k.is_terkirim]
    pengingat = _(
        "Yth. %(unit)s. Capaian kinerja untuk %(judul)s belum kami terima. "
        "Mohon dikirim melalui SAKIP. Terima kasih."
    ) % {"unit": ", ".join(k.unit.nama for k in belum), "judul": tugas.draf.judul}
    return {
        "kiriman": kiriman,
        "belum": belum,
        "terkirim": len(kiriman) - len(belum),
        "pengingat": pengingat,
        "lampiran": list(Lampiran.objects.filter(tugas=tugas)),
    }


def page_cermati(_request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """Rows of an agreement or of actions that are the unit's own; all for an actor without one."""
    draf = tugas.draf
    if draf.perjanjian is None:
        aksi = list_kelompok(draf.instansi, draf.tahun, tugas.unit)
        return {"t": build_tabel_aksi(aksi, draf.judul), "is_aksi": True}
    return {"t": build_isi(draf.instansi, draf.tahun, tugas.unit_id).to_json()}


def save_himpun(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the gathered files."""
    return save_lampiran(request, tugas, Lampiran.Untuk.DATA)


def page_naskah(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """The text: to be written on this step, or to be judged as handed over."""
    langkah, draf = tugas.kunjungan.langkah, tugas.draf
    bisa_sunting = can_edit_naskah(langkah.tindakan, langkah.simbol)
    penyunting = _find_penyunting(request, tugas) if bisa_sunting else None
    if penyunting is not None:
        tampilan = build_tampilan(draf, None, pada=timezone.now())
        return {"bisa_sunting": False, "penyunting": penyunting, "tampilan": tampilan}
    if not bisa_sunting:
        versi = get_versi_terakhir(draf)
        tampilan = build_tampilan(draf, versi, pada=timezone.now())
        kosong = list_kosong(tampilan)
        return {"bisa_sunting": False, "versi": versi, "tampilan": tampilan, "kosong": kosong}
    bab = list_bab(draf)
    tabel = build_tabel(draf, bab, pada=timezone.now())
    for b in bab:
        b.isi = request.POST.get(f"isi-{b.pk}", b.isi)
    graf = get_graf(draf.versi_id, draf.versi.sidik)
    diperiksa = memeriksa_sebelum(graf, graf.menurut_id[langkah.pk])
    return {
        "bisa_sunting": True,
        "lengkap": check_naskah(draf, bab, tabel, diperiksa=diperiksa),
        "wajib_kini": is_penulis_terakhir(graf, graf.menurut_id[langkah.pk], draf.jenis),
        "bab": [(b, b.petunjuk, list_sisipan(b, tabel)) for b in bab],
        **({"kurang": list_kurang_tabel(tabel[0])} if draf.perjanjian else {}),
        "catatan_unit": [] if draf.is_laporan else list_catatan_unit(draf),
    }


def _find_penyunting(request: HttpRequest, tugas: Tugas) -> PenyuntingNaskah | None:
    """Who else of the post writes now; None when the text is the person's, from now on."""
    pelaku, kini = get_pelaku(request), timezone.now()
    sebagai = require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    return hold_naskah(tugas_id=tugas.pk, sebagai=sebagai, now=kini)


def save_formulir_unit(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the figures of a posted page, and tell what could not be kept."""
    if tugas.formulir is None or not tugas.formulir.is_draf:
        return Temuan()
    return _save_kisi(request, tugas, tugas.formulir.pk)


def save_naskah(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the text of a posted page, where this step writes it."""
    langkah = tugas.kunjungan.langkah
    if can_edit_naskah(langkah.tindakan, langkah.simbol):
        if lain := _find_penyunting(request, tugas):
            pesan = _(
                "Naskah ini sedang disunting %(nama)s. "
                "Ambil alih dahulu bila Anda yang melanjutkan."
            )
            return Temuan([pesan % {"nama": lain.pengguna.nama}])
        return Temuan(_save_semua_bab(request, tugas))
    return Temuan()


def _save_kisi(request: HttpRequest, tugas: Tugas, formulir_id: int) -> Temuan:
    pelaku = get_pelaku(request)
    hasil = save_formulir(
        formulir_id=formulir_id,
        kiriman=read_kiriman(request.POST, request.FILES),
        aktor=pelaku.pengguna,
        sebagai=require_pelaksana(tugas, pelaku.semua, pelaku.utama),
        now=timezone.now(),
    )
    return Temuan(hasil.masalah, hasil.galat)


def _save_semua_bab(request: HttpRequest, tugas: Tugas) -> list[str]:
    galat = []
    for bab in list_bab(tugas.draf):
        isi, versi = request.POST.get(f"isi-{bab.pk}"), request.POST.get(f"versi-{bab.pk}", "")
        if isi is None or not versi or isi.replace("\r\n", "\n") == bab.isi:
            continue
        isian = IsianBab(isi=isi, versi=read_nomor(versi))
        try:
            save_bab(
                bab_id=bab.pk, isian=isian, aktor=get_pelaku(request).pengguna, now=timezone.now()
            )
        except DomainError as ditolak:
            galat.append(ditolak.pesan)
    return galat
