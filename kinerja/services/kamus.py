"""Writing an indikator with what belongs to it: its labels and the parts of its realisasi."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from kinerja.models import Indikator, KomponenIndikator, Label
from kinerja.rules.komposit import KomponenBaca, Peran
from kinerja.services.rencana import find_instansi_id, read_rincian, save_simpul
from organisasi.models import Instansi, Pengguna
from organisasi.services.jejak import record_jejak


@dataclass(frozen=True)
class RincianIndikator:
    """What stands beside the row: names of labels, and parts in order."""

    label: Sequence[str] = ()
    komponen: Sequence[KomponenBaca] = ()


@transaction.atomic
def save_indikator(
    *,
    indikator: Indikator,
    rincian: RincianIndikator,
    aktor: Pengguna,
    now: datetime,
    versi: str = "",
) -> None:
    """Write an indikator, new or changed, with its labels and parts. Forms already opened keep the
    parts they were opened with.

    versi: `compute_versi` of the indikator the page showed, labels and parts among it.

    Raises:
        AksesDitolak, RencanaBasi, IsianTidakSah: as `save_simpul`.
    """
    save_simpul(indikator, aktor=aktor, now=now, versi=versi)
    sebelum = read_rincian(indikator)
    write_label(indikator, rincian.label)
    write_komponen(indikator, rincian.komponen)
    sesudah = read_rincian(indikator)
    if sebelum == sesudah:
        return
    instansi = Instansi.objects.get(pk=find_instansi_id(indikator))
    record_jejak(
        instansi,
        aksi="kinerja.indikator.rincian",
        aktor=aktor,
        now=now,
        simpul=str(indikator)[:200],
        dari=sebelum,
        ke=sesudah,
    )
    instansi.save(update_fields=["jejak_urut", "jejak_sidik"])


def list_komponen(indikator: Indikator) -> list[KomponenBaca]:
    """The parts as they are defined now. One query."""
    return [KomponenBaca(k.nama, Peran(k.peran), k.bobot) for k in indikator.komponen.all()]


def write_label(indikator: Indikator, nama: Sequence[str]) -> None:
    """Set the labels. The caller holds the office locked, and keeps the trail."""
    instansi = find_instansi_id(indikator)
    Label.objects.bulk_create(
        [Label(instansi_id=instansi, nama=n) for n in nama], ignore_conflicts=True
    )
    indikator.label.set(Label.objects.filter(instansi=instansi, nama__in=nama))


def write_komponen(indikator: Indikator, komponen: Sequence[KomponenBaca]) -> None:
    """Set the parts. The caller holds the office locked, and keeps the trail."""
    indikator = Indikator.objects.get(pk=indikator.pk)
    if list_komponen(indikator) == list(komponen):
        return
    KomponenIndikator.objects.filter(indikator=indikator).delete()
    KomponenIndikator.objects.bulk_create(
        KomponenIndikator(
            indikator=indikator, urutan=n, nama=k.nama, peran=k.peran.value, bobot=k.bobot
        )
        for n, k in enumerate(komponen, 1)
    )
