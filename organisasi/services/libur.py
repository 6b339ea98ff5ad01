"""Loading the days that are free for every office, year by year."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import transaction

from organisasi.models import HariLibur


@transaction.atomic
def load_libur(data: Mapping[str, Any]) -> int:
    """Add the national days of one year that are not there yet; how many were added.

    data: the keys of organisasi/data/libur/*.yaml. A day that is there already stays as it is, so
    what an administrator corrected is not undone.

    Raises:
        KeyError, TypeError: the file has another shape.
        ValueError: a day lies in another year.

    Sumber: LIBUR-NASIONAL
    """
    ada = set(
        HariLibur.objects.filter(instansi=None, tanggal__year=data["tahun"]).values_list(
            "tanggal", flat=True
        )
    )
    baru = [h for h in _read_hari(data) if h.tanggal not in ada]
    HariLibur.objects.bulk_create(baru)
    return len(baru)


def _read_hari(data: Mapping[str, Any]) -> Iterator[HariLibur]:
    for jenis in (HariLibur.Jenis.NASIONAL, HariLibur.Jenis.CUTI_BERSAMA):
        for hari in data[jenis.value]:
            if hari["tanggal"].year != data["tahun"]:
                raise ValueError(f"{hari['tanggal']} bukan tanggal di tahun {data['tahun']}.")
            yield HariLibur(
                tanggal=hari["tanggal"],
                nama=hari["nama"],
                jenis=jenis,
                perkiraan=hari.get("perkiraan", False),
                dasar=hari.get("dasar", data["dasar"]),
            )
