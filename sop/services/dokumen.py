"""The PDF of an SOP: a konsep is rendered when asked for, a published version once and for good."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from organisasi.services.jejak import record_jejak
from sakip.common.berkas import read_berkas, sha256_hex
from sakip.common.pdf import BahanPdf, HasilPdf, render_pdf
from sakip.common.pdf_isi import Lampiran
from sakip.common.pdf_singgahan import get_or_render
from sakip.common.sekali_tulis import keep_berkas
from sop.models import DokumenSOP, VersiSOP
from sop.rules.berkas import write_berkas
from sop.rules.kertas import UkuranKertas
from sop.selectors.cetak import CetakSOP, SetSOP, build_cetak, build_set
from sop.selectors.graf import read_berkas_sop
from sop.services.kunci import lock_versi

# A set is rendered while one waits: a quarter of a second for each SOP.
PALING_BANYAK = 8


def render_sop(cetak: CetakSOP) -> str:
    """HTML of one SOP."""
    isi = {
        "semua": [cetak],
        "judul": cetak.nama.butir[0],
        "instansi": cetak.versi.sop.instansi,
    }
    return render_to_string("pdf/sop.html", isi)


def render_set(*, versi: Sequence[VersiSOP], kertas: UkuranKertas, now: datetime) -> bytes:
    """One PDF of several versions of an office, with cover and contents; no record is kept."""
    satu_set = build_set(versi, kertas, pada=now)
    return get_or_render(render_html_set(satu_set), gaya="\n".join(c.gaya for c in satu_set.semua))


def render_html_set(satu_set: SetSOP) -> str:
    """HTML of a set."""
    isi = {
        "set": satu_set,
        "semua": satu_set.semua,
        "judul": _("Kumpulan SOP %(nama)s") % {"nama": satu_set.instansi.nama},
        "instansi": satu_set.instansi,
    }
    return render_to_string("pdf/sop.html", isi)


def get_pdf(*, versi: VersiSOP, kertas: UkuranKertas, now: datetime) -> bytes:
    """The printed SOP.

    Raises:
        BerkasBerubah: the kept file is gone or was changed on the disk.
    """
    if versi.is_konsep:
        cetak = build_cetak(versi, kertas)
        return get_or_render(render_sop(cetak), gaya=cetak.gaya)
    dokumen = _find(versi, kertas) or freeze_dokumen(versi=versi, kertas=kertas, now=now)
    return read_berkas(dokumen.berkas, dokumen.sha256)


def freeze_dokumen(*, versi: VersiSOP, kertas: UkuranKertas, now: datetime) -> DokumenSOP:
    """Render a published version and keep its bytes; the one that is kept if another was first."""
    hasil = _render(build_cetak(versi, kertas))
    with transaction.atomic():
        terkunci = lock_versi(versi.pk)
        ada = _find(terkunci, kertas)
        return ada or _keep(terkunci, kertas, hasil, now)


def _find(versi: VersiSOP, kertas: UkuranKertas) -> DokumenSOP | None:
    return DokumenSOP.objects.filter(versi=versi, kertas=kertas.kode).first()


def _render(cetak: CetakSOP) -> HasilPdf:
    """The pages of a published version with their data file."""
    bahan = BahanPdf(lampiran=[_lampiran(cetak.versi)], is_ua=True)
    return render_pdf(render_sop(cetak), gaya=cetak.gaya, bahan=bahan)


def _lampiran(versi: VersiSOP) -> Lampiran:
    """The SOP as a data file, from which any office can load it."""
    return Lampiran(
        nama=f"{versi.sop.kode}-versi-{versi.nomor}.yaml",
        jenis="application/yaml",
        isi=write_berkas(read_berkas_sop(versi)).encode(),
        keterangan=_("Data SOP"),
        pada=versi.terbit_pada,
    )


def _keep(versi: VersiSOP, kertas: UkuranKertas, hasil: HasilPdf, now: datetime) -> DokumenSOP:
    """Write file, row and trail, under the lock of the SOP."""
    berkas = keep_berkas(f"sop/{versi.sop_id}/versi-{versi.nomor}-{kertas.kode}.pdf", hasil.isi)
    dokumen = DokumenSOP.objects.create(
        versi=versi,
        kertas=kertas.kode,
        berkas=berkas,
        sha256=sha256_hex(hasil.isi),
        ukuran=len(hasil.isi),
        halaman=hasil.halaman,
        dibekukan_pada=now,
    )
    record_jejak(
        versi,
        aksi="sop.dokumen.bekukan",
        aktor=None,
        now=now,
        kertas=kertas.kode,
        sha256=dokumen.sha256,
        halaman=dokumen.halaman,
    )
    versi.save(update_fields=["jejak_urut", "jejak_sidik"])
    return dokumen
