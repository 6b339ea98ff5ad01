"""What actors record at a step: kept with the visit, sealed when the visit ends."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf
from laporan.models.tugas import Kunjungan


class CatatanLangkah(models.Model):
    """Base of the record of one visit. Once sealed it never changes: rework writes a new one."""

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="+")
    kunjungan = models.OneToOneField(Kunjungan, on_delete=models.PROTECT, related_name="%(class)s")
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    ditutup_pada = models.DateTimeField(_("ditutup pada"), null=True)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Refused once sealed."""
        tersimpan = type(self)._default_manager.filter(pk=self.pk)
        if tersimpan.filter(ditutup_pada__isnull=False).exists():
            raise TypeError("a sealed record never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("a record is never deleted")


class Berpenanda(models.Model):
    """Base of a letter: who signs it, as the letter prints it."""

    penanda_nama = models.CharField(_("nama penanda tangan"), max_length=150)
    penanda_jabatan = models.CharField(_("jabatan penanda tangan"), max_length=450)
    penanda_pangkat = models.CharField(_("pangkat penanda tangan"), max_length=100, blank=True)
    penanda_nip = models.CharField(_("NIP penanda tangan"), max_length=18, blank=True)

    class Meta:
        abstract = True
