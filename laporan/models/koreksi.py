"""Correcting: notes on the text of a version, and who has read which version."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf
from laporan.models.naskah import VersiNaskah
from organisasi.models import Penugasan
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class CatatanKoreksi(StatusTerjaga):
    """One remark of an examiner, hung on a block, a row of figures or a whole part.

    It outlives the words it hangs on: `kutipan` says what they were. `usul` is the text the
    examiner would rather read in that block.
    """

    class Status(models.TextChoices):
        TERBUKA = "terbuka", _("Terbuka")
        SELESAI = "selesai", _("Selesai")
        DITOLAK = "ditolak", _("Tidak diikuti")
        DITARIK = "ditarik", _("Ditarik")

    draf = models.ForeignKey(
        Draf, on_delete=models.PROTECT, related_name="catatan_koreksi", verbose_name=_("draf")
    )
    versi = models.ForeignKey(
        VersiNaskah, on_delete=models.PROTECT, related_name="+", verbose_name=_("versi naskah")
    )
    bab = models.SlugField(_("kode bab"), max_length=60)
    bab_judul = models.CharField(_("judul bab"), max_length=600)
    blok = models.CharField(_("kode blok"), max_length=8, blank=True)
    baris = models.CharField(
        _("baris data"), max_length=200, blank=True, help_text=_("Indikator yang dicatat.")
    )
    kutipan = models.TextField(
        _("kutipan"), blank=True, help_text=_("Kata-kata blok itu saat dicatat.")
    )
    isi = models.TextField(_("catatan"), blank=True)
    usul = models.TextField(
        _("usul kalimat"), blank=True, help_text=_("Seluruh teks blok menurut pemeriksa.")
    )
    status = StatusField(
        _("status"), default=Status.TERBUKA, choices=Status.choices, protected=True, max_length=7
    )
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("oleh")
    )
    sebagai = models.ForeignKey(
        Penugasan, on_delete=models.PROTECT, related_name="+", verbose_name=_("sebagai")
    )
    oleh_nama = models.CharField(_("nama pemeriksa"), max_length=150)
    oleh_sebutan = models.CharField(_("jabatan pemeriksa"), max_length=450)
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    jawaban = models.TextField(_("jawaban"), blank=True)
    is_diterapkan = models.BooleanField(_("usul diterapkan"), default=False)
    dijawab_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    dijawab_nama = models.CharField(_("nama penjawab"), max_length=150, blank=True)
    dijawab_pada = models.DateTimeField(_("dijawab pada"), null=True)

    class Meta:
        verbose_name = _("catatan koreksi")
        verbose_name_plural = _("catatan koreksi")
        ordering = ["draf_id", "pk"]
        indexes = [
            models.Index(
                fields=["draf"], condition=Q(status="terbuka"), name="laporan_catatan_terbuka"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["terbuka", "selesai", "ditolak", "ditarik"]),
                name="laporan_catatan_status_dikenal",
            ),
            models.CheckConstraint(
                condition=~Q(isi="") | ~Q(usul=""), name="laporan_catatan_berisi"
            ),
            models.CheckConstraint(
                condition=~Q(status="ditolak") | ~Q(jawaban=""),
                name="laporan_catatan_tolak_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(status="terbuka", dijawab_pada=None)
                | (~Q(status="terbuka") & Q(dijawab_pada__isnull=False)),
                name="laporan_catatan_dijawab_saat_tutup",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bab_judul}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """Page of the note."""
        return reverse("laporan:answer-catatan", args=[self.pk])

    @property
    def is_terbuka(self) -> bool:
        """Whether somebody still has to see to it."""
        return bool(self.status == self.Status.TERBUKA)

    @transition(field=status, source=Status.TERBUKA, target=Status.SELESAI, permission=by_service)
    def resolve(self, *, sebagai: Penugasan, jawaban: str, now: datetime) -> None:
        """The writer has seen to it."""
        self._close(sebagai, jawaban, now)

    @transition(field=status, source=Status.TERBUKA, target=Status.DITOLAK, permission=by_service)
    def decline(self, *, sebagai: Penugasan, jawaban: str, now: datetime) -> None:
        """The writer does not follow it, and says why."""
        self._close(sebagai, jawaban, now)

    @transition(field=status, source=Status.TERBUKA, target=Status.DITARIK, permission=by_service)
    def withdraw(self, *, sebagai: Penugasan, now: datetime) -> None:
        """Its author takes it back."""
        self._close(sebagai, "", now)

    def _close(self, sebagai: Penugasan, jawaban: str, now: datetime) -> None:
        orang = sebagai.pengguna
        self.jawaban, self.dijawab_oleh, self.dijawab_nama = jawaban, orang, orang.nama
        self.dijawab_pada = now


class VersiDibaca(models.Model):
    """One person states having read one version to its end."""

    versi = models.ForeignKey(VersiNaskah, on_delete=models.PROTECT, related_name="dibaca")
    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    pada = models.DateTimeField(_("pada"))

    class Meta:
        verbose_name = _("versi dibaca")
        verbose_name_plural = _("versi dibaca")
        ordering = ["versi_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["versi", "pengguna"], name="laporan_versi_dibaca_sekali"
            )
        ]

    def __str__(self) -> str:
        return f"{self.versi_id}: {self.pengguna_id}"
