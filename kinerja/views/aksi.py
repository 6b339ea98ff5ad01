"""Pages of Rencana Aksi: the plan of a year, one action, what was done; on paper and as Excel."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja import perms
from kinerja.forms.aksi import AksiForm, PelaksanaanForm
from kinerja.forms.beda import list_beda
from kinerja.models import RencanaAksi, TargetAksi
from kinerja.rules.nilai import ANGKA, JenisNilai
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.selectors.aksi import KelompokAksi, build_tabel_aksi, list_kelompok
from kinerja.services.aksi import (
    read_isi,
    read_pelaksanaan,
    record_pelaksanaan,
    remove_aksi,
    save_aksi,
)
from kinerja.services.rencana import RencanaBasi, compute_versi
from kinerja.views.rencana import read_tahun
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi, UnitKerja
from organisasi.selectors import list_unit_terbuka
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.lembar_tulis import (
    add_lembar,
    atur_tinggi,
    new_buku,
    to_bytes,
    tulis,
    tulis_judul,
    xlsx_response,
)
from sakip.common.pdf import render_pdf
from sakip.common.pk import read_pk

_LEBAR = (9, 44, 16, 44, 26, 14, 9, 9, 9, 9, 20, 28, 18)


@require_safe
def list_aksi(request: HttpRequest) -> HttpResponse:
    """The plan of actions of one year, of the office or of one unit."""
    pelaku = get_pelaku(request)
    tahun, unit = _read_tahun(request), _read_unit(request, pelaku.instansi)
    context = {
        "kelompok": list_kelompok(pelaku.instansi, tahun, unit),
        "tahun": tahun,
        "daftar_tahun": range(tahun - 2, tahun + 3),
        "unit": unit,
        "daftar_unit": list_unit_terbuka(pelaku.instansi),
        "periode": [Periode(tahun, tw) for tw in TRIWULAN],
        "bisa_ubah": perms.list_unit_aksi(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "kinerja/aksi.html", context)


@require_http_methods(["GET", "POST"])
def edit_aksi(request: HttpRequest, aksi_id: int = 0) -> HttpResponse:
    """Form of one action; without a number, of a new one."""
    aksi = _fetch(request, aksi_id) if aksi_id else None
    unit = _require_penulis(request, aksi)
    tahun = aksi.tahun if aksi else _read_tahun(request)

    def buat(data: QueryDict | None = None) -> AksiForm:
        kini = _fetch(request, aksi_id) if aksi_id else None
        awal = {"indikator": request.GET.get("indikator"), "unit": next(iter(unit))}
        return AksiForm(
            data,
            instance=kini,
            initial={} if kini else awal,
            instansi=get_pelaku(request).instansi,
            tahun=tahun,
            unit=unit,
        )

    form = buat(request.POST or None)
    konflik = None
    if form.is_valid():
        try:
            if _save(request, form):
                messages.success(request, _("Tersimpan: %(nama)s.") % {"nama": form.instance})
                return redirect(f"{reverse('kinerja:list-aksi')}?tahun={tahun}")
        except RencanaBasi as basi:
            konflik = {"pesan": basi.pesan, "beda": [*list_beda(form, buat())]}
    versi = compute_versi(read_isi(aksi)) if aksi else ""
    context = {"form": form, "aksi": aksi, "tahun": tahun, "versi": versi, "konflik": konflik}
    status = 409 if konflik else 422 if form.errors else 200
    return render(request, "kinerja/aksi_ubah.html", context, status=status)


@require_POST
def remove(request: HttpRequest, aksi_id: int) -> HttpResponse:
    """Take one action away."""
    aksi = _fetch(request, aksi_id)
    aktor, versi = get_pelaku(request).pengguna, request.POST.get("versi", "")
    remove_aksi(aksi=aksi, aktor=aktor, now=timezone.now(), versi=versi)
    messages.success(request, _("Dihapus: %(nama)s.") % {"nama": aksi.uraian})
    return redirect(f"{reverse('kinerja:list-aksi')}?tahun={aksi.tahun}")


@require_http_methods(["GET", "POST"])
def edit_pelaksanaan(request: HttpRequest, aksi_id: int) -> HttpResponse:
    """What was done of one action, triwulan by triwulan."""
    aksi, pelaku = _fetch(request, aksi_id), get_pelaku(request)
    if not perms.can_act(pelaku.instansi.pk, aksi.unit_id, pelaku.semua):
        raise AksesDitolak(
            _("Pelaksanaan dicatat oleh perencana atau unit yang bertanggung jawab atas aksi ini.")
        )
    form = PelaksanaanForm(request.POST or None, aksi=aksi)
    konflik = None
    if form.is_valid():
        try:
            record_pelaksanaan(
                aksi=aksi,
                catatan=form.read_catatan(),
                aktor=pelaku.pengguna,
                now=timezone.now(),
                versi=request.POST.get("versi", ""),
            )
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        except RencanaBasi as basi:
            beda = list_beda(form, PelaksanaanForm(aksi=aksi))
            konflik = {"pesan": basi.pesan, "beda": [*beda]}
        else:
            messages.success(request, _("Pelaksanaan tersimpan."))
            return redirect(f"{reverse('kinerja:list-aksi')}?tahun={aksi.tahun}")
    versi = compute_versi(read_pelaksanaan(aksi))
    context = {"form": form, "aksi": aksi, "versi": versi, "konflik": konflik}
    status = 409 if konflik else 422 if form.errors else 200
    return render(request, "kinerja/aksi_pelaksanaan.html", context, status=status)


@require_safe
def print_aksi(request: HttpRequest) -> HttpResponse:
    """The plan of actions as PDF, as it stands now."""
    instansi, tahun = get_pelaku(request).instansi, _read_tahun(request)
    unit = _read_unit(request, instansi)
    judul = _judul(tahun, unit)
    context = {
        "judul": judul,
        "cetak": {"draf": {"instansi": instansi}},
        "t": build_tabel_aksi(list_kelompok(instansi, tahun, unit), judul),
        "pada": timezone.now(),
    }
    hasil = render_pdf(render_to_string("pdf/rencana-aksi.html", context))
    jawab = HttpResponse(hasil.isi, content_type="application/pdf")
    jawab["Content-Disposition"] = f'attachment; filename="rencana-aksi-{tahun}.pdf"'
    return jawab


@require_safe
def download_aksi(request: HttpRequest) -> HttpResponse:
    """The same as Excel, with what was done."""
    instansi, tahun = get_pelaku(request).instansi, _read_tahun(request)
    unit = _read_unit(request, instansi)
    buku = new_buku(judul=_judul(tahun, unit))
    lembar = add_lembar(buku, "Rencana aksi", lebar=_LEBAR)
    kepala = ["Kode", "Indikator", "Target setahun", "Aksi", "Keluaran", "Satuan"]
    kepala += [Periode(tahun, tw).singkat for tw in TRIWULAN]
    tulis_judul(lembar, 1, [*kepala, "Jadwal", "Penanggung jawab", "Anggaran (Rp)"])
    for n, isi in enumerate(_list_isi(list_kelompok(instansi, tahun, unit)), start=2):
        for k, nilai in enumerate(isi, start=1):
            tulis(lembar, n, k, nilai)
    atur_tinggi(lembar)
    return xlsx_response(to_bytes(buku), f"rencana-aksi-{tahun}")


def _require_penulis(request: HttpRequest, aksi: RencanaAksi | None) -> frozenset[int | None]:
    """Units whose actions the person may write; with None among them, those of every unit."""
    pelaku = get_pelaku(request)
    unit = perms.list_unit_aksi(pelaku.instansi.pk, pelaku.semua)
    if not unit or (aksi and unit.isdisjoint({None, aksi.unit_id})):
        raise AksesDitolak(
            _("Rencana aksi ditulis oleh perencana atau unit yang bertanggung jawab atasnya.")
        )
    return unit


def _save(request: HttpRequest, form: AksiForm) -> bool:
    """Write the action; a refusal about what was typed goes back to the form."""
    try:
        save_aksi(
            aksi=form.instance,
            target=form.read_target(),
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
            versi=request.POST.get("versi", ""),
        )
    except IsianTidakSah as ditolak:
        form.add_error(None, ditolak.pesan)
        return False
    return True


def _list_isi(kelompok: list[KelompokAksi]) -> list[list[Any]]:
    """Cells of the sheet, an action a row."""
    baris = []
    for k in kelompok:
        for b in k.baris:
            a = b.aksi
            target = {t.triwulan: _make_sel(t) for t in a.target.all()}
            kiri = [k.indikator.kode, k.indikator.nama, k.target, a.uraian, a.keluaran, a.satuan]
            tw = [target.get(n) for n in TRIWULAN]
            baris.append([*kiri, *tw, a.jadwal, a.unit.nama, a.anggaran])
    return baris


def _make_sel(t: TargetAksi) -> Decimal | str | None:
    """A figure as a figure; a range, a level, a day or words as they are written."""
    satu = JenisNilai(t.aksi.jenis_nilai) in ANGKA and t.nilai_atas is None
    return t.nilai if satu else t.teks


def _judul(tahun: int, unit: UnitKerja | None) -> str:
    return f"Rencana Aksi {f'{unit.nama} ' if unit else ''}Tahun {tahun}"


def _fetch(request: HttpRequest, aksi_id: int) -> RencanaAksi:
    """The action, or 404 for a stranger."""
    daftar = RencanaAksi.objects.select_related("indikator__sasaran__tujuan", "unit", "program")
    milik = get_pelaku(request).instansi
    return get_object_or_404(daftar, pk=aksi_id, indikator__sasaran__tujuan__instansi=milik)


def _read_tahun(request: HttpRequest) -> int:
    return read_tahun(request.GET.get("tahun", ""), get_pelaku(request).instansi)


def _read_unit(request: HttpRequest, instansi: Instansi) -> UnitKerja | None:
    diminta = read_pk(request.GET.get("unit", ""))
    if diminta is None:
        return None
    return get_object_or_404(UnitKerja, pk=diminta, instansi=instansi)
