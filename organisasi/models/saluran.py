"""How a person wants to be reached besides in the application."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisasi.models.pengguna import Pengguna

ponsel_sah = RegexValidator(
    r"^\+[1-9]\d{7,14}$", _("Tulis nomor dengan kode negara, contoh +6281234567890.")
)


class Saluran(models.Model):
    """Channels of one person, chosen by that person alone. Without a row: e-mail only.

    The number is personal data: shown to its owner, never logged.
    """

    pengguna = models.OneToOneField(
        Pengguna, on_delete=models.CASCADE, related_name="saluran", verbose_name=_("pengguna")
    )
    lewat_surel = models.BooleanField(_("lewat surel"), default=True)
    ponsel = models.CharField(_("nomor ponsel"), max_length=16, blank=True, validators=[ponsel_sah])
    lewat_pesan = models.BooleanField(_("lewat WhatsApp atau SMS"), default=False)

    class Meta:
        verbose_name = _("saluran")
        verbose_name_plural = _("saluran")
        constraints = [
            models.CheckConstraint(
                condition=Q(lewat_pesan=False) | ~Q(ponsel=""),
                name="organisasi_saluran_pesan_bernomor",
            )
        ]

    def __str__(self) -> str:
        return f"Saluran {self.pengguna_id}"
