"""The report as a Word file: for those who must edit or copy it, never the document itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.naskah import VersiNaskah


class BerkasWord(models.Model):
    """One Word file of one version, with the words across its pages that say it is no document."""

    class Cap(models.TextChoices):
        KONSEP = "konsep", _("KONSEP")
        SALINAN = "salinan", _("SALINAN TIDAK BERTANDA TANGAN")

    versi_naskah = models.ForeignKey(
        VersiNaskah, on_delete=models.PROTECT, related_name="berkas_word"
    )
    cap = models.CharField(_("cap"), max_length=8, choices=Cap)
    berkas = models.CharField(_("berkas"), max_length=200, unique=True)
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    ukuran = models.PositiveIntegerField(_("ukuran (byte)"))
    dibuat_pada = models.DateTimeField(_("dibuat pada"))

    class Meta:
        verbose_name = _("berkas Word")
        verbose_name_plural = _("berkas Word")
        ordering = ["versi_naskah_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["versi_naskah", "cap"], name="laporan_word_tak_ganda"),
            models.CheckConstraint(
                condition=Q(cap__in=["konsep", "salinan"]), name="laporan_word_cap_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.versi_naskah} ({self.get_cap_display()})"
