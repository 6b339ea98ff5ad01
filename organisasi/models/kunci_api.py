"""Keys by which other systems read the figures of one office."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisasi.models.instansi import Instansi


class KunciApi(models.Model):
    """One key. Only its fingerprint is kept: whoever lost the key gets a new one."""

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="kunci_api", verbose_name=_("instansi")
    )
    nama = models.CharField(_("dipakai oleh"), max_length=120)
    awalan = models.CharField(_("awalan"), max_length=12, unique=True)
    sidik = models.CharField(_("sidik"), max_length=64)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    berlaku_sampai = models.DateField(_("berlaku sampai"))
    dicabut_pada = models.DateTimeField(_("dicabut pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("kunci API")
        verbose_name_plural = _("kunci API")
        ordering = ["-dibuat_pada"]

    def __str__(self) -> str:
        return f"{self.nama} ({self.awalan}…)"

    def is_berlaku(self, pada: datetime) -> bool:
        """Whether it opens anything at that moment; its last day counts whole."""
        hari = pada.astimezone(self.instansi.zona_waktu).date()
        return self.dicabut_pada is None and hari <= self.berlaku_sampai
