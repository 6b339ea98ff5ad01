"""Pictures in the text of a report: uploaded once, never changed, referred to by their uuid."""

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf

AKHIRAN = {"image/jpeg": ".jpg", "image/png": ".png"}


def make_nama_gambar(gambar: "GambarNaskah", _nama: str) -> str:
    """A folder of the draft, the uuid as name; what the file was called stays with its owner."""
    return f"gambar/{gambar.draf_id}/{gambar.uuid}{AKHIRAN[gambar.jenis]}"


class GambarNaskah(models.Model):
    """One picture of one draft, as we encoded it. Versions of the text refer to it for ever."""

    uuid = models.UUIDField(_("kode"), unique=True, default=uuid.uuid4, editable=False)
    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="gambar")
    berkas = models.FileField(_("berkas"), upload_to=make_nama_gambar, max_length=200)
    sidik = models.CharField(_("sidik"), max_length=64, help_text=_("SHA-256 berkas tersimpan."))
    ukuran = models.PositiveIntegerField(_("ukuran (bita)"))
    jenis = models.CharField(_("jenis isi"), max_length=20)
    lebar = models.PositiveSmallIntegerField(_("lebar (piksel)"))
    tinggi = models.PositiveSmallIntegerField(_("tinggi (piksel)"))
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    pada = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("gambar naskah")
        verbose_name_plural = _("gambar naskah")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draf", "sidik"], name="laporan_gambar_tak_ganda"),
            models.CheckConstraint(
                condition=Q(jenis__in=["image/jpeg", "image/png"]),
                name="laporan_gambar_jenis_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(ukuran__gt=0, lebar__gt=0, tinggi__gt=0), name="laporan_gambar_berisi"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.uuid} ({self.lebar} × {self.tinggi})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("GambarNaskah never changes")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where it is shown, and how the text names it."""
        return reverse("laporan:view-gambar", args=[self.uuid])

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: a frozen version may show it. `sweep_gambar` looks first."""
        raise TypeError("GambarNaskah never changes")
