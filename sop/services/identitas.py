"""Acts on the identity page and the actor columns of a konsep."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from sakip.common.errors import AlurTidakSah, TransisiDitolak
from sop.models import SOP, VersiSOP
from sop.rules.identitas import (
    Identitas,
    KolomPelaksana,
    apply_identitas,
    list_berubah_identitas,
)
from sop.rules.sunting import compute_sidik_identitas
from sop.selectors import read_identitas
from sop.services.kunci import lock_konsep, record_versi
from sop.services.sunting import Penyunting
from sop.services.versi import list_kekeliruan


class IdentitasBasi(TransisiDitolak):
    """Somebody changed the page since it was opened (409). kini: the page as it is."""

    def __init__(self, kini: Identitas) -> None:
        super().__init__(_("Halaman identitas sudah diubah sejak Anda membukanya."))
        self.kini = kini


@transaction.atomic
def save_identitas(
    *, penyunting: Penyunting, isian: Mapping[str, Any], sidik: str, katalog: Mapping[str, str]
) -> list[str]:
    """Write the identity page as typed; returns the names of the fields that changed.

    isian: fields of `Identitas`. katalog: nama, unit_pemilik, menghasilkan of the SOP. sidik: of
    the page as its editor saw it (`compute_sidik_identitas`), "" where that does not matter.

    Raises:
        IdentitasBasi: it changed since (HTTP 409).
        AlurTidakSah: a text that the database cannot hold, or another document than the published
            versions produce (HTTP 422).
        AksesDitolak, TransisiDitolak: as `lock_konsep`.
    """
    versi, lama = _open(penyunting, sidik)
    baru = apply_identitas(lama, isian)
    berubah = list_berubah_identitas(lama, baru)
    ubahan = _write_katalog(versi.sop, katalog)
    _write(versi, baru)
    _record(
        penyunting,
        versi,
        "save",
        sel=berubah,
        katalog=ubahan,
        diperbaiki=sorted(set(lama.perlu_konfirmasi) - set(baru.perlu_konfirmasi)),
    )
    return berubah


def save_peran(*, penyunting: Penyunting, kolom: tuple[KolomPelaksana, ...], sidik: str) -> None:
    """Write the actor columns of the form, left to right. Raises as `save_identitas`."""
    isian = {"judul_pelaksana": kolom}
    save_identitas(penyunting=penyunting, isian=isian, sidik=sidik, katalog={})


@transaction.atomic
def confirm_identitas(*, penyunting: Penyunting, kolom: str) -> None:
    """State that a doubtful field is as the paper has it. Its note stays, the doubt goes.

    Raises:
        TransisiDitolak: it is not in doubt any more (HTTP 409).
        AksesDitolak: as `lock_konsep` (HTTP 403).
    """
    versi, _lama = _open(penyunting, "")
    if kolom not in versi.perlu_konfirmasi:
        raise TransisiDitolak(_("Bagian ini sudah dikonfirmasi. Muat ulang halaman ini."))
    versi.perlu_konfirmasi = [k for k in versi.perlu_konfirmasi if k != kolom]
    _record(penyunting, versi, "confirm", kolom=kolom)


def _open(penyunting: Penyunting, sidik: str) -> tuple[VersiSOP, Identitas]:
    versi = lock_konsep(penyunting.versi_id, penyunting.aktor, penyunting.now)
    lama = read_identitas(versi)
    if sidik and sidik != compute_sidik_identitas(lama):
        raise IdentitasBasi(lama)
    return versi, lama


def _write(versi: VersiSOP, baru: Identitas) -> None:
    for nama, nilai in asdict(baru).items():
        setattr(versi, nama, list(nilai) if isinstance(nilai, tuple) else nilai)
    masalah = list_kekeliruan(versi)
    if masalah:
        raise AlurTidakSah(_("Identitas belum dapat disimpan."), masalah)


def _write_katalog(sop: SOP, katalog: Mapping[str, str]) -> dict[str, list[str]]:
    """What changed: names of fields to their old and new text."""
    ubahan = {n: [getattr(sop, n), v] for n, v in katalog.items() if getattr(sop, n) != v}
    if "menghasilkan" in ubahan:
        _require_belum_terbit(sop)
    for nama, nilai in katalog.items():
        setattr(sop, nama, nilai)
    masalah = list_kekeliruan(sop)
    if masalah:
        raise AlurTidakSah(_("Identitas belum dapat disimpan."), masalah)
    if katalog:
        sop.save(update_fields=[*katalog])
    return ubahan


def _require_belum_terbit(sop: SOP) -> None:
    """The document belongs to the SOP: a konsep would change it for the version in force.

    Raises:
        AlurTidakSah: a version of it was published.
    """
    if sop.versi.exclude(status=VersiSOP.Status.KONSEP).exists():
        raise AlurTidakSah(
            _("Identitas belum dapat disimpan."),
            [
                _(
                    "Dokumen yang dihasilkan tidak dapat diubah, karena SOP ini sudah pernah "
                    "terbit. Buat SOP baru untuk dokumen yang lain."
                )
            ],
        )


def _record(penyunting: Penyunting, versi: VersiSOP, aksi: str, **rincian: Any) -> None:
    record_versi(
        versi,
        aksi=f"sop.identitas.{aksi}",
        aktor=penyunting.aktor,
        now=penyunting.now,
        **rincian,
    )
    versi.save()
