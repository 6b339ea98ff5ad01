"""A whole installation, as script/server runs it, for the browser journeys.

Its own folder, SQLite, the embedded queue, a real web server and a real worker: nothing is shared
with the test process but the files the journeys download. Every journey finds the demo offices as
they were loaded: what another one ordered, published or reported is not there.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

AKAR = Path(__file__).resolve().parent.parent.parent
SANDI = "padi-kebun-laut-bukit-123"
FRASA = "gunung-hujan-ikan-jagung-456"
# Two cores carry two installations and two browsers: an answer may take its time.
expect.set_options(timeout=20_000)
UKURAN: dict[str, Any] = {"viewport": {"width": 1440, "height": 900}, "locale": "id-ID"}


@dataclass
class Pasang:
    """A running installation."""

    alamat: str
    folder: Path
    lingkungan: dict[str, str]

    def manage(self, *perintah: str) -> None:
        """A command of its administrator."""
        subprocess.run(
            [sys.executable, "manage.py", *perintah, "-v0"],
            cwd=AKAR,
            env=self.lingkungan,
            check=True,
        )

    def keep_awal(self) -> None:
        """Remember the database as it is now."""
        with closing(self._open("sakip")) as basis, closing(self._open("awal")) as awal:
            basis.backup(awal)

    def restore_awal(self) -> None:
        """The database as it was remembered, under the servers that have it open.

        Keys go on counting: neither a cache nor a late job takes a new row for an old one.
        """
        with closing(self._open("sakip")) as basis, closing(self._open("awal")) as awal:
            urutan = basis.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
            with awal:
                awal.execute("DELETE FROM sqlite_sequence")
                awal.executemany("INSERT INTO sqlite_sequence VALUES (?, ?)", urutan)
            awal.backup(basis)

    def _open(self, nama: str) -> sqlite3.Connection:
        return sqlite3.connect(self.folder / f"{nama}.sqlite3", timeout=30)


def _port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _tunggu(alamat: str, detik: int = 180) -> None:
    habis = time.monotonic() + detik
    while time.monotonic() < habis:
        try:
            urllib.request.urlopen(alamat, timeout=2)  # noqa: S310 - our own server on this machine
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(alamat)


def _akhiri(proses: subprocess.Popen[bytes]) -> None:
    """Wait for a warm shutdown; whatever is left of the group after that is ended."""
    try:
        proses.wait(timeout=30)
    except subprocess.TimeoutExpired:
        os.killpg(proses.pid, signal.SIGKILL)
        proses.wait()


@pytest.fixture(scope="session")
def pasang(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pasang]:
    """Migrate, load the demo offices, and start web server, worker and beat."""
    folder = tmp_path_factory.mktemp("pasang")
    alamat = f"http://localhost:{(port := _port())}"
    lingkungan = {
        **{n: v for n, v in os.environ.items() if not n.startswith("SAKIP_")},
        "DJANGO_SETTINGS_MODULE": "sakip.settings.dev",
        "SAKIP_VAR_DIR": str(folder),
        "SAKIP_SANDI_DEMO": SANDI,
        "SAKIP_FRASA_DEMO": FRASA,
        "SAKIP_ALAMAT_PUBLIK": alamat,
    }
    bin_ = Path(sys.executable).parent
    pasang = Pasang(alamat, folder, lingkungan)
    for perintah in (["migrate"], ["collectstatic", "--noinput"], ["muat_demo"]):
        pasang.manage(*perintah)
    pasang.keep_awal()
    web = [bin_ / "gunicorn", "sakip.wsgi", "-b", f"127.0.0.1:{port}", "-w", "1", "--threads", "4"]
    celery = [bin_ / "celery", "-A", "sakip"]
    pekerja = [*celery, "worker", "-c", "1", "--without-gossip", "--without-mingle"]
    with (folder / "web.log").open("w") as log_web, (folder / "pekerja.log").open("w") as log_kerja:
        proses = [
            subprocess.Popen(
                [*map(str, p)],
                cwd=AKAR,
                env=lingkungan,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            for p, log in (
                (web, log_web),
                (pekerja, log_kerja),
                ([*celery, "beat"], log_kerja),
            )
        ]
        try:
            _tunggu(f"{alamat}/masuk/")
            yield pasang
        finally:
            for p in proses:
                p.terminate()
            for p in proses:
                _akhiri(p)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, kept from calling home."""
    return {
        **browser_type_launch_args,
        "executable_path": shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def buka(browser: Browser, pasang: Pasang) -> Iterator[Callable[..., Page]]:
    """Open the application as one person, each in a browser of their own."""
    pasang.restore_awal()
    konteks: list[BrowserContext] = []
    galat: list[str] = []

    def sebagai(nip: str, **ukuran: Any) -> Page:
        k = browser.new_context(
            base_url=pasang.alamat, accept_downloads=True, **{**UKURAN, **ukuran}
        )
        konteks.append(k)
        halaman = k.new_page()
        halaman.on("pageerror", lambda e: galat.append(str(e)))
        halaman.on(
            "console", lambda m: galat.append(m.text) if "Content Security" in m.text else None
        )
        if nip:
            masuk(halaman, nip)
        return halaman

    yield sebagai
    for k in konteks:
        k.close()
    assert not galat, galat


def masuk(halaman: Page, nip: str) -> None:
    """Sign in through the page."""
    halaman.goto("/masuk/")
    halaman.get_by_label("NIP atau surel").fill(nip)
    halaman.get_by_label("Kata sandi", exact=True).fill(SANDI)
    halaman.get_by_role("button", name="Masuk", exact=True).click()
    halaman.get_by_role("heading", name="Meja Kerja").wait_for()
