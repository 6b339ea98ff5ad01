"""The page of a meeting: invite, and once it has begun keep minutes and attendance."""

from datetime import datetime
from functools import partial
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from laporan.forms.rapat import NotulenForm, UndanganForm
from laporan.models import Lampiran, Rapat, Tugas, Undangan
from laporan.perms import require_pelaksana
from laporan.rules.rapat import is_berlangsung, is_undangan_saja
from laporan.selectors.rapat import find_undangan
from laporan.services.lampiran import attach_lampiran
from laporan.services.rapat import save_rapat, save_undangan
from laporan.views.temuan import Galat, Temuan, keep, list_galat
from organisasi.middleware import get_pelaku
from organisasi.models import Jabatan, Penugasan
from organisasi.selectors import list_pejabat
from sop.selectors import get_graf

_TAHAP = (_("Undangan"), _("Rapat"), _("Notulen dan daftar hadir"))


def page_rapat(request: HttpRequest, tugas: Tugas, _galat: Galat) -> dict[str, Any]:
    """The stage the meeting is in, with its forms."""
    kini, undangan = timezone.now(), _find(tugas)
    graf = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik)
    hanya = is_undangan_saja(graf, graf.menurut_id[tugas.kunjungan.langkah_id])
    berlangsung = undangan is not None and is_berlangsung(undangan.mulai, now=kini)
    return {
        "undangan": undangan,
        "hanya_undangan": hanya,
        "berlangsung": berlangsung,
        "tahap": _TAHAP[:1] if hanya else _TAHAP,
        "kini": 1 if undangan is None else 3 if berlangsung else 2,
        "undangan_form": _undangan_form(request, tugas, undangan, kini),
        "notulen_form": _notulen_form(request, tugas, undangan)
        if undangan and berlangsung and not hanya
        else None,
        "rapat": Rapat.objects.filter(kunjungan=tugas.kunjungan).first(),
        "lampiran": list(Lampiran.objects.filter(tugas__kunjungan=tugas.kunjungan)),
    }


def save_page_rapat(request: HttpRequest, tugas: Tugas) -> Temuan:
    """Keep the posted part of the page: the invitation, or minutes and attendance."""
    bagian, undangan, kini = request.POST.get("bagian"), _find(tugas), timezone.now()
    aktor = get_pelaku(request).pengguna
    if bagian == "undangan":
        form = _undangan_form(request, tugas, undangan, kini)
        if not form.is_valid():
            return Temuan(list_galat(form))
        return keep(
            lambda: save_undangan(tugas_id=tugas.pk, isian=form.to_isian(), aktor=aktor, now=kini)
        )
    if bagian == "notulen" and undangan is not None:
        return _save_notulen(request, tugas, undangan)
    return Temuan()


def _save_notulen(request: HttpRequest, tugas: Tugas, undangan: Undangan) -> Temuan:
    form, kini = _notulen_form(request, tugas, undangan), timezone.now()
    aktor = get_pelaku(request).pengguna
    if not form.is_valid():
        return Temuan(list_galat(form))
    temuan = keep(
        lambda: save_rapat(tugas_id=tugas.pk, isian=form.to_isian(), aktor=aktor, now=kini)
    )
    return temuan + save_lampiran(request, tugas, Lampiran.Untuk.DAFTAR_HADIR)


def save_lampiran(request: HttpRequest, tugas: Tugas, untuk: Lampiran.Untuk) -> Temuan:
    """Keep the files posted under that name."""
    aktor, temuan = get_pelaku(request).pengguna, Temuan()
    for berkas in request.FILES.getlist(untuk.value):
        simpan = partial(attach_lampiran, tugas_id=tugas.pk, untuk=untuk, berkas=berkas)
        temuan += keep(partial(simpan, aktor=aktor, now=timezone.now()))
    return temuan


def _find(tugas: Tugas) -> Undangan | None:
    return find_undangan(get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik), tugas.kunjungan)


def list_penanda(tugas: Tugas, kini: datetime) -> list[Penugasan]:
    """People of the office who sign letters and come to meetings; no administrators."""
    daftar = list_pejabat(tugas.draf.instansi, pada=kini)
    return list(daftar.exclude(jabatan__tingkat=Jabatan.Tingkat.PENGELOLA))


def _undangan_form(
    request: HttpRequest, tugas: Tugas, undangan: Undangan | None, kini: datetime
) -> UndanganForm:
    pejabat = list_penanda(tugas, kini)
    data = request.POST if request.POST.get("bagian") == "undangan" else None
    awal = _awal_dari(undangan, pejabat) if undangan else _awal_baru(request, tugas, pejabat)
    zona = tugas.draf.instansi.zona_waktu
    return UndanganForm(data, pejabat=pejabat, zona=zona, initial=awal)


def _awal_baru(request: HttpRequest, tugas: Tugas, pejabat: list[Penugasan]) -> dict[str, Any]:
    """Whoever the route names is invited unless unticked."""
    pelaku = get_pelaku(request)
    graf = get_graf(tugas.draf.versi_id, tugas.draf.versi.sidik)
    jabatan = {p.jabatan_id for s in graf.langkah for p in s.pelaksana}
    kata = _("Sosialisasi %(judul)s"), _("Pembahasan %(judul)s")
    sosialisasi = tugas.kunjungan.langkah.tindakan == "sosialisasi"
    return {
        "acara": kata[0 if sosialisasi else 1] % {"judul": tugas.draf.judul},
        "penanda": require_pelaksana(tugas, pelaku.semua, pelaku.utama).pk,
        "pejabat": [p.pk for p in pejabat if p.jabatan_id in jabatan],
    }


def _awal_dari(undangan: Undangan, pejabat: list[Penugasan]) -> dict[str, Any]:
    zona = undangan.draf.instansi.zona_waktu
    mulai, selesai = undangan.mulai.astimezone(zona), undangan.selesai
    peserta = list(undangan.peserta.all())
    penanda = (p.pk for p in pejabat if p.pengguna.nama == undangan.penanda_nama)
    return {
        "acara": undangan.acara,
        "tanggal": mulai.date(),
        "mulai": mulai.time(),
        "selesai": selesai.astimezone(zona).time() if selesai else None,
        "tempat": undangan.tempat,
        "tautan": undangan.tautan,
        "nomor": undangan.nomor,
        "penanda": next(penanda, None),
        "pejabat": [p.penugasan_id for p in peserta if p.penugasan_id],
        "lain": "\n".join(
            f"{p.nama}; {p.jabatan}" if p.jabatan else p.nama for p in peserta if not p.penugasan_id
        ),
    }


def _notulen_form(request: HttpRequest, tugas: Tugas, undangan: Undangan) -> NotulenForm:
    rapat = Rapat.objects.filter(kunjungan=tugas.kunjungan).first()
    hadir = list(rapat.kehadiran.all()) if rapat else []
    awal = {
        "pimpinan": rapat.pimpinan if rapat else undangan.penanda_nama,
        "notulen": rapat.notulen if rapat else "",
        "hadir": [k.peserta_id for k in hadir if k.is_hadir and k.peserta_id],
        "tambahan": "\n".join(
            f"{k.nama}; {k.jabatan}" if k.jabatan else k.nama for k in hadir if not k.peserta_id
        ),
    }
    data = request.POST if request.POST.get("bagian") == "notulen" else None
    return NotulenForm(data, undangan=undangan, initial=awal)
