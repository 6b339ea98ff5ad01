"""A covering letter as a document of its own: promised with the letter, frozen, then signed."""

from datetime import datetime
from functools import partial

import segno
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from laporan.models import Dokumen, Efek, SuratPengantar
from laporan.models.draf import make_token
from laporan.selectors.cetak import TempatTanda, make_tautan_kode
from laporan.selectors.dokumen import RUAS_SURAT
from laporan.services.dokumen import keep_dokumen, make_berkas
from laporan.services.efek import Kerja, publish_efek
from sakip.common.errors import TransisiDitolak


def require_belum_bertanda(surat: SuratPengantar) -> None:
    """Refuse to change a letter that somebody has signed, or is signing.

    Raises:
        TransisiDitolak: as said (409).
    """
    diminta = Efek.objects.filter(
        kunjungan=surat.kunjungan_id,
        jenis=Efek.Jenis.TANDA_TANGAN,
        status__in=(*Efek.TERBUKA, Efek.Status.RAGU),
    )
    if diminta.exists() or Dokumen.objects.filter(surat=surat, tanda_tangan__isnull=False).exists():
        raise TransisiDitolak(_("Surat ini sudah atau sedang ditandatangani. Muat ulang halaman."))


def promise_surat(surat: SuratPengantar, *, now: datetime) -> Efek:
    """Promise the PDF of the letter as it is now; an earlier one of it no longer counts.

    To be called in the transaction that keeps the letter, with the draft locked.

    Raises:
        TransisiDitolak: it is signed, or being signed (409).
    """
    require_belum_bertanda(surat)
    awalan = f"bekukan_surat:{surat.pk}:"
    urut = Efek.objects.filter(kunci__startswith=awalan).count() + 1
    efek = Efek.objects.create(
        draf=surat.draf,
        kunjungan=surat.kunjungan,
        jenis=Efek.Jenis.BEKUKAN_SURAT,
        kunci=f"{awalan}{urut}",
        dibuat_pada=now,
    )
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


def renew_surat(surat: SuratPengantar, *, now: datetime) -> None:
    """After a letter was kept anew: the PDF promised of it before is made again as well."""
    if Efek.objects.filter(kunci__startswith=f"bekukan_surat:{surat.pk}:").exists():
        promise_surat(surat, now=now)


def freeze_surat(kerja: Kerja) -> None:
    """Render the letter of the effect's visit with its place to sign, and keep the bytes."""
    _awalan, surat_pk, urut = kerja.efek.kunci.split(":")
    surat = SuratPengantar.objects.select_related("draf__instansi", "kunjungan").get(
        pk=int(surat_pk)
    )
    tempat, token = TempatTanda(RUAS_SURAT, surat.penanda_jabatan, is_penutup=True), make_token()
    hasil = make_berkas(kerja, render_surat(surat, tempat=tempat, token=token), [tempat])
    with kerja.commit() as draf:
        dokumen = Dokumen(
            draf=draf,
            jenis=Dokumen.Jenis.SURAT,
            surat=surat,
            token=token,
            berkas=f"dokumen/{draf.pk}/surat-{surat.pk}-{urut}.pdf",
        )
        keep_dokumen(dokumen, hasil, kerja.jam(), surat=surat.pk)


def render_surat(surat: SuratPengantar, *, tempat: TempatTanda, token: str) -> str:
    """HTML of the letter; `tempat` is the box for its signature, `token` the code of its QR."""
    tautan = make_tautan_kode(token)
    qr = segno.make(tautan, error="m", micro=False).svg_data_uri(border=0)
    context = {
        "cetak": {"draf": surat.draf, "tautan": tautan, "qr": qr},
        "baris": surat,
        "tempat": tempat,
    }
    return render_to_string("pdf/surat-pengantar.html", context)
