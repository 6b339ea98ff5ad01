"""Uploads of SOP files: kept, given their posts, written as a konsep or discarded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from organisasi.models import Instansi, Pengguna
from sakip.common.errors import AlurTidakSah, IsianTidakSah, TransisiDitolak
from sakip.common.lembar import Batas
from sop import perms
from sop.models import SOP, UnggahanSOP, VersiSOP
from sop.selectors import map_jabatan, read_sidik
from sop.selectors.impor import read_isi, read_unggahan
from sop.services.buang import remove_konsep
from sop.services.kunci import record_versi, require_boleh
from sop.services.versi import create_versi, list_kekeliruan

SIMPAN = timedelta(days=30)
_MAKS_BYTE = Batas().byte
_MAKS_NAMA = 150


@transaction.atomic
def keep_unggahan(
    *, isi: bytes, nama: str, instansi: Instansi, aktor: Pengguna, now: datetime
) -> UnggahanSOP:
    """Keep a readable file until it is written or discarded, 30 days at most.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        IsianTidakSah: empty, too large, or no SOP can be read from it (HTTP 422).
    """
    require_boleh(perms.can_draft, instansi.pk, aktor, now)
    if not isi:
        raise IsianTidakSah(_("Berkas ini kosong. Pilih berkas lain."))
    if len(isi) > _MAKS_BYTE:
        pesan = _("Berkas lebih besar dari %(mb)d MB. Hapus yang tidak dipakai.")
        raise IsianTidakSah(pesan % {"mb": _MAKS_BYTE // 1_000_000})
    read_isi(isi, nama, map_jabatan(instansi))
    return UnggahanSOP.objects.create(
        instansi=instansi,
        pengunggah=aktor,
        nama_berkas=nama[-_MAKS_NAMA:],
        isi=isi,
        diunggah_pada=now,
    )


def clean_unggahan(*, now: datetime) -> int:
    """Let go of uploads that nobody wrote in thirty days; how many."""
    banyak, _jenis = UnggahanSOP.objects.filter(diunggah_pada__lt=now - SIMPAN).delete()
    return banyak


@transaction.atomic
def map_unggahan(
    *, unggahan_id: int, peta: Mapping[str, str], aktor: Pengguna, now: datetime
) -> UnggahanSOP:
    """Say which posts of the office the unknown names of an upload stand for; "" for none yet.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: somebody wrote or discarded it (HTTP 409).
    """
    unggahan = _lock(unggahan_id, aktor, now)
    unggahan.peta = {**unggahan.peta, **peta}
    unggahan.save(update_fields=["peta"])
    return unggahan


class AdaKonsep(IsianTidakSah):
    """The SOP has an open konsep, and whoever imports has not said that it is to be replaced."""


@dataclass(frozen=True)
class Tujuan:
    """Where an upload goes. kode: of an SOP of the office, which gets a new version, or of a new
    one. ganti: `read_sidik` of the open konsep that it replaces, "" for none.
    """

    kode: str
    nama: str
    ganti: str = ""


@transaction.atomic
def write_unggahan(*, unggahan_id: int, tujuan: Tujuan, aktor: Pengguna, now: datetime) -> VersiSOP:
    """Write an upload as a konsep, faults and all, and let go of the file.

    Raises:
        AdaKonsep: a konsep of that SOP is open and is not to be replaced, or is another by now
            than the one that was (HTTP 422).
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: somebody wrote or discarded it (HTTP 409).
        AlurTidakSah: a text that does not fit, all of them in `masalah`; nothing is lost (422).
    """
    unggahan = _lock(unggahan_id, aktor, now)
    isi = replace(read_unggahan(unggahan).sop, kode=tujuan.kode, nama=tujuan.nama)
    contoh = SOP(kode=tujuan.kode, nama=tujuan.nama, unit_pemilik=isi.unit_pemilik)
    if kekeliruan := list_kekeliruan(contoh):
        raise AlurTidakSah(_("SOP belum dapat disimpan."), kekeliruan)
    sop, _baru = SOP.objects.get_or_create(
        instansi=unggahan.instansi,
        kode=tujuan.kode,
        defaults={
            "nama": tujuan.nama,
            "unit_pemilik": isi.unit_pemilik,
            "menghasilkan": isi.menghasilkan,
        },
    )
    _replace_konsep(sop, tujuan.ganti, aktor, now)
    versi = create_versi(sop=sop, identitas=isi.identitas, graf=isi.graf, aktor=aktor, now=now)
    sidik = hashlib.sha256(bytes(unggahan.isi)).hexdigest()
    record_versi(
        versi,
        aksi="sop.versi.import",
        aktor=aktor,
        now=now,
        berkas=unggahan.nama_berkas,
        sha256=sidik,
    )
    versi.save(update_fields=["jejak_urut", "jejak_sidik"])
    unggahan.delete()
    return versi


def _replace_konsep(sop: SOP, ganti: str, aktor: Pengguna, now: datetime) -> None:
    SOP.objects.select_for_update().get(pk=sop.pk)
    konsep = VersiSOP.objects.select_related("sop__instansi").filter(
        sop=sop, status=VersiSOP.Status.KONSEP
    )
    for versi in konsep:
        if ganti != read_sidik(versi):
            raise AdaKonsep(
                _(
                    "SOP ini sudah punya konsep, versi %(nomor)d. Nyatakan bahwa berkas ini "
                    "menggantikannya, atau lanjutkan konsep itu."
                )
                % {"nomor": versi.nomor}
            )
        remove_konsep(versi, aktor, now)


@transaction.atomic
def discard_unggahan(*, unggahan_id: int, aktor: Pengguna, now: datetime) -> None:
    """Let go of an upload without writing it.

    Raises:
        AksesDitolak: `aktor` drafts no SOP for this office (HTTP 403).
        TransisiDitolak: it is gone already (HTTP 409).
    """
    _lock(unggahan_id, aktor, now).delete()


def _lock(unggahan_id: int, aktor: Pengguna, now: datetime) -> UnggahanSOP:
    daftar = UnggahanSOP.objects.select_for_update(of=("self",)).select_related("instansi")
    unggahan = daftar.filter(pk=unggahan_id).first()
    if unggahan is None:
        raise TransisiDitolak(_("Unggahan ini sudah disimpan atau dibuang. Lihat daftar SOP."))
    require_boleh(perms.can_draft, unggahan.instansi_id, aktor, now)
    return unggahan
