"""Changing the template of an office's documents. Running drafts keep what they began with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BagianKerangka
from laporan.rules.kerangka import (
    Bagian,
    drop_bagian,
    insert_bagian,
    list_salah,
    make_kode,
    move_bagian,
)
from laporan.selectors.kerangka import list_bagian
from organisasi.models import Instansi, Pengguna
from organisasi.perms import can_manage
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import bersihkan

_RUAS = (
    "kode", "tingkat", "nomor", "judul", "petunjuk", "isi", "ulang", "is_mendatar", "is_lewati",
    "is_aktif", "lembar",
)  # fmt: skip
# Codes that are words of an address.
_CADANGAN = ("tambah", "ubah")


@dataclass(frozen=True)
class Pengubah:
    """Whose template of which document is changed, by whom and when."""

    instansi_id: int
    dokumen: str
    aktor: Pengguna
    now: datetime


@transaction.atomic
def save_bagian(*, bagian: Bagian, pengubah: Pengubah) -> None:
    """Change the part that bears the code of `bagian`.

    Raises:
        AksesDitolak: the person does not configure that office (403).
        TransisiDitolak: the part is gone (409).
        IsianTidakSah: no title, or the parts make no document (422).
    """
    instansi, semua = _lock(pengubah)
    _find(semua, bagian.kode)
    baru = _clean(bagian)
    _store(instansi, [baru if b.kode == baru.kode else b for b in semua], pengubah, baru.kode)


@transaction.atomic
def create_bagian(*, bagian: Bagian, setelah: str, pengubah: Pengubah) -> str:
    """Put a new part after another and what lies below that. Returns the code it got.

    Raises:
        AksesDitolak, TransisiDitolak, IsianTidakSah: as `save_bagian`.
    """
    instansi, semua = _lock(pengubah)
    _find(semua, setelah)
    baru = _clean(bagian)
    baru = replace(baru, kode=make_kode(baru.judul, [*_CADANGAN, *(b.kode for b in semua)]))
    _store(instansi, insert_bagian(semua, baru, setelah), pengubah, baru.kode, "add")
    return baru.kode


@transaction.atomic
def remove_bagian(*, kode: str, pengubah: Pengubah) -> None:
    """Take one part out, with what lies below it. Sheets are switched off instead.

    Raises:
        AksesDitolak, TransisiDitolak, IsianTidakSah: as `save_bagian`.
    """
    instansi, semua = _lock(pengubah)
    if _find(semua, kode).lembar:
        raise IsianTidakSah(_("Lembar ini disusun aplikasi. Matikan bila tidak dipakai."))
    _store(instansi, drop_bagian(semua, kode), pengubah, kode, "remove")


@transaction.atomic
def shift_bagian(*, kode: str, turun: bool, pengubah: Pengubah) -> None:
    """Move one part, with what lies below it, past its neighbour of the same level.

    Raises:
        AksesDitolak, TransisiDitolak: as `save_bagian`.
    """
    instansi, bagian = _lock(pengubah)
    _find(bagian, kode)
    _store(instansi, move_bagian(bagian, kode, turun=turun), pengubah, kode)


@transaction.atomic
def reset_kerangka(*, pengubah: Pengubah) -> None:
    """Go back to the template that comes with the product.

    Raises:
        AksesDitolak: as `save_bagian`.
    """
    instansi, _bagian = _lock(pengubah)
    BagianKerangka.objects.filter(instansi=instansi, dokumen=pengubah.dokumen).delete()
    _record(instansi, pengubah, "reset", "")


def _lock(pengubah: Pengubah) -> tuple[Instansi, Sequence[Bagian]]:
    mandat = list_penugasan_for(pengubah.aktor, pada=pengubah.now)
    if not can_manage(pengubah.instansi_id, mandat):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengatur kerangka dokumen."))
    instansi = Instansi.objects.select_for_update().get(pk=pengubah.instansi_id)
    return instansi, list_bagian(instansi.pk, pengubah.dokumen)


def _find(bagian: Sequence[Bagian], kode: str) -> Bagian:
    ada = next((b for b in bagian if b.kode == kode), None)
    if ada is None:
        raise TransisiDitolak(_("Bagian itu tidak ada lagi. Muat ulang halaman."))
    return ada


def _clean(bagian: Bagian) -> Bagian:
    """The part as it is kept: spaces folded, rich text safe."""
    judul = " ".join(bagian.judul.split())
    if not judul:
        raise IsianTidakSah(_("Isi judul bagian."))
    return replace(bagian, judul=judul, petunjuk=bagian.petunjuk.strip(), isi=bersihkan(bagian.isi))


def _store(
    instansi: Instansi,
    bagian: Sequence[Bagian],
    pengubah: Pengubah,
    kode: str,
    perbuatan: str = "save",
) -> None:
    """All parts anew: an office that changes one has a template of its own from then on."""
    if masalah := list_salah(bagian):
        raise IsianTidakSah(" ".join(masalah))
    lama = BagianKerangka.objects.filter(instansi=instansi, dokumen=pengubah.dokumen)
    lama.delete()
    BagianKerangka.objects.bulk_create(
        BagianKerangka(
            instansi=instansi,
            dokumen=pengubah.dokumen,
            urutan=n,
            blok=list(b.blok),
            untuk=list(b.untuk),
            wajib=list(b.wajib),
            **{r: getattr(b, r) for r in _RUAS},
        )
        for n, b in enumerate(bagian, start=1)
    )
    _record(instansi, pengubah, perbuatan, kode)


def _record(instansi: Instansi, pengubah: Pengubah, perbuatan: str, kode: str) -> None:
    record_jejak(
        instansi,
        aksi=f"laporan.kerangka.{perbuatan}",
        aktor=pengubah.aktor,
        now=pengubah.now,
        dokumen=pengubah.dokumen,
        bagian=kode,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
