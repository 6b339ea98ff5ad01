"""Jobs of the organisation: housekeeping, and letters about accounts."""

from celery import shared_task
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from organisasi.services.kepala_jejak import note_kepala
from organisasi.services.surat_akun import discard_surat, send_surat
from sakip.common.gerbang import build_gerbang
from sakip.common.pdf_singgahan import prune


@shared_task(name="organisasi.bersihkan_sesi")
def clear_sessions() -> None:
    """Delete expired sessions, PDFs kept for convenience, and old letters, once a night."""
    call_command("clearsessions")
    prune(now=timezone.now())
    discard_surat(now=timezone.now())


@shared_task(name="organisasi.kirim_surat_akun")
def kirim_surat_akun() -> None:
    """Send the letters about accounts that are due."""
    send_surat(gerbang=build_gerbang(settings).get("surel"), jam=timezone.now)


@shared_task(name="organisasi.catat_kepala_jejak")
def catat_kepala_jejak() -> None:
    """Note the heads of all audit chains outside of the database, once a night."""
    note_kepala(settings.JEJAK_DIR, now=timezone.now())
