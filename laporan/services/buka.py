"""Noting when a turn was first opened by its holder: waiting ends there, handling begins."""

from datetime import datetime

from laporan.models import Tugas


def mark_dibuka(tugas: Tugas, *, now: datetime) -> None:
    """Once, and only while the turn is open. One update at the first opening, nothing after it.

    No trail: looking is no act, and who looked is not kept.
    """
    if tugas.dibuka_pada is not None or tugas.status != Tugas.Status.AKTIF:
        return
    belum = Tugas.objects.filter(pk=tugas.pk, dibuka_pada=None, status=Tugas.Status.AKTIF)
    if belum.update(dibuka_pada=now):
        tugas.dibuka_pada = now
