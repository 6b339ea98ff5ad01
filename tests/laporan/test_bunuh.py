"""Jobs whose worker is killed finish by themselves, one of each kind of death.

script/faults F1 does it a hundred times and counts the seconds.
"""

from datetime import datetime
from pathlib import Path

import pytest

from tests.laporan.pembunuh import (
    KORBAN,
    Arus,
    count_sebab,
    judge,
    kill_often,
    run_pekerja,
    wait_selesai,
)


@pytest.mark.layanan
@pytest.mark.django_db(transaction=True)
def test_killed_jobs_finish_by_themselves_once_each(
    redis: dict[str, str], berkas_sendiri: Path, now: datetime
) -> None:
    with run_pekerja(redis, berkas_sendiri / "pekerja.log") as pekerja:
        arus = Arus(len(KORBAN), now, kali=len(KORBAN))
        kill_often(pekerja, arus)
        wait_selesai(pekerja, arus)
    judge(arus.semua)
    assert len(pekerja.mati) == len(KORBAN)
    assert count_sebab() == {}
