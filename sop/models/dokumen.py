"""The printed SOP: bytes that are kept from the first time somebody asks for them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from sop.models.sop import VersiSOP


class DokumenSOP(models.Model):
    """Frozen bytes of one published version on one size of paper. They are never rendered again."""

    class Kertas(models.TextChoices):
        A4 = "a4", _("A4")
        F4 = "f4", _("F4")

    versi = models.ForeignKey(
        VersiSOP, on_delete=models.PROTECT, related_name="dokumen", verbose_name=_("versi")
    )
    kertas = models.CharField(_("kertas"), max_length=2, choices=Kertas)
    berkas = models.CharField(
        _("berkas"), max_length=200, unique=True, help_text=_("Relatif terhadap MEDIA_ROOT.")
    )
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    ukuran = models.PositiveIntegerField(_("ukuran (byte)"))
    halaman = models.PositiveSmallIntegerField(_("jumlah halaman"))
    dibekukan_pada = models.DateTimeField(_("dibekukan pada"))

    class Meta:
        verbose_name = _("dokumen SOP")
        verbose_name_plural = _("dokumen SOP")
        ordering = ["versi", "kertas"]
        constraints = [
            models.UniqueConstraint(fields=["versi", "kertas"], name="sop_dokumen_sekali"),
            models.CheckConstraint(
                condition=models.Q(kertas__in=["a4", "f4"]), name="sop_dokumen_kertas_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.versi_id} {self.kertas}: {self.sha256[:12]}"
