"""Deadlines that a superior moved to a later moment."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from laporan.models.tugas import Tugas
from organisasi.models import Penugasan


class PerpanjanganQuerySet(models.QuerySet["Perpanjangan"]):
    """Reads only: what was granted stays on record."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("Perpanjangan is append-only")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("Perpanjangan is append-only")


class Perpanjangan(models.Model):
    """One extension of one turn's deadline: from when to when, by whom, and why."""

    tugas = models.ForeignKey(Tugas, on_delete=models.PROTECT, related_name="perpanjangan")
    tenggat_lama = models.DateTimeField(_("tenggat lama"))
    tenggat_baru = models.DateTimeField(_("tenggat baru"))
    alasan = models.TextField(_("alasan"))
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("oleh"),
    )
    sebagai = models.ForeignKey(Penugasan, on_delete=models.PROTECT, related_name="+")
    pelaku_nama = models.CharField(_("nama pelaku"), max_length=150)
    pelaku_sebutan = models.CharField(_("jabatan pelaku"), max_length=450)
    pada = models.DateTimeField(_("pada"))

    objects = PerpanjanganQuerySet.as_manager()

    class Meta:
        verbose_name = _("perpanjangan tenggat")
        verbose_name_plural = _("perpanjangan tenggat")
        ordering = ["tugas_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(tenggat_baru__gt=F("tenggat_lama")),
                name="laporan_perpanjangan_lebih_lama",
            ),
            models.CheckConstraint(condition=~Q(alasan=""), name="laporan_perpanjangan_beralasan"),
        ]

    def __str__(self) -> str:
        return f"{self.tugas_id}: {self.tenggat_lama} -> {self.tenggat_baru}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("Perpanjangan is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("Perpanjangan is append-only")
