"""Handing the number of a job to the workers; nobody waits long for a broker that is down.

The rows in the database are the promise; whoever sweeps them sends again what never arrived.
"""

import logging

from celery import current_app
from kombu.exceptions import KombuError

from sakip.common.pemutus import Pemutus

logger = logging.getLogger(__name__)

# kombu would knock for six seconds while a person waits for the page; the sweeper knocks again.
_SEGERA = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1, "interval_max": 0.1}

# One broker carries every kind of job: who finds it down spares all others the wait. Shorter than
# the round of any sweeper, so that each round knocks.
PERANTARA = Pemutus(detik=8)


def hand_over(tugas: str, pk: int, *, antrean: str | None = None) -> bool:
    """Send one id to the workers, after the commit; whether the broker took it."""
    if not PERANTARA.is_layak():
        return False
    try:
        with current_app.connection_for_write(transport_options=_SEGERA) as sambungan:
            current_app.send_task(tugas, args=[pk], connection=sambungan, queue=antrean)
    except (KombuError, OSError):
        logger.warning("pekerjaan_belum_dikirim tugas=%s pk=%s", tugas, pk)
        PERANTARA.trip()
        return False
    return True
