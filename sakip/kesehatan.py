"""Whether this process lives, and whether it can work: for balancers and service managers.

Own views, not django-health-check: that one asks each service without a limit of time (its views
are asynchronous, ours run under WSGI) and puts the text of errors, with names of hosts, on a page.
"""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from celery import current_app
from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

Migrasi = set[tuple[str, str]]

# Of each service, in seconds; libpq takes whole ones, from two on.
BATAS_DETIK = 2
_GAGAL = (Error, KombuError, RedisError, OSError)


@login_not_required
@require_safe
@never_cache
def view_sehat(request: HttpRequest) -> HttpResponse:
    """The process answers. Asks nobody else: a database that is down is no reason to end it."""
    return HttpResponse("sehat\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@never_cache
def view_siap(request: HttpRequest) -> HttpResponse:
    """Everything a page needs can be reached: 200, or 503 and by name what cannot."""
    hasil = {nama: _try(periksa) for nama, periksa in PERIKSA.items()}
    siap = all(hasil.values())
    isi = {nama: "ok" if baik else "gagal" for nama, baik in hasil.items()}
    return JsonResponse(isi, status=HTTPStatus.OK if siap else HTTPStatus.SERVICE_UNAVAILABLE)


def _try(periksa: Callable[[], bool]) -> bool:
    try:
        return periksa()
    except _GAGAL:
        return False


def check_basis_data() -> bool:
    """A new connection is to be had, and answers."""
    baru = _copy_sambungan()
    try:
        with baru.cursor() as kursor:
            kursor.execute("SELECT 1")
            return bool(kursor.fetchone())
    finally:
        baru.close()


def check_migrasi() -> bool:
    """Every migration of this release is applied; those of a later one do no harm."""
    baru = _copy_sambungan()
    try:
        return set(list_migrasi()) <= set(MigrationRecorder(baru).applied_migrations())
    finally:
        baru.close()


def _copy_sambungan() -> BaseDatabaseWrapper:
    """A connection of its own, that gives up soon where the one of the pages would wait."""
    baru = connection.copy()
    pilihan: dict[str, Any] = baru.settings_dict["OPTIONS"]
    if baru.vendor == "postgresql":
        pilihan["connect_timeout"] = BATAS_DETIK
        pilihan["options"] = f"-c statement_timeout={BATAS_DETIK * 1000}"
    else:
        pilihan["timeout"] = BATAS_DETIK
    return baru


def list_migrasi() -> Iterator[tuple[str, str]]:
    """The migrations of this release as (app, name), by their file names: nothing is imported."""
    for app in apps.get_app_configs():
        nama, _ = MigrationLoader.migrations_module(app.label)
        if nama is None or app.module is None:
            continue
        try:
            paket = import_module(nama)
        except ModuleNotFoundError:  # an app without tables
            continue
        for modul in iter_modules(paket.__path__):
            if modul.name[0] not in "_~":
                yield app.label, modul.name


def check_singgahan() -> bool:
    """The cache keeps what it is given."""
    cache.set("siap", "ya", timeout=10)
    return bool(cache.get("siap"))


def check_antrean() -> bool:
    """The broker takes jobs."""
    batas = {"socket_timeout": BATAS_DETIK, "socket_connect_timeout": BATAS_DETIK}
    pilihan = batas if settings.CELERY_BROKER_URL.startswith("redis") else {}
    with current_app.connection_for_write(
        settings.CELERY_BROKER_URL, connect_timeout=BATAS_DETIK, transport_options=pilihan
    ) as sambungan:
        sambungan.ensure_connection(max_retries=1, interval_start=0, timeout=BATAS_DETIK)
        sambungan.channel()  # Redis answers a ping here
    return True


PERIKSA: dict[str, Callable[[], bool]] = {
    "basis_data": check_basis_data,
    "migrasi": check_migrasi,
    "singgahan": check_singgahan,
    "antrean": check_antrean,
}
