"""Pages of the plan: the tree with its gaps, and a form for every kind of row."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja import perms
from kinerja.forms.rencana import (
    AngkaForm,
    IndikatorForm,
    ProgramForm,
    RenstraForm,
    SasaranForm,
    TujuanForm,
)
from kinerja.models import Indikator, Program, Renstra, Sasaran, Tujuan
from kinerja.rules.periode import TRIWULAN, Periode
from kinerja.selectors.pohon import get_pohon
from kinerja.services.rencana import (
    Angka,
    remove_simpul,
    save_realisasi_anggaran,
    save_simpul,
    save_target,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.errors import AksesDitolak, IsianTidakSah

_FORM: Mapping[str, Callable[..., forms.ModelForm[Any]]] = {
    "renstra": RenstraForm,
    "tujuan": TujuanForm,
    "sasaran": SasaranForm,
    "indikator": IndikatorForm,
    "program": ProgramForm,
}
# Each kind's table, and the way from a row to its office.
_MILIK: Mapping[str, tuple[type[Model], str]] = {
    "renstra": (Renstra, "instansi"),
    "tujuan": (Tujuan, "instansi"),
    "sasaran": (Sasaran, "tujuan__instansi"),
    "indikator": (Indikator, "sasaran__tujuan__instansi"),
    "program": (Program, "instansi"),
}
# Which field of a new row the link that opened its form fills in.
_INDUK: Mapping[str, str] = {"sasaran": "tujuan", "indikator": "sasaran", "program": "sasaran"}

_TAHUN = range(2000, 2101)


@require_safe
def view_pohon(request: HttpRequest) -> HttpResponse:
    """The tree of one year."""
    pelaku = get_pelaku(request)
    tahun = read_tahun(request.GET.get("tahun", ""), pelaku.instansi)
    context = {
        "pohon": get_pohon(pelaku.instansi, tahun),
        "daftar_tahun": range(tahun - 2, tahun + 3),
        "bisa_ubah": perms.can_plan(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "kinerja/pohon.html", context)


@require_http_methods(["GET", "POST"])
def edit_simpul(request: HttpRequest, jenis: str, simpul_id: int = 0) -> HttpResponse:
    """Form of one row; without a number, of a new one."""
    instansi = require_perencana(request)
    objek = get_object_or_404(_list_milik(jenis, instansi), pk=simpul_id) if simpul_id else None
    form = _FORM[jenis](
        request.POST or None,
        instance=objek,
        initial={} if objek else _read_awal(request, jenis, instansi),
        instansi=instansi,
    )
    if form.is_valid() and _save(request, form):
        messages.success(request, _("Tersimpan: %(nama)s.") % {"nama": form.instance})
        return redirect("kinerja:view-pohon")
    context = {"form": form, "jenis": jenis, "objek": objek}
    return render(request, "kinerja/simpul.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest, jenis: str, simpul_id: int) -> HttpResponse:
    """Take one row away."""
    instansi = require_perencana(request)
    objek: Any = get_object_or_404(_list_milik(jenis, instansi), pk=simpul_id)
    nama = str(objek)
    remove_simpul(objek, aktor=get_pelaku(request).pengguna, now=timezone.now())
    messages.success(request, _("Dihapus: %(nama)s.") % {"nama": nama})
    return redirect("kinerja:view-pohon")


@require_http_methods(["GET", "POST"])
def edit_target(request: HttpRequest, indikator_id: int) -> HttpResponse:
    """Targets of one indikator: the triwulan of one year, and the years of its Renstra."""
    instansi = require_perencana(request)
    indikator = get_object_or_404(
        _list_milik("indikator", instansi).select_related("sasaran__tujuan"), pk=indikator_id
    )
    tahun = read_tahun(request.GET.get("tahun", ""), instansi)
    form = _make_target(request, indikator, tahun)
    if form.is_valid():
        try:
            save_target(
                indikator=indikator,
                triwulan=Angka(form.list_nilai("tw"), tahun),
                renstra=Angka(form.list_nilai("th")),
                aktor=get_pelaku(request).pengguna,
                now=timezone.now(),
            )
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        else:
            pesan = _("Target tersimpan. Periode yang sudah dibuka tidak berubah.")
            messages.success(request, pesan)
            return redirect(f"{reverse('kinerja:view-pohon')}?tahun={tahun}")
    context = {"form": form, "indikator": indikator, "tahun": tahun}
    return render(request, "kinerja/target.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def edit_anggaran(request: HttpRequest, program_id: int) -> HttpResponse:
    """Money spent on one program, kegiatan or sub kegiatan."""
    instansi = require_perencana(request)
    program = get_object_or_404(_list_milik("program", instansi), pk=program_id)
    awal = {f"tw-{r.triwulan}": r.nilai for r in program.realisasi.all()}
    ruas = [(f"tw-{t}", Periode(program.tahun, t).nama) for t in TRIWULAN]
    form = AngkaForm(request.POST or None, ruas=ruas, awal=awal)
    if form.is_valid():
        try:
            save_realisasi_anggaran(
                program=program,
                realisasi=Angka(form.list_nilai("tw")),
                aktor=get_pelaku(request).pengguna,
                now=timezone.now(),
            )
        except IsianTidakSah as ditolak:
            form.add_error(None, ditolak.pesan)
        else:
            messages.success(request, _("Realisasi anggaran tersimpan."))
            return redirect(f"{reverse('kinerja:view-pohon')}?tahun={program.tahun}")
    context = {"form": form, "program": program}
    return render(request, "kinerja/anggaran.html", context, status=422 if form.errors else 200)


def require_perencana(request: HttpRequest) -> Instansi:
    """The office of who plans it.

    Raises:
        AksesDitolak: the person does not (403).
    """
    pelaku = get_pelaku(request)
    if not perms.can_plan(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengubah rencana kinerja instansi ini."))
    return pelaku.instansi


def _list_milik(jenis: str, instansi: Instansi) -> QuerySet[Any]:
    """Rows of that kind that belong to the office."""
    model, jalan = _MILIK[jenis]
    return model._default_manager.filter(**{jalan: instansi})


def _read_awal(request: HttpRequest, jenis: str, instansi: Instansi) -> dict[str, Any]:
    tahun = read_tahun(request.GET.get("tahun", ""), instansi)
    awal: dict[str, Any] = {"tahun": tahun, "tahun_awal": tahun, "tahun_akhir": tahun + 4}
    induk = request.GET.get("induk", "")
    if jenis in _INDUK and induk.isascii() and induk.isdigit():
        awal[_INDUK[jenis]] = induk
    return awal


def read_tahun(diminta: str, instansi: Instansi) -> int:
    """The year asked for; this one where the text is none."""
    if len(diminta) == 4 and diminta.isascii() and diminta.isdigit() and int(diminta) in _TAHUN:
        return int(diminta)
    return timezone.now().astimezone(instansi.zona_waktu).year


def _save(request: HttpRequest, form: forms.ModelForm[Any]) -> bool:
    """Write the row; a refusal about what was typed goes back to the form."""
    try:
        save_simpul(form.instance, aktor=get_pelaku(request).pengguna, now=timezone.now())
    except IsianTidakSah as ditolak:
        form.add_error("kode" if "kode" in form.fields else None, ditolak.pesan)
        return False
    return True


def _make_target(request: HttpRequest, indikator: Indikator, tahun: int) -> AngkaForm:
    tujuan = indikator.sasaran.tujuan
    awal = {f"tw-{t.triwulan}": t.nilai for t in indikator.target.filter(tahun=tahun)}
    awal |= {f"th-{t.tahun}": t.nilai for t in indikator.target_renstra.all()}
    ruas = [(f"tw-{t}", Periode(tahun, t).nama) for t in TRIWULAN]
    ruas += [
        (f"th-{t}", _("Akhir %(tahun)d") % {"tahun": t})
        for t in range(tujuan.tahun_awal, tujuan.tahun_akhir + 1)
    ]
    return AngkaForm(request.POST or None, ruas=ruas, awal=awal)
