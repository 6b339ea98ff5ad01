"""Making the Word file of a version: asked for by a person, made by a worker, never signed."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BerkasWord, Draf, Efek, VersiNaskah
from laporan.selectors.berkas_word import get_keadaan_word, make_kunci
from laporan.selectors.cetak import build_cetak
from laporan.services.dokumen import render_laporan
from laporan.services.efek import Kerja, publish_efek
from laporan.services.kunci import lock_draf
from organisasi.models import Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.berkas import sha256_hex
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.sekali_tulis import keep_berkas
from sakip.common.word import Surat, write_docx


@transaction.atomic
def request_word(*, draf_id: int, aktor: Pengguna, now: datetime) -> Efek:
    """Have the Word file of the newest version made. Asking again finds the same job.

    Raises:
        TransisiDitolak: nothing was handed over yet (409).
        AksesDitolak: the person holds no post in the office of the draft (403).
    """
    draf = lock_draf(pk=draf_id)
    semua = list_penugasan_for(aktor, pada=now)
    sebagai = next((p for p in semua if p.jabatan.instansi_id == draf.instansi_id), None)
    if sebagai is None:
        raise AksesDitolak(_("Berkas Word diminta oleh pegawai instansi yang bersangkutan."))
    keadaan = get_keadaan_word(draf)
    if keadaan is None:
        raise TransisiDitolak(_("Laporan ini belum mempunyai naskah yang diserahkan."))
    if keadaan.efek is not None:
        return keadaan.efek
    efek = Efek.objects.create(
        draf=draf,
        kunjungan=draf.kunjungan.latest("pk"),
        jenis=Efek.Jenis.WORD,
        kunci=make_kunci(keadaan.versi, keadaan.cap),
        sebagai=sebagai,
        dibuat_pada=now,
    )
    record_jejak(
        draf,
        aksi="laporan.word.minta",
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        status=draf.status,
        versi=keadaan.versi.nomor,
    )
    draf.save(update_fields=["jejak_urut", "jejak_sidik"])
    transaction.on_commit(partial(publish_efek, [efek.pk]))
    return efek


def make_word(kerja: Kerja) -> None:
    """Write the Word file that the effect's key names. Once per version and watermark."""
    _jenis, cap, pk = kerja.efek.kunci.split(":")
    versi = VersiNaskah.objects.select_related(
        "draf__instansi", "draf__versi", "draf__sop", "draf__perjanjian"
    ).get(pk=int(pk))
    isi = _write(versi, BerkasWord.Cap(cap), kerja)
    with kerja.commit() as draf:
        _keep(versi, cap, isi, draf, kerja.jam())


def _write(versi: VersiNaskah, cap: BerkasWord.Cap, kerja: Kerja) -> bytes:
    kerja.report(5)
    cetak = build_cetak(versi, pada=kerja.efek.dibuat_pada)
    html = render_laporan(cetak)
    kerja.report(20)
    draf = versi.draf
    return write_docx(
        html,
        Surat(
            judul=draf.judul,
            penulis=draf.instansi.nama,
            kaki=_("Salinan yang dapat disunting. Naskah resmi: PDF pada %s") % cetak.tautan,
            dibuat=versi.dibuat_pada,
            kertas=draf.instansi.ukuran_kertas,
            cap=str(cap.label),
            gambar={nama: isi for nama, (isi, _jenis) in cetak.gambar.items()},
        ),
    )


def _keep(versi: VersiNaskah, cap: str, isi: bytes, draf: Draf, now: datetime) -> None:
    """File and row; inside `Kerja.commit`."""
    berkas = keep_berkas(f"word/{draf.pk}/versi-{versi.nomor}-{cap}.docx", isi)
    BerkasWord.objects.update_or_create(
        versi_naskah=versi,
        cap=cap,
        defaults={
            "berkas": berkas,
            "sha256": sha256_hex(isi),
            "ukuran": len(isi),
            "dibuat_pada": now,
        },
    )
