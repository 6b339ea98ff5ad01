"""SIGKILL at random moments of making and signing PDFs: nothing lost, nothing double.

A sample; `script/bench bunuh` does it thirty times.
"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.laporan.pembunuh import (
    BATAS,
    count_sebab,
    judge,
    kill_often,
    run_pekerja,
    start_laporan,
    wait_selesai,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.layanan]

KALI = 4


def test_killed_worker_loses_and_doubles_nothing(
    redis: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    with run_pekerja(redis, berkas_sendiri / "pekerja.log") as pekerja:
        semua = start_laporan(KALI, now)
        kill_often(pekerja, KALI, semua)
        lama = wait_selesai(pekerja, semua)
    judge(semua)
    assert lama < BATAS.total_seconds(), count_sebab()
