"""Jobs of the report: what Celery may be asked to do. Each takes ids only."""

from celery import Task, shared_task
from django.conf import settings
from django.utils import timezone

from laporan.models import Efek, PaketLKE
from laporan.services.berkas_word import make_word
from laporan.services.dokumen import archive_dokumen, freeze_dokumen
from laporan.services.dokumen_surat import freeze_surat
from laporan.services.efek import (
    NAMA_TUGAS,
    MasihDikerjakan,
    Pengolah,
    run_efek,
    sweep_efek,
)
from laporan.services.gambar import sweep_gambar
from laporan.services.paket_lke import make_paket, sweep_paket
from laporan.services.pengingat import remind
from laporan.services.pengiriman import send_antrean
from laporan.services.tanda_tangan import discard_rahasia, give_back_tugas, sign_dokumen
from sakip.common.gerbang import build_gerbang

# What each kind of effect is: the one place that knows.
PENGOLAH: dict[str, Pengolah] = {
    Efek.Jenis.BEKUKAN: Pengolah(freeze_dokumen),
    Efek.Jenis.BEKUKAN_SURAT: Pengolah(freeze_surat),
    Efek.Jenis.TANDA_TANGAN: Pengolah(sign_dokumen, give_back_tugas),
    Efek.Jenis.ARSIP: Pengolah(archive_dokumen),
    Efek.Jenis.WORD: Pengolah(make_word),
}


@shared_task(name=NAMA_TUGAS, bind=True, max_retries=None)
def jalankan_efek(self: "Task[[int], None]", efek_id: int) -> None:
    """Carry out one effect; comes back later while another worker holds it.

    Returning instead would acknowledge the message and lose the job with that worker.
    """
    try:
        run_efek(efek_id, pengolah=PENGOLAH, jam=timezone.now)
    except MasihDikerjakan as masih:
        raise self.retry(countdown=masih.tunggu) from None


@shared_task(name="laporan.edarkan_efek")
def edarkan_efek() -> None:
    """Send lost and unsent effects again."""
    sweep_efek(now=timezone.now())


@shared_task(name="laporan.buang_rahasia_basi")
def buang_rahasia_basi() -> None:
    """Delete passphrases nobody came for."""
    discard_rahasia(now=timezone.now())


@shared_task(name="laporan.buang_gambar")
def buang_gambar() -> None:
    """Let go of pictures that no text shows."""
    sweep_gambar(now=timezone.now())


@shared_task(name="laporan.ingatkan")
def ingatkan() -> None:
    """Write the reminders that are due."""
    remind(now=timezone.now())


@shared_task(name="laporan.kirim_pemberitahuan")
def kirim_pemberitahuan() -> None:
    """Send what the outbox of notices holds."""
    send_antrean(gerbang=build_gerbang(settings), jam=timezone.now)


@shared_task(name=PaketLKE.TUGAS)
def susun_paket_lke(paket_id: int) -> None:
    """Make one package of evidence."""
    make_paket(paket_id=paket_id, now=timezone.now())


@shared_task(name="laporan.edarkan_paket_lke")
def edarkan_paket_lke() -> None:
    """Send lost packages again, and let go of old ones."""
    sweep_paket(now=timezone.now())
