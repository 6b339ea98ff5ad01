"""The figures behind a composed realisasi."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from kinerja.models.capaian import Capaian
from kinerja.models.rencana import KomponenIndikator


class KomponenCapaian(models.Model):
    """One figure behind a composed realisasi; its definition is that of the form's opening."""

    capaian = models.ForeignKey(
        Capaian, on_delete=models.PROTECT, related_name="komponen", verbose_name=_("capaian")
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    nama = models.CharField(_("nama"), max_length=200)
    peran = models.CharField(_("peran"), max_length=9, choices=KomponenIndikator.Peran)
    bobot = models.DecimalField(_("bobot"), max_digits=10, decimal_places=4, default=Decimal(1))
    nilai = models.DecimalField(_("nilai"), max_digits=20, decimal_places=6, null=True, blank=True)

    class Meta:
        verbose_name = _("komponen capaian")
        verbose_name_plural = _("komponen capaian")
        ordering = ["capaian_id", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["capaian", "urutan"], name="kinerja_komponen_capaian_unik"
            )
        ]

    def __str__(self) -> str:
        return self.nama
