"""A broker that is down: found out once, by whoever comes first, and spared by every publisher."""

import os
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from celery import current_app
from django.utils import timezone
from kombu.exceptions import OperationalError

from kinerja.models import UnggahanCapaian
from kinerja.services.antrean import publish
from laporan.services.efek import publish_efek
from laporan.services.paket_lke import publish_paket
from sakip.common.perantara import hand_over
from sakip.env import BASE_DIR

Penerbit = Callable[[int], None]
PENERBIT: dict[str, Penerbit] = {
    "efek": lambda pk: publish_efek([pk]),
    "unggahan": partial(publish, UnggahanCapaian, now=timezone.now()),
    "paket": publish_paket,
}


@pytest.fixture
def ketukan(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of tasks with which a broker that refuses was asked."""
    nama: list[str] = []

    def tolak(tugas: str, **_lain: object) -> None:
        nama.append(tugas)
        raise OperationalError("refused")

    monkeypatch.setattr(current_app, "send_task", tolak)
    return nama


def _set_jam(monkeypatch: pytest.MonkeyPatch, *detik: int) -> None:
    jam = iter(detik)
    monkeypatch.setattr("sakip.common.pemutus.time.monotonic", lambda: next(jam))


@pytest.mark.parametrize("kemudian", PENERBIT)
@pytest.mark.parametrize("pertama", PENERBIT)
def test_what_one_publisher_found_down_no_other_asks(
    ketukan: list[str], pertama: str, kemudian: str
) -> None:
    PENERBIT[pertama](1)
    PENERBIT[kemudian](2)
    assert len(ketukan) == 1


def test_only_the_first_of_many_waits_until_the_next_round(
    ketukan: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    _set_jam(monkeypatch, 100, 100, 101, 109, 109)
    assert [hand_over("uji", n) for n in range(3)] == [False] * 3
    assert len(ketukan) == 2


def test_refusing_redis_is_given_up_in_seconds() -> None:
    perintah = (
        "import django, time; django.setup(); from laporan.services.efek import publish_efek;"
        "t = time.monotonic(); publish_efek([1, 2, 3]); print(time.monotonic() - t)"
    )
    alamat = {**os.environ, "SAKIP_BROKER_URL": "redis://127.0.0.1:1/0"}
    hasil = subprocess.run(
        [sys.executable, "-c", perintah], cwd=BASE_DIR, env=alamat, capture_output=True, check=True
    )
    assert b"pekerjaan_belum_dikirim" in hasil.stderr
    assert Decimal(hasil.stdout.decode()) < 2
