"""A package of evidence for the evaluation: promised, made by a worker, kept for a while."""

from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisasi.models import Instansi
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class IsiPaket(NamedTuple):
    """What was written: where it lies, its fingerprint, bytes, and how many files it holds."""

    berkas: str
    sha256: str
    ukuran: int
    banyak_berkas: int


class PaketLKE(StatusTerjaga):
    """One ZIP of the records of an office and year, by criterion.

    Sumber: EVALUASI-AKIP in docs/regulasi.md
    """

    class Status(models.TextChoices):
        ANTRE = "antre", _("Sedang disiapkan")
        SELESAI = "selesai", _("Siap diunduh")
        GAGAL = "gagal", _("Gagal")

    TUGAS = "laporan.susun_paket_lke"
    MAKS_PERCOBAAN = 3

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="paket_lke")
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    status = StatusField(
        _("status"), default=Status.ANTRE, choices=Status.choices, protected=True, max_length=8
    )
    berkas = models.CharField(_("berkas"), max_length=200, blank=True)
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64, blank=True)
    ukuran = models.PositiveBigIntegerField(_("ukuran (byte)"), default=0)
    banyak_berkas = models.PositiveIntegerField(_("banyak berkas"), default=0)
    percobaan = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    galat = models.TextField(_("sebab gagal"), blank=True)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diminta oleh"),
    )
    dibuat_pada = models.DateTimeField(_("diminta pada"))
    dikirim_pada = models.DateTimeField(_("dikirim pada"), null=True)
    selesai_pada = models.DateTimeField(_("selesai pada"), null=True)

    class Meta:
        verbose_name = _("paket bukti LKE")
        verbose_name_plural = _("paket bukti LKE")
        ordering = ["instansi_id", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["antre", "selesai", "gagal"]),
                name="laporan_paket_status_dikenal",
            ),
            models.UniqueConstraint(
                fields=["instansi", "tahun"],
                condition=Q(status="antre"),
                name="laporan_paket_satu_antre",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instansi}, {self.tahun}"

    @transition(field=status, source=Status.ANTRE, target=Status.SELESAI, permission=by_service)
    def complete(self, *, isi: IsiPaket, now: datetime) -> None:
        """It is there."""
        self.berkas, self.sha256, self.ukuran, self.banyak_berkas = isi
        self.selesai_pada = now

    @transition(field=status, source=Status.ANTRE, target=Status.GAGAL, permission=by_service)
    def fail(self, *, galat: str, now: datetime) -> None:
        """It could not be made, and `galat` says why."""
        self.galat, self.selesai_pada = galat, now
