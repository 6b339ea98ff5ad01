"""Common ground of the measurements: a database of their own, a stopwatch, a query counter."""

import json
import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import django
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases


@contextmanager
def basis_data() -> Iterator[None]:
    """A fresh database with all tables, removed at the end."""
    konfigurasi = setup_databases(verbosity=0, interactive=False)
    try:
        yield
    finally:
        teardown_databases(konfigurasi, verbosity=0)


def siapkan() -> None:
    """Load Django; call before importing models."""
    django.setup()


@dataclass
class Ukuran:
    """Times and query counts of one thing done many times."""

    nama: str
    detik: list[float] = field(default_factory=list)
    kueri: list[int] = field(default_factory=list)

    def ukur(self, kerja: Callable[[], object]) -> None:
        """Do it once, and note what it cost."""
        reset_queries()
        with CaptureQueriesContext(connection) as terekam:
            mulai = time.perf_counter()
            kerja()
            self.detik.append(time.perf_counter() - mulai)
        self.kueri.append(len(terekam))

    @property
    def median_ms(self) -> float:
        """Median milliseconds."""
        return statistics.median(self.detik) * 1000

    def baris(self, dasar: "Ukuran | None" = None) -> str:
        """One printed line; with `dasar` also the ratio to it."""
        rasio = f"  {self.median_ms / dasar.median_ms:5.2f}x" if dasar else ""
        kueri = f"{min(self.kueri)}-{max(self.kueri)}"
        return f"{self.nama:<34} {self.median_ms:8.2f} ms  {kueri:>7} kueri{rasio}"


def count_cpu() -> float:
    """Seconds of this process, of its children that ended, and of the database's process."""
    siapa = [resource.getrusage(s) for s in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    kita = sum(u.ru_utime + u.ru_stime for u in siapa)
    if connection.vendor != "postgresql":
        return kita
    connection.ensure_connection()
    pid = connection.connection.get_backend_pid()
    return kita + int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def is_cepat() -> bool:
    """Whether a short run was asked for (script/bench --cepat): fewer rounds, the same goals."""
    return bool(os.environ.get("SAKIP_BENCH_CEPAT"))


def note_hasil(sasaran: str, apa: str, *, nilai: float, batas: float, satuan: str = "x") -> None:
    """Keep one figure for the table of all goals; it is met where it is at most `batas`."""
    tujuan = os.environ.get("SAKIP_BENCH_HASIL")
    if tujuan:
        isi = {"sasaran": sasaran, "apa": apa, "nilai": nilai, "batas": batas, "satuan": satuan}
        with Path(tujuan).open("a", encoding="utf-8") as berkas:
            berkas.write(json.dumps(isi) + "\n")


def cetak(*baris: str) -> None:
    """Print figures; the linter bans print elsewhere."""
    for b in baris:
        print(b)  # noqa: T201 - printing is what a measurement is for
