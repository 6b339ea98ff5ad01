"""Who has the text of a turn open for writing: one person at a time."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laporan.models.tugas import Tugas


class PenyuntingNaskah(models.Model):
    """The one who writes under a turn; others of the same post read until they take over."""

    tugas = models.OneToOneField(Tugas, on_delete=models.PROTECT, related_name="penyunting")
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("penyunting"),
    )
    sebutan = models.CharField(_("sebagai"), max_length=450)
    sejak = models.DateTimeField(_("sejak"))
    terakhir = models.DateTimeField(
        _("terakhir terlihat"), help_text=_("Saat terakhir halamannya terbuka atau menyimpan.")
    )

    class Meta:
        verbose_name = _("penyunting naskah")
        verbose_name_plural = _("penyunting naskah")

    def __str__(self) -> str:
        return f"{self.pengguna}: {self.tugas_id}"
