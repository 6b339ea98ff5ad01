"""Passkeys: a second factor, or both at once, that no page of a swindler can ask for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class KunciSandi(models.Model):
    """One passkey of one account: the public part. What signs never leaves the device."""

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kunci_sandi"
    )
    nama = models.CharField(
        _("nama"), max_length=60, help_text=_("Supaya Anda mengenalinya, misalnya: ponsel dinas.")
    )
    # Longest name of a passkey: 1,023 bytes, here in base64.
    pengenal = models.CharField(_("pengenal"), max_length=1_364, unique=True)
    data = models.BinaryField(_("kunci publik"))
    hitungan = models.BigIntegerField(
        _("hitungan"), help_text=_("Berapa kali kunci ini menandatangani, menurut perangkatnya.")
    )
    dibuat_pada = models.DateTimeField(_("dipasang pada"))
    dipakai_pada = models.DateTimeField(_("terakhir dipakai"), null=True)

    class Meta:
        verbose_name = _("kunci sandi")
        verbose_name_plural = _("kunci sandi")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.nama
