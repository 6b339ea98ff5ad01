"""What a worker says of its jobs: whose request each belongs to, how long it waited and took."""

import logging
import time
from contextlib import ExitStack
from typing import Any

from celery import Task, signals

from sakip.common.catatan import current_request_id, ikat

logger = logging.getLogger(__name__)

# Headers of a message.
KEPALA_ID, KEPALA_DIKIRIM = "sakip_permintaan", "sakip_dikirim"
_BERES = frozenset({"SUCCESS", "IGNORED"})
# What is done at the moment; a child of the pool does one job at a time.
_sekarang: dict[str, tuple[float, ExitStack]] = {}


@signals.before_task_publish.connect
def mark_pesan(headers: dict[str, Any], **_kwargs: Any) -> None:
    """Every message says when it left, and in whose request."""
    headers.setdefault(KEPALA_DIKIRIM, time.time())
    if current_request_id() != "-":
        headers.setdefault(KEPALA_ID, current_request_id())


@signals.task_prerun.connect
def begin_pekerjaan(task_id: str, task: Task[Any, Any], **_kwargs: Any) -> None:
    """Lines and audit rows of the job carry the id of the request, else the one of the job."""
    from sakip.common.metrik import ANTRE_DETIK  # after the folder of its figures is known

    tumpuk = ExitStack()
    request_id = _read_kepala(task, KEPALA_ID) or task_id.replace("-", "")
    tumpuk.enter_context(ikat(str(request_id)))
    _sekarang[task_id] = time.perf_counter(), tumpuk
    if dikirim := _read_kepala(task, KEPALA_DIKIRIM):
        ANTRE_DETIK.labels(task.name).observe(max(0.0, time.time() - float(dikirim)))


@signals.task_postrun.connect
def end_pekerjaan(task_id: str, task: Task[Any, Any], state: str | None, **_kwargs: Any) -> None:
    """One line and one figure a job; rounds that beat asks for and that go well are silent."""
    from sakip.common.metrik import PEKERJAAN_DETIK

    if task_id not in _sekarang:
        return
    mulai, tumpuk = _sekarang.pop(task_id)
    detik = time.perf_counter() - mulai
    hasil = (state or "UNKNOWN").lower()
    PEKERJAAN_DETIK.labels(task.name, hasil).observe(detik)
    rutin = state in _BERES and not _read_kepala(task, KEPALA_ID)
    pola, tingkat = "pekerjaan tugas=%s hasil=%s ms=%d", logging.DEBUG if rutin else logging.INFO
    logger.log(tingkat, pola, task.name, hasil, round(detik * 1000))
    tumpuk.close()


def _read_kepala(task: Task[Any, Any], nama: str) -> str | float | None:
    kepala: dict[str, str | float] = task.request.get("headers") or {}
    return kepala.get(nama) or task.request.get(nama)
