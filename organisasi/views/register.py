"""Registers of numbers: everybody of the office reads the book, whoever configures it writes."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from organisasi import perms
from organisasi.forms.register import BatalForm, NomorForm, RegisterForm, SaringForm
from organisasi.middleware import Pelaku, get_pelaku
from organisasi.models import NomorRegister, Register
from organisasi.selectors_register import (
    guess_nomor,
    list_nomor,
    list_register,
    list_tahun,
)
from organisasi.services import register as layanan
from sakip.common.errors import AksesDitolak
from sakip.common.isian import try_isian
from sakip.common.unduhan import Nilai, Tabel, read_bentuk, unduh

_SEHALAMAN = 50
# Where a new register begins; the office writes its own.
_POLA = "{klasifikasi}/{nomor:03}/{kode_unit}/{bulan_romawi}/{tahun}"
_KOLOM = (
    (gettext_lazy("Nomor"), 32),
    (gettext_lazy("Tanggal"), 12),
    (gettext_lazy("Perihal"), 48),
    (gettext_lazy("Kepada"), 32),
    (gettext_lazy("Keadaan"), 12),
    (gettext_lazy("Alasan"), 40),
    (gettext_lazy("Diambil oleh"), 28),
)


@require_safe
def manage_register(request: HttpRequest) -> HttpResponse:
    """The registers of the office, each with the number that comes next."""
    pelaku, hari = get_pelaku(request), timezone.localdate()
    daftar = [(r, guess_nomor(r, hari)) for r in list_register(pelaku.instansi)]
    context = {
        "daftar": daftar,
        "dapat": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
        "menyiapkan": perms.can_prepare(pelaku.instansi.pk, pelaku.semua),
    }
    return render(request, "organisasi/register.html", context)


@require_http_methods(["GET", "POST"])
def edit_register(request: HttpRequest, register_id: int | None = None) -> HttpResponse:
    """Add a register or change one; "Lihat contoh" writes the number without keeping anything."""
    pelaku = _require_pengelola(request)
    register = _fetch(pelaku, register_id) if register_id else _make_register(pelaku)
    form = RegisterForm(request.POST or None, instance=register)
    contoh = request.POST.get("aksi") == "contoh"
    if form.is_valid() and not contoh and _save(pelaku, form, register_id):
        messages.success(request, _("Register %(nama)s tersimpan.") % form.cleaned_data)
        return redirect("organisasi:manage-register")
    context = {
        "form": form,
        "register": register if register_id else None,
        "nomor_contoh": guess_nomor(form.instance, timezone.localdate()),
    }
    status = 422 if form.errors and not contoh else 200
    return render(request, "organisasi/register_ubah.html", context, status=status)


def _make_register(pelaku: Pelaku) -> Register:
    return Register(instansi=pelaku.instansi, pola=_POLA, reset=Register.Reset.TAHUN)


def _save(pelaku: Pelaku, form: RegisterForm, register_id: int | None) -> bool:
    return try_isian(
        form,
        "pola",
        lambda: layanan.save_register(
            instansi_id=pelaku.instansi.pk,
            isian=form.to_isian(),
            aktor=pelaku.pengguna,
            now=timezone.now(),
            register_id=register_id,
        ),
    )


@require_http_methods(["GET", "POST"])
def view_register(request: HttpRequest, register_id: int) -> HttpResponse:
    """The book of one register; POST takes a number by hand."""
    pelaku = get_pelaku(request)
    register = _fetch(pelaku, register_id)
    saring = SaringForm(request.GET or None, tahun=list_tahun(register))
    daftar = list_nomor(register, saring.to_saringan())
    if bentuk := read_bentuk(request):
        return _download(register, daftar, bentuk)
    form = NomorForm(request.POST or None, initial={"tanggal": timezone.localdate()})
    if form.is_valid() and _take(request, register, form):
        return redirect("organisasi:view-register", register_id=register.pk)
    context = {
        "register": register,
        "saring": saring,
        "halaman": Paginator(daftar, _SEHALAMAN).get_page(request.GET.get("halaman")),
        "form": form,
        "berikut": guess_nomor(register, timezone.localdate()),
        "dapat": perms.can_manage(pelaku.instansi.pk, pelaku.semua),
    }
    status = 422 if form.errors else 200
    return render(request, "organisasi/register_buku.html", context, status=status)


def _download(register: Register, daftar: QuerySet[NomorRegister], bentuk: str) -> HttpResponse:
    tabel = Tabel(register.nama, _KOLOM, _list_baris(daftar.iterator()))
    return unduh([tabel], slugify(f"register {register.nama}"), bentuk)


def _take(request: HttpRequest, register: Register, form: NomorForm) -> bool:
    pelaku = get_pelaku(request)

    def take() -> None:
        nomor = layanan.take_nomor_manual(
            instansi_id=pelaku.instansi.pk,
            register_id=register.pk,
            pesanan=form.to_pesanan(),
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
        messages.success(request, _("Nomor %(nomor)s diambil.") % {"nomor": nomor.nomor})

    return try_isian(form, "tanggal", take)


@require_http_methods(["GET", "POST"])
def cancel_nomor(request: HttpRequest, nomor_id: int) -> HttpResponse:
    """Note that no document carries a number; asks for the reason."""
    pelaku = _require_pengelola(request)
    nomor = get_object_or_404(
        NomorRegister.objects.select_related("register"),
        pk=nomor_id,
        register__instansi=pelaku.instansi,
    )
    form = BatalForm(request.POST or None)
    if form.is_valid():
        layanan.cancel_nomor_manual(
            instansi_id=pelaku.instansi.pk,
            nomor_id=nomor.pk,
            alasan=form.cleaned_data["alasan"],
            aktor=pelaku.pengguna,
            now=timezone.now(),
        )
        messages.success(request, _("Nomor %(nomor)s dicatat batal.") % {"nomor": nomor.nomor})
        return redirect("organisasi:view-register", register_id=nomor.register_id)
    context = {"nomor": nomor, "form": form}
    status = 422 if form.errors else 200
    return render(request, "organisasi/nomor_batal.html", context, status=status)


def _list_baris(daftar: Iterator[NomorRegister]) -> Iterator[list[Nilai]]:
    for n in daftar:
        yield [
            n.nomor,
            n.tanggal,
            n.perihal,
            n.tujuan,
            n.get_status_display(),
            n.alasan_batal or n.alasan,
            n.diambil_oleh.nama if n.diambil_oleh else _("Otomatis"),
        ]


def _fetch(pelaku: Pelaku, register_id: int) -> Register:
    return get_object_or_404(Register, pk=register_id, instansi=pelaku.instansi)


def _require_pengelola(request: HttpRequest) -> Pelaku:
    pelaku = get_pelaku(request)
    if not perms.can_manage(pelaku.instansi.pk, pelaku.semua):
        raise AksesDitolak(
            _("Register nomor dikelola oleh kepala, sekretaris, atau pengelola aplikasi.")
        )
    return pelaku
