"""SIGKILL at 30 random moments of making and signing PDFs, children and whole workers alike.

Promise: every job that was hit is over within 60 s of it; every report ends with exactly one frozen
file, one signature and one number, and nobody types a passphrase twice. SAKIP_KALI changes the
count. The queue is that of the environment: Redis where SAKIP_BROKER_URL names one, else files. Run
by script/bench.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

from tests.bench._basis import basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime

from django.db import connection
from django.test import override_settings

from tests.laporan.antrean import connect_berkas, connect_redis, make_lingkungan
from tests.laporan.pembunuh import (
    BATAS,
    KORBAN,
    Arus,
    count_sebab,
    judge,
    kill_often,
    measure,
    run_pekerja,
    wait_selesai,
)

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


def kill(kali: int, folder: Path) -> bool:
    """Kill, wait, judge, and print the count; whether the promise held."""
    redis = os.environ.get("SAKIP_BROKER_URL", "")
    lingkungan = make_lingkungan(folder) | ({"SAKIP_BROKER_URL": redis} if redis else {})
    setelan = override_settings(MEDIA_ROOT=folder / "berkas", TTE_DIR=folder / "tte")
    with setelan, connect_redis(redis) if redis else connect_berkas(folder):
        with run_pekerja(lingkungan, folder / "pekerja.log") as pekerja:
            arus = Arus(kali, MULAI, kali=kali)
            kill_often(pekerja, arus)
            wait_selesai(pekerja, arus)
        judge(arus.semua)
        sebab, lama = count_sebab(), measure(pekerja)
    korban = ", ".join(f"{pekerja.mati.count(k)} {kata}" for k, kata in KORBAN.items())
    cetak(
        f"dibunuh {kali} kali ({korban}), "
        f"{len(arus.semua)} laporan, antrean {'Redis' if redis else 'berkas'}",
        "satu berkas dan satu tanda tangan tiap laporan",
        f"{len(lama)} pekerjaan terkena; dari terbunuh sampai tuntas: "
        f"median {statistics.median(lama):.0f} s, terlama {lama[-1]:.0f} s",
        *(f"{n} kali: {kata}" for kata, n in sebab.items()),
    )
    return lama[-1] < BATAS.total_seconds() and not sebab


def main() -> None:
    """Kill as often as asked for, in a database of its own."""
    kali = int(os.environ.get("SAKIP_KALI", "30"))
    with tempfile.TemporaryDirectory(prefix="sakip-bunuh-") as nama, basis_data():
        ditepati = kill(kali, Path(nama))
        connection.close()
    if not ditepati:
        sys.exit(f"lebih lama dari {BATAS.total_seconds():.0f} s, atau ada yang gagal")


if __name__ == "__main__":
    main()
