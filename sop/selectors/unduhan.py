"""The catalogue of SOPs as a table to download."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from sakip.common.unduhan import Tabel
from sop.selectors.katalog import BarisSOP


def list_tabel_katalog(katalog: Iterable[BarisSOP]) -> list[Tabel]:
    """Every SOP of the office with each of its versions."""
    baris = [
        (k.sop.kode, k.sop.nama, k.sop.unit_pemilik, b.versi.nomor, b.versi.nomor_sop,
         b.keadaan.value.capitalize(), b.versi.berlaku_mulai, b.versi.disahkan_jabatan, b.berjalan)
        for k in katalog
        for b in k.versi
    ]  # fmt: skip
    kolom = [
        (_("Kode"), 24), (_("Nama SOP"), 56), (_("Unit pemilik"), 32), (_("Versi"), 8),
        (_("Nomor SOP"), 24), (_("Keadaan"), 14), (_("Berlaku mulai"), 14), (_("Disahkan"), 32),
        (_("Laporan berjalan"), 12),
    ]  # fmt: skip
    return [Tabel(_("SOP"), kolom, baris)]
