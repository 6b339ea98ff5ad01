"""Figures for Prometheus: what the processes counted, and what waits in database and broker."""

import hmac
import os
from collections.abc import Iterator
from datetime import datetime
from http import HTTPStatus
from threading import Thread
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.types import StartResponse, WSGIEnvironment

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import ChannelError, KombuError
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

# Loaded for what it registers: in a worker nothing else may have counted yet.
from sakip.common import metrik as metrik
from sakip.isi_antre import KETERANGAN, count_tugas, list_antre


@login_not_required
@require_safe
@never_cache
def view_metrik(request: HttpRequest) -> HttpResponse:
    """All figures, for whoever shows the token. Without a token set there is no such page."""
    if not settings.METRIK_TOKEN:
        raise Http404
    if not _is_pemegang(request.headers.get("Authorization", "")):
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})
    isi = generate_latest(_build_registry(IsiAntre()))
    return HttpResponse(isi, content_type=CONTENT_TYPE_LATEST)


def _is_pemegang(kepala: str) -> bool:
    diminta = f"Bearer {settings.METRIK_TOKEN}".encode()
    return bool(settings.METRIK_TOKEN) and hmac.compare_digest(kepala.encode(), diminta)


def _build_registry(*tambahan: Collector) -> CollectorRegistry:
    daftar = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(daftar)
    else:
        daftar.register(REGISTRY)
    for kumpulan in tambahan:
        daftar.register(kumpulan)
    return daftar


class IsiAntre(Collector):
    """What waits at this moment; a fixed number of queries, whatever the number of rows."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """A database that is down leaves its figures out and says so."""
        now = timezone.now()
        terjangkau = GaugeMetricFamily(
            "sakip_basis_data_terjangkau", "1 bila basis data menjawab", value=1
        )
        try:
            keluarga = [*_build_kotak(now), *_build_tugas(now)]
        except Error:
            keluarga = []
            terjangkau = GaugeMetricFamily(terjangkau.name, terjangkau.documentation, value=0)
        yield terjangkau
        yield from keluarga
        yield _build_pesan()


def _build_kotak(now: datetime) -> Iterator[GaugeMetricFamily]:
    banyak = GaugeMetricFamily("sakip_antre", KETERANGAN["banyak"], labels=["jenis", "status"])
    umur = GaugeMetricFamily("sakip_antre_umur_detik", KETERANGAN["umur"], labels=["jenis"])
    for baris in list_antre(now=now):
        for status, jumlah in baris.banyak.items():
            banyak.add_metric([baris.jenis, status], jumlah)
        umur.add_metric([baris.jenis], baris.umur_detik)
    yield from (banyak, umur)


def _build_tugas(now: datetime) -> Iterator[GaugeMetricFamily]:
    tugas = count_tugas(now=now)
    yield GaugeMetricFamily("sakip_tugas_aktif", KETERANGAN["aktif"], value=tugas.aktif)
    yield GaugeMetricFamily("sakip_tugas_terlambat", KETERANGAN["terlambat"], value=tugas.terlambat)


def _build_pesan() -> GaugeMetricFamily:
    """Messages in the broker; none of them while it cannot be reached."""
    pesan = GaugeMetricFamily("sakip_pesan", KETERANGAN["pesan"], labels=["antrean"])
    try:
        with current_app.connection_for_read() as sambungan:
            sambungan.ensure_connection(max_retries=1, interval_start=0, timeout=2)
            saluran: Any = sambungan.channel()  # the stubs know no channel
            for antrean in settings.CELERY_TASK_QUEUES:
                try:
                    jumlah = saluran.queue_declare(antrean.name, passive=True).message_count
                except ChannelError:  # nothing was ever put in, or all was taken out
                    jumlah = 0
                pesan.add_metric([antrean.name], jumlah)
    except (KombuError, OSError):
        pesan.samples.clear()
    return pesan


def serve_metrik(porta: int) -> None:
    """The figures of a worker at a port of its own, for as long as it lives."""
    pintu = make_server("", porta, _answer, handler_class=_Diam)
    Thread(target=pintu.serve_forever, name="metrik", daemon=True).start()


class _Diam(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Who reads figures every few seconds is no news."""


def _answer(environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    if not _is_pemegang(environ.get("HTTP_AUTHORIZATION", "")):
        start_response("401 Unauthorized", [("WWW-Authenticate", "Bearer")])
        return []
    start_response("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
    return [generate_latest(_build_registry())]
