"""Jobs of performance figures: what Celery may be asked to do. Each takes ids only."""

from celery import shared_task
from django.utils import timezone

from kinerja.models import UnggahanCapaian, UnggahanRencana
from kinerja.services.antrean import clean_lama, sweep
from kinerja.services.impor_rencana import check_unggahan_rencana
from kinerja.services.unggahan import check_unggahan


@shared_task(name=UnggahanCapaian.TUGAS)
def periksa_unggahan(unggahan_id: int) -> None:
    """Check one uploaded workbook of figures."""
    check_unggahan(unggahan_id=unggahan_id)


@shared_task(name=UnggahanRencana.TUGAS)
def periksa_unggahan_rencana(unggahan_id: int) -> None:
    """Check one uploaded workbook of a plan."""
    check_unggahan_rencana(unggahan_id=unggahan_id)


@shared_task(name="kinerja.edarkan_unggahan")
def edarkan_unggahan() -> None:
    """Send lost and unsent uploads again."""
    now = timezone.now()
    for model in (UnggahanCapaian, UnggahanRencana):
        sweep(model, now=now)


@shared_task(name="kinerja.buang_unggahan")
def buang_unggahan() -> None:
    """Let go of uploads whose time is over."""
    now = timezone.now()
    for model in (UnggahanCapaian, UnggahanRencana):
        clean_lama(model, now=now)
