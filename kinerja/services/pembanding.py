"""Writing the figures an indikator is compared with. Nothing reckoned is stored here."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kinerja import perms
from kinerja.models import AngkaPembanding
from kinerja.rules.pembanding import Pembanding
from kinerja.selectors.pembanding import list_indikator_kode
from organisasi.models import Instansi, Pengguna
from organisasi.selectors import list_penugasan_for
from organisasi.services.jejak import record_jejak
from sakip.common.errors import AksesDitolak, IsianTidakSah

Baris = tuple[str, Pembanding]


@transaction.atomic
def add_pembanding(
    *, instansi_id: int, baris: Sequence[Baris], aktor: Pengguna, now: datetime
) -> int:
    """Write figures by code of their indikator, in the place of those of the same year and region.

    Returns how many were written. All of them, or none.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
        IsianTidakSah: an indikator is no longer part of the plan (HTTP 422).
    """
    instansi = _lock(instansi_id, aktor, now)
    indikator = list_indikator_kode(instansi)
    hilang = sorted({kode for kode, _p in baris if kode not in indikator})
    if hilang:
        raise IsianTidakSah(_("Indikator %(kode)s tidak ada.") % {"kode": ", ".join(hilang)})
    for kode, p in baris:
        AngkaPembanding.objects.update_or_create(
            indikator=indikator[kode],
            tahun=p.tahun,
            tingkat=p.tingkat,
            wilayah=p.wilayah,
            defaults={"nilai": p.nilai, "sumber": p.sumber},
        )
    _record(instansi, "save", aktor, now, baris=[_catat(k, p) for k, p in baris])
    return len(baris)


@transaction.atomic
def remove_pembanding(*, pembanding_id: int, aktor: Pengguna, now: datetime) -> AngkaPembanding:
    """Take one figure away; what it was stays in the trail.

    Raises:
        AksesDitolak: `aktor` does not plan for that office (HTTP 403).
    """
    milik = AngkaPembanding.objects.select_related("indikator__sasaran__tujuan")
    ada = milik.get(pk=pembanding_id)
    instansi = _lock(ada.indikator.sasaran.tujuan.instansi_id, aktor, now)
    _record(instansi, "remove", aktor, now, baris=[_catat(ada.indikator.kode, ada.baca)])
    AngkaPembanding.objects.filter(pk=pembanding_id).delete()
    return ada


def _lock(instansi_id: int, aktor: Pengguna, now: datetime) -> Instansi:
    if not perms.can_plan(instansi_id, list_penugasan_for(aktor, pada=now)):
        raise AksesDitolak(_("Jabatan Anda tidak berwenang mengubah angka pembanding."))
    return Instansi.objects.select_for_update().get(pk=instansi_id)


def _catat(kode: str, p: Pembanding) -> list[str]:
    return [kode, str(p.tahun), p.nama, f"{p.nilai.normalize():f}", p.sumber]


def _record(instansi: Instansi, aksi: str, aktor: Pengguna, now: datetime, **isi: Any) -> None:
    record_jejak(instansi, aksi=f"kinerja.angkapembanding.{aksi}", aktor=aktor, now=now, **isi)
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])
