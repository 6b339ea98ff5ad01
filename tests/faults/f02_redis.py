"""F2: Redis refused, frozen and emptied while people approve; every PDF still comes, once."""

import time
from contextlib import suppress

from celery import current_app
from django.conf import settings
from django.db.models import Count

from laporan.models import Dokumen, Draf, Efek, Pemberitahuan
from sakip.common.perantara import PERANTARA
from tests.faults._landasan import MULAI, Hasil, Landasan, Redis, compute_p95
from tests.laporan.antrean import connect_redis
from tests.laporan.meja_tanda import TANDA_SATU
from tests.laporan.pembunuh import run_pekerja
from tests.laporan.rute import Kantor, make_kantor

_KEADAAN = ("tenang", "ditolak", "beku", "dikosongkan")
_MAKS_RASIO = 1.5
_BATAS_DETIK = 600
_PERIODE = 4


def run(landasan: Landasan) -> Hasil:
    """The same number of approvals in each state of Redis, then a worker for what is left."""
    hasil, redis = Hasil(), Redis(landasan.folder)
    redis.start()
    try:
        with landasan.folders(), connect_redis(redis.alamat):
            # With the time-outs of a real installation; a Redis that is frozen never answers.
            current_app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
            siap = {k: _make_laporan(landasan.kali) for k in _KEADAAN}
            lama = {k: _approve(redis, k, siap[k]) for k in _KEADAAN}
            semua = [draf for daftar in siap.values() for _kantor, draf in daftar]
            with run_pekerja(
                landasan.make_lingkungan(redis.alamat), landasan.folder / "pekerja.log"
            ) as pekerja:
                _wait(semua)
                pekerja.stop()
    finally:
        redis.stop()
    hasil.kejadian = len(semua)
    _judge(hasil, semua)
    tenang = compute_p95(lama["tenang"])
    for keadaan in _KEADAAN[1:]:
        p95 = compute_p95(lama[keadaan])
        rasio = p95 / tenang
        hasil.require(rasio <= _MAKS_RASIO, f"{keadaan}: p95 {rasio:.2f}x yang tenang")
        hasil.catatan.append(
            f"{keadaan}: p95 {p95 * 1000:.0f} ms, {rasio:.2f}x; terlama {max(lama[keadaan]):.1f} s"
        )
    return hasil


def _make_laporan(banyak: int) -> list[tuple[Kantor, Draf]]:
    """Reports one approval before their PDF is promised."""
    hasil: list[tuple[Kantor, Draf]] = []
    for n in range(banyak):
        kantor = hasil[-1][0] if n % _PERIODE else make_kantor(TANDA_SATU, MULAI)
        draf = kantor.start(MULAI, periode_ke=n % _PERIODE + 1)
        hasil.append((kantor, kantor.work_all(draf, MULAI)))
    return hasil


def _approve(redis: Redis, keadaan: str, siap: list[tuple[Kantor, Draf]]) -> list[float]:
    """Seconds of each approval, publishing included."""
    if keadaan == "ditolak":
        redis.stop()
    elif keadaan == "beku":
        redis.start()
        redis.freeze()
    PERANTARA.reset()  # whoever comes first in this state finds out by waiting
    detik = []
    for n, (kantor, draf) in enumerate(siap):
        if keadaan == "dikosongkan" and n % 5 == 0:
            with suppress(OSError):
                redis.flush()
        mulai = time.perf_counter()
        kantor.work_all(draf, MULAI)
        detik.append(time.perf_counter() - mulai)
    if keadaan == "beku":
        redis.thaw()
    return detik


def _wait(semua: list[Draf]) -> None:
    habis = time.monotonic() + _BATAS_DETIK
    terbuka = Efek.objects.filter(draf__in=semua, status__in=Efek.TERBUKA)
    while terbuka.exists() and time.monotonic() < habis:
        time.sleep(0.5)


def _judge(hasil: Hasil, semua: list[Draf]) -> None:
    ids = [d.pk for d in semua]
    berdokumen = Dokumen.objects.filter(draf__in=ids).values("draf").annotate(n=Count("pk"))
    hasil.require(len(berdokumen) == len(ids), f"{len(ids) - len(berdokumen)} PDF hilang")
    hasil.require(all(b["n"] == 1 for b in berdokumen), "ada laporan dengan dua PDF")
    gagal = Efek.objects.filter(draf__in=ids).exclude(status=Efek.Status.SELESAI).count()
    hasil.require(gagal == 0, f"{gagal} pekerjaan tidak selesai")
    kabar = Pemberitahuan.objects.filter(draf__in=ids)
    ganda = (
        kabar.values("pengguna", "tugas", "jenis").annotate(n=Count("pk")).filter(n__gt=1).count()
    )
    hasil.require(ganda == 0, f"{ganda} pemberitahuan ganda")
