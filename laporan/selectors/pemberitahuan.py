"""Notices of a person, and deliveries of an office that were given up."""

from django.db.models import QuerySet

from laporan.models import Pemberitahuan, Pengiriman
from organisasi.models import Instansi, Pengguna

_MAKS_HITUNG = 99


def count_baru(pengguna: Pengguna) -> int:
    """Unread notices, capped for the bell. One query."""
    baru = Pemberitahuan.objects.filter(pengguna=pengguna.pk, dibaca_pada=None)
    return baru[:_MAKS_HITUNG].count()


def list_pemberitahuan(pengguna: Pengguna) -> QuerySet[Pemberitahuan]:
    """Notices of the person, newest first."""
    return Pemberitahuan.objects.filter(pengguna=pengguna.pk).order_by("-pk")


def list_gagal(instansi: Instansi) -> QuerySet[Pengiriman]:
    """Deliveries about drafts of the office that were given up, newest first."""
    daftar = Pengiriman.objects.filter(
        status=Pengiriman.Status.GAGAL, pemberitahuan__draf__instansi=instansi
    )
    return daftar.select_related("pemberitahuan__pengguna").order_by("-pk")
