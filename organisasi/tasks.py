"""Housekeeping jobs."""

from celery import shared_task
from django.core.management import call_command


@shared_task(name="organisasi.bersihkan_sesi")
def clear_sessions() -> None:
    """Delete expired sessions once a night."""
    call_command("clearsessions")
