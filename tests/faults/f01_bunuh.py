"""F1: SIGKILL of the worker's child, of the whole worker, and of beat, while PDFs are made."""

import os

from tests.faults._landasan import MULAI as AWAL
from tests.faults._landasan import Hasil, Landasan
from tests.laporan.antrean import connect_redis
from tests.laporan.pembunuh import (
    BATAS,
    Arus,
    count_sebab,
    judge,
    kill_often,
    measure,
    run_pekerja,
    wait_selesai,
)


def run(landasan: Landasan) -> Hasil:
    """Kill, wait, judge: one file, one signature and one number for each report, within 60 s."""
    hasil, redis = Hasil(), os.environ["SAKIP_BROKER_URL"]
    lingkungan = landasan.make_lingkungan(redis)
    with landasan.folders(), connect_redis(redis):
        with run_pekerja(lingkungan, landasan.folder / "pekerja.log") as pekerja:
            arus = Arus(landasan.kali, AWAL, kali=landasan.kali)
            kill_often(pekerja, arus)
            wait_selesai(pekerja, arus)
        judge(arus.semua)
        lama, sebab = measure(pekerja), count_sebab()
    hasil.kejadian = len(pekerja.mati)
    hasil.require(not sebab, f"pekerjaan yang gagal: {sebab}")
    hasil.require(lama and lama[-1] < BATAS.total_seconds(), f"terlama {lama[-1:]} detik")
    hasil.catatan.append(
        f"{len(arus.semua)} laporan, {len(lama)} pekerjaan terkena, terlama {lama[-1]:.0f} s"
    )
    return hasil
