"""Jobs whose worker is killed finish by themselves; script/bench bunuh does it thirty times."""

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


@pytest.mark.layanan
@pytest.mark.django_db(transaction=True)
def test_killed_jobs_finish_by_themselves_once_each(
    redis: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    with run_pekerja(redis, berkas_sendiri / "pekerja.log") as pekerja:
        arus = Arus(4, now, kali=4)
        kill_often(pekerja, arus)
        wait_selesai(pekerja, arus)
    judge(arus.semua)
    assert len(pekerja.mati) == 4
    assert count_sebab() == {}
    assert measure(pekerja)[-1] < BATAS.total_seconds()
