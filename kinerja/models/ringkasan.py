"""What the rows of a form handed in come to, kept so that a government need not add up each one."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.formulir import FormulirCapaian
from kinerja.rules.ringkasan import Ringkasan


class RingkasanCapaian(models.Model):
    """Sum of the percentages of one form, written when it is handed in.

    A trigger removes it as soon as a figure behind it changes, however that is done; whoever reads
    then adds the rows up himself. It can be missing, it cannot be wrong.
    """

    formulir = models.OneToOneField(
        FormulirCapaian,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="ringkasan",
        verbose_name=_("formulir"),
    )
    jumlah = models.TextField(
        _("jumlah persentase"), help_text=_("Desimal dengan titik; tiap angka disimpan.")
    )
    banyak = models.PositiveIntegerField(_("indikator yang terhitung"))
    tak_terhitung = models.PositiveIntegerField(_("indikator yang tidak terhitung"))

    class Meta:
        verbose_name = _("ringkasan capaian")
        verbose_name_plural = _("ringkasan capaian")
        constraints = [
            models.CheckConstraint(
                condition=Q(banyak__gt=0) | Q(jumlah="0"), name="kinerja_ringkasan_tanpa_baris_nol"
            )
        ]

    def __str__(self) -> str:
        return f"Ringkasan formulir {self.pk}"

    @property
    def nilai(self) -> Ringkasan:
        """As the rules know it."""
        return Ringkasan(Decimal(self.jumlah), self.banyak, self.tak_terhitung)
