"""A real server that is measured, and people who sign in to it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.urls import reverse

from organisasi.models import Pengguna
from sakip.env import BASE_DIR
from tests.bench._putar import Catatan, Langkah, Orang, Putaran
from tests.laporan.antrean import make_lingkungan

SANDI = "kata sandi untuk uji beban"
SESI = "organisasi.sesi.db"


def hash_sandi() -> str:
    """Once for all: what signing in costs is checking it, not whose it is."""
    pengacak = Argon2PasswordHasher()
    return pengacak.encode(SANDI, pengacak.salt())


def plan_masuk(pengguna: Pengguna) -> list[Langkah]:
    """The way in."""
    alamat = reverse("organisasi:sign-in")
    isian = {"username": pengguna.nip, "password": SANDI}
    return [
        Langkah("halaman masuk", alamat, 0),
        Langkah("masuk", alamat, 4, isian, None, (302,)),
    ]


def sign_in(pengguna: Pengguna) -> dict[str, str]:
    """A session without the password being checked."""
    sesi = import_module(SESI).SessionStore()
    sesi[SESSION_KEY] = str(pengguna.pk)
    sesi[BACKEND_SESSION_KEY] = "organisasi.auth.NipAtauSurelBackend"
    sesi[HASH_SESSION_KEY] = pengguna.get_session_auth_hash()
    sesi.create()
    return {settings.SESSION_COOKIE_NAME: str(sesi.session_key)}


def find_porta() -> int:
    """A port of this machine that nobody listens to."""
    with socket.socket() as soket:
        soket.bind(("127.0.0.1", 0))
        return int(soket.getsockname()[1])


def make_lingkungan_server(folder: Path, redis: str) -> dict[str, str]:
    """Environment of a server and a worker as in production, on the database of this process."""
    return make_lingkungan(folder) | {
        "SAKIP_BROKER_URL": redis,
        "SAKIP_CACHE_URL": redis.replace("/0", "/1"),
        "SAKIP_STATIC_ROOT": str(folder / "static"),
        "SAKIP_DEMO": "false",
        "SAKIP_CATATAN": "json",
    }


@contextmanager
def run_server(lingkungan: dict[str, str], folder: Path, porta: int) -> Iterator[None]:
    """gunicorn as in production, until the block ends."""
    semua = {**os.environ, **lingkungan}
    kumpul = [sys.executable, "manage.py", "collectstatic", "--noinput", "-v0"]
    subprocess.run(kumpul, cwd=BASE_DIR, env=semua, check=True)
    perintah = [sys.executable, "-m", "gunicorn", "--config", "python:sakip.gunicorn"]
    perintah += ["--bind", f"127.0.0.1:{porta}", "sakip.wsgi"]
    with (folder / "gunicorn.log").open("wb") as catatan:
        proses = subprocess.Popen(
            perintah, cwd=BASE_DIR, env=semua, stdout=catatan, stderr=subprocess.STDOUT
        )
        try:
            yield
        finally:
            proses.terminate()
            proses.wait(60)


def wait_server(putaran: Putaran) -> None:
    """Until it answers.

    Raises:
        TimeoutError: not within two minutes.
    """
    habis = time.monotonic() + 120
    while time.monotonic() < habis:
        coba = Catatan()
        putaran.catatan = coba
        putaran.play([Orang("", 0, [Langkah("sehat", "/sehat/", 0)])])
        if not coba.salah:
            return
        time.sleep(0.5)
    raise TimeoutError("gunicorn tidak menjawab")


def compute_p95(detik: Sequence[float]) -> float:
    """Milliseconds that 95 of 100 stay within."""
    urut = sorted(detik)
    return urut[max(0, -(-len(urut) * 95 // 100) - 1)] * 1000 if urut else 0.0
