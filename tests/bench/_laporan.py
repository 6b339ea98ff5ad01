"""Reports by the thousand, written past the services: what lists and locks are measured among."""

from collections.abc import Iterable
from typing import Any

from laporan.models import Draf

_SEKALI = 2_000


def fill_laporan(contoh: Draf, nomor: Iterable[int], **ubah: Any) -> list[Draf]:
    """A monthly report for each number, on the route of `contoh`; `ubah` says what is otherwise.

    A value of `ubah` that can be called is asked with the number.
    """
    tetap: dict[str, Any] = {
        "instansi": contoh.instansi,
        "sop": contoh.sop,
        "versi": contoh.versi,
        "judul": lambda n: f"Laporan {n}",
        "jenis": "bulanan",
        "tahun": lambda n: 2100 + n // 12,
        "periode_ke": lambda n: n % 12 + 1,
        "status": "berjalan",
        "meja": "kepala",
        "dibuat_oleh": contoh.dibuat_oleh,
        "dibuat_pada": contoh.dibuat_pada,
        **ubah,
    }
    baris = (
        Draf(**{nama: nilai(n) if callable(nilai) else nilai for nama, nilai in tetap.items()})
        for n in nomor
    )
    return Draf.objects.bulk_create(baris, batch_size=_SEKALI)
