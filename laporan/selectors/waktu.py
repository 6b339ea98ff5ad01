"""Working time that visits and turns really took: nights, free days and halts left out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from laporan.models import Draf, Kunjungan, Tugas
from laporan.perms import find_atasan
from laporan.rules.awal import find_awal
from laporan.rules.tempo import WaktuTugas, compute_tenggat
from organisasi.models import Instansi, Jejak, Penugasan
from organisasi.selectors import get_atasan, get_kalender
from sakip.common.waktu import Jeda, Kalender, menit_bersih
from sop.rules.graf import Graf

__all__ = [
    "Pergeseran",
    "list_dapat_diperpanjang",
    "list_jeda",
    "list_pergeseran",
    "menit_bersih",
    "menit_kunjungan",
    "menit_tugas",
]

TANGGUHKAN = "laporan.draf.tangguhkan"
_LANJUT = ("laporan.draf.lanjutkan", "laporan.draf.batalkan")


def list_jeda(draf_ids: Collection[int]) -> dict[int, list[Jeda]]:
    """Halts of these drafts by draft, oldest first, as the trail tells them. One query.

    A draft that was never halted is missing; the last halt has no end while it lasts.
    """
    baris = Jejak.objects.filter(
        content_type__app_label="laporan",
        content_type__model="draf",
        object_id__in=draf_ids,
        aksi__in=[TANGGUHKAN, *_LANJUT],
    )
    jeda: dict[int, list[Jeda]] = {}
    for draf_id, aksi, waktu in baris.order_by("object_id", "urut").values_list(
        "object_id", "aksi", "waktu"
    ):
        if aksi == TANGGUHKAN:
            jeda.setdefault(draf_id, []).append((waktu, None))
        elif draf_id in jeda and jeda[draf_id][-1][1] is None:
            jeda[draf_id][-1] = (jeda[draf_id][-1][0], waktu)
    return jeda


def menit_kunjungan(
    kunjungan: Sequence[Kunjungan], *, kini: datetime, kalender: Kalender
) -> dict[int, int]:
    """Net working minutes of each visit, by its id; an open one counts until `kini`. One query."""
    rentang = [(k.pk, k.draf_id, k.masuk, k.keluar or kini) for k in kunjungan]
    return _count(rentang, kalender)


def menit_tugas(tugas: Sequence[Tugas], *, kini: datetime, kalender: Kalender) -> dict[int, int]:
    """Net working minutes of each turn that has begun, by its id. One query.

    An open turn counts until `kini`, one that fell away until its visit ended; the caller selects
    `kunjungan` along with the turns.
    """
    rentang = [
        (t.pk, t.draf_id, t.aktif_pada, t.pada or t.kunjungan.keluar or kini)
        for t in tugas
        if t.aktif_pada is not None
    ]
    return _count(rentang, kalender)


def _count(
    rentang: Iterable[tuple[int, int, datetime, datetime]], kalender: Kalender
) -> dict[int, int]:
    daftar = list(rentang)
    jeda = list_jeda({draf_id for _pk, draf_id, _dari, _sampai in daftar})
    return {
        pk: menit_bersih(dari, sampai, kalender, jeda.get(draf_id, ()))
        for pk, draf_id, dari, sampai in daftar
    }


def list_dapat_diperpanjang(
    draf: Draf, tugas: Iterable[Tugas], *, graf: Graf, penugasan: Sequence[Penugasan]
) -> list[Tugas]:
    """Those of the turns whose deadline the holder of these mandates may extend.

    One query where any of them is open and has one.
    """
    terbuka = [t for t in tugas if t.status == Tugas.Status.AKTIF and t.tenggat]
    if not draf.is_aktif or not terbuka:
        return []
    pemulai, atasan = list_pemulai(graf, draf.jenis), get_atasan(draf.instansi_id)
    return [t for t in terbuka if find_atasan(t, penugasan, pemulai=pemulai, atasan=atasan)]


def list_pemulai(graf: Graf, jenis: str) -> set[int]:
    """Ids of the posts that start a report of that kind."""
    awal = find_awal(graf, jenis)
    return {p.jabatan_id for p in awal.pelaksana} if awal else set()


@dataclass(frozen=True)
class Pergeseran:
    """An open turn whose deadline is not what the working calendar says now."""

    tugas: Tugas
    lama: datetime
    baru: datetime


def list_pergeseran(
    instansi: Instansi, *, kini: datetime, draf_id: int | None = None
) -> list[Pergeseran]:
    """Open turns of the office (of one draft) that another deadline follows from the calendar.

    Extended ones keep what their superior granted. Four queries, whatever waits.
    """
    terbuka = Tugas.objects.filter(
        draf__instansi=instansi,
        draf__status__in=Draf.TERBUKA,
        status=Tugas.Status.AKTIF,
        tenggat__isnull=False,
        perpanjangan=None,
    ).select_related("draf", "kunjungan__langkah", "jabatan", "unit")
    daftar = list((terbuka.filter(draf=draf_id) if draf_id else terbuka).order_by("tenggat", "pk"))
    jeda = list_jeda({t.draf_id for t in daftar})
    sejak = min((t.kunjungan.masuk for t in daftar), default=kini).date()
    kalender = get_kalender(instansi, sekitar=kini.date(), sejak=sejak)
    pergeseran = []
    for t in daftar:
        langkah = t.kunjungan.langkah
        waktu = WaktuTugas(langkah.waktu_teks, langkah.waktu, t.banyak_unit)
        mulai = t.aktif_pada or t.kunjungan.masuk
        baru = compute_tenggat(mulai, waktu, jeda=jeda.get(t.draf_id, ()), kalender=kalender)
        if t.tenggat and baru and baru != t.tenggat:
            pergeseran.append(Pergeseran(t, t.tenggat, baru))
    return pergeseran
