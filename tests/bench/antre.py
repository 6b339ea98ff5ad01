"""A list page while 50 PDFs wait to be made, and while a worker makes them.

Target: p95 within 1.2x of the same page with no job. The reports are there from the start, so only
the jobs differ; the last figure includes what the worker takes of the machine. The queue is that
of the environment, as in bunuh. Run by script/bench.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from tests.bench._basis import basis_data, cetak, note_hasil, siapkan

siapkan()

from datetime import UTC, datetime

from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from laporan.models import Draf, Efek
from tests.laporan.antrean import connect_berkas, connect_redis, make_lingkungan
from tests.laporan.meja_tanda import TANDA_SATU
from tests.laporan.pembunuh import run_pekerja
from tests.laporan.rute import Kantor, make_kantor

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
BANYAK = 50
MINTA = 200


def open_halaman(kantor: Kantor) -> Client:
    """A browser of one person of the office, its first page behind it."""
    orang = Client()
    orang.force_login(next(iter(kantor.orang.values())))
    orang.get(reverse("laporan:list-draf"))
    return orang


def time_halaman(orang: Client) -> float:
    """p95 milliseconds of the list of reports."""
    lama = []
    for _ in range(MINTA):
        mulai = time.perf_counter()
        jawaban = orang.get(reverse("laporan:list-draf"))
        lama.append(time.perf_counter() - mulai)
        if jawaban.status_code != 200:
            raise RuntimeError(jawaban.status_code)
    return statistics.quantiles(lama, n=20)[-1] * 1000


def count_terbuka() -> int:
    """Jobs that wait or are in work."""
    return Efek.objects.filter(status__in=Efek.TERBUKA).count()


def wait_mulai() -> None:
    """Until the worker is at its first job."""
    habis = time.monotonic() + 180
    while not Efek.objects.filter(status=Efek.Status.JALAN).exists():
        if time.monotonic() > habis:
            raise TimeoutError
        time.sleep(0.2)


def make_laporan() -> list[tuple[Kantor, Draf]]:
    """Reports one turn before their PDF is promised; an office has four in a year."""
    hasil: list[tuple[Kantor, Draf]] = []
    for n in range(BANYAK):
        kantor = hasil[-1][0] if n % 4 else make_kantor(TANDA_SATU, MULAI)
        draf = kantor.start(MULAI, periode_ke=n % 4 + 1)
        hasil.append((kantor, kantor.work_all(draf, MULAI)))
    return hasil


def measure(lingkungan: dict[str, str], folder: Path) -> None:
    """Print the page's p95 without jobs, with them waiting, and with a worker at them."""
    semua = make_laporan()
    orang = open_halaman(semua[0][0])
    dasar = time_halaman(orang)
    cetak(f"tanpa pekerjaan: p95 {dasar:.1f} ms")
    for kantor, draf in semua:
        kantor.work_all(draf, MULAI)
    tunggu = time_halaman(orang)
    cetak(f"{count_terbuka()} menunggu: p95 {tunggu:.1f} ms, {tunggu / dasar:.2f}x, sasaran 1.20x")
    note_hasil("P6", f"p95 halaman selagi {BANYAK} PDF menunggu", nilai=tunggu / dasar, batas=1.2)
    with run_pekerja(lingkungan, folder / "pekerja.log"):
        wait_mulai()
        kerja = time_halaman(orang)
        sisa = count_terbuka()
    cetak(f"sedang dikerjakan ({sisa} belum tuntas): p95 {kerja:.1f} ms, {kerja / dasar:.2f}x")


def main() -> None:
    """Set up the queue and measure."""
    with tempfile.TemporaryDirectory(prefix="sakip-antre-") as nama, basis_data():
        folder = Path(nama)
        redis = os.environ.get("SAKIP_BROKER_URL", "")
        lingkungan = make_lingkungan(folder) | ({"SAKIP_BROKER_URL": redis} if redis else {})
        setelan = override_settings(MEDIA_ROOT=folder / "berkas", TTE_DIR=folder / "tte")
        with setelan, connect_redis(redis) if redis else connect_berkas(folder):
            measure(lingkungan, folder)
        connection.close()


if __name__ == "__main__":
    main()
