"""Jobs of performance figures: what Celery may be asked to do. Each takes ids only."""

from celery import shared_task
from django.utils import timezone

from kinerja.services.unggahan import NAMA_TUGAS, check_unggahan, sweep_unggahan


@shared_task(name=NAMA_TUGAS)
def periksa_unggahan(unggahan_id: int) -> None:
    """Check one uploaded workbook."""
    check_unggahan(unggahan_id=unggahan_id)


@shared_task(name="kinerja.edarkan_unggahan")
def edarkan_unggahan() -> None:
    """Send lost and unsent uploads again."""
    sweep_unggahan(now=timezone.now())
