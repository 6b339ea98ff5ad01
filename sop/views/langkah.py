"""The editor of steps: one page, with one step open in it."""

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sakip.common.errors import AlurTidakSah
from sakip.common.pk import read_pk
from sakip.common.waktu import jam_menit
from sop.forms.langkah import BasePelaksanaFormSet, LangkahForm, awal_langkah, make_pelaksana
from sop.models import VersiSOP
from sop.models.sebutan import name_kolom
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.kata import diff_kata
from sop.rules.sunting import (
    apply_isian,
    compute_sidik_langkah,
    list_berubah,
    list_menuju,
    read_satuan,
)
from sop.selectors import list_jabatan
from sop.selectors.penyunting import (
    Bahan,
    build_sunting,
    explain_waktu,
    find_jejak_langkah,
    get_jejak_terakhir,
    isi_sel,
    list_konfirmasi,
    read_bahan,
)
from sop.services.sunting import (
    SuntinganBasi,
    add_langkah,
    confirm_langkah,
    move_langkah,
    remove_langkah,
    save_langkah,
)
from sop.views.akses import fetch_sunting, make_penyunting
from sop.views.bingkai import build_bingkai


@dataclass(frozen=True)
class Isian:
    """The open form: of a step, or (langkah None) of one that was removed meanwhile."""

    langkah: SimpulLangkah | None
    form: LangkahForm
    pelaksana: BasePelaksanaFormSet

    def is_valid(self) -> bool:
        """Both halves, so that all errors show at once."""
        sah = self.pelaksana.is_valid()
        return self.form.is_valid() and sah


def _make_isian(bahan: Bahan, langkah_id: int, data: Any = None) -> Isian:  # noqa: ANN401 - a QueryDict
    """The form of that step, as stored or as sent."""
    langkah = bahan.graf.menurut_id.get(langkah_id)
    baris = langkah.pelaksana if langkah else ()
    jabatan = list_jabatan(bahan.versi.sop.instansi, juga=[p.jabatan_id for p in baris])
    awal = (
        awal_langkah(langkah, bahan.graf, compute_sidik_langkah(bahan.graf, langkah_id))
        if langkah
        else {}
    )
    form = LangkahForm(data, graf=bahan.graf, langkah=langkah, initial=awal)
    return Isian(langkah, form, make_pelaksana(jabatan, baris, data))


def _render(
    request: HttpRequest,
    bahan: Bahan,
    isian: Isian | None = None,
    *,
    status: int = 200,
    **lain: Any,
) -> HttpResponse:
    terbuka = isian.langkah.id if isian and isian.langkah else None
    context = {
        **build_bingkai(request, bahan.versi, tab="langkah"),
        "halaman": build_sunting(bahan, sunting=terbuka),
        "isian": isian,
        "terakhir": get_jejak_terakhir(bahan.versi),
        **lain,
    }
    if isian:
        context |= _context_langkah(bahan, isian)
    return render(request, "sop/sunting.html", context, status=status)


def _context_langkah(bahan: Bahan, isian: Isian) -> dict[str, Any]:
    langkah = isian.langkah
    if langkah is None:
        return {}
    terbaca = isian.form.is_bound and isian.is_valid()
    ketikan = _ketikan(bahan, isian).menurut_id[langkah.id] if terbaca else langkah
    teks, galat = explain_waktu(ketikan, bahan)
    return {
        "baca_waktu": teks,
        "baca_waktu_galat": galat,
        "menuju": list_menuju(bahan.graf, langkah.id),
        "konfirmasi": _list_riwayat_ragu(bahan.versi, langkah),
        "banyak_langkah": len(bahan.graf.langkah),
    }


def _list_riwayat_ragu(versi: VersiSOP, langkah: SimpulLangkah) -> list[dict[str, Any]]:
    """Notes on the source of one step: open, or settled by whom and when."""
    if not langkah.catatan_sumber and not langkah.perlu_konfirmasi:
        return []
    beres = list_konfirmasi(versi, langkah.id)
    kolom = dict.fromkeys((*langkah.catatan_sumber, *langkah.perlu_konfirmasi))
    return [
        {
            "kolom": k,
            "nama": name_kolom(k),
            "catatan": langkah.catatan_sumber.get(k, ""),
            "ragu": k in langkah.perlu_konfirmasi,
            "jejak": beres.get(k),
        }
        for k in kolom
    ]


@require_safe
def edit_rute(request: HttpRequest, versi_id: int) -> HttpResponse:
    """All steps, none open; what is no konsep is shown, not edited."""
    versi = fetch_sunting(request, versi_id)
    if not versi.is_konsep:
        return redirect("sop:view-versi", versi.pk)
    return _render(request, read_bahan(versi, pada=timezone.now()))


@require_http_methods(["GET", "HEAD", "POST"])
def edit_langkah(request: HttpRequest, versi_id: int, langkah_id: int) -> HttpResponse:
    """One step open for editing; saving it."""
    versi = fetch_sunting(request, versi_id)
    if request.method != "POST":
        return _open(request, versi, langkah_id)
    bahan = read_bahan(versi, pada=timezone.now())
    isian = _make_isian(bahan, langkah_id, request.POST)
    if not isian.is_valid():
        return _render(request, bahan, isian, status=422)
    try:
        save_langkah(
            penyunting=make_penyunting(request, versi),
            langkah_id=langkah_id,
            isian=isian.form.read_isian(isian.pelaksana.list_pelaksana()),
            sidik=isian.form.cleaned_data["versi"] or "-",
        )
    except SuntinganBasi as basi:
        return _render_konflik(request, versi, langkah_id, basi)
    except AlurTidakSah as galat:
        return _render(request, bahan, isian, status=422, galat=galat.masalah)
    return _go_on(request, versi, langkah_id)


def _open(request: HttpRequest, versi: VersiSOP, langkah_id: int) -> HttpResponse:
    if not versi.is_konsep:
        return redirect("sop:view-versi", versi.pk)
    bahan = read_bahan(versi, pada=timezone.now())
    if langkah_id not in bahan.graf.menurut_id:
        messages.warning(request, _("Langkah itu sudah dihapus."))
        return redirect("sop:edit-rute", versi.pk)
    return _render(request, bahan, _make_isian(bahan, langkah_id))


def _go_on(request: HttpRequest, versi: VersiSOP, langkah_id: int) -> HttpResponse:
    """After saving: what the pressed button asks for next."""
    lalu, _pemisah, teks = request.POST.get("lalu", "").partition("-")
    nomor = read_pk(teks)
    penyunting = make_penyunting(request, versi)
    if lalu == "bawah":
        langkah_id = add_langkah(penyunting=penyunting, setelah=langkah_id)
    elif lalu == "pindah" and nomor is not None:
        _dari, ke = move_langkah(penyunting=penyunting, langkah_id=langkah_id, ke=nomor)
        messages.success(request, _("Langkah kini bernomor %(ke)d; jalurnya ikut.") % {"ke": ke})
    elif lalu == "buka" and nomor is not None:
        langkah_id = nomor
    else:
        pukul = jam_menit(timezone.localtime())
        messages.success(request, _("Langkah tersimpan pukul %(pukul)s.") % {"pukul": pukul})
        return _to_rute(versi, langkah_id)
    return redirect(f"{reverse('sop:edit-langkah', args=[versi.pk, langkah_id])}#sunting")


def _to_rute(versi: VersiSOP, langkah_id: int | None = None) -> HttpResponse:
    jangkar = "tabel-langkah" if langkah_id is None else f"langkah-{langkah_id}"
    return redirect(f"{reverse('sop:edit-rute', args=[versi.pk])}#{jangkar}")


def _render_konflik(
    request: HttpRequest, versi: VersiSOP, langkah_id: int, basi: SuntinganBasi
) -> HttpResponse:
    """Both texts: what stands now, and what was typed, which stays in the form."""
    bahan = read_bahan(versi, pada=timezone.now())
    data = request.POST.copy()
    if basi.kini:
        data["versi"] = compute_sidik_langkah(bahan.graf, langkah_id)
    isian = _make_isian(bahan, langkah_id, data)
    konflik = {
        "pesan": basi.pesan,
        "jejak": find_jejak_langkah(versi, langkah_id),
        "beda": _list_beda(bahan, isian) if basi.kini and isian.is_valid() else [],
    }
    return _render(request, bahan, isian, status=409, konflik=konflik)


def _list_beda(bahan: Bahan, isian: Isian) -> list[dict[str, Any]]:
    kini, ketik = isian.langkah, _ketikan(bahan, isian)
    if kini is None:
        return []
    baru = ketik.menurut_id[kini.id]
    return [
        {
            "nama": name_kolom(k),
            "kata": diff_kata(isi_sel(kini, k, ketik), isi_sel(baru, k, ketik)),
            "tersimpan": isi_sel(kini, k, ketik),
            "ketikan": isi_sel(baru, k, ketik),
        }
        for k in list_berubah(kini, baru)
    ]


def _ketikan(bahan: Bahan, isian: Isian) -> Graf:
    """The route with the step as typed, saved nowhere."""
    if isian.langkah is None:
        return bahan.graf
    baris = isian.form.read_isian(isian.pelaksana.list_pelaksana())
    satuan = read_satuan(bahan.identitas)
    return apply_isian(bahan.graf, isian.langkah.id, baris, satuan)


@require_POST
def preview_langkah(request: HttpRequest, versi_id: int, langkah_id: int) -> HttpResponse:
    """The drawing and the findings with the step as typed so far; nothing is saved."""
    bahan = read_bahan(fetch_sunting(request, versi_id), pada=timezone.now())
    data = request.POST.copy()
    data["kegiatan"] = data.get("kegiatan") or "-"
    isian = _make_isian(bahan, langkah_id, data)
    if isian.langkah is None:
        raise Http404
    if not isian.is_valid():
        return HttpResponse(status=204)
    bahan = replace(bahan, graf=_ketikan(bahan, isian))
    teks, galat = explain_waktu(bahan.graf.menurut_id[langkah_id], bahan)
    context = {
        "versi": bahan.versi,
        "halaman": build_sunting(bahan, sunting=langkah_id),
        "baca_waktu": teks,
        "baca_waktu_galat": galat,
        "pratinjau": True,
    }
    return render(request, "sop/_pratinjau.html", context)


@require_POST
def create_langkah(request: HttpRequest, versi_id: int) -> HttpResponse:
    """A new step after the named one; with texts of one that was removed meanwhile, if sent."""
    versi = fetch_sunting(request, versi_id)
    penyunting = make_penyunting(request, versi)
    bahan = read_bahan(versi, pada=timezone.now())
    isian = _make_isian(bahan, 0, request.POST) if "kegiatan" in request.POST else None
    if isian and not isian.is_valid():
        return _render(request, bahan, isian, status=422)
    baru = add_langkah(
        penyunting=penyunting,
        setelah=read_pk(request.POST.get("setelah", "")),
        isian=isian.form.read_isian(isian.pelaksana.list_pelaksana()) if isian else None,
    )
    return redirect(f"{reverse('sop:edit-langkah', args=[versi.pk, baru])}#sunting")


@require_POST
def reorder_langkah(request: HttpRequest, versi_id: int) -> HttpResponse:
    """Put a step at another place."""
    versi = fetch_sunting(request, versi_id)
    langkah, ke = (read_pk(request.POST.get(k, "")) for k in ("langkah", "ke"))
    if langkah is None or ke is None:
        raise Http404
    dari, jadi = move_langkah(penyunting=make_penyunting(request, versi), langkah_id=langkah, ke=ke)
    if dari != jadi:
        pesan = _("Langkah %(dari)d dipindahkan menjadi langkah %(ke)d; jalurnya ikut.")
        messages.success(request, pesan % {"dari": dari, "ke": jadi})
    return _to_rute(versi, langkah)


@require_POST
def delete_langkah(request: HttpRequest, versi_id: int, langkah_id: int) -> HttpResponse:
    """Delete a step and name the routes that it leaves open."""
    versi = fetch_sunting(request, versi_id)
    try:
        putus = remove_langkah(
            penyunting=make_penyunting(request, versi),
            langkah_id=langkah_id,
            sidik=request.POST.get("versi", "") or "-",
        )
    except SuntinganBasi as basi:
        bahan = read_bahan(versi, pada=timezone.now())
        konflik = {"pesan": basi.pesan, "jejak": find_jejak_langkah(versi, langkah_id)}
        isian = _make_isian(bahan, langkah_id) if basi.kini else None
        return _render(request, bahan, isian, status=409, konflik=konflik)
    messages.success(request, _("Langkah dihapus. Nomor langkah sesudahnya disesuaikan."))
    if putus:
        jalur = ", ".join(
            _("%(jalur)s dari langkah %(n)d") % {"n": n, "jalur": name_kolom(h)} for n, h in putus
        )
        pesan = _("Kini tanpa tujuan: %(jalur)s. Pilih tujuan barunya.")
        messages.warning(request, pesan % {"jalur": jalur})
    return _to_rute(versi)


@require_POST
def confirm_sel(request: HttpRequest, versi_id: int, langkah_id: int) -> HttpResponse:
    """State that a doubtful cell of a step is as the paper has it."""
    versi = fetch_sunting(request, versi_id)
    kolom = request.POST.get("kolom", "")
    confirm_langkah(penyunting=make_penyunting(request, versi), langkah_id=langkah_id, kolom=kolom)
    messages.success(
        request, _("%(sel)s dikonfirmasi sesuai naskah.") % {"sel": name_kolom(kolom).capitalize()}
    )
    return redirect(f"{reverse('sop:edit-rute', args=[versi.pk])}#perlu-konfirmasi")
