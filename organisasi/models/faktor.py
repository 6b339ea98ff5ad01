"""What a person shows besides the password: an authenticator app, and codes for when it is lost."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Faktor(models.Model):
    """The authenticator app of one account. Its key is stored encrypted, and shown only once."""

    pengguna = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="faktor"
    )
    kunci = models.BinaryField(_("kunci, tersandi"))
    langkah = models.BigIntegerField(
        _("kode terakhir"), default=0, help_text=_("Kode yang sama tidak berlaku dua kali.")
    )
    dibuat_pada = models.DateTimeField(_("dipasang pada"))
    dipakai_pada = models.DateTimeField(_("terakhir dipakai"), null=True)

    class Meta:
        verbose_name = _("faktor kedua")
        verbose_name_plural = _("faktor kedua")

    def __str__(self) -> str:
        return f"Faktor {self.pengguna_id}"


class KodePulih(models.Model):
    """One recovery code, good for one sign-in. Only its fingerprint is kept."""

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kode_pulih"
    )
    sidik = models.CharField(_("sidik"), max_length=64)
    dipakai_pada = models.DateTimeField(_("dipakai pada"), null=True)

    class Meta:
        verbose_name = _("kode pemulihan")
        verbose_name_plural = _("kode pemulihan")
        constraints = [
            models.UniqueConstraint(
                fields=["pengguna", "sidik"], name="organisasi_kodepulih_sidik_unik"
            )
        ]

    def __str__(self) -> str:
        return f"Kode pemulihan {self.pengguna_id}"
