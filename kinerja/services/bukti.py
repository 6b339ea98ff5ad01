"""Evidence: attach a file to a row, take it away again."""

import hashlib
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import IO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from kinerja.models import Bukti, Capaian
from kinerja.rules.bukti import (
    BuktiDitolak,
    check_bukti,
    clean_nama,
    clean_tautan,
    find_host,
)
from kinerja.services.kunci import lock_formulir, require_draf, require_pengisi
from kinerja.services.kuota import require_kuota, require_kuota_orang
from organisasi.models import Pengguna, Penugasan
from organisasi.services.jejak import record_jejak
from sakip.common.errors import IsianTidakSah, TransisiDitolak


def inspect_berkas(berkas: File[bytes]) -> tuple[str, str, str]:
    """Clean name, kind by content, and SHA-256 of an uploaded file.

    Raises:
        IsianTidakSah: empty, too large, or not an allowed kind, by name and by content (422).
    """
    nama = clean_nama(berkas.name or "")
    try:
        jenis = check_bukti(
            nama,
            cast("IO[bytes]", berkas.open()),
            ukuran=berkas.size,
            maks=settings.MAKS_BUKTI_BYTES,
        )
    except BuktiDitolak as sebab:
        raise IsianTidakSah(str(sebab)) from sebab
    return nama, jenis, _hash(berkas)


def attach_bukti(  # noqa: PLR0913 - the facts of an act
    *,
    capaian_id: int,
    berkas: File[bytes],
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
    untuk: Bukti.Untuk = Bukti.Untuk.REALISASI,
) -> Bukti:
    """Keep a file as evidence of one row. The same file sent twice is kept once.

    Raises:
        IsianTidakSah: empty, too large, beyond the quota of the form, the office or the person, or
            not an allowed kind, by name and by content (422).
        AksesDitolak: the mandate is not with that unit (403).
        TransisiDitolak: the form was handed in (409).
        OSError: the disk is full; no row and no file remain.
    """
    nama, jenis, sidik = inspect_berkas(berkas)
    with transaction.atomic():
        capaian = _lock_baris(capaian_id, aktor=aktor, sebagai=sebagai, now=now)
        sudah = Bukti.objects.filter(capaian=capaian, untuk=untuk, sha256=sidik).first()
        if sudah is not None:
            return sudah
        require_kuota(capaian.formulir, berkas.size)
        require_kuota_orang(Bukti.objects.filter(diunggah_oleh=aktor), berkas.size)
        bukti = Bukti(
            capaian=capaian,
            untuk=untuk,
            nama_asli=nama,
            ukuran=berkas.size,
            sha256=sidik,
            jenis=jenis,
            diunggah_oleh=aktor,
            diunggah_pada=now,
        )
        with ExitStack() as batal:
            bukti.berkas.save(nama, berkas, save=False)
            batal.callback(default_storage.delete, str(bukti.berkas.name))
            bukti.save()
            _record(bukti, "kinerja.bukti.attach", aktor=aktor, sebagai=sebagai, now=now)
            batal.pop_all()
    return bukti


@transaction.atomic
def attach_tautan(  # noqa: PLR0913 - the facts of an act
    *,
    capaian_id: int,
    tautan: str,
    aktor: Pengguna,
    sebagai: Penugasan,
    now: datetime,
    untuk: Bukti.Untuk = Bukti.Untuk.REALISASI,
) -> Bukti:
    """Keep a link as evidence of one row; its page is never fetched. Sent twice it is kept once.

    Raises:
        IsianTidakSah: not an https address (422).
        AksesDitolak, TransisiDitolak: as `attach_bukti`.
    """
    try:
        rapi = clean_tautan(tautan)
    except BuktiDitolak as sebab:
        raise IsianTidakSah(str(sebab)) from sebab
    capaian = _lock_baris(capaian_id, aktor=aktor, sebagai=sebagai, now=now)
    sidik = hashlib.sha256(rapi.encode()).hexdigest()
    bukti, baru = Bukti.objects.get_or_create(
        capaian=capaian,
        untuk=untuk,
        sha256=sidik,
        defaults={
            "tautan": rapi,
            "nama_asli": find_host(rapi)[:150],
            "ukuran": 0,
            "diunggah_oleh": aktor,
            "diunggah_pada": now,
        },
    )
    if baru:
        _record(bukti, "kinerja.bukti.attach", aktor=aktor, sebagai=sebagai, now=now)
    return bukti


@transaction.atomic
def remove_bukti(*, bukti_id: int, aktor: Pengguna, sebagai: Penugasan, now: datetime) -> Capaian:
    """Take a file away from a row that is still draf; the trail keeps its name and fingerprint.

    Raises:
        AksesDitolak, TransisiDitolak: as `attach_bukti`.
    """
    bukti = Bukti.objects.get(pk=bukti_id)
    bukti.capaian = _lock_baris(bukti.capaian_id, aktor=aktor, sebagai=sebagai, now=now)
    _record(bukti, "kinerja.bukti.remove", aktor=aktor, sebagai=sebagai, now=now)
    bukti.delete()
    if bukti.berkas:
        transaction.on_commit(partial(_discard, str(bukti.berkas.name)))
    return bukti.capaian


def _lock_baris(capaian_id: int, *, aktor: Pengguna, sebagai: Penugasan, now: datetime) -> Capaian:
    capaian = Capaian.objects.select_related("indikator").get(pk=capaian_id)
    capaian.formulir = lock_formulir(capaian.formulir_id)
    require_pengisi(capaian.formulir, aktor=aktor, sebagai=sebagai, now=now)
    require_draf(capaian.formulir)
    if capaian.is_terkunci:
        pesan = _("Indikator %(nama)s sudah diverifikasi. Bukti dukungnya tidak dapat diubah.")
        raise TransisiDitolak(pesan % {"nama": capaian.indikator.nama})
    return capaian


def _hash(berkas: File[bytes]) -> str:
    sidik = hashlib.sha256()
    for potongan in berkas.chunks():
        sidik.update(potongan)
    return sidik.hexdigest()


def _record(bukti: Bukti, aksi: str, *, aktor: Pengguna, sebagai: Penugasan, now: datetime) -> None:
    formulir = bukti.capaian.formulir
    record_jejak(
        formulir,
        aksi=aksi,
        aktor=aktor,
        now=now,
        sebagai=sebagai,
        indikator=bukti.capaian.indikator.kode,
        nama=bukti.nama_asli,
        sha256=bukti.sha256,
        **({"tautan": bukti.tautan} if bukti.tautan else {}),
    )
    formulir.save(update_fields=["jejak_urut", "jejak_sidik"])


def _discard(nama: str) -> None:
    """Delete a stored file to which no round refers any more."""
    if not Bukti.objects.filter(berkas=nama).exists():
        default_storage.delete(nama)
