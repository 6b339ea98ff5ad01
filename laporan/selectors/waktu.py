"""Working time that visits and turns really took: nights, free days and halts left out."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from laporan.models import Kunjungan, Tugas
from organisasi.models import Jejak
from sakip.common.waktu import Jeda, Kalender, menit_bersih

__all__ = ["list_jeda", "menit_bersih", "menit_kunjungan", "menit_tugas"]

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
