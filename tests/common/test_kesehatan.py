"""The probes: alive, and able to work; never a word about why not."""

import socket
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from sakip import kesehatan

SEMUA_BAIK = {"basis_data": "ok", "migrasi": "ok", "singgahan": "ok", "antrean": "ok"}


@pytest.fixture
def bisu() -> Iterator[int]:
    """A port that takes connections and never says a word, as a frozen server does."""
    with socket.create_server(("127.0.0.1", 0), backlog=8) as pintu:
        yield pintu.getsockname()[1]


@pytest.fixture
def produksi(settings: Settings) -> None:
    """What turns every other page away that comes by number and without TLS."""
    settings.ALLOWED_HOSTS = ["sakip.contoh.go.id"]
    settings.SECURE_SSL_REDIRECT = True


@pytest.mark.usefixtures("produksi")
def test_a_process_is_alive_without_database_name_or_tls() -> None:
    # No mark for the database: asking it anything would fail here.
    jawab = Client(HTTP_COOKIE="sessionid=apa-saja").get("/sehat/", headers={"host": "10.0.0.7"})
    assert (jawab.status_code, jawab.content) == (HTTPStatus.OK, b"sehat\n")
    assert not jawab.cookies
    assert "no-store" in jawab["Cache-Control"]


@pytest.mark.basisdata
@pytest.mark.django_db
@pytest.mark.usefixtures("produksi")
def test_ready_when_everything_answers(client: Client) -> None:
    jawab = client.get("/siap/", headers={"host": "10.0.0.7"})
    assert (jawab.status_code, jawab.json()) == (HTTPStatus.OK, SEMUA_BAIK)
    assert not jawab.cookies


def test_a_probe_only_reads(client: Client) -> None:
    assert client.post("/siap/").status_code == HTTPStatus.METHOD_NOT_ALLOWED


@pytest.mark.django_db
def test_database_that_cannot_be_opened_is_named_and_not_explained(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lain = connection.copy()
    lain.settings_dict |= {"NAME": str(tmp_path), "HOST": str(tmp_path), "OPTIONS": {}}
    monkeypatch.setattr(connection, "copy", lambda: lain)
    jawab = client.get("/siap/")
    assert jawab.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert jawab.json() == {**SEMUA_BAIK, "basis_data": "gagal", "migrasi": "gagal"}


@pytest.mark.django_db
def test_schema_of_an_earlier_release_is_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada = {*kesehatan.list_migrasi()}
    assert {("laporan", "0001_initial"), ("sessions", "0001_initial")} <= ada
    monkeypatch.setattr(kesehatan, "list_migrasi", lambda: {*ada, ("laporan", "9999_besok")})
    jawab = client.get("/siap/")
    assert (jawab.status_code, jawab.json()["migrasi"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "gagal")


@pytest.mark.django_db
def test_schema_of_a_later_release_is(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    lama = [m for m in kesehatan.list_migrasi() if m[0] != "laporan"]
    monkeypatch.setattr(kesehatan, "list_migrasi", lambda: lama)
    assert client.get("/siap/").json() == SEMUA_BAIK


@pytest.mark.django_db
def test_frozen_redis_is_given_up_soon(
    client: Client, bisu: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kesehatan, "BATAS_DETIK", 0.2)
    beku = {"socket_timeout": 0.2, "socket_connect_timeout": 0.2}
    settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{bisu}/0"
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": f"redis://127.0.0.1:{bisu}/1",
            "OPTIONS": beku,
        }
    }
    mulai = time.monotonic()
    jawab = client.get("/siap/")
    assert time.monotonic() - mulai < 2
    assert jawab.json() == {**SEMUA_BAIK, "singgahan": "gagal", "antrean": "gagal"}
    assert str(bisu) not in jawab.content.decode()
