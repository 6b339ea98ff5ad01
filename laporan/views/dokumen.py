"""The document: signing ceremony, progress of its jobs, the PDF."""

from datetime import datetime
from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from laporan.forms.dokumen import HasilLayananForm, TandaTanganForm
from laporan.models import Dokumen, Efek, TandaTangan, Tugas
from laporan.perms import require_pelaksana
from laporan.rules.tindakan import TANDA_SURAT, Laku, choose_laku
from laporan.selectors import dokumen as selectors
from laporan.selectors.akses import visible_draf
from laporan.selectors.cetak import make_tautan_kode
from laporan.selectors.draf import get_efek_terakhir
from laporan.selectors.koreksi import find_dibaca_lalu
from laporan.selectors.naskah import build_tampilan, get_versi_terakhir, list_kosong
from laporan.services import efek as layanan
from laporan.services.dibaca import mark_dibaca
from laporan.services.dokumen import get_akhir
from laporan.services.giliran import explain_terlambat, require_orang_lain
from laporan.services.identitas_tanda import get_nik, save_nik
from laporan.services.minta_tanda import find_jeda, request_tanda_tangan, require_penanda_surat
from laporan.services.ragu import deny_tanda, recheck_tanda
from laporan.services.tanda_tangan import ask_status, get_penanda
from laporan.views.draf import fetch_draf
from laporan.views.tugas import fetch_tugas
from organisasi.middleware import get_pelaku
from organisasi.selectors import find_penugasan_covering
from sakip.common.berkas import read_berkas
from sakip.common.errors import IsianTidakSah
from sakip.common.masuk_ulang import check_sandi, has_faktor, needs_sandi
from sakip.common.pk import read_pk
from sakip.common.rahasia import Rahasia
from sakip.common.tte import Sebab

TAHAP = (gettext_lazy("Baca"), gettext_lazy("Pastikan"))
BACA, PASTIKAN, TANDA = 1, 2, 3
_KUNCI_DIBACA = "dokumen_dibaca"


@never_cache
@sensitive_post_parameters("frasa_sandi", "sandi", "nik")
@sensitive_variables("form")
@require_http_methods(["GET", "POST"])
def sign_tugas(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """The ceremony: read, make sure, sign. POST asks for the signature and shows its progress."""
    tugas, pelaku = fetch_tugas(request, tugas_id), get_pelaku(request)
    alihan = _redirect_elsewhere(request, tugas)
    if alihan:
        return alihan
    require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    require_orang_lain(tugas.draf, pelaku.pengguna, tugas.kunjungan.langkah.beda_orang_dari)
    if settings.MFA_WAJIB and not has_faktor(request):
        messages.warning(request, _("Untuk menandatangani, pasang faktor kedua lebih dahulu."))
        return redirect("organisasi:view-faktor")
    form = _make_form(request, tugas)
    diproses = tugas.status == Tugas.Status.DIPROSES
    if request.method == "POST" and not diproses and not _has_dibaca(request, tugas):
        messages.warning(request, _("Buka dan baca PDF ini lebih dahulu, lalu tandatangani."))
        return redirect("laporan:sign-tugas", tugas_id=tugas.pk)
    if (
        request.method == "GET"
        or diproses
        or not (form.is_valid() and _admit(request, tugas, form))
    ):
        return _show_upacara(request, tugas, form)
    _state_dibaca(request, tugas)
    request_tanda_tangan(
        tugas_id=tugas.pk,
        sidik=form.cleaned_data["sidik"],
        frasa=Rahasia(form.cleaned_data["frasa_sandi"]),
        aktor=pelaku.pengguna,
        now=timezone.now(),
    )
    return redirect("laporan:sign-tugas", tugas_id=tugas.pk)


def _make_form(request: HttpRequest, tugas: Tugas) -> TandaTanganForm:
    """The form, with what has to be asked of this person today."""
    return TandaTanganForm(
        request.POST if request.method == "POST" else None,
        butuh_nik=get_penanda(tugas.draf).perlu_nik and _needs_nik(request, tugas),
        butuh_sandi=needs_sandi(request, timezone.now()),
    )


def _needs_nik(request: HttpRequest, tugas: Tugas) -> bool:
    """Whether to ask for the NIK: there is none, or the service just said it knows no such one."""
    efek = selectors.get_efek_tanda(tugas)
    if efek is not None and efek.sebab in (Sebab.TIDAK_TERDAFTAR, Sebab.SERTIFIKAT_LAIN):
        return True
    return get_nik(get_pelaku(request).pengguna) is None


def _admit(request: HttpRequest, tugas: Tugas, form: TandaTanganForm) -> bool:
    """Whether it is the person himself; keeps his NIK. A wrong password stands at its field."""
    pelaku, isi = get_pelaku(request), form.cleaned_data
    if "sandi" in isi and not check_sandi(
        request, pelaku.pengguna.nip, Rahasia(isi["sandi"]), timezone.now()
    ):
        form.add_error("sandi", _("Kata sandi akun salah. Dokumen belum ditandatangani."))
        return False
    if "nik" in isi:
        sebagai = require_pelaksana(tugas, pelaku.semua, pelaku.utama)
        save_nik(sebagai=sebagai, nik=isi["nik"], now=timezone.now())
    return True


def _state_dibaca(request: HttpRequest, tugas: Tugas) -> None:
    """Keep what the consent says: this version was read. A letter has none."""
    dokumen = selectors.get_dokumen_tanda(tugas)
    if dokumen is not None and dokumen.versi_naskah is not None:
        mark_dibaca(
            draf_id=tugas.draf_id,
            nomor=dokumen.versi_naskah.nomor,
            aktor=get_pelaku(request).pengguna,
            now=timezone.now(),
        )


def _redirect_elsewhere(request: HttpRequest, tugas: Tugas) -> HttpResponse | None:
    """Where to go when there is nothing to sign here (any more)."""
    if not selectors.can_sign(tugas):
        return redirect(tugas)
    if TandaTangan.objects.filter(tugas=tugas).exists():
        return redirect("laporan:view-tanda-terima", tugas_id=tugas.pk)
    if tugas.status not in Tugas.DI_MEJA or not tugas.draf.is_aktif:
        messages.info(request, explain_terlambat(tugas.draf, tugas))
        return redirect(tugas.draf)
    return None


def _show_upacara(request: HttpRequest, tugas: Tugas, form: TandaTanganForm) -> HttpResponse:
    draf, pelaku = tugas.draf, get_pelaku(request)
    dokumen, efek_tanda = selectors.get_dokumen_tanda(tugas), selectors.get_efek_tanda(tugas)
    surat = selectors.is_surat(tugas)
    versi = None if surat else get_versi_terakhir(draf)
    sebagai = require_pelaksana(tugas, pelaku.semua, pelaku.utama)
    require_penanda_surat(dokumen, sebagai)
    laku = _choose_laku(tugas)
    context: dict[str, Any] = {
        "tugas": tugas,
        "draf": draf,
        "laku": laku,
        "versi": versi,
        "surat": surat,
        "dokumen": dokumen,
        "sidik": selectors.group_sidik(dokumen.sha256) if dokumen else "",
        "tahap": (*TAHAP, _("Paraf") if laku.paraf else _("Tanda tangan")),
        "kini": _find_tahap(request, tugas, ada=dokumen is not None, gagal=efek_tanda is not None),
        "efek_pdf": _find_efek_pdf(tugas, dokumen),
        "efek_tanda": efek_tanda,
        "dibaca": _read_dibaca(request, dokumen),
        "pengesahan": [] if surat else selectors.list_pengesahan(draf),
        "status_tanda": ask_status(draf, sebagai, timezone.now()),
        "sebagai": sebagai,
        "jeda": find_jeda(pelaku.pengguna, timezone.now()),
        "form": form,
        "hasil_form": HasilLayananForm(),
    }
    if not surat:
        tampilan = build_tampilan(draf, versi, pada=timezone.now())
        context |= {"tampilan": tampilan, "kosong": list_kosong(tampilan)}
        context["dibaca_lalu"] = find_dibaca_lalu(versi, pelaku.pengguna) if versi else 0
    status = 422 if form.errors else 200
    return render(request, "laporan/tanda_tangan.html", context, status=status)


def _find_tahap(request: HttpRequest, tugas: Tugas, *, ada: bool, gagal: bool) -> int:
    """Stage of the ceremony: reading first, and again whenever there is no document."""
    if tugas.status == Tugas.Status.DIPROSES:
        return TANDA
    lanjut = request.method == "POST" or request.GET.get("tahap") == "pastikan" or gagal
    return PASTIKAN if ada and lanjut and _has_dibaca(request, tugas) else BACA


def _choose_laku(tugas: Tugas) -> Laku:
    if selectors.is_surat(tugas):
        return TANDA_SURAT
    tindakan = tugas.kunjungan.langkah.tindakan
    return choose_laku(tindakan, berformulir=True, menghasilkan=tugas.draf.menghasilkan)


def _find_efek_pdf(tugas: Tugas, dokumen: Dokumen | None) -> Efek | None:
    """The job that makes the document, while there is none."""
    if dokumen is not None:
        return None
    if selectors.is_surat(tugas):
        return selectors.get_efek_surat(tugas)
    return get_efek_terakhir(tugas.draf, Efek.Jenis.BEKUKAN)


def _has_dibaca(request: HttpRequest, tugas: Tugas) -> bool:
    """Whether this person opened, in this session, the very document that is to be signed."""
    dibaca = _read_dibaca(request, selectors.get_dokumen_tanda(tugas))
    return dibaca is not None and bool(dibaca["sama"])


def _read_dibaca(request: HttpRequest, dokumen: Dokumen | None) -> dict[str, Any] | None:
    """When this person last opened the PDF in this session, and whether it was this very one."""
    semua = request.session.get(_KUNCI_DIBACA, {})
    catatan = semua.get(_name_dibaca(dokumen)) if dokumen else None
    if dokumen is None or catatan is None:
        return None
    sama = catatan["sidik"] == dokumen.sha256
    return {"pada": datetime.fromisoformat(catatan["pada"]), "sama": sama}


def _name_dibaca(dokumen: Dokumen) -> str:
    """Of a report by its draft, so that the page can tell that an older version was read."""
    return f"surat-{dokumen.surat_id}" if dokumen.surat_id else str(dokumen.draf_id)


@require_safe
def view_tanda_terima(request: HttpRequest, tugas_id: int) -> HttpResponse:
    """Receipt of a signature: what was signed, its fingerprint, where it can be checked."""
    tugas = fetch_tugas(request, tugas_id)
    tanda = get_object_or_404(TandaTangan.objects.select_related("dokumen"), tugas=tugas)
    tautan = make_tautan_kode(tanda.dokumen.kode)
    context = {
        "tugas": tugas,
        "draf": tugas.draf,
        "tanda": tanda,
        "sidik": selectors.group_sidik(tanda.sha256),
        "tautan": tautan,
        "qr": segno.make(tautan, error="m", micro=False).svg_data_uri(border=2, scale=4),
    }
    return render(request, "laporan/tanda_terima.html", context)


@require_safe
def download_dokumen(
    request: HttpRequest, draf_id: int, dokumen_id: int | None = None
) -> HttpResponse:
    """The newest bytes of the report, or of a letter of it, as a file to keep."""
    return _send_pdf(_fetch_dokumen(request, draf_id, dokumen_id), cara="attachment")


@never_cache
@require_safe
def read_dokumen(request: HttpRequest, draf_id: int, dokumen_id: int | None = None) -> HttpResponse:
    """The same in the browser; remembers in the session which document was opened, and when."""
    dokumen = _fetch_dokumen(request, draf_id, dokumen_id)
    catatan = {"sidik": dokumen.sha256, "pada": timezone.now().isoformat()}
    dibaca = request.session.get(_KUNCI_DIBACA, {})
    request.session[_KUNCI_DIBACA] = {**dibaca, _name_dibaca(dokumen): catatan}
    return _send_pdf(dokumen, cara="inline")


def _fetch_dokumen(request: HttpRequest, draf_id: int, dokumen_id: int | None) -> Dokumen:
    """The newest report of that draft, or the letter asked for."""
    draf = fetch_draf(request, draf_id)
    if dokumen_id is not None:
        surat = Dokumen.objects.filter(surat__isnull=False).select_related("draf", "surat")
        return get_object_or_404(surat, pk=dokumen_id, draf=draf)
    dokumen = selectors.get_dokumen_terakhir(draf)
    if dokumen is None:
        raise Http404(_("PDF laporan ini belum dibuat."))
    return dokumen


def _send_pdf(dokumen: Dokumen, *, cara: str) -> HttpResponse:
    akhir = get_akhir(dokumen)
    response = HttpResponse(read_berkas(akhir.berkas, akhir.sha256), content_type="application/pdf")
    response["Content-Disposition"] = f'{cara}; filename="{slugify(dokumen.judul)}.pdf"'
    # Our pages' policy would also bind the browser's own viewer; a PDF runs no script of ours.
    response["Content-Security-Policy"] = "frame-ancestors 'none'"
    return response


@never_cache
@require_safe
def view_efek(request: HttpRequest, efek_id: int) -> HttpResponse:
    """Progress of a job as a fragment; once it has ended the page around it loads anew."""
    efek = _fetch_efek(request, efek_id)
    if "HX-Request" not in request.headers:
        return redirect(efek.draf)
    response = render(request, "laporan/_kemajuan.html", {"efek": efek})
    if efek.status not in Efek.TERBUKA:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def settle_efek(request: HttpRequest, efek_id: int) -> HttpResponse:
    """Look an unknown outcome up again, bring the signed file home, or state that there is none."""
    efek, pelaku = _fetch_efek(request, efek_id), get_pelaku(request)
    form = HasilLayananForm(request.POST, request.FILES)
    if not form.is_valid():
        raise IsianTidakSah(" ".join(str(g) for galat in form.errors.values() for g in galat))
    isi, now = form.cleaned_data, timezone.now()
    if request.POST.get("aksi") == "nyatakan":
        deny_tanda(efek_id=efek.pk, aktor=pelaku.pengguna, alasan=isi["alasan"], now=now)
        messages.success(request, _("Dicatat. Laporan dapat ditandatangani kembali."))
    else:
        berkas = isi["berkas"].read() if isi["berkas"] else None
        recheck_tanda(efek_id=efek.pk, aktor=pelaku.pengguna, now=now, berkas=berkas)
        messages.success(request, _("Hasilnya sedang diperiksa kembali."))
    tugas = Tugas.objects.get(efek=efek)
    milik = find_penugasan_covering(
        pelaku.semua, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id, utama=None
    )
    return redirect("laporan:sign-tugas", tugas_id=tugas.pk) if milik else redirect(efek.draf)


@require_POST
def retry_efek(request: HttpRequest, efek_id: int) -> HttpResponse:
    """Try a failed job again."""
    efek = _fetch_efek(request, efek_id)
    layanan.retry_efek(efek_id=efek.pk, aktor=get_pelaku(request).pengguna, now=timezone.now())
    messages.success(request, _("Pekerjaan dijadwalkan kembali."))
    if request.POST.get("kembali") == "pekerjaan":
        return redirect("laporan:list-pekerjaan")
    tugas_id = read_pk(request.POST.get("tugas", ""))
    if tugas_id is not None:
        return redirect("laporan:sign-tugas", tugas_id=tugas_id)
    return redirect(efek.draf)


def _fetch_efek(request: HttpRequest, efek_id: int) -> Efek:
    """The job, or 404 for a stranger to its draft."""
    pelaku = get_pelaku(request)
    return get_object_or_404(
        Efek.objects.select_related("draf"),
        pk=efek_id,
        draf__in=visible_draf(pelaku.pengguna, pelaku.semua),
    )
