"""SIGKILL at random moments of making and signing PDFs: nothing lost, nothing double.

A sample; `script/bench bunuh` does it thirty times.
"""

from datetime import datetime
from pathlib import Path

import pytest

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

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.layanan]

KALI = 4


def test_killed_worker_loses_and_doubles_nothing(
    redis: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    with run_pekerja(redis, berkas_sendiri / "pekerja.log") as pekerja:
        arus = Arus(KALI, now)
        kill_often(pekerja, KALI, arus)
        wait_selesai(pekerja, arus)
    judge(arus.semua)
    assert measure(pekerja)[-1] < BATAS.total_seconds(), count_sebab()
