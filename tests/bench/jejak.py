"""1,000 forgeries of the audit trail by the owner of the database, and reading a long trail.

Not found must be 0. On SQLite only: there the triggers can step aside and come back. Run by
script/bench.
"""

from tests.bench._basis import basis_data, cetak, siapkan

siapkan()

import time
from collections import Counter
from datetime import UTC, datetime

from django.db import connection

from organisasi.models import Instansi
from organisasi.selectors_jejak import find_putus
from organisasi.services.jejak import record_jejak
from tests.kekal import tanpa_pemicu
from tests.organisasi.pemalsu import CARA, forge

BANYAK, KANTOR, PANJANG, CATATAN = 1000, 3, 8, 20_000
SAAT = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def fill(nomor: int, banyak: int) -> None:
    """An office with so many acts on it."""
    instansi = Instansi.objects.create(
        kode=f"opd-{nomor}", nama=f"Dinas {nomor}", nama_pendek=f"D{nomor}", pemerintah="Uji"
    )
    for n in range(banyak):
        record_jejak(instansi, aksi="uji.aksi", aktor=None, now=SAAT, nomor=n)
    instansi.save()


def main() -> None:
    """Forge, then read."""
    with basis_data():
        if connection.vendor == "sqlite":
            for n in range(KANTOR):
                fill(n, PANJANG)
            with tanpa_pemicu():
                hitung = forge(BANYAK, benih=2026)
            lolos = sum(n for (_cara, ketahuan), n in hitung.items() if not ketahuan)
            per_cara = Counter[str]()
            for (cara, _ketahuan), n in hitung.items():
                per_cara[cara] += n
            cetak(*(f"{cara}: {per_cara[cara]} dipalsukan" for cara in CARA))
            cetak(f"tidak ketahuan: {lolos} dari {BANYAK}")
        fill(KANTOR, CATATAN)
        mulai = time.perf_counter()
        putus = list(find_putus({}))
        lama = time.perf_counter() - mulai
        cetak(f"{CATATAN} catatan dibaca dalam {lama:.2f} s, {len(putus)} putus")


if __name__ == "__main__":
    main()
