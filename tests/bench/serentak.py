"""Approvals by 32 people at once on the embedded SQLite: none may fail, none may get lost.

Run: script/bench serentak, or .venv/bin/python -m tests.bench.serentak [APPROVALS]
Four processes of eight threads, as the servers of one machine would be; each passes turns on
through the service that pages use, with its lock, trail and next turn. A failure is any exception:
"database is locked" is what SQLite answers to a second writer unless it is told to wait in line.
Target: 0 failures, and each turn passed on exactly once. On another database nothing is measured.
"""

import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from multiprocessing import get_context

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sakip.settings.test")

from tests.bench._basis import basis_data, cetak, is_cepat, note_hasil, siapkan

siapkan()

from django.db import connection, connections

from laporan.models import Kunjungan, Tugas
from laporan.services.draf import Putusan, finish_tugas
from organisasi.models import Jejak, Pengguna
from tests.bench._laporan import fill_laporan
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor

MULAI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
BANYAK = 1_000 if is_cepat() else 10_000
PROSES, UTAS = 4, 8


def make_tugas(kantor: Kantor, banyak: int) -> list[int]:
    """Open turns of the first step, each of a report of its own; their ids."""
    contoh = aktif(kantor.start(MULAI))[0]
    draf = fill_laporan(contoh.draf, range(banyak))
    langkah = contoh.kunjungan.langkah
    kunjungan = Kunjungan.objects.bulk_create(
        (Kunjungan(draf=d, langkah=langkah, iterasi=1, masuk=MULAI) for d in draf),
        batch_size=2000,
    )
    tugas = Tugas.objects.bulk_create(
        (
            Tugas(
                draf=k.draf,
                kunjungan=k,
                pelaksana=contoh.pelaksana,
                jabatan=contoh.jabatan,
                status="aktif",
                aktif_pada=MULAI,
                tenggat=MULAI + timedelta(days=1),
            )
            for k in kunjungan
        ),
        batch_size=2000,
    )
    return [t.pk for t in tugas]


def approve(aktor: Pengguna, tugas_id: int) -> tuple[float, str]:
    """Pass one turn on; seconds, and what went wrong or nothing."""
    mulai = time.perf_counter()
    putusan = Putusan(hasil="lanjut", catatan="Laksanakan.")
    try:
        finish_tugas(tugas_id=tugas_id, aktor=aktor, putusan=putusan, now=MULAI)
    except Exception as salah:  # noqa: BLE001 - every failure is what is counted
        return time.perf_counter() - mulai, f"{type(salah).__name__}: {salah}"
    return time.perf_counter() - mulai, ""


def work(aktor_id: int, tugas: list[int]) -> list[tuple[float, str]]:
    """One process: its share of the turns, by threads with a connection each."""
    aktor = Pengguna.objects.get(pk=aktor_id)
    with ThreadPoolExecutor(UTAS) as utas:
        return list(utas.map(partial(approve, aktor), tugas))


def measure(banyak: int) -> None:
    """All of them, and the count of what is in the database afterwards."""
    kantor = make_kantor(DINKES, MULAI)
    tugas = make_tugas(kantor, banyak)
    aktor = kantor.pelaku(Tugas.objects.get(pk=tugas[0]))
    jejak = Jejak.objects.count()
    connections.close_all()
    mulai = time.perf_counter()
    with ProcessPoolExecutor(PROSES, mp_context=get_context("fork")) as proses:
        bagian = [tugas[n::PROSES] for n in range(PROSES)]
        hasil = [h for isi in proses.map(partial(work, aktor.pk), bagian) for h in isi]
    lama = time.perf_counter() - mulai
    gagal = [kata for _, kata in hasil if kata]
    terbuka = Tugas.objects.filter(kunjungan__langkah__nomor=1, status__in=Tugas.DI_MEJA).count()
    tercatat = Jejak.objects.count() - jejak
    p95 = statistics.quantiles([d for d, _ in hasil], n=20)[-1] * 1000
    cetak(
        f"{banyak} giliran, {PROSES * UTAS} serentak: {len(gagal)} gagal, {tercatat} baris jejak, "
        f"{banyak / lama:.0f} tiap detik, p95 {p95:.0f} ms",
        *sorted(set(gagal))[:5],
    )
    if terbuka != 1 or tercatat < banyak:
        gagal.append("giliran atau jejak tidak tercatat")
    apa = f"gagal dari {banyak} persetujuan serentak"
    note_hasil("P8", apa, nilai=len(gagal), batas=0, satuan="gagal")
    if gagal:
        sys.exit(f"{len(gagal)} gagal")


def main() -> None:
    """On SQLite only."""
    if connection.vendor != "sqlite":
        cetak("bukan SQLite: tidak diukur")
        return
    with basis_data():
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else BANYAK)


if __name__ == "__main__":
    main()
