"""Who holds which post, since when, until when, and on what basis."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisasi.models.instansi import Jabatan, UnitKerja
from organisasi.models.pengguna import Pengguna
from organisasi.rules.penugasan import Masa


class PenugasanQuerySet(models.QuerySet["Penugasan"]):
    """Mandates by date."""

    def berlaku(self, pada: datetime) -> Self:
        """Those in force at the moment `pada` (start included, end excluded)."""
        return self.filter(Q(selesai=None) | Q(selesai__gt=pada), mulai__lte=pada)


class Penugasan(models.Model):
    """A dated mandate. Authority is asked of it at the moment of the act, never of group
    membership.
    """

    class Jenis(models.TextChoices):
        DEFINITIF = "definitif", _("Definitif")
        PLT = "plt", _("Plt.")
        PLH = "plh", _("Plh.")
        DELEGASI = "delegasi", _("Delegasi")

    pengguna = models.ForeignKey(
        Pengguna, on_delete=models.PROTECT, related_name="penugasan", verbose_name=_("pengguna")
    )
    jabatan = models.ForeignKey(
        Jabatan, on_delete=models.PROTECT, related_name="penugasan", verbose_name=_("jabatan")
    )
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="penugasan",
        verbose_name=_("unit kerja"),
        help_text=_("Kosong berarti mencakup semua unit instansi."),
    )
    jenis = models.CharField(_("jenis"), max_length=10, choices=Jenis, default=Jenis.DEFINITIF)
    mulai = models.DateTimeField(_("terhitung mulai"))
    selesai = models.DateTimeField(_("sampai dengan"), null=True, blank=True)
    dasar = models.CharField(
        _("dasar"), max_length=200, blank=True, help_text=_("Nomor SK atau surat perintah.")
    )

    objects = PenugasanQuerySet.as_manager()

    class Meta:
        verbose_name = _("penugasan")
        verbose_name_plural = _("penugasan")
        ordering = ["jenis", "-mulai", "pk"]
        indexes = [models.Index(fields=["pengguna", "jabatan"], name="organisasi_penugasan_siapa")]
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis__in=["definitif", "plt", "plh", "delegasi"]),
                name="organisasi_penugasan_jenis",
            ),
            models.CheckConstraint(
                condition=Q(selesai=None) | Q(selesai__gt=F("mulai")),
                name="organisasi_penugasan_rentang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pengguna}, {self.sebutan}"

    @property
    def sebutan(self) -> str:
        """Title as a document prints it: "Plh. Kepala Dinas", "Staf (Bidang P2P)"."""
        depan = (
            f"{self.get_jenis_display()} " if self.jenis in (self.Jenis.PLT, self.Jenis.PLH) else ""
        )
        return f"{depan}{self.jabatan.nama}{f' ({self.unit.nama})' if self.unit else ''}"

    @property
    def is_pengganti(self) -> bool:
        """Whether the holder acts for another (Plt., Plh., delegation)."""
        return self.jenis != self.Jenis.DEFINITIF

    @property
    def hari_terakhir(self) -> date | None:
        """Last day on which it holds, in the active zone; the end itself is excluded."""
        if self.selesai is None:
            return None
        return timezone.localtime(self.selesai - timedelta(microseconds=1)).date()

    @property
    def masa(self) -> Masa:
        """The same for the rules."""
        return Masa(
            self.pengguna_id, self.jabatan_id, self.unit_id, self.jenis, self.mulai, self.selesai
        )

    def covers(self, jabatan_id: int, unit_id: int | None) -> bool:
        """Whether this mandate is for that post and, where the task has a unit, for that unit."""
        return self.jabatan_id == jabatan_id and (
            self.unit_id is None or unit_id in (None, self.unit_id)
        )
