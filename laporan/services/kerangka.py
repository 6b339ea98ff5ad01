"""Changing the template of an office's documents. Running drafts keep what they began with."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from laporan.models import BagianKerangka
from laporan.rules.kerangka import Bagian, list_salah, move_bagian
from laporan.selectors.kerangka import list_bagian
from organisasi.models import Instansi, Pengguna
from organisasi.perms import can_manage
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.common.teks_kaya import bersihkan

_RUAS = ("kode", "tingkat", "nomor", "judul", "petunjuk", "isi", "ulang", "is_mendatar", "is_aktif")


@dataclass(frozen=True)
class IsianBagian:
    """What an office may change of one part."""

    judul: str
    petunjuk: str
    isi: str
    untuk: Sequence[str]
    wajib: Sequence[str]
    is_aktif: bool


@dataclass(frozen=True)
class Pengubah:
    """Whose template of which document is changed, by whom and when."""

    instansi_id: int
    dokumen: str
    aktor: Pengguna
    now: datetime


@transaction.atomic
def save_bagian(*, kode: str, isian: IsianBagian, pengubah: Pengubah) -> None:
    """Change one part.

    Raises:
        AksesDitolak: the person does not configure that office (403).
        TransisiDitolak: the part is gone (409).
        IsianTidakSah: no title, must be filled where it is not used, or nothing is left (422).
    """
    instansi, bagian = _lock(pengubah)
    if not isian.judul.strip():
        raise IsianTidakSah(_("Isi judul bagian."))
    if not set(isian.wajib) <= set(isian.untuk):
        raise IsianTidakSah(_("Bagian hanya dapat wajib pada laporan yang memakainya."))
    baru = replace(
        _find(bagian, kode),
        judul=" ".join(isian.judul.split()),
        petunjuk=isian.petunjuk.strip(),
        isi=bersihkan(isian.isi),
        untuk=tuple(isian.untuk),
        wajib=tuple(isian.wajib),
        is_aktif=isian.is_aktif,
    )
    _store(instansi, [baru if b.kode == kode else b for b in bagian], pengubah, kode)


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


def _store(instansi: Instansi, bagian: Sequence[Bagian], pengubah: Pengubah, kode: str) -> None:
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
    _record(instansi, pengubah, "save", kode)


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
