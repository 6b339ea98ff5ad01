"""Redis as docker/redis.sh starts it: nobody without the password, and no rule over the server."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from kombu import Connection
from redis import Redis
from redis.exceptions import AuthenticationError, NoPermissionError

from sakip.common.singgahan import RedisCache
from sakip.env import BASE_DIR, fill_sandi

pytestmark = pytest.mark.layanan
SANDI = "0123456789abcdef" * 4


@pytest.fixture
def porta(tmp_path: Path) -> Iterator[int]:
    """Where it listens."""
    (tmp_path / "redis").write_text(SANDI)
    with socket.create_server(("127.0.0.1", 0)) as pintu:
        porta: int = pintu.getsockname()[1]
    pilihan = ["--bind", "127.0.0.1", "--port", str(porta), "--dir", str(tmp_path)]
    server = subprocess.Popen(
        ["sh", str(BASE_DIR / "docker/redis.sh"), *pilihan],
        env={**os.environ, "RAHASIA": str(tmp_path), "TMPDIR": str(tmp_path)},
        stdout=subprocess.DEVNULL,
    )
    try:
        _wait(porta)
        yield porta
    finally:
        server.terminate()
        server.wait(10)


def _wait(porta: int) -> None:
    akhir = time.monotonic() + 20
    while True:
        try:
            socket.create_connection(("127.0.0.1", porta), timeout=1).close()
        except OSError:
            assert time.monotonic() < akhir
            time.sleep(0.05)
        else:
            return


def test_only_who_has_the_password_gets_in_and_nobody_rules(porta: int) -> None:
    with Redis(port=porta) as asing, pytest.raises(AuthenticationError):
        asing.ping()
    with Redis(port=porta, password="lain") as salah, pytest.raises(AuthenticationError):
        salah.ping()
    with Redis(port=porta, password=SANDI) as aplikasi:
        assert aplikasi.ping()
        for perintah in ("CONFIG GET dir", "ACL LIST", "MONITOR", "REPLICAOF NO ONE", "SHUTDOWN"):
            with pytest.raises(NoPermissionError):
                aplikasi.execute_command(*perintah.split())


def test_cache_and_queue_work_with_it(porta: int) -> None:
    alamat = fill_sandi(f"redis://127.0.0.1:{porta}/1", SANDI)
    singgahan = RedisCache(alamat, {})
    singgahan.set("a", 1)
    assert (singgahan.get("a"), singgahan.incr("a")) == (1, 2)
    singgahan.clear()
    assert singgahan.get("a") is None
    singgahan.close()
    with Connection(alamat) as sambungan:
        antrean = sambungan.SimpleQueue("uji")
        antrean.put("pekerjaan")
        pesan = antrean.get(timeout=5)
        assert pesan.payload == "pekerjaan"
        pesan.ack()
        antrean.close()
