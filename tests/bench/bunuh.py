"""SIGKILL at 30 random moments of making and signing PDFs, children and whole workers alike.

Promise: within 60 s of the last kill every report is signed, with exactly one frozen file, one
signature and one number each. A signer whose passphrase died with a worker gives it again; nothing
else needs anybody. SAKIP_KALI changes the count. Run by script/bench.
"""

import os
import sys
import tempfile
from pathlib import Path

from tests.bench._basis import basis_data, cetak, siapkan

siapkan()

from datetime import UTC, datetime  # noqa: E402 - models need a loaded Django

from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from tests.laporan.antrean import connect_berkas, make_lingkungan  # noqa: E402
from tests.laporan.pembunuh import (  # noqa: E402
    BATAS,
    count_sebab,
    judge,
    kill_often,
    run_pekerja,
    start_laporan,
    wait_selesai,
)

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)


def main() -> None:
    """Kill, wait, judge, and print the count."""
    kali = int(os.environ.get("SAKIP_KALI", "30"))
    with tempfile.TemporaryDirectory(prefix="sakip-bunuh-") as nama, basis_data():
        folder = Path(nama)
        setelan = override_settings(MEDIA_ROOT=folder / "berkas", TTE_DIR=folder / "tte")
        with setelan, connect_berkas(folder):
            with run_pekerja(make_lingkungan(folder), folder / "pekerja.log") as pekerja:
                semua = start_laporan(kali, MULAI)
                kill_often(pekerja, kali, semua)
                lama = wait_selesai(pekerja, semua)
            judge(semua)
            sebab = count_sebab()
            anak = pekerja.mati.count("anak")
        connection.close()
    cetak(
        f"dibunuh {kali} kali ({anak} anak, {kali - anak} seluruh pekerja), {len(semua)} laporan",
        f"selesai {lama:.0f} s sesudahnya, satu berkas dan satu tanda tangan tiap laporan",
        *(f"{n} kali: {kata}" for kata, n in sebab.items()),
    )
    if lama >= BATAS.total_seconds():
        sys.exit(f"lebih lama dari {BATAS.total_seconds():.0f} s")


if __name__ == "__main__":
    main()
