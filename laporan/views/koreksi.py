"""Correcting on screen: what changed between versions, notes, and having read."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.koreksi import CatatanForm, JawabanForm
from laporan.models import CatatanKoreksi, Draf, Tugas, VersiNaskah
from laporan.selectors import koreksi as selectors
from laporan.selectors.akses import visible_draf
from laporan.selectors.banding_naskah import compare_versi_naskah, get_versi, list_versi
from laporan.selectors.meja import find_tugas_saya
from laporan.selectors.naskah import build_tampilan, get_versi_terakhir, list_bab
from laporan.services.dibaca import mark_dibaca
from laporan.services.koreksi import (
    IsianCatatan,
    add_catatan,
    answer_catatan,
    apply_usul,
    require_pemeriksa,
    withdraw_catatan,
)
from laporan.views.draf import fetch_draf
from laporan.views.nomor import read_nomor
from organisasi.middleware import get_pelaku
from organisasi.models import Pengguna
from sakip.common.blok import split_blok
from sakip.common.errors import IsianTidakSah, TransisiDitolak


@require_safe
def compare_naskah(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Two versions of the text and its figures; without a choice the last two."""
    draf = fetch_draf(request, draf_id)
    daftar = list_versi(draf)
    context = {"draf": draf, "daftar": daftar, "tugas_saya": None}
    if len(daftar) > 1:
        baru = _fetch_versi(request, draf, "ke", daftar[0].nomor)
        lama = _fetch_versi(request, draf, "dari", max(baru.nomor - 1, 1))
        context |= {"banding": compare_versi_naskah(lama, baru), "tugas_saya": _mine(request, draf)}
    return render(request, "laporan/banding_naskah.html", context)


def _fetch_versi(request: HttpRequest, draf: Draf, nama: str, bawaan: int) -> VersiNaskah:
    versi = get_versi(draf, read_nomor(request.GET.get(nama, ""), bawaan=bawaan))
    if versi is None:
        raise Http404(_("Versi itu tidak ada pada laporan ini."))
    return versi


def _mine(request: HttpRequest, draf: Draf) -> Tugas | None:
    """The person's open turn of the draft."""
    if not draf.is_aktif:
        return None
    daftar = draf.tugas.select_related("jabatan", "unit", "kunjungan__langkah")
    return find_tugas_saya(get_pelaku(request), list(daftar))


@require_POST
def read_versi(request: HttpRequest, draf_id: int) -> HttpResponse:
    """State having read the newest version to its end; only from a page that showed it."""
    draf, aktor = fetch_draf(request, draf_id), get_pelaku(request).pengguna
    nomor = selectors.read_baca(request.POST.get("bukti", ""), draf, aktor)
    if nomor:
        mark_dibaca(draf_id=draf.pk, nomor=nomor, aktor=aktor, now=timezone.now())
        messages.success(request, _("Tercatat: Anda sudah membaca versi %(n)s.") % {"n": nomor})
    else:
        messages.warning(request, _("Buka dan baca naskahnya lebih dahulu, lalu nyatakan."))
    return redirect(_mine(request, draf) or draf)


@require_http_methods(["GET", "POST"])
def note_naskah(request: HttpRequest, draf_id: int) -> HttpResponse:
    """Write a note on one block (`blok`) or one part (`bab`) of the newest version."""
    draf, pelaku, kini = fetch_draf(request, draf_id), get_pelaku(request), timezone.now()
    require_pemeriksa(draf, pelaku.pengguna, kini)
    versi = get_versi_terakhir(draf)
    bab, kode = request.GET.get("bab", ""), request.GET.get("blok", "")
    sasaran = selectors.find_sasaran(versi, bab, kode) if versi else None
    if versi is None or sasaran is None:
        raise Http404(_("Bagian itu tidak ada pada versi terbaru. Buka kembali drafnya."))
    form = CatatanForm(
        request.POST or None,
        initial={"nomor": versi.nomor, "usul": sasaran.kata},
        baris=[] if kode else _list_baris(draf, versi, bab, kini),
        berusul=sasaran.usul,
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        isian = IsianCatatan(bab=bab, blok=kode, **form.cleaned_data)
        try:
            catatan = add_catatan(draf_id=draf.pk, isian=isian, aktor=pelaku.pengguna, now=kini)
        except (IsianTidakSah, TransisiDitolak) as ditolak:
            form.add_error(None, ditolak.pesan)
            status = int(ditolak.status)
        else:
            messages.success(request, _("Catatan tersimpan."))
            return redirect(f"{(_mine(request, draf) or draf).get_absolute_url()}#c-{catatan.pk}")
    elif form.errors:
        status = 422
    context = {"draf": draf, "versi": versi, "sasaran": sasaran, "form": form}
    context["kembali"] = f"{(_mine(request, draf) or draf).get_absolute_url()}#b-{bab}-{kode}"
    return render(request, "laporan/catat.html", context, status=status)


def _list_baris(draf: Draf, versi: VersiNaskah, bab: str, kini: datetime) -> list[str]:
    """Rows of figures that stand in that part."""
    tampil = next((b for b in build_tampilan(draf, versi, pada=kini) if b.kode == bab), None)
    tabel = tampil.tabel if tampil else []
    baris = [b.get("indikator", "") for t in tabel for b in t.get("baris", [])]
    return list(dict.fromkeys(str(b)[:200] for b in baris if b))


@require_http_methods(["GET", "POST"])
def answer_note(request: HttpRequest, catatan_id: int) -> HttpResponse:
    """One note: what it says, and its answer by who writes the text."""
    pelaku = get_pelaku(request)
    catatan = get_object_or_404(
        CatatanKoreksi.objects.select_related("draf__instansi", "draf__versi", "versi"),
        pk=catatan_id,
        draf__in=visible_draf(pelaku.pengguna, pelaku.semua),
    )
    if request.method == "GET":
        return _show_note(request, catatan, JawabanForm())
    form = JawabanForm(request.POST)
    try:
        if not form.is_valid():
            raise IsianTidakSah(_("Pilih salah satu jawaban pada halaman ini."))
        return _answer(request, catatan, form)
    except (IsianTidakSah, TransisiDitolak) as ditolak:
        wajib = form.cleaned_data.get("aksi") == "tolak" and isinstance(ditolak, IsianTidakSah)
        form.add_error("jawaban" if wajib else None, ditolak.pesan)
        # Somebody else may have closed it meanwhile.
        catatan.refresh_from_db()
        return _show_note(request, catatan, form, status=int(ditolak.status))


def _show_note(
    request: HttpRequest, catatan: CatatanKoreksi, form: JawabanForm, *, status: int = 200
) -> HttpResponse:
    draf, milik = catatan.draf, _mine(request, catatan.draf)
    bab = next((b for b in list_bab(draf) if b.kode == catatan.bab), None)
    ada = {(catatan.bab, b.kode) for b in split_blok(bab.isi)} if bab else set()
    tugas = [milik] if milik else []
    koreksi = selectors.get_koreksi(draf, catatan.versi, get_pelaku(request), tugas)
    tuju = ""
    if milik and bab and koreksi.dapat_menjawab:
        tuju = f"{milik.get_absolute_url()}#j-{bab.pk}"
    context = {
        "draf": draf,
        "form": form,
        "koreksi": koreksi,
        "c": selectors.show_catatan(catatan, ada, tuju),
        "tugas_saya": milik,
    }
    return render(request, "laporan/catatan_koreksi.html", context, status=status)


def _answer(request: HttpRequest, catatan: CatatanKoreksi, form: JawabanForm) -> HttpResponse:
    aktor, kini = get_pelaku(request).pengguna, timezone.now()
    kata = _AKSI[form.cleaned_data["aksi"]](catatan.pk, form.cleaned_data["jawaban"], aktor, kini)
    messages.success(request, kata)
    return redirect(_mine(request, catatan.draf) or catatan.draf)


def _resolve(pk: int, jawaban: str, aktor: Pengguna, kini: datetime) -> str:
    answer_catatan(catatan_id=pk, jawaban=jawaban, aktor=aktor, now=kini, diikuti=True)
    return _("Catatan ditandai selesai.")


def _decline(pk: int, jawaban: str, aktor: Pengguna, kini: datetime) -> str:
    answer_catatan(catatan_id=pk, jawaban=jawaban, aktor=aktor, now=kini, diikuti=False)
    return _("Jawaban Anda tersimpan; catatan ini tidak diikuti.")


def _apply(pk: int, _jawaban: str, aktor: Pengguna, kini: datetime) -> str:
    apply_usul(catatan_id=pk, aktor=aktor, now=kini)
    return _("Usul kalimat diterapkan dan tercatat atas nama pengusulnya.")


def _withdraw(pk: int, _jawaban: str, aktor: Pengguna, kini: datetime) -> str:
    withdraw_catatan(catatan_id=pk, aktor=aktor, now=kini)
    return _("Catatan ditarik.")


_AKSI: dict[str, Callable[[int, str, Pengguna, datetime], str]] = {
    "selesai": _resolve,
    "tolak": _decline,
    "terapkan": _apply,
    "tarik": _withdraw,
}
