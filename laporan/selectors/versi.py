"""Versions of one SOP beside each other: before and after a revision."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q

from laporan.models import Draf, Kunjungan, Tugas
from laporan.rules.meter import MeterKerja
from laporan.rules.pantau import Sebaran, TepatWaktu, summarize
from laporan.selectors.pantau import say_sebaran
from laporan.selectors.waktu import list_jeda
from organisasi.models import Instansi
from organisasi.selectors import get_kalender
from sakip.common.waktu import Kalender, menit_sehari
from sop.models import SOP, VersiSOP


@dataclass(frozen=True)
class BandingVersi:
    """All runs of one version that were finished, whenever. kembali: returns on their way."""

    versi: VersiSOP
    draf: Sebaran
    tepat: TepatWaktu
    kembali: int
    sehari: int

    @property
    def lama(self) -> str:
        """Median working time of a report, in words."""
        return say_sebaran(self.draf, self.sehari)


def compare_versi(sop: SOP) -> list[BandingVersi]:
    """Versions with finished reports, oldest first; empty while fewer than two have any.

    Seven queries, one while there is nothing to compare.
    """
    draf = list(
        Draf.objects.filter(sop=sop, status=Draf.Status.SELESAI, selesai_pada__isnull=False)
        .order_by("pk")
        .values_list("versi", "pk", "dibuat_pada", "selesai_pada")
    )
    versi_ids = {d[0] for d in draf}
    if len(versi_ids) < 2:
        return []
    kalender, menit = _measure(sop.instansi, [(v, pk, a, b) for v, pk, a, b in draf if b])
    tepat, kembali = _count_tepat(versi_ids), _count_kembali(versi_ids)
    return [
        BandingVersi(
            versi=v,
            draf=summarize(menit[v.pk]),
            tepat=tepat.get(v.pk, TepatWaktu(0, 0)),
            kembali=kembali.get(v.pk, 0),
            sehari=menit_sehari(kalender),
        )
        for v in VersiSOP.objects.filter(pk__in=versi_ids).order_by("nomor")
    ]


def _measure(
    instansi: Instansi, draf: Sequence[tuple[int, int, datetime, datetime]]
) -> tuple[Kalender, Mapping[int, list[int]]]:
    awal, akhir = min(d[2] for d in draf).date(), max(d[3] for d in draf).date()
    kalender = get_kalender(instansi, sekitar=akhir, sejak=awal)
    meter = MeterKerja(kalender, awal - timedelta(days=1), akhir + timedelta(days=1))
    jeda = list_jeda([pk for _v, pk, _a, _b in draf])
    menit: dict[int, list[int]] = {}
    for versi, pk, a, b in draf:
        menit.setdefault(versi, []).append(meter.menit(a, b, jeda.get(pk, ())))
    return kalender, menit


def _count_tepat(versi_ids: set[int]) -> dict[int, TepatWaktu]:
    baris = (
        Tugas.objects.filter(
            draf__versi__in=versi_ids,
            draf__status=Draf.Status.SELESAI,
            pada__isnull=False,
            tenggat__isnull=False,
        )
        .order_by()
        .values_list("draf__versi")
        .annotate(tepat=Count("pk", filter=Q(pada__lte=F("tenggat"))), jumlah=Count("pk"))
    )
    return {versi: TepatWaktu(tepat, jumlah) for versi, tepat, jumlah in baris}


def _count_kembali(versi_ids: set[int]) -> dict[int, int]:
    return dict(
        Kunjungan.objects.filter(
            draf__versi__in=versi_ids, draf__status=Draf.Status.SELESAI, hasil="tidak"
        )
        .order_by()
        .values_list("draf__versi")
        .annotate(Count("pk"))
    )
