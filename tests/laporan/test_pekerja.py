"""A real Celery worker in a process of its own: it freezes, signs, and may be killed on the way."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from laporan.models import Dokumen, Draf, Efek, TandaTangan
from laporan.services.efek import sweep_efek
from sakip.common.berkas import read_berkas
from sakip.common.tte_periksa import validate_pdf
from sakip.env import BASE_DIR
from tests.laporan.meja_tanda import kini, minta, until
from tests.laporan.rute import Kantor, aktif
from tests.tte import FRASA, akar_pem

pytestmark = pytest.mark.django_db(transaction=True)

BATAS_DETIK = 60


@contextmanager
def start_pekerja(lingkungan: dict[str, str], catatan: IO[bytes]) -> Iterator[int]:
    """A worker with one child, until the block ends. Gives its process id."""
    perintah = [sys.executable, "-m", "celery", "-A", "sakip", "worker", "--concurrency", "1"]
    pilihan = ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    pekerja = subprocess.Popen(
        [*perintah, *pilihan],
        cwd=BASE_DIR,
        env={**os.environ, **lingkungan},
        stdout=catatan,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        yield pekerja.pid
    finally:
        pekerja.send_signal(signal.SIGTERM)
        try:
            pekerja.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(pekerja.pid, signal.SIGKILL)
            pekerja.wait()


def wait_until(syarat: Callable[[], bool], *, edarkan: bool = False) -> None:
    """Wait for the workers; with `edarkan` the sweeper makes its rounds meanwhile."""
    akhir = time.monotonic() + BATAS_DETIK
    while not syarat():
        assert time.monotonic() < akhir, list(Efek.objects.values())
        if edarkan:
            sweep_efek(now=kini())
        time.sleep(0.2)


def is_usai(draf: Draf) -> bool:
    """Whether no effect of the draft is open."""
    return not Efek.objects.filter(draf=draf, status__in=["antre", "jalan"]).exists()


def is_tercatat(catatan: Path, kata: bytes, kali: int) -> bool:
    """Whether the log of the worker says so that often."""
    return catatan.read_bytes().count(kata) >= kali


def find_porta() -> int:
    """A port that is free now."""
    with socket.create_server(("127.0.0.1", 0)) as pintu:
        return pintu.getsockname()[1]


def read_metrik(porta: int) -> str:
    """The figures that the worker shows."""
    kepala = {"Authorization": "Bearer kunci"}
    alamat = urllib.request.Request(f"http://127.0.0.1:{porta}/metrik/", headers=kepala)
    with urllib.request.urlopen(alamat, timeout=10) as jawab:  # noqa: S310 - our own worker
        return jawab.read().decode()


def run_perjalanan(kantor: Kantor, lingkungan: dict[str, str], folder: Path, now: datetime) -> None:
    """Freeze and sign through the worker, then judge the file."""
    porta = find_porta()
    lingkungan = {**lingkungan, "SAKIP_METRIK_PORTA": str(porta), "SAKIP_METRIK_TOKEN": "kunci"}
    with (folder / "pekerja.log").open("wb") as catatan, start_pekerja(lingkungan, catatan):
        draf = until(kantor, 3, now)
        wait_until(lambda: is_usai(draf))
        (tugas,) = aktif(draf)
        minta(kantor, tugas, frasa="frasa-yang-keliru-88")
        wait_until(lambda: is_usai(draf))
        assert "salah" in Efek.objects.order_by("pk").last().galat  # type: ignore[union-attr]  # there is one
        minta(kantor, tugas)
        wait_until(lambda: is_usai(draf))
        # What the child counted is read at the door of its parent.
        wait_until(lambda: 'hasil="success",tugas="laporan.jalankan_efek"' in read_metrik(porta))
    tanda = TandaTangan.objects.get()
    (hasil,) = validate_pdf(read_berkas(tanda.berkas, tanda.sha256), [akar_pem()])
    assert hasil.sah
    assert hasil.seluruhnya
    draf.refresh_from_db()
    assert draf.status == "selesai"
    teks = (folder / "pekerja.log").read_text(encoding="utf-8")
    assert FRASA not in teks
    assert "frasa-yang-keliru-88" not in teks
    assert not [b for b in folder.rglob("antrean/**/*") if b.is_file() and _has_frasa(b)]


def _has_frasa(berkas: Path) -> bool:
    return FRASA.encode() in berkas.read_bytes()


def test_worker_on_a_queue_in_files_freezes_and_signs(
    kantor_satu: Kantor, pengantar: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    run_perjalanan(kantor_satu, pengantar, berkas_sendiri, now)


def test_child_killed_while_it_waits_for_work_takes_no_lock_with_it(
    kantor_satu: Kantor, pengantar: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    catatan = berkas_sendiri / "pekerja.log"
    with catatan.open("wb") as berkas, start_pekerja(pengantar, berkas) as pid:
        wait_until(partial(is_tercatat, catatan, b"ready.", 1))
        time.sleep(1)  # until the child listens
        _kill(pid, "anak")
        wait_until(partial(is_tercatat, catatan, b"exited with", 1))
        draf = until(kantor_satu, 3, now)
        wait_until(lambda: is_usai(draf))
    assert Efek.objects.get().status == "selesai"


@pytest.mark.layanan
def test_worker_on_redis_freezes_and_signs(
    kantor_satu: Kantor, redis: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    run_perjalanan(kantor_satu, redis, berkas_sendiri, now)


@pytest.mark.layanan
@pytest.mark.parametrize("korban", ["anak", "pekerja"])
def test_killed_while_rendering_ends_in_exactly_one_file(
    kantor_satu: Kantor,
    redis: dict[str, str],
    berkas_sendiri: Path,
    now: datetime,
    korban: str,
) -> None:
    draf = until(kantor_satu, 3, now)
    with (berkas_sendiri / "pekerja.log").open("wb") as catatan:
        with start_pekerja(redis, catatan) as pid:
            wait_until(lambda: Efek.objects.filter(status="jalan", kemajuan__gte=5).exists())
            _kill(pid, korban)
            if korban == "anak":
                _shorten_sewa()
                wait_until(lambda: is_usai(draf), edarkan=True)
        if korban == "pekerja":
            _shorten_sewa()
            with start_pekerja(redis, catatan):
                wait_until(lambda: is_usai(draf), edarkan=True)
    dokumen, efek = Dokumen.objects.get(), Efek.objects.get()
    assert (efek.status, efek.percobaan) == ("selesai", 2)
    assert read_berkas(dokumen.berkas, dokumen.sha256)
    akar = berkas_sendiri / "berkas"
    assert [b for b in akar.rglob("*") if b.is_file()] == [akar / dokumen.berkas]


def _kill(pid: int, korban: str) -> None:
    """SIGKILL to the child that renders, or to the whole worker."""
    if korban == "pekerja":
        os.killpg(pid, signal.SIGKILL)
        return
    anak = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    for a in anak:
        os.kill(int(a), signal.SIGKILL)


def _shorten_sewa() -> None:
    """The lease of the dead runs out now rather than in a minute."""
    Efek.objects.filter(status="jalan").update(sewa_sampai=kini(), dikirim_pada=None)
