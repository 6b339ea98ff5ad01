"""A workbook of figures that a unit sent: kept, checked in the background, then applied or not."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kinerja.models.formulir import FormulirCapaian
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


def make_nama_unggahan(unggahan: "UnggahanCapaian", _nama: str) -> str:
    """A name nobody can guess; the given name is kept in the row."""
    return f"unggahan/{unggahan.formulir.unit.instansi_id}/{secrets.token_hex(16)}.xlsx"


class UnggahanCapaian(StatusTerjaga):
    """One upload for one form. baris: what each row of it would do, as the page shows it."""

    class Status(models.TextChoices):
        ANTRE = "antre", _("Sedang diperiksa")
        SIAP = "siap", _("Selesai diperiksa")
        GAGAL = "gagal", _("Tidak dapat dibaca")
        DITERAPKAN = "diterapkan", _("Disimpan")

    formulir = models.ForeignKey(
        FormulirCapaian,
        on_delete=models.PROTECT,
        related_name="unggahan",
        verbose_name=_("formulir"),
    )
    berkas = models.FileField(_("berkas"), upload_to=make_nama_unggahan, max_length=200)
    nama_asli = models.CharField(_("nama berkas"), max_length=150)
    status = StatusField(
        _("status"), default=Status.ANTRE, choices=Status.choices, protected=True, max_length=10
    )
    baris = models.JSONField(_("hasil pemeriksaan"), default=list)
    pesan = models.TextField(_("pesan"), blank=True)
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    pada = models.DateTimeField(_("diunggah pada"))
    dikirim_pada = models.DateTimeField(_("diantrekan pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("unggahan capaian")
        verbose_name_plural = _("unggahan capaian")
        ordering = ["-pada"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["antre", "siap", "gagal", "diterapkan"]),
                name="kinerja_unggahan_status_dikenal",
            )
        ]

    def __str__(self) -> str:
        return self.nama_asli

    def get_absolute_url(self) -> str:
        """Page of its outcome."""
        return reverse("kinerja:view-unggahan", args=[self.pk])

    @transition(field=status, source=Status.ANTRE, target=Status.SIAP, permission=by_service)
    def complete(self, *, baris: list[dict[str, object]]) -> None:
        """It was read; nothing is kept yet."""
        self.baris = baris

    @transition(field=status, source=Status.ANTRE, target=Status.GAGAL, permission=by_service)
    def fail(self, *, pesan: str) -> None:
        """It cannot be read at all."""
        self.pesan = pesan

    @transition(field=status, source=Status.SIAP, target=Status.DITERAPKAN, permission=by_service)
    def apply(self, *, pesan: str) -> None:
        """Its rows were kept."""
        self.pesan = pesan
