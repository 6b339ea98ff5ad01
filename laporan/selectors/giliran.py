"""Closed turns of one version and period, measured in working time: what monitoring rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import cast

from django.db.models import Count, Q

from laporan.models import Draf, Kunjungan, Tugas
from laporan.rules.meter import MeterKerja
from laporan.rules.pantau import Giliran
from laporan.rules.rentang import Rentang
from laporan.selectors.waktu import list_jeda
from organisasi.models import Instansi
from organisasi.selectors import get_kalender
from sakip.common.waktu import Jeda, Kalender, menit_sehari
from sop.models import VersiSOP

_TUTUP = (Tugas.Status.SELESAI, Tugas.Status.DIKEMBALIKAN)
_SEHARI = timedelta(days=1)
_Waktu = tuple[int, int, int, int, datetime, datetime, datetime | None, datetime | None]


@dataclass(frozen=True)
class Singgah:
    """Passes through one step that ended in the period: all, repeats, those answered Tidak."""

    kunjungan: int = 0
    ulang: int = 0
    kembali: int = 0


@dataclass(frozen=True)
class Bahan:
    """What happened in a period. draf: working minutes of each report that was finished."""

    giliran: Sequence[Giliran]
    singgah: Mapping[int, Singgah]
    draf: Sequence[int]
    sehari: int


def make_batas(rentang: Rentang, instansi: Instansi) -> tuple[datetime, datetime]:
    """First moment of the period and the first one after it, in the zone of the office."""
    zona = instansi.zona_waktu
    awal = datetime.combine(rentang.dari, time.min, zona)
    return awal.astimezone(UTC), datetime.combine(
        rentang.sampai + _SEHARI, time.min, zona
    ).astimezone(UTC)


def read_bahan(versi: VersiSOP, rentang: Rentang) -> Bahan:
    """Turns and passes closed, and reports finished, in the period. Seven queries.

    Turns of reports that still run, or were given up later, count: they were worked.
    """
    batas = make_batas(rentang, versi.sop.instansi)
    kolom = (
        "kunjungan__langkah",
        "kunjungan",
        "urutan",
        "draf",
        "aktif_pada",
        "pada",
        "tenggat",
        "dibuka_pada",
    )
    tutup = Tugas.objects.filter(
        draf__versi=versi, status__in=_TUTUP, pada__gte=batas[0], pada__lt=batas[1]
    )
    # A closed turn has begun and ended.
    tugas = cast("list[_Waktu]", list(tutup.values_list(*kolom)))
    draf = list(
        Draf.objects.filter(
            versi=versi,
            status=Draf.Status.SELESAI,
            selesai_pada__gte=batas[0],
            selesai_pada__lt=batas[1],
        ).values_list("pk", "dibuat_pada", "selesai_pada")
    )
    kalender, meter = _make_meter(
        versi.sop.instansi, rentang, [t[4] for t in tugas] + [d[1] for d in draf], tugas
    )
    jeda = list_jeda({t[3] for t in tugas} | {pk for pk, _a, _b in draf})
    return Bahan(
        giliran=[_make_giliran(t, meter, jeda.get(t[3], ())) for t in tugas],
        singgah=_count_singgah(versi, batas),
        draf=[meter.menit(a, b, jeda.get(pk, ())) for pk, a, b in draf if b],
        sehari=menit_sehari(kalender),
    )


def _make_meter(
    instansi: Instansi, rentang: Rentang, mulai: Sequence[datetime], tugas: Sequence[_Waktu]
) -> tuple[Kalender, MeterKerja]:
    """From the first beginning to the last deadline, a day wider than these are in UTC."""
    sejak = min([*(m.date() for m in mulai), rentang.dari])
    tenggat = [t[6].date() for t in tugas if t[6]]
    kalender = get_kalender(instansi, sekitar=rentang.sampai, sejak=sejak)
    meter = MeterKerja(kalender, sejak - _SEHARI, max([*tenggat, rentang.sampai]) + _SEHARI)
    return kalender, meter


def _make_giliran(t: _Waktu, meter: MeterKerja, jeda: Sequence[Jeda]) -> Giliran:
    langkah, kunjungan, urutan, _draf, aktif, pada, tenggat, dibuka = t
    menit = meter.menit(aktif, pada, jeda)
    tunggu = None if dibuka is None else meter.menit(aktif, dibuka, jeda)
    if tenggat is None:
        return Giliran(langkah, kunjungan, urutan, menit, tunggu=tunggu)
    lewat = meter.menit(tenggat, pada, jeda)
    return Giliran(
        langkah,
        kunjungan,
        urutan,
        menit,
        # After a halt the deadline moves on, so what was left of it lies after the end of the turn.
        tersedia=max(menit - lewat, 0) + meter.menit(pada, tenggat),
        tepat=pada <= tenggat,
        lewat=lewat,
        tunggu=tunggu,
    )


def _count_singgah(versi: VersiSOP, batas: tuple[datetime, datetime]) -> dict[int, Singgah]:
    baris = (
        Kunjungan.objects.filter(draf__versi=versi, keluar__gte=batas[0], keluar__lt=batas[1])
        .exclude(hasil="batal")
        .order_by()
        .values_list("langkah")
        .annotate(
            semua=Count("pk"),
            ulang=Count("pk", filter=Q(iterasi__gt=1)),
            kembali=Count("pk", filter=Q(hasil="tidak")),
        )
    )
    return {langkah: Singgah(*isi) for langkah, *isi in baris}
