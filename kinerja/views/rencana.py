"""Pages of the plan: the tree with its gaps, and a form for every kind of row."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinerja import perms
from kinerja.forms.beda import list_beda
from kinerja.forms.indikator import IndikatorForm
from kinerja.forms.rencana import (
    AngkaForm,
    ProgramForm,
    RenstraForm,
    SasaranForm,
    TujuanForm,
)
from kinerja.models import Indikator, Program, Renstra, Sasaran, Tujuan
from kinerja.rules.nilai import ANGKA, JenisNilai
from kinerja.rules.periode import TAHUN, TRIWULAN, Periode
from kinerja.selectors.kamus import list_label
from kinerja.selectors.pohon import Pohon, get_pohon, keep_celah, keep_label, keep_unit
from kinerja.selectors.unduhan import list_tabel_pohon
from kinerja.services.kamus import save_indikator
from kinerja.services.rencana import (
    Angka,
    IsianTarget,
    RencanaBasi,
    compute_versi,
    list_angka_anggaran,
    list_angka_target,
    remove_simpul,
    save_realisasi_anggaran,
    save_simpul,
    save_target,
)
from organisasi.middleware import get_pelaku
from organisasi.models import Instansi
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.pk import read_pk
from sakip.common.unduhan import read_bentuk, unduh

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


@require_safe
def view_pohon(request: HttpRequest) -> HttpResponse:
    """The tree of one year."""
    pelaku = get_pelaku(request)
    pohon = read_pohon(request, pelaku.instansi)
    if bentuk := read_bentuk(request):
        return unduh(list_tabel_pohon(pohon), f"pohon-{pelaku.instansi.kode}-{pohon.tahun}", bentuk)
    tanya = request.GET.copy()
    tanya["tahun"] = str(pohon.tahun)
    context = {
        "pohon": pohon,
        "daftar_tahun": range(pohon.tahun - 2, pohon.tahun + 3),
        "daftar_unit": pelaku.instansi.unit.order_by("urutan", "kode"),
        "unit": request.GET.get("unit", ""),
        "hanya_celah": "celah" in request.GET,
        "label": request.GET.get("label", ""),
        "daftar_label": list_label(pelaku.instansi),
        "tanya": tanya.urlencode(),
        "bisa_ubah": perms.can_plan(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "kinerja/pohon.html", context)


@require_http_methods(["GET", "POST"])
def edit_simpul(request: HttpRequest, jenis: str, simpul_id: int = 0) -> HttpResponse:
    """Form of one row; without a number, of a new one."""
    instansi = require_perencana(request)
    objek = get_object_or_404(_list_milik(jenis, instansi), pk=simpul_id) if simpul_id else None
    versi = compute_versi(objek) if objek else ""

    def buat(data: QueryDict | None = None) -> forms.ModelForm[Any]:
        kini = _list_milik(jenis, instansi).get(pk=simpul_id) if simpul_id else None
        awal = {} if kini else _read_awal(request, jenis, instansi)
        return _FORM[jenis](data, instance=kini, initial=awal, instansi=instansi)

    form = buat(request.POST or None)
    konflik = None
    if form.is_valid():
        try:
            if _save(request, form):
                messages.success(request, _("Tersimpan: %(nama)s.") % {"nama": form.instance})
                return redirect("kinerja:view-pohon")
        except RencanaBasi as basi:
            konflik = {"pesan": basi.pesan, "beda": [*list_beda(form, buat())]}
    context = {"form": form, "jenis": jenis, "objek": objek, "versi": versi, "konflik": konflik}
    return render(request, "kinerja/simpul.html", context, status=_status(form, konflik))


@require_POST
def remove(request: HttpRequest, jenis: str, simpul_id: int) -> HttpResponse:
    """Take one row away."""
    instansi = require_perencana(request)
    objek: Any = get_object_or_404(_list_milik(jenis, instansi), pk=simpul_id)
    nama, versi = str(objek), request.POST.get("versi", "")
    try:
        remove_simpul(objek, aktor=get_pelaku(request).pengguna, now=timezone.now(), versi=versi)
    except RencanaBasi as basi:
        return _show_basi(request, jenis, objek, basi.pesan)
    messages.success(request, _("Dihapus: %(nama)s.") % {"nama": nama})
    return redirect("kinerja:view-pohon")


def _show_basi(request: HttpRequest, jenis: str, objek: Model, pesan: str) -> HttpResponse:
    """The row as it is now, for whoever was about to remove what it was before."""
    form = _FORM[jenis](instance=objek, instansi=get_pelaku(request).instansi)
    konflik = {"pesan": pesan, "beda": None}
    context = {"form": form, "jenis": jenis, "objek": objek, "versi": compute_versi(objek)}
    return render(request, "kinerja/simpul.html", context | {"konflik": konflik}, status=409)


@require_http_methods(["GET", "POST"])
def edit_target(request: HttpRequest, indikator_id: int) -> HttpResponse:
    """Targets of one indikator: the triwulan of one year, and the years of its Renstra."""
    instansi = require_perencana(request)
    indikator = get_object_or_404(
        _list_milik("indikator", instansi).select_related("sasaran__tujuan"), pk=indikator_id
    )
    tahun = read_tahun(request.GET.get("tahun", ""), instansi)
    form = _make_target(indikator, tahun, request.POST or None)
    versi = request.POST.get("versi", "")
    hasil = _try_angka(
        form,
        lambda: save_target(
            indikator=indikator,
            target=IsianTarget(
                tahun,
                form.list_target("tw"),
                form.list_target("th"),
                versi,
                # Silence removes nothing: upper ends count only where the page asked for them.
                is_beratas=any(nama.startswith("atas-") for nama in request.POST),
            ),
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
        ),
        lambda: _make_target(indikator, tahun),
    )
    if hasil is None:
        messages.success(request, _("Target tersimpan. Periode yang sudah dibuka tidak berubah."))
        return redirect(f"{reverse('kinerja:view-pohon')}?tahun={tahun}")
    context = {
        "form": form,
        "indikator": indikator,
        "tahun": tahun,
        "versi": compute_versi(list_angka_target(indikator, tahun)),
        **hasil,
    }
    status = _status(form, hasil.get("konflik"))
    return render(request, "kinerja/target.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_anggaran(request: HttpRequest, program_id: int) -> HttpResponse:
    """Money spent on one program, kegiatan or sub kegiatan."""
    instansi = require_perencana(request)
    program = get_object_or_404(_list_milik("program", instansi), pk=program_id)
    form = _make_anggaran(program, request.POST or None)
    versi = request.POST.get("versi", "")
    hasil = _try_angka(
        form,
        lambda: save_realisasi_anggaran(
            program=program,
            realisasi=Angka(form.list_nilai("tw"), versi=versi),
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
        ),
        lambda: _make_anggaran(program),
    )
    if hasil is None:
        messages.success(request, _("Realisasi anggaran tersimpan."))
        return redirect(f"{reverse('kinerja:view-pohon')}?tahun={program.tahun}")
    context = {
        "form": form,
        "program": program,
        "versi": compute_versi(list_angka_anggaran(program)),
        **hasil,
    }
    status = _status(form, hasil.get("konflik"))
    return render(request, "kinerja/anggaran.html", context, status=status)


def _try_angka(
    form: AngkaForm, simpan: Callable[[], None], buat_kini: Callable[[], AngkaForm]
) -> dict[str, Any] | None:
    """Save what the form holds; None when it is saved, else what the page adds."""
    if not form.is_valid():
        return {}
    try:
        simpan()
    except IsianTidakSah as ditolak:
        form.add_error(None, ditolak.pesan)
        return {}
    except RencanaBasi as basi:
        return {"konflik": {"pesan": basi.pesan, "beda": [*list_beda(form, buat_kini())]}}
    return None


def read_pohon(request: HttpRequest, instansi: Instansi) -> Pohon:
    """The tree of the year asked for, narrowed to a unit, a label, and its gaps as asked."""
    pohon = get_pohon(instansi, read_tahun(request.GET.get("tahun", ""), instansi))
    unit = read_pk(request.GET.get("unit", ""))
    if unit is not None:
        pohon = keep_unit(pohon, unit)
    if label := request.GET.get("label", ""):
        pohon = keep_label(pohon, label)
    return keep_celah(pohon) if "celah" in request.GET else pohon


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


def _status(form: forms.BaseForm, konflik: object) -> int:
    if konflik:
        return 409
    return 422 if form.errors else 200


def _read_awal(request: HttpRequest, jenis: str, instansi: Instansi) -> dict[str, Any]:
    tahun = read_tahun(request.GET.get("tahun", ""), instansi)
    awal: dict[str, Any] = {"tahun": tahun, "tahun_awal": tahun, "tahun_akhir": tahun + 4}
    induk = request.GET.get("induk", "")
    if jenis in _INDUK and (pk := read_pk(induk)):
        awal[_INDUK[jenis]] = pk
    return awal


def read_tahun(diminta: str, instansi: Instansi) -> int:
    """The year asked for; this one where the text is none."""
    if len(diminta) == 4 and diminta.isascii() and diminta.isdigit() and int(diminta) in TAHUN:
        return int(diminta)
    return timezone.now().astimezone(instansi.zona_waktu).year


def _save(request: HttpRequest, form: forms.ModelForm[Any]) -> bool:
    """Write the row; a refusal about what was typed goes back to the form."""
    try:
        _write(request, form, request.POST.get("versi", ""))
    except IsianTidakSah as ditolak:
        form.add_error("kode" if "kode" in form.fields else None, ditolak.pesan)
        return False
    return True


def _write(request: HttpRequest, form: forms.ModelForm[Any], versi: str) -> None:
    aktor, kini = get_pelaku(request).pengguna, timezone.now()
    if isinstance(form, IndikatorForm):
        rincian = form.to_rincian()
        save_indikator(indikator=form.instance, rincian=rincian, aktor=aktor, now=kini, versi=versi)
    else:
        save_simpul(form.instance, aktor=aktor, now=kini, versi=versi)


def _make_target(indikator: Indikator, tahun: int, data: QueryDict | None = None) -> AngkaForm:
    tujuan = indikator.sasaran.tujuan
    ruas = [(f"tw-{t}", Periode(tahun, t).nama) for t in TRIWULAN]
    if JenisNilai(indikator.jenis_nilai) in ANGKA:
        atas = _("%(periode)s, batas atas (bila rentang)")
        ruas += [(f"atas-{t}", atas % {"periode": Periode(tahun, t).singkat}) for t in TRIWULAN]
    ruas += [
        (f"th-{t}", _("Akhir %(tahun)d") % {"tahun": t})
        for t in range(tujuan.tahun_awal, tujuan.tahun_akhir + 1)
    ]
    awal = list_angka_target(indikator, tahun)
    return AngkaForm(data, ruas=ruas, awal=awal, indikator=indikator)


def _make_anggaran(program: Program, data: QueryDict | None = None) -> AngkaForm:
    ruas = [(f"tw-{t}", Periode(program.tahun, t).nama) for t in TRIWULAN]
    return AngkaForm(data, ruas=ruas, awal=list_angka_anggaran(program))
