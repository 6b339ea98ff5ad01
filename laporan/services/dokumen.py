"""The PDF of a report: rendered once from a frozen version, kept whole, archived as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from laporan.models import ArsipDokumen, Dokumen, Draf, TandaTangan, VersiNaskah
from laporan.selectors.arsip import build_teks
from laporan.selectors.cetak import Cetak, TempatTanda, build_cetak
from laporan.selectors.data_cetak import build_lampiran
from laporan.services.efek import Kerja
from laporan.services.kunci import lock_draf
from laporan.services.nomor import reserve_nomor_laporan
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import read_berkas, sha256_hex
from sakip.common.errors import DomainError
from sakip.common.pdf import BahanPdf, HasilPdf, render_pdf
from sakip.common.pdf_daftar import complete_html
from sakip.common.pdf_isi import Kotak
from sakip.common.ruas import Ruas
from sakip.common.sekali_tulis import keep_berkas, store_sekali
from sakip.common.tte_pilih import build_penanda
from sop.models import SOP

# Half of the bar is reached after this many pages; how many there will be is not known before.
_SEPARUH_HALAMAN = 12


_LEMBAR: dict[str, str] = {
    SOP.Menghasilkan.LAPORAN_KINERJA: "pdf/laporan.html",
    SOP.Menghasilkan.PERJANJIAN_KINERJA: "pdf/perjanjian.html",
    SOP.Menghasilkan.RENCANA_AKSI: "pdf/laporan.html",
}


class NaskahBelumAda(DomainError):
    """The route asked for a document before anybody wrote one."""


def render_laporan(cetak: Cetak) -> str:
    """HTML of the whole document, by what it is."""
    return complete_html(render_to_string(_LEMBAR[cetak.draf.menghasilkan], {"cetak": cetak}))


def freeze_dokumen(kerja: Kerja) -> None:
    """Render the version named by the effect's key and keep the bytes. Once per version."""
    versi = _get_versi(pk=int(kerja.efek.kunci.rpartition(":")[2]))
    hasil = _render_once(versi, kerja)
    with kerja.commit() as draf:
        if hasil:
            _keep(versi, hasil, draf, kerja.jam())


def archive_dokumen(kerja: Kerja) -> None:
    """Copy the final bytes into the archive, once and read-only.

    A route without a signature is frozen here.
    """
    versi = _get_versi(draf=kerja.efek.draf_id)
    hasil = _render_once(versi, kerja)
    with kerja.commit() as draf:
        dokumen = _keep(versi, hasil, draf, kerja.jam()) if hasil else versi.dokumen
        akhir = get_akhir(dokumen)
        isi = read_berkas(akhir.berkas, akhir.sha256)
        berkas = store_sekali(isi, folder="arsip", akhiran=".pdf")
        ArsipDokumen.objects.update_or_create(
            dokumen=dokumen,
            defaults={
                "berkas": berkas,
                "sha256": akhir.sha256,
                "teks": build_teks(versi),
                "diarsipkan_pada": kerja.jam(),
            },
        )


def get_akhir(dokumen: Dokumen) -> Dokumen | TandaTangan:
    """The newest bytes of a document: those after its last signature, else the frozen ones."""
    return dokumen.tanda_tangan.order_by("-urut").first() or dokumen


def _get_versi(**cari: int) -> VersiNaskah:
    daftar = VersiNaskah.objects.select_related(
        "draf__instansi", "draf__versi", "draf__sop", "draf__perjanjian"
    )
    versi = daftar.filter(**cari).order_by("-nomor").first()
    if versi is None:
        raise NaskahBelumAda(_("Laporan ini belum mempunyai naskah, sehingga tidak ada PDF-nya."))
    return versi


def _render_once(versi: VersiNaskah, kerja: Kerja) -> HasilPdf | None:
    """The document of that version, or None when it was kept before."""
    if Dokumen.objects.filter(versi_naskah=versi).exists():
        return None
    kerja.report(5)
    _reserve_nomor(kerja)
    cetak = build_cetak(versi, pada=kerja.efek.dibuat_pada)
    bahan = BahanPdf(cetak.gambar, build_lampiran(versi))
    return make_berkas(kerja, render_laporan(cetak), cetak.tempat, bahan)


def make_berkas(
    kerja: Kerja, html: str, tempat: Sequence[TempatTanda], bahan: BahanPdf | None = None
) -> HasilPdf:
    """The PDF of a document of that draft, with its places to sign, ready to be kept."""
    # A service makes fields of its own; ours would stay empty and look like a missing signature.
    jauh = build_penanda(kerja.efek.draf.instansi.kode).is_jauh
    letak = partial(_list_ruas, tempat)
    hasil = render_pdf(
        html,
        bahan=replace(bahan or BahanPdf(), ruas=None if jauh else letak, is_ua=not tempat),
        on_page=lambda n: kerja.report(10 + 75 * n // (n + _SEPARUH_HALAMAN)),
    )
    kerja.report(90)
    return replace(hasil, kotak={r.nama: r.kotak for r in letak(hasil.kotak)})


def _list_ruas(tempat: Sequence[TempatTanda], kotak: Mapping[str, Kotak]) -> list[Ruas]:
    """The fields to sign, where the layout left room for them."""
    return [Ruas(t.nama, kotak[t.kotak], t.jabatan, t.is_penutup) for t in tempat]


def _reserve_nomor(kerja: Kerja) -> None:
    """Before the pages are made: the number stands on them, and a later attempt has the same."""
    with transaction.atomic():
        reserve_nomor_laporan(lock_draf(pk=kerja.efek.draf_id), now=kerja.jam())


def _keep(versi: VersiNaskah, hasil: HasilPdf, draf: Draf, now: datetime) -> Dokumen:
    """The frozen report of one version."""
    dokumen = Dokumen(
        draf=draf, versi_naskah=versi, berkas=f"dokumen/{draf.pk}/versi-{versi.nomor}.pdf"
    )
    return keep_dokumen(dokumen, hasil, now, versi=versi.nomor)


def keep_dokumen(dokumen: Dokumen, hasil: HasilPdf, now: datetime, **rincian: Any) -> Dokumen:
    """Write file, row and trail, inside `Kerja.commit`; the name of the file is completed."""
    draf = dokumen.draf
    dokumen.berkas = keep_berkas(dokumen.berkas, hasil.isi)
    dokumen.sha256, dokumen.ukuran = sha256_hex(hasil.isi), len(hasil.isi)
    dokumen.halaman, dokumen.kotak = hasil.halaman, hasil.kotak
    dokumen.dibekukan_pada = now
    dokumen.save(force_insert=True)
    record_jejak(
        draf,
        aksi="laporan.dokumen.bekukan",
        aktor=None,
        now=now,
        status=draf.status,
        sha256=dokumen.sha256,
        halaman=dokumen.halaman,
        **rincian,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    return dokumen
