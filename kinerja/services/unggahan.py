"""Uploading a workbook: keep it, check it in the background, then keep all of its rows or some."""

import logging
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from kombu.exceptions import KombuError

from kinerja.models import UnggahanCapaian
from kinerja.rules.bukti import clean_nama
from kinerja.rules.isian import IsianBaris
from kinerja.services.isian import save_semua_baris
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from kinerja.services.lembar_capaian import read_lembar
from organisasi.models import Pengguna, Penugasan
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Batas, read_buku

logger = logging.getLogger(__name__)

NAMA_TUGAS = "kinerja.periksa_unggahan"
_KIRIM_ULANG = timedelta(seconds=60)
# One quick knock while a person waits for the page; the sweeper knocks again.
_SEGERA = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}


@transaction.atomic
def receive_unggahan(
    *,
    formulir_id: int,
    berkas: File[bytes],
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
) -> UnggahanCapaian:
    """Keep an uploaded workbook and have it checked.

    Raises:
        IsianTidakSah: empty or too large (422).
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: the form was handed in (409).
    """
    maks = Batas().byte
    if not berkas.size:
        raise IsianTidakSah(_("Pilih dahulu berkas Excel yang akan diunggah."))
    if berkas.size > maks:
        pesan = _("Berkas lebih besar dari %(mb)d MB. Hapus yang tidak dipakai.")
        raise IsianTidakSah(pesan % {"mb": maks // 1_000_000})
    formulir = lock_formulir(formulir_id)
    require_pengisi(formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(formulir)
    unggahan = UnggahanCapaian(
        formulir=formulir, nama_asli=clean_nama(berkas.name or ""), oleh=aktor, pada=now
    )
    unggahan.berkas.save("", berkas, save=False)
    unggahan.save()
    transaction.on_commit(partial(publish_unggahan, unggahan.pk, now=now))
    return unggahan


def publish_unggahan(unggahan_id: int, *, now: datetime) -> None:
    """Hand the id to the workers. A broker that is down hurts nobody: `sweep_unggahan` comes."""
    try:
        with current_app.connection_for_write(transport_options=_SEGERA) as sambungan:
            current_app.send_task(NAMA_TUGAS, args=[unggahan_id], connection=sambungan)
    except (KombuError, OSError):
        logger.warning("unggahan_belum_dikirim unggahan=%s", unggahan_id)
        return
    UnggahanCapaian.objects.filter(pk=unggahan_id).update(dikirim_pada=now)


def sweep_unggahan(*, now: datetime) -> int:
    """Send again what nobody has checked yet; how many."""
    lama = Q(dikirim_pada=None) | Q(dikirim_pada__lt=now - _KIRIM_ULANG)
    antre = UnggahanCapaian.objects.filter(lama, status=UnggahanCapaian.Status.ANTRE)
    semua = list(antre.values_list("pk", flat=True)[:100])
    for pk in semua:
        publish_unggahan(pk, now=now)
    return len(semua)


def check_unggahan(*, unggahan_id: int) -> None:
    """Read the workbook and note what each row would do. Asked twice it is done once."""
    unggahan = UnggahanCapaian.objects.select_related("formulir__unit__instansi").get(
        pk=unggahan_id
    )
    if unggahan.status != UnggahanCapaian.Status.ANTRE:
        return
    try:
        with unggahan.berkas.open("rb") as berkas:
            buku = read_buku(berkas.read())
        baris = [b.to_json() for b in read_lembar(buku, unggahan.formulir)]
        if not baris:
            raise IsianTidakSah(_("Lembar Capaian tidak berisi baris."))
    except (IsianTidakSah, FileNotFoundError) as galat:
        hilang = _("Berkasnya tidak ada lagi. Unggah kembali.")
        pesan = galat.pesan if isinstance(galat, IsianTidakSah) else hilang
        _settle(unggahan_id, pesan=str(pesan))
        return
    _settle(unggahan_id, baris=baris)


@transaction.atomic
def _settle(
    unggahan_id: int, *, baris: list[dict[str, object]] | None = None, pesan: str = ""
) -> None:
    unggahan = UnggahanCapaian.objects.select_for_update().get(pk=unggahan_id)
    if unggahan.status != UnggahanCapaian.Status.ANTRE:
        return
    if baris is None:
        unggahan.fail(pesan=pesan)
    else:
        unggahan.complete(baris=baris)
    unggahan.save(update_fields=["status", "baris", "pesan"])


@transaction.atomic
def apply_unggahan(
    *, unggahan_id: int, hanya_sah: bool, aktor: Pengguna, sebagai: Penugasan, now: datetime
) -> int:
    """Keep the rows of a checked workbook; how many changed. All of it, or nothing.

    hanya_sah: the person chose to keep the valid rows although others have faults.

    Raises:
        IsianTidakSah: it has faults and `hanya_sah` was not chosen (422).
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: it was applied before, or rows changed meanwhile (409).
    """
    unggahan = UnggahanCapaian.objects.select_for_update().get(pk=unggahan_id)
    if unggahan.status != UnggahanCapaian.Status.SIAP:
        raise TransisiDitolak(_("Berkas ini sudah disimpan. Unggah kembali bila ada perubahan."))
    salah = sum(b["hasil"] == "galat" for b in unggahan.baris)
    if salah and not hanya_sah:
        raise IsianTidakSah(
            _("%(n)d baris bergalat. Perbaiki berkasnya, atau simpan hanya baris yang sah.")
            % {"n": salah}
        )
    isian = {
        b["capaian_id"]: IsianBaris(b["realisasi"], b["penjelasan"], b["versi"], b["rtl"])
        for b in unggahan.baris
        if b["hasil"] == "ubah"
    }
    hasil = save_semua_baris(
        formulir_id=unggahan.formulir_id, isian=isian, aktor=aktor, sebagai=sebagai, now=now
    )
    if hasil.galat:
        raise TransisiDitolak(
            _("Formulir berubah sejak berkas diperiksa, jadi tidak ada yang disimpan. %(isi)s")
            % {"isi": " ".join(hasil.masalah)}
        )
    unggahan.apply(pesan=_("%(n)d baris disimpan.") % {"n": hasil.tersimpan})
    unggahan.save(update_fields=["status", "pesan"])
    return hasil.tersimpan
