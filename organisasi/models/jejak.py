"""The audit trail: append-only rows, one hash chain per thing that acts happen to."""

import hashlib
import json
from typing import Any, NoReturn

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class Berjejak(models.Model):
    """A thing with a trail of its own. It holds the head of its chain, so that a cut tail shows."""

    jejak_urut = models.PositiveIntegerField(_("nomor jejak terakhir"), default=0, editable=False)
    jejak_sidik = models.CharField(
        _("sidik jejak terakhir"), max_length=64, blank=True, editable=False
    )

    class Meta:
        abstract = True


class JejakQuerySet(models.QuerySet["Jejak"]):
    """Reads only: the trail grows, it never changes."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("Jejak is append-only")

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("Jejak is append-only")


class Jejak(models.Model):
    """One act: who, as what, on which thing, when, with what outcome.

    Written in the act's transaction.
    """

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT)
    object_id = models.PositiveBigIntegerField()
    objek = GenericForeignKey()
    objek_nama = models.CharField(_("nama objek"), max_length=300)
    urut = models.PositiveIntegerField(_("urut"))
    waktu = models.DateTimeField(_("waktu"))
    aksi = models.CharField(_("aksi"), max_length=80)
    aktor = models.ForeignKey(
        "organisasi.Pengguna",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("pelaku"),
    )
    aktor_nama = models.CharField(_("nama pelaku"), max_length=200, blank=True)
    sebagai = models.CharField(_("bertindak sebagai"), max_length=250, blank=True)
    data = models.JSONField(_("rincian"), default=dict, encoder=DjangoJSONEncoder)
    kunci = models.CharField(_("kunci formulir"), max_length=64, null=True, unique=True)  # noqa: DJ001 - null is "none", so that unique holds
    request_id = models.CharField(max_length=32, blank=True)
    sebelum = models.CharField(_("sidik sebelumnya"), max_length=64, blank=True)
    sidik = models.CharField(_("sidik"), max_length=64)

    objects = JejakQuerySet.as_manager()

    class Meta:
        verbose_name = _("jejak audit")
        verbose_name_plural = _("jejak audit")
        ordering = ["content_type", "object_id", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "urut"], name="organisasi_jejak_urut_unik"
            )
        ]

    def __str__(self) -> str:
        return f"{self.objek_nama} #{self.urut} {self.aksi}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("Jejak is append-only")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("Jejak is append-only")

    def compute_sidik(self) -> str:
        """SHA-256 over the previous fingerprint and every fact of this row."""
        fakta = [
            self.sebelum,
            self.content_type_id,
            self.object_id,
            self.objek_nama,
            self.urut,
            self.waktu.isoformat(),
            self.aksi,
            self.aktor_id,
            self.aktor_nama,
            self.sebagai,
            self.data,
            self.request_id,
        ]
        teks = json.dumps(fakta, sort_keys=True, ensure_ascii=False, cls=DjangoJSONEncoder)
        return hashlib.sha256(teks.encode()).hexdigest()
