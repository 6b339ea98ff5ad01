"""Sending what the outbox promises: claimed by one worker, sent outside of any transaction.

A worker that dies after sending leaves the row to the next one, who sends again with the same key.
"""

import logging
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from laporan.models import Draf, Pemberitahuan, Pengiriman, Tugas
from laporan.rules.pengingat import delay_ulang
from organisasi.models import Instansi, Pengguna, Penugasan
from organisasi.selectors import get_kalender, list_saluran
from organisasi.services.kelola import open_kelola
from sakip.common.errors import TransisiDitolak
from sakip.common.gerbang import Gerbang, Hasil, Nasib
from sakip.common.waktu import Kalender

logger = logging.getLogger(__name__)

Jam = Callable[[], datetime]
# Longer than the slowest gateway may take.
_SEWA = timedelta(minutes=2)
_SEKALI = 100
# News about a turn that is over is no news.
_TENTANG_TUGAS = frozenset({"giliran", "kembali", "segera", "tenggat", "atasan", "diperpanjang"})


def send_antrean(*, gerbang: Mapping[str, Gerbang], jam: Jam) -> int:
    """Send what is due, a hundred at most; how many were handed over."""
    terbuka = [Pengiriman.Status.ANTRE, Pengiriman.Status.JALAN]
    daftar = Pengiriman.objects.filter(status__in=terbuka, jadwal__lte=jam())
    kalender: dict[int, Kalender] = {}
    jumlah = 0
    for pk in list(daftar.order_by("jadwal", "pk").values_list("pk", flat=True)[:_SEKALI]):
        kiriman = _claim(pk, kalender, gerbang, jam())
        if kiriman is not None:
            jumlah += _send(kiriman, gerbang[kiriman.saluran], jam)
    return jumlah


def _claim(
    pk: int, kalender: dict[int, Kalender], gerbang: Mapping[str, Gerbang], now: datetime
) -> Pengiriman | None:
    """Take one row; None where it is taken, not due, or nobody needs it any more."""
    with transaction.atomic():
        lewati = connection.features.has_select_for_update_skip_locked
        kiriman = (
            Pengiriman.objects.select_for_update(of=("self",), skip_locked=lewati)
            .select_related("pemberitahuan__draf__instansi", "pemberitahuan__pengguna")
            .filter(pk=pk, jadwal__lte=now)
            .exclude(status__in=["terkirim", "gugur", "gagal"])
            .first()
        )
        if kiriman is None:
            return None
        if not _is_perlu(kiriman.pemberitahuan, now) or not _find_tujuan(kiriman):
            kiriman.drop(now=now)
            kiriman.save()
            return None
        buka = _get_kalender(kiriman.pemberitahuan.draf.instansi, kalender, now).mulai_kerja(now)
        if buka > now or kiriman.saluran not in gerbang:
            kiriman.jadwal = max(buka, now + _SEWA)
            kiriman.save(update_fields=["jadwal"])
            return None
        kiriman.claim(token=secrets.token_hex(16), sewa_sampai=now + _SEWA)
        kiriman.save()
        return kiriman


def _is_perlu(kabar: Pemberitahuan, now: datetime) -> bool:
    """Whether the news is still news to that person: the turn waits, and waits for him."""
    if kabar.jenis not in _TENTANG_TUGAS:
        return True
    tugas = Tugas.objects.filter(
        pk=kabar.tugas_id or 0, status=Tugas.Status.AKTIF, draf__status__in=Draf.AKTIF
    ).first()
    if tugas is None or kabar.jenis == Pemberitahuan.Jenis.ATASAN:
        return tugas is not None
    mandat = Penugasan.objects.berlaku(now).filter(pengguna=kabar.pengguna_id)
    return any(p.covers(tugas.jabatan_id, tugas.unit_id) for p in mandat)


def _find_tujuan(kiriman: Pengiriman) -> str:
    """Address or number; empty where the person switched the channel off or the account ended."""
    orang = kiriman.pemberitahuan.pengguna
    saluran = list_saluran([orang.pk])[orang.pk]
    if not orang.is_active:
        return ""
    if kiriman.saluran == Pengiriman.Saluran.SUREL:
        return orang.surel if saluran.lewat_surel else ""
    return saluran.ponsel if saluran.lewat_pesan else ""


def _get_kalender(instansi: Instansi, ada: dict[int, Kalender], now: datetime) -> Kalender:
    if instansi.pk not in ada:
        ada[instansi.pk] = get_kalender(instansi, sekitar=now.date())
    return ada[instansi.pk]


def _send(kiriman: Pengiriman, gerbang: Gerbang, jam: Jam) -> bool:
    """Hand one message over and note what became of it."""
    kabar = kiriman.pemberitahuan
    jalur = reverse("laporan:view-draf", args=[kabar.draf_id])
    teks = f"{kabar.teks}\n\n{_('Buka:')} {settings.ALAMAT_PUBLIK}{jalur}\n"
    hasil = gerbang.kirim(_find_tujuan(kiriman), teks, kiriman.kunci)
    now = jam()
    with transaction.atomic():
        baris = Pengiriman.objects.select_for_update().get(pk=kiriman.pk)
        if baris.token != kiriman.token or baris.status != Pengiriman.Status.JALAN:
            return False  # taken over meanwhile; the same key tells the other side
        _settle(baris, hasil, now)
        baris.save()
    return hasil.nasib == Nasib.TERKIRIM


def _settle(baris: Pengiriman, hasil: Hasil, now: datetime) -> None:
    if hasil.nasib == Nasib.TERKIRIM:
        baris.complete(now=now)
    elif hasil.nasib == Nasib.DITOLAK or baris.percobaan >= Pengiriman.MAKS_PERCOBAAN:
        baris.fail(galat=hasil.sebab[:300], now=now)
        logger.warning("pengiriman_gagal pengiriman=%s saluran=%s", baris.pk, baris.saluran)
    else:
        tunggu = max(delay_ulang(baris.percobaan), hasil.tunggu)
        baris.postpone(jadwal=now + timedelta(seconds=tunggu), galat=hasil.sebab[:300])


@transaction.atomic
def retry_pengiriman(
    *, pengiriman_id: int, instansi_id: int, aktor: Pengguna, now: datetime
) -> None:
    """Put a delivery that was given up back into the outbox.

    Raises:
        AksesDitolak: `aktor` does not configure the office (HTTP 403).
        TransisiDitolak: it has not failed (HTTP 409).
    """
    kelola = open_kelola(instansi_id=instansi_id, aktor=aktor, now=now)
    baris = Pengiriman.objects.select_for_update(of=("self",)).get(
        pk=pengiriman_id, pemberitahuan__draf__instansi=instansi_id
    )
    if baris.status != Pengiriman.Status.GAGAL:
        raise TransisiDitolak(_("Pengiriman ini tidak sedang gagal. Muat ulang halaman."))
    baris.retry(now=now)
    baris.save()
    kelola.record("laporan.pengiriman.ulangi", pengiriman=baris.pk, saluran=baris.saluran)
