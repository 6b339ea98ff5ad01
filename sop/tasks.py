"""Jobs of SOPs."""

from celery import shared_task
from django.utils import timezone

from sop.services.impor import clean_unggahan


@shared_task(name="sop.buang_unggahan")
def buang_unggahan() -> None:
    """Let go of uploads whose time is over."""
    clean_unggahan(now=timezone.now())
