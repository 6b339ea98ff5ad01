"""Pages of the steps after the signature: letter, copies, archive."""

from typing import Any

from django.forms import BaseFormSet, model_to_dict
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from laporan.forms.surat import (
    ArsipForm,
    PenggandaanForm,
    SalinanForm,
    SalinanFormSet,
    SuratForm,
    read_penggandaan,
)
from laporan.models import CatatanArsip, Lampiran, Penggandaan, SuratPengantar, Tugas
from laporan.selectors.arsip import list_kelas
from laporan.selectors.kirim import list_alamat
from laporan.selectors.surat import find_nomor, get_nomor_terakhir, get_surat_berlaku
from laporan.services.surat import save_arsip, save_penggandaan, save_surat
from laporan.services.surat_tanda import save_surat_bertanda
from laporan.views.rapat import list_penanda, save_lampiran
from laporan.views.temuan import Galat, Temuan, keep, list_galat
from organisasi.middleware import get_pelaku
from organisasi.models import Jabatan, Register
from organisasi.selectors_register import get_register_aktif, guess_nomor

_RUAS_SURAT = ("nomor", "tanggal", "perihal", "lampiran", "isi", "sifat")


def page_surat(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """The covering letter, prefilled with what is known."""
    surat = SuratPengantar.objects.filter(kunjungan=tugas.kunjungan).first()
    hari = timezone.localdate()
    register = get_register_aktif(tugas.draf.instansi, Register.Untuk.SURAT)
    return {
        "surat": surat,
        "surat_form": _surat_form(request, tugas),
        "register": register,
        "nomor_berikut": guess_nomor(register, hari) if register else "",
        "nomor_surat": find_nomor(tugas) if register else None,
        "nomor_terakhir": ""
        if register
        else get_nomor_terakhir(tugas.draf.instansi, hari.year, kecuali=surat),
    }


def _surat_form(request: HttpRequest, tugas: Tugas) -> SuratForm:
    kini, draf = timezone.now(), tugas.draf
    beregister = get_register_aktif(draf.instansi, Register.Untuk.SURAT) is not None
    pejabat = list_penanda(tugas, kini)
    surat = get_surat_berlaku(tugas)
    if surat:
        awal = {n: getattr(surat, n) for n in _RUAS_SURAT}
        awal["tujuan"] = "\n".join(t.kepada for t in surat.tujuan.all())
        penanda = (p.pk for p in pejabat if p.pengguna.nama == surat.penanda_nama)
    else:
        awal = {
            "tanggal": timezone.localtime(kini, draf.instansi.zona_waktu).date(),
            "sifat": SuratPengantar.Sifat.BIASA,
            "tujuan": "\n".join(list_alamat(draf)),
            "perihal": _("Penyampaian %(judul)s") % {"judul": draf.judul},
            "lampiran": _("1 (satu) berkas"),
            "isi": _(
                "Bersama ini kami sampaikan %(judul)s %(instansi)s sebagai bahan pelaporan "
                "kinerja.\n\nDemikian disampaikan, atas perhatian Bapak/Ibu kami ucapkan terima "
                "kasih."
            )
            % {"judul": draf.judul, "instansi": draf.instansi.nama},
        }
        penanda = (p.pk for p in pejabat if p.jabatan.tingkat == Jabatan.Tingkat.KEPALA)
    awal["penanda"] = next(penanda, None)
    return SuratForm(request.POST or None, pejabat=pejabat, beregister=beregister, initial=awal)


def save_page_surat(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the letter."""
    form = _surat_form(request, tugas)
    if not form.is_valid():
        return Temuan(list_galat(form))
    aktor = get_pelaku(request).pengguna
    isian = form.to_isian()
    if request.POST.get("aksi") == "tandatangani":
        kini = timezone.now()
        return keep(
            lambda: save_surat_bertanda(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=kini)
        )
    # A letter that is only put by takes no number from the register yet.
    bernomor = request.POST.get("aksi", "teruskan") != "simpan"
    return keep(
        lambda: save_surat(
            tugas_id=tugas.pk, isian=isian, aktor=aktor, now=timezone.now(), bernomor=bernomor
        )
    )


def page_penggandaan(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """Copies, one row for each receiver."""
    form, salinan = _penggandaan_form(request, tugas)
    return {
        "ganda": Penggandaan.objects.filter(kunjungan=tugas.kunjungan).first(),
        "ganda_form": form,
        "salinan": salinan,
        "lampiran": list(Lampiran.objects.filter(tugas__kunjungan=tugas.kunjungan)),
    }


def _penggandaan_form(
    request: HttpRequest, tugas: Tugas
) -> tuple[PenggandaanForm, BaseFormSet[SalinanForm]]:
    data = request.POST or None
    ganda = Penggandaan.objects.filter(kunjungan=tugas.kunjungan).first()
    baris: list[dict[str, Any]]
    awal: dict[str, Any] = {"oleh": get_pelaku(request).pengguna.nama}
    awal["tanggal"] = timezone.localtime(timezone.now(), tugas.draf.instansi.zona_waktu).date()
    if ganda:
        awal = {"oleh": ganda.oleh, "tanggal": ganda.tanggal}
        baris = [model_to_dict(s) for s in ganda.salinan.all()]
    else:
        surat = SuratPengantar.objects.filter(draf=tugas.draf, is_berlaku=True).last()
        tujuan = [t.kepada for t in surat.tujuan.all()] if surat else []
        baris = [{"untuk": t, "jumlah": 1} for t in [*tujuan, _("Arsip")]]
    return PenggandaanForm(data, initial=awal), SalinanFormSet(
        data, initial=None if data else baris, prefix="salinan"
    )


def save_page_penggandaan(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the copies and the proof that came along."""
    form, salinan = _penggandaan_form(request, tugas)
    if not form.is_valid() or not salinan.is_valid():
        return Temuan(list_galat(form, *salinan.forms))
    aktor = get_pelaku(request).pengguna
    isian = read_penggandaan(form, salinan)
    temuan = keep(
        lambda: save_penggandaan(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=timezone.now())
    )
    return temuan + save_lampiran(request, tugas, Lampiran.Untuk.TANDA_TERIMA)


def page_arsip(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """Where the document is kept."""
    return {"arsip_form": _arsip_form(request, tugas)}


def _arsip_form(request: HttpRequest, tugas: Tugas) -> ArsipForm:
    lama = CatatanArsip.objects.filter(
        draf=tugas.draf, kunjungan__langkah=tugas.kunjungan.langkah_id
    ).last()
    ruas = ("klasifikasi", "uraian", "lokasi", "retensi")
    kelas = list_kelas(tugas.draf.instansi, dipakai=True)
    judul = f"{tugas.draf.judul}, {tugas.draf.instansi.nama_pendek}"
    awal: dict[str, Any] = {n: getattr(lama, n) for n in ruas} if lama else {"uraian": judul}
    if lama:
        awal["kelas"] = lama.kelas_id
    return ArsipForm(request.POST or None, kelas=kelas, initial=awal)


def save_page_arsip(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the place in the archive."""
    form = _arsip_form(request, tugas)
    if not form.is_valid():
        return Temuan(list_galat(form))
    aktor, isian = get_pelaku(request).pengguna, form.to_isian()
    return keep(lambda: save_arsip(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=timezone.now()))
