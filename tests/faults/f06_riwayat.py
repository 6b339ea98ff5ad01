"""F6: random people under F2 and F3, then a checker over the whole history."""

import random
import time
from functools import partial

from celery import current_app
from django.conf import settings

from laporan.models import Tugas
from laporan.services.draf import Putusan, finish_tugas
from organisasi.models import Pengguna
from sakip.common.errors import DomainError
from tests.faults._landasan import MULAI, Hasil, Landasan, Redis, require_postgres
from tests.faults.f03_postgres import Arus, crash, judge, write
from tests.laporan.antrean import connect_redis
from tests.laporan.rute import SINTETIS, Kantor, make_kantor

_PENULIS = 4


def run(landasan: Landasan) -> Hasil:
    """Random decisions, strangers and second clicks while PostgreSQL and Redis come and go."""
    require_postgres()
    redis, arus = Redis(landasan.folder), Arus()
    redis.start()
    kantor = [make_kantor(SINTETIS, MULAI) for _n in range(_PENULIS)]
    acak = [random.Random(n) for n in range(_PENULIS)]  # noqa: S311 - decisions, not secrets
    try:
        with connect_redis(redis.alamat):
            current_app.conf.broker_transport_options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
            kerja = [partial(write, k, partial(_act, a)) for k, a in zip(kantor, acak, strict=True)]
            crash(arus, [*kerja, partial(_disturb, redis)], landasan.kali)
    finally:
        redis.stop()
    hasil = judge(arus)
    kembali = Tugas.objects.filter(pk__in=arus.diakui, status=Tugas.Status.DIKEMBALIKAN).count()
    hasil.catatan.append(
        f"{len(arus.diakui)} tindakan diakui, {kembali} di antaranya mengembalikan; "
        f"{arus.terputus} ditolak saat jatuh"
    )
    return hasil


def _act(acak: random.Random, kantor: Kantor, tugas: Tugas, arus: Arus) -> None:
    """The holder decides at random; before him a stranger tries, after him he clicks again."""
    lain = next(o for jabatan, o in kantor.orang.items() if jabatan != tugas.jabatan_id)
    if acak.random() < 0.3 and not _is_ditolak(tugas, lain):
        arus.salah.append(f"orang lain menyelesaikan tugas {tugas.pk}")
    keputusan = tugas.kunjungan.langkah.simbol == "keputusan"
    kantor.work(tugas, MULAI, "tidak" if keputusan and acak.random() < 0.3 else "")
    arus.diakui.append(tugas.pk)
    if acak.random() < 0.3 and not _is_ditolak(tugas, kantor.pelaku(tugas)):
        arus.salah.append(f"tugas {tugas.pk} diselesaikan dua kali")


def _is_ditolak(tugas: Tugas, aktor: Pengguna) -> bool:
    putusan = Putusan(hasil="lanjut", catatan="x")
    try:
        finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=putusan, now=MULAI)
    except DomainError:
        return True
    return False


def _disturb(redis: Redis, arus: Arus) -> None:
    """Redis is emptied, frozen, gone and back, over and over."""
    while not arus.berhenti.is_set():
        redis.flush()
        redis.freeze()
        time.sleep(0.5)
        redis.thaw()
        redis.stop()
        time.sleep(0.5)
        redis.start()
        time.sleep(0.5)
