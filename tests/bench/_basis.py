"""Common ground of the measurements: a database of their own, a stopwatch, a query counter."""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

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


def cetak(*baris: str) -> None:
    """Print figures; the linter bans print elsewhere."""
    for b in baris:
        print(b)  # noqa: T201 - printing is what a measurement is for
