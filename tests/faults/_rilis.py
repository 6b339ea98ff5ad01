"""A release of the product running by itself: its own code, on a database and queues it shares."""

import http
import http.client
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from sakip.env import BASE_DIR
from tests.faults._isi import copy_tahun, list_pilihan
from tests.faults._landasan import TidakDapatDijalankan

# Nothing is released yet: the last state of the code before columns of large tables came and went.
SEBELUM_KOLOM = "3353eaa"
SANDI = os.environ.get("SAKIP_SANDI_DEMO") or secrets.token_urlsafe(12)
_APLIKASI = ("organisasi", "sop", "kinerja", "laporan")
_TUNGGU_DETIK = 120


@dataclass
class Bersama:
    """What every release on this machine shares: database, queues, files, keys."""

    folder: Path
    basis: str

    @property
    def lingkungan(self) -> dict[str, str]:
        """The environment of all of them."""
        isi = connection.settings_dict
        alamat = f"{isi['USER']}:{isi['PASSWORD']}@{isi['HOST']}:{isi['PORT']}/{self.basis}"
        redis = os.environ["SAKIP_BROKER_URL"].rpartition("/")[0]
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sakip.settings.dev",
            "SAKIP_SECRET_KEY": "kunci-bersama-untuk-uji-dua-rilis",
            "SAKIP_SANDI_DEMO": SANDI,
            "SAKIP_FRASA_DEMO": SANDI,
            "SAKIP_DATABASE_URL": f"postgres://{alamat}",
            "SAKIP_BROKER_URL": f"{redis}/2",
            "SAKIP_CACHE_URL": f"{redis}/3",
            "SAKIP_MEDIA_ROOT": str(self.folder / "berkas"),
            "SAKIP_TTE_DIR": str(self.folder / "tte"),
            "SAKIP_JEJAK_DIR": str(self.folder / "jejak"),
        }

    def recreate(self, asal: str = "template1") -> None:
        """A new database, empty or like that one."""
        with connection.cursor() as kursor:
            kursor.execute("SET statement_timeout = 0")
            kursor.execute(f"DROP DATABASE IF EXISTS {self.basis} WITH (FORCE)")
            kursor.execute(f"CREATE DATABASE {self.basis} TEMPLATE {asal}")

    def remove(self) -> None:
        """Nothing is left of it."""
        with connection.cursor() as kursor:
            kursor.execute(f"DROP DATABASE IF EXISTS {self.basis} WITH (FORCE)")

    @contextmanager
    def connect(self) -> Iterator[CursorWrapper]:
        """A connection of this process to it."""
        lain = connection.copy("rilis")
        lain.settings_dict["NAME"] = self.basis
        try:
            with lain.cursor() as kursor:
                yield kursor
        finally:
            lain.close()

    def read(self, perintah: str) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        with self.connect() as kursor:
            kursor.execute(perintah)
            return list(kursor.fetchall())


@dataclass
class Rilis:
    """One state of the code. kode: where it lies; ruang: what it writes for itself."""

    nama: str
    kode: Path
    ruang: Path
    bersama: Bersama
    proses: list[subprocess.Popen[bytes]] = field(default_factory=list)
    alamat: str = ""

    @property
    def _lingkungan(self) -> dict[str, str]:
        return self.bersama.lingkungan | {"SAKIP_VAR_DIR": str(self.ruang)}

    def manage(self, *perintah: str) -> str:
        """What `manage.py` prints; a failure is told with its words."""
        hasil = subprocess.run(
            [sys.executable, "manage.py", *perintah],
            cwd=self.kode,
            env=self._lingkungan,
            check=False,
            capture_output=True,
            text=True,
        )
        if hasil.returncode:
            kata = f"{self.nama}: manage.py {' '.join(perintah)}: {hasil.stderr[-2000:]}"
            raise RuntimeError(kata)
        return hasil.stdout

    def start_web(self) -> str:
        """gunicorn as in production; its address once it answers."""
        if not (self.ruang / "static").exists():
            self.manage("collectstatic", "--noinput", "-v", "0")
        with socket.socket() as soket:
            soket.bind(("127.0.0.1", 0))
            porta = int(soket.getsockname()[1])
        self.alamat = f"http://127.0.0.1:{porta}"
        # Code from before it had that file was started with these.
        ada = (self.kode / "sakip/gunicorn.py").exists()
        pilihan = ["--config", "python:sakip.gunicorn"] if ada else ["--threads", "4"]
        bagi = ["--workers", "2", "--bind", f"127.0.0.1:{porta}"]
        proses = self._start("gunicorn", "gunicorn", *pilihan, *bagi, "sakip.wsgi:application")
        habis = time.monotonic() + _TUNGGU_DETIK
        while not _is_menjawab(porta):
            if proses.poll() is not None or time.monotonic() > habis:
                raise TidakDapatDijalankan(f"web {self.nama}: {self.read_catatan()[-2000:]}")
            time.sleep(0.3)
        return self.alamat

    def stop(self) -> None:
        """As a service manager does: what is being answered or made is finished first."""
        for proses in self.proses:
            proses.send_signal(signal.SIGTERM)
        for proses in self.proses:
            try:
                proses.wait(60)
            except subprocess.TimeoutExpired:
                os.killpg(proses.pid, signal.SIGKILL)
                proses.wait()
        self.proses.clear()

    def read_catatan(self) -> str:
        """What its processes said."""
        return "".join(b.read_text(errors="replace") for b in sorted(self.ruang.glob("*.log")))

    def list_migrasi(self) -> dict[str, str]:
        """The last migration of each of our apps in this code."""
        folder = {a: (self.kode / a / "migrations").glob("[0-9]*.py") for a in _APLIKASI}
        return {a: max(b.stem for b in berkas) for a, berkas in folder.items()}

    def _start(self, nama: str, *pilihan: str) -> subprocess.Popen[bytes]:
        with (self.ruang / f"{nama}.log").open("ab") as catatan:
            proses = subprocess.Popen(
                [sys.executable, "-m", *pilihan],
                cwd=self.kode,
                env=self._lingkungan,
                stdout=catatan,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.proses.append(proses)
        return proses


def _is_menjawab(porta: int) -> bool:
    sambungan = http.client.HTTPConnection("127.0.0.1", porta, timeout=10)
    try:
        sambungan.request("GET", "/masuk/")
        return sambungan.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        sambungan.close()


@contextmanager
def make_rilis(bersama: Bersama, dari: str) -> Iterator[tuple[Rilis, Rilis]]:
    """The code of that commit, and the code that is here.

    Raises:
        TidakDapatDijalankan: this checkout does not know the commit.
    """
    lama = Rilis(dari, bersama.folder / "lama", bersama.folder / "ruang-lama", bersama)
    kini = Rilis("kini", BASE_DIR, bersama.folder / "ruang-kini", bersama)
    for folder in (lama.kode, lama.ruang, kini.ruang):
        folder.mkdir(parents=True)
    arsip = bersama.folder / "lama.tar"
    hasil = subprocess.run(
        ["git", "archive", "--output", str(arsip), dari], cwd=BASE_DIR, check=False
    )
    if hasil.returncode:
        raise TidakDapatDijalankan(f"kode {dari} tidak ada di sini (git fetch --unshallow)")
    shutil.unpack_archive(arsip, lama.kode, filter="data")
    try:
        yield lama, kini
    finally:
        lama.stop()
        kini.stop()
        bersama.remove()


def find_dari(bawaan: str) -> str:
    """The newest release, or where nothing is released that state of the code."""
    tanda = subprocess.run(
        ["git", "describe", "--tags", "--abbrev=0"],
        cwd=BASE_DIR,
        check=False,
        capture_output=True,
        text=True,
    )
    return tanda.stdout.strip() or bawaan


def fill(kini: Rilis, capaian: int) -> None:
    """The demo offices, whose people work, and made-up offices with so many figures.

    It takes minutes, so it is kept beside: the next fault begins with a copy.
    """
    simpanan = f"sakip_isi_{capaian}"
    with connection.cursor() as kursor:
        kursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [simpanan])
        if kursor.fetchone() is None:
            _make_isi(kini, simpanan, capaian)
    kini.bersama.recreate(simpanan)


def _make_isi(kini: Rilis, nama: str, capaian: int) -> None:
    baru = replace(kini, bersama=replace(kini.bersama, basis=f"{nama}_baru"))
    baru.bersama.recreate()
    baru.manage("migrate", "-v", "0")
    baru.manage("muat_demo")
    baru.manage("buat_data", *list_pilihan(capaian))
    with baru.bersama.connect() as kursor:
        copy_tahun(kursor, capaian)
    with connection.cursor() as kursor:
        kursor.execute(f"ALTER DATABASE {baru.bersama.basis} RENAME TO {nama}")
