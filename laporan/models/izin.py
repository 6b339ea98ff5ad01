"""Reading one draft by name, from one day to another: the dated record of an exception."""

from datetime import date, datetime, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf, DrafUserPermission


class IzinBacaQuerySet(models.QuerySet["IzinBaca"]):
    """Grants by date."""

    def berlaku(self, pada: datetime | Now) -> Self:
        """Those that open their draft at the moment `pada` (start included, end excluded).

        The guardian row has to say the same person and the same draft: a grant that contradicts
        it opens nothing.
        """
        return self.filter(
            hak__user=F("pembaca"),
            hak__content_object=F("draf"),
            hak__permission__codename=Draf.HAK_BACA,
            mulai__lte=pada,
            selesai__gt=pada,
        )


class IzinBaca(models.Model):
    """One grant: who may read which draft, from when until when, why, and who gave or took it.

    The guardian row carries the permission, this row its dates. Neither opens anything without
    the other: a grant in force points at its guardian row, which cannot go while it does.
    """

    class Keadaan(models.TextChoices):
        BERLAKU = "berlaku", _("Berlaku")
        AKAN = "akan", _("Belum mulai")
        HABIS = "habis", _("Habis masa berlaku")
        DICABUT = "dicabut", _("Dicabut")

    draf = models.ForeignKey(
        Draf, on_delete=models.PROTECT, related_name="izin", verbose_name=_("laporan")
    )
    pembaca = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="izin_baca",
        verbose_name=_("pembaca"),
    )
    hak = models.ForeignKey(
        DrafUserPermission,
        on_delete=models.PROTECT,
        null=True,
        related_name="izin",
        verbose_name=_("baris hak"),
        help_text=_("Kosong sesudah dicabut."),
    )
    mulai = models.DateTimeField(_("terhitung mulai"))
    selesai = models.DateTimeField(_("sampai dengan"))
    alasan = models.CharField(_("alasan"), max_length=300)
    diberi_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diberi oleh"),
    )
    diberi_sebagai = models.CharField(_("diberi sebagai"), max_length=450)
    diberi_pada = models.DateTimeField(_("diberi pada"))
    dicabut_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("dicabut oleh"),
    )
    dicabut_pada = models.DateTimeField(_("dicabut pada"), null=True)

    objects = IzinBacaQuerySet.as_manager()

    class Meta:
        verbose_name = _("izin baca")
        verbose_name_plural = _("izin baca")
        ordering = ["-selesai", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai__gt=F("mulai")), name="laporan_izinbaca_rentang"
            ),
            models.CheckConstraint(condition=~Q(alasan=""), name="laporan_izinbaca_beralasan"),
            models.CheckConstraint(
                condition=Q(hak__isnull=False, dicabut_pada=None, dicabut_oleh=None)
                | Q(hak=None, dicabut_pada__isnull=False, dicabut_oleh__isnull=False),
                name="laporan_izinbaca_hak_atau_cabut",
            ),
            models.UniqueConstraint(
                fields=["pembaca", "draf", "mulai"],
                condition=Q(dicabut_pada=None),
                name="laporan_izinbaca_satu_kali",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pembaca_id}: {self.draf_id}, {self.mulai} - {self.selesai}"

    @property
    def hari_mulai(self) -> date:
        """First day on which it opens the draft, where the draft's office is."""
        return self.mulai.astimezone(self.draf.instansi.zona_waktu).date()

    @property
    def hari_terakhir(self) -> date:
        """Last day on which it opens the draft, there too; the end itself is excluded."""
        zona = self.draf.instansi.zona_waktu
        return (self.selesai - timedelta(microseconds=1)).astimezone(zona).date()

    def get_keadaan(self, pada: datetime) -> Keadaan:
        """How it stands at that moment."""
        if self.dicabut_pada is not None:
            return self.Keadaan.DICABUT
        if pada < self.mulai:
            return self.Keadaan.AKAN
        return self.Keadaan.BERLAKU if pada < self.selesai else self.Keadaan.HABIS
