"""A worker killed over and over, and who starts it again: a service manager in small."""

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db.models import QuerySet

from laporan.models import Dokumen, Draf, Efek, SerahRahasia, TandaTangan
from sakip.common.berkas import read_berkas
from sakip.common.tte_periksa import validate_pdf
from sakip.env import BASE_DIR
from tests.laporan.meja_tanda import TANDA_SATU, kini, minta
from tests.laporan.rute import Kantor, aktif, make_kantor
from tests.tte import akar_pem, give_sertifikat

# From the kill of a job to its end.
BATAS = timedelta(seconds=60)
# Who is killed, and its name in a report.
KORBAN = {"anak": "anak", "pekerja": "seluruh pekerja", "semua": "pekerja dan penjadwal"}
_PERIODE = 4
# What one kill adds to a run, at most, on a machine that has much else to do; most wait for a
# lease. A run that takes longer is given up.
_SATU = timedelta(seconds=120)
# So many reports are on their way at a time: what is measured is taking over, not a long queue.
_SEKALIGUS = 4


@dataclass
class Proses:
    """One program of Celery, started again whenever it is gone."""

    pilihan: list[str]
    lingkungan: dict[str, str]
    catatan: IO[bytes]
    proses: subprocess.Popen[bytes] | None = None

    def ensure(self) -> None:
        """Start it where it does not run."""
        if self.proses is not None and self.proses.poll() is None:
            return
        self.proses = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "sakip", *self.pilihan],
            cwd=BASE_DIR,
            env={**os.environ, **self.lingkungan},
            stdout=self.catatan,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def kill(self) -> None:
        """SIGKILL, its children included."""
        assert self.proses is not None
        os.killpg(self.proses.pid, signal.SIGKILL)
        self.proses.wait()

    def list_anak(self) -> list[int]:
        """Its children."""
        assert self.proses is not None
        daftar = Path(f"/proc/{self.proses.pid}/task/{self.proses.pid}/children")
        return [int(anak) for anak in daftar.read_text(encoding="ascii").split()]

    def stop(self) -> None:
        """End it, kindly first."""
        if self.proses is None or self.proses.poll() is not None:
            return
        self.proses.send_signal(signal.SIGTERM)
        try:
            self.proses.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


class Pekerja:
    """A worker and a beat beside it, as script/server and docker-compose run them."""

    def __init__(self, lingkungan: dict[str, str], catatan: IO[bytes]) -> None:
        pilihan = ["--concurrency", "2", "--without-gossip", "--without-mingle", "-l", "INFO"]
        self.pekerja = Proses(["worker", *pilihan], lingkungan, catatan)
        self.penjadwal = Proses(["beat"], lingkungan, catatan)
        self.mati: list[str] = []
        self.korban: dict[int, datetime] = {}

    def ensure(self) -> None:
        """Start what does not run."""
        self.pekerja.ensure()
        self.penjadwal.ensure()

    def kill(self, korban: str) -> None:
        """SIGKILL for the children of the worker, for all of it, or for beat as well."""
        self.mati.append(korban)
        jalan = Efek.objects.filter(status=Efek.Status.JALAN).values_list("pk", flat=True)
        self.korban.update(dict.fromkeys(jalan, kini()))
        if korban == "anak":
            for anak in self.pekerja.list_anak():
                with suppress(ProcessLookupError):
                    os.kill(anak, signal.SIGKILL)
            return
        self.pekerja.kill()
        if korban == "semua":
            self.penjadwal.kill()

    def stop(self) -> None:
        """End both."""
        self.penjadwal.stop()
        self.pekerja.stop()

    def list_hidup(self) -> QuerySet[Efek]:
        """Jobs in work that have not been killed yet; after three times a person has to ask.

        None while one of those that were hit is at its second attempt.
        """
        jalan = Efek.objects.filter(status=Efek.Status.JALAN)
        ulang = jalan.filter(percobaan__gt=1)
        return jalan.none() if ulang.exists() else jalan.exclude(pk__in=self.korban)


@contextmanager
def run_pekerja(lingkungan: dict[str, str], catatan: Path) -> Iterator[Pekerja]:
    """The worker, until the block ends."""
    with catatan.open("wb") as berkas:
        pekerja = Pekerja(lingkungan, berkas)
        pekerja.ensure()
        try:
            yield pekerja
        finally:
            pekerja.stop()


@dataclass
class Arus:
    """Reports that come in one by one, a few on their way at a time, for `kali` kills."""

    banyak: int
    now: datetime
    kali: int
    semua: list[tuple[Kantor, Draf]] = field(default_factory=list)
    mulai: float = field(default_factory=time.monotonic)

    def flow(self) -> None:
        """Start the next report where there is room; signers sign what is ready.

        Raises AssertionError, with what is open, when all of it takes too long.
        """
        lama = timedelta(seconds=time.monotonic() - self.mulai)
        assert lama < BATAS + self.kali * _SATU, list_terbuka()
        sign_yang_siap(self.semua)
        while len(self.semua) < self.banyak and self.count_jalan() < _SEKALIGUS:
            self._start()

    def count_jalan(self) -> int:
        """Reports that are not signed yet."""
        ids = [d.pk for _k, d in self.semua]
        return Draf.objects.filter(pk__in=ids).exclude(status=Draf.Status.SELESAI).count()

    def _start(self) -> None:
        """One report more, its PDF just promised; every fifth begins a new office."""
        ke = len(self.semua) % _PERIODE
        kantor = self.semua[-1][0] if ke else make_kantor(TANDA_SATU, self.now)
        for orang in () if ke else kantor.orang.values():
            give_sertifikat(Path(settings.TTE_DIR), orang.nip)
        draf = kantor.start(self.now, periode_ke=ke + 1)
        for _langkah in range(2):
            draf = kantor.work_all(draf, self.now)
        self.semua.append((kantor, draf))


def kill_often(pekerja: Pekerja, arus: Arus) -> None:
    """Kill at `arus.kali` random moments while PDFs are made and signed, each kind in its turn."""
    acak = random.Random(arus.kali)  # noqa: S311 - moments, not secrets
    while len(pekerja.mati) < arus.kali:
        pekerja.ensure()
        sampai = time.monotonic() + acak.uniform(0.2, 3.0)
        while time.monotonic() < sampai:
            arus.flow()
            time.sleep(0.1)
        if len(arus.semua) == arus.banyak and not arus.count_jalan():
            arus.banyak += 1  # all were faster than death
        if pekerja.list_hidup().exists():
            pekerja.kill(list(KORBAN)[len(pekerja.mati) % len(KORBAN)])


def wait_selesai(pekerja: Pekerja, arus: Arus) -> None:
    """Until every report is signed; the worker runs undisturbed."""
    while len(arus.semua) < arus.banyak or arus.count_jalan():
        pekerja.ensure()
        arus.flow()
        time.sleep(0.2)


def list_terbuka() -> list[dict[str, object]]:
    """Jobs that have not succeeded, and why."""
    kolom = ("jenis", "status", "percobaan", "galat", "dikirim_pada", "sewa_sampai")
    return list(Efek.objects.exclude(status=Efek.Status.SELESAI).values(*kolom))


def measure(pekerja: Pekerja) -> list[float]:
    """Seconds from the last kill of each job to its end, in order."""
    usai = Efek.objects.filter(pk__in=pekerja.korban, selesai_pada__isnull=False)
    return sorted(
        (e.selesai_pada - pekerja.korban[e.pk]).total_seconds() for e in usai if e.selesai_pada
    )


def sign_yang_siap(semua: list[tuple[Kantor, Draf]]) -> int:
    """Signers whose document is there give their passphrase, again after a lost one."""
    siap = Dokumen.objects.filter(draf__tugas__status="aktif").values_list("draf_id", flat=True)
    menunggu = set(siap)
    for kantor, draf in semua:
        if draf.pk in menunggu:
            (tugas,) = aktif(draf)
            minta(kantor, tugas)
    return len(menunggu)


def judge(semua: list[tuple[Kantor, Draf]]) -> None:
    """Exactly one frozen file, one signature and one number each, and nothing left lying about."""
    for _kantor, draf in semua:
        dokumen = Dokumen.objects.get(draf=draf)
        tanda = TandaTangan.objects.get(dokumen=dokumen)
        assert tanda.urut == 1
        isi = read_berkas(tanda.berkas, tanda.sha256)
        assert isi.startswith(read_berkas(dokumen.berkas, dokumen.sha256))
        (hasil,) = validate_pdf(isi, [akar_pem()])
        assert hasil.sah
        folder = Path(settings.MEDIA_ROOT) / f"dokumen/{draf.pk}"
        pdf = sorted(b.name for b in folder.iterdir() if not b.name.endswith(".part"))
        assert pdf == sorted(Path(b).name for b in (dokumen.berkas, tanda.berkas))
    assert not SerahRahasia.objects.exists()


def count_sebab() -> dict[str, int]:
    """How jobs that did not succeed at once ended, by their sentence."""
    hasil: dict[str, int] = {}
    for galat in Efek.objects.filter(status="gagal").values_list("galat", flat=True):
        hasil[galat] = hasil.get(galat, 0) + 1
    return hasil
