"""The way of every uploaded workbook: kept, handed to the workers, settled, and one day let go."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from kinerja.models import Unggahan
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import Batas, Buku, read_buku
from sakip.common.perantara import hand_over

logger = logging.getLogger(__name__)

SIMPAN = timedelta(days=30)
_KIRIM_ULANG = timedelta(seconds=60)
_SEKALI = 100


def require_berkas(berkas: File[bytes]) -> None:
    """Raises:
    IsianTidakSah: the file is empty or too large (422).
    """
    maks = Batas().byte
    if not berkas.size:
        raise IsianTidakSah(_("Pilih dahulu berkas Excel yang akan diunggah."))
    if berkas.size > maks:
        pesan = _("Berkas lebih besar dari %(mb)d MB. Hapus yang tidak dipakai.")
        raise IsianTidakSah(pesan % {"mb": maks // 1_000_000})


def publish(model: type[Unggahan], unggahan_id: int, *, now: datetime) -> None:
    """Hand the id to the workers. A broker that is down hurts nobody: `sweep` comes."""
    if hand_over(model.TUGAS, unggahan_id):
        model._default_manager.filter(pk=unggahan_id).update(dikirim_pada=now)


def sweep(model: type[Unggahan], *, now: datetime) -> int:
    """Send again what nobody has checked yet; how many."""
    lama = Q(dikirim_pada=None) | Q(dikirim_pada__lt=now - _KIRIM_ULANG)
    antre = model._default_manager.filter(lama, status=Unggahan.Status.ANTRE)
    semua = list(antre.values_list("pk", flat=True)[:_SEKALI])
    for pk in semua:
        publish(model, pk, now=now)
    return len(semua)


def open_buku(unggahan: Unggahan) -> Buku:
    """The workbook, read in its limited child.

    Raises:
        IsianTidakSah: it cannot be read, or its file is gone; the message says what to do.
    """
    try:
        with unggahan.berkas.open("rb") as berkas:
            return read_buku(berkas.read())
    except FileNotFoundError as galat:
        raise IsianTidakSah(_("Berkasnya tidak ada lagi. Unggah kembali.")) from galat


@transaction.atomic
def settle(
    model: type[Unggahan],
    unggahan_id: int,
    *,
    baris: list[dict[str, Any]] | None = None,
    pesan: str = "",
    **isi: object,
) -> None:
    """Note the outcome of a check: rows, or why there are none. Asked twice it is done once."""
    unggahan = model._default_manager.select_for_update().get(pk=unggahan_id)
    if unggahan.status != Unggahan.Status.ANTRE:
        return
    if baris is None:
        unggahan.fail(pesan=pesan)
    else:
        unggahan.complete(baris=baris)
    for nama, nilai in isi.items():
        setattr(unggahan, nama, nilai)
    unggahan.save(update_fields=["status", "baris", "pesan", *isi])


def clean_lama(model: type[Unggahan], *, now: datetime) -> int:
    """Let go of uploads whose time is over, their files first; how many.

    A row whose file cannot be removed stays, and is tried again tomorrow.
    """
    hilang = 0
    for unggahan in model._default_manager.filter(pada__lt=now - SIMPAN).defer("baris")[:_SEKALI]:
        try:
            unggahan.berkas.delete(save=False)
        except OSError:
            logger.warning("unggahan_tidak_terhapus unggahan=%s", unggahan.pk)
            continue
        model._default_manager.filter(pk=unggahan.pk).delete()
        hilang += 1
    return hilang
