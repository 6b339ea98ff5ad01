"""Common ground of the faults: a Redis to be killed, a PostgreSQL to be restarted, a result."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection
from django.test import override_settings

from tests.laporan.antrean import make_lingkungan

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
_TUNGGU_DETIK = 30
_JATUHKAN = ["-m", "immediate", "-w", "-t", "60", "restart"]


class TidakDapatDijalankan(RuntimeError):
    """Why this fault cannot be brought about on this machine."""


@dataclass
class Hasil:
    """How often something was broken, and every promise that did not hold."""

    kejadian: int = 0
    salah: list[str] = field(default_factory=list)
    catatan: list[str] = field(default_factory=list)

    def require(self, benar: object, kata: str) -> None:
        """Note `kata` as broken unless it holds."""
        if not benar:
            self.salah.append(kata)


@dataclass(frozen=True)
class Landasan:
    """Where one fault works: a folder of its own, how often it is asked for, the release before."""

    folder: Path
    kali: int
    dari: str = ""

    @contextmanager
    def folders(self) -> Iterator[None]:
        """Files and certificates of this process go where the worker looks for them."""
        with override_settings(MEDIA_ROOT=self.folder / "berkas", TTE_DIR=self.folder / "tte"):
            yield

    def make_lingkungan(self, redis: str) -> dict[str, str]:
        """Environment of a worker on that Redis."""
        return make_lingkungan(self.folder) | {"SAKIP_BROKER_URL": redis}


class Redis:
    """A Redis of this fault alone: it may be killed, frozen and emptied."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as soket:
            soket.bind(("127.0.0.1", 0))
            self.porta = int(soket.getsockname()[1])
        self.alamat = f"redis://127.0.0.1:{self.porta}/0"
        self._folder = folder
        self._proses: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        pilihan = ["--port", str(self.porta), "--bind", "127.0.0.1", "--save", ""]
        self._proses = subprocess.Popen(
            ["redis-server", *pilihan, "--dir", str(self._folder)], stdout=subprocess.DEVNULL
        )
        habis = time.monotonic() + _TUNGGU_DETIK
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.porta), 1).close()
                return
            except OSError:
                if time.monotonic() > habis:
                    raise
                time.sleep(0.1)

    def stop(self) -> None:
        """SIGKILL; connections are refused from now on."""
        if self._proses is not None:
            self._proses.kill()
            self._proses.wait()
            self._proses = None

    def freeze(self) -> None:
        """It accepts connections and never answers."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It answers again."""
        self._signal(signal.SIGCONT)

    def flush(self) -> None:
        """Everything it held is gone."""
        with socket.create_connection(("127.0.0.1", self.porta), 5) as soket:
            soket.sendall(b"FLUSHALL\r\n")
            soket.recv(16)

    def _signal(self, nomor: signal.Signals) -> None:
        if self._proses is None:
            raise RuntimeError("Redis does not run")
        self._proses.send_signal(nomor)


def restart_postgres() -> float:
    """`restart -m immediate`, as after a crash; seconds until it takes connections again."""
    pg_ctl, data = os.environ["SAKIP_FAULTS_PG_CTL"], os.environ["SAKIP_FAULTS_PG_DATA"]
    sebagai = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    mulai = time.monotonic()
    subprocess.run(
        [*sebagai, pg_ctl, "-D", data, "-l", f"{data}/server.log", *_JATUHKAN],
        cwd="/",
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - mulai


def require_postgres() -> None:
    """Some faults are of a database server.

    Raises:
        TidakDapatDijalankan: this process uses SQLite.
    """
    if connection.vendor != "postgresql":
        raise TidakDapatDijalankan("perlu PostgreSQL")


def compute_p95(detik: list[float]) -> float:
    """The time that 95 of 100 stay within."""
    urut = sorted(detik)
    return urut[max(0, -(-len(urut) * 95 // 100) - 1)]
