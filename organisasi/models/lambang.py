"""The emblem in the letterhead of an office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisasi.models.instansi import Instansi


class Lambang(models.Model):
    """A picture of one office, drawn anew by us as PNG; apart, so that no list reads it."""

    instansi = models.OneToOneField(
        Instansi, on_delete=models.CASCADE, related_name="lambang", verbose_name=_("instansi")
    )
    isi = models.BinaryField(_("isi"))
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    diubah_pada = models.DateTimeField(_("diubah pada"))

    class Meta:
        verbose_name = _("lambang")
        verbose_name_plural = _("lambang")

    def __str__(self) -> str:
        return f"{self.instansi_id} {self.sha256[:12]}"
