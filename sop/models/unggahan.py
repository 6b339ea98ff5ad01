"""An uploaded SOP on its way to becoming a konsep."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisasi.models import Instansi


class UnggahanSOP(models.Model):
    """A file kept as uploaded until somebody writes it as a konsep or discards it.

    peta: names of posts in the file to kode of posts of the office, as chosen so far.
    """

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi")
    )
    pengunggah = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("pengunggah"),
    )
    nama_berkas = models.CharField(_("nama berkas"), max_length=150)
    isi = models.BinaryField(_("isi"))
    peta = models.JSONField(_("padanan jabatan"), default=dict, blank=True)
    diunggah_pada = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("unggahan SOP")
        verbose_name_plural = _("unggahan SOP")
        ordering = ["-diunggah_pada", "-pk"]

    def __str__(self) -> str:
        return self.nama_berkas
