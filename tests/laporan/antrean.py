"""Addresses and queues that a test shares with a real worker; imported by name as fixtures."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings as django_settings
from django.db import connection


def make_lingkungan(folder: Path) -> dict[str, str]:
    """Environment of a worker that shares database, queue, folders and key with this process."""
    isi = connection.settings_dict
    basis = (
        f"sqlite:///{isi['NAME']}"
        if connection.vendor == "sqlite"
        else f"postgres://{isi['USER']}:{isi['PASSWORD']}@{isi['HOST']}:{isi['PORT']}/{isi['NAME']}"
    )
    return {
        "DJANGO_SETTINGS_MODULE": "sakip.settings.dev",
        "SAKIP_SECRET_KEY": django_settings.SECRET_KEY,
        "SAKIP_VAR_DIR": str(folder / "var"),
        "SAKIP_MEDIA_ROOT": str(folder / "berkas"),
        "SAKIP_TTE_DIR": str(folder / "tte"),
        "SAKIP_DATABASE_URL": basis,
        "SAKIP_BROKER_URL": "filesystem://",
    }


@contextmanager
def connect_berkas(folder: Path) -> Iterator[None]:
    """Let this process publish to the queue in files below `folder`, as `script/server` does."""
    masuk, terkirim, kendali = (
        folder / "var/antrean" / n for n in ("masuk", "terkirim", "kendali")
    )
    for tempat in (masuk, terkirim, kendali):
        tempat.mkdir(parents=True)
    pilihan = {
        "data_folder_in": str(masuk),
        "data_folder_out": str(masuk),
        "processed_folder": str(terkirim),
        "control_folder": str(kendali),
    }
    with _sambungan("filesystem://", pilihan):
        yield


@contextmanager
def connect_redis(alamat: str) -> Iterator[None]:
    """Let this process publish to that Redis, whose queues are empty at first."""
    with _sambungan(alamat, {}):
        with current_app.connection_for_write() as sambungan:
            for antrean_nama in ("segera", "celery"):
                sambungan.default_channel.queue_purge(antrean_nama)  # type: ignore[attr-defined]  # of kombu's virtual channels
        yield


@pytest.fixture
def antrean(tmp_path: Path) -> dict[str, str]:
    """Addresses that this process and its worker share."""
    return make_lingkungan(tmp_path)


@pytest.fixture
def pengantar(antrean: dict[str, str], tmp_path: Path) -> Iterator[dict[str, str]]:
    """The queue in files."""
    with connect_berkas(tmp_path):
        yield antrean


@contextmanager
def _sambungan(alamat: str, pilihan: dict[str, object] | dict[str, str]) -> Iterator[None]:
    """Let this process publish to that broker."""
    konf = current_app.conf
    lama = {nama: konf[nama] for nama in ("broker_url", "broker_transport_options")}
    konf.update(broker_url=alamat, broker_transport_options=pilihan)
    try:
        yield
    finally:
        konf.update(lama)


@pytest.fixture
def redis(antrean: dict[str, str]) -> Iterator[dict[str, str]]:
    """The Redis that script/test has started."""
    alamat = os.environ["SAKIP_BROKER_URL"]
    with connect_redis(alamat):
        yield {**antrean, "SAKIP_BROKER_URL": alamat}
