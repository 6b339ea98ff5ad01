"""Workbooks that somebody sent: kept, checked in the background, then applied or not."""

import secrets
from typing import ClassVar, Protocol

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kinerja.models.formulir import FormulirCapaian
from organisasi.models import Instansi
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition
from sakip.common.ruas_baris import BarisField

_STATUS_DIKENAL = Q(status__in=["antre", "siap", "gagal", "diterapkan"])


class _Bermilik(Protocol):
    """Whatever says whose file it is."""

    @property
    def pemilik_id(self) -> int: ...


def make_nama_unggahan(unggahan: _Bermilik, _nama: str) -> str:
    """A name nobody can guess; the given name is kept in the row."""
    return f"unggahan/{unggahan.pemilik_id}/{secrets.token_hex(16)}.xlsx"


class Unggahan(StatusTerjaga):
    """What every upload is. baris: what each row of it would do, as its page shows it.

    TUGAS: name of the job that checks it.
    """

    TUGAS: ClassVar[str]

    class Status(models.TextChoices):
        ANTRE = "antre", _("Sedang diperiksa")
        SIAP = "siap", _("Selesai diperiksa")
        GAGAL = "gagal", _("Tidak dapat dibaca")
        DITERAPKAN = "diterapkan", _("Disimpan")

    berkas = models.FileField(_("berkas"), upload_to=make_nama_unggahan, max_length=200)
    nama_asli = models.CharField(_("nama berkas"), max_length=150)
    status = StatusField(
        _("status"), default=Status.ANTRE, choices=Status.choices, protected=True, max_length=10
    )
    baris = BarisField(_("hasil pemeriksaan"), default=list)
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
        abstract = True

    def __str__(self) -> str:
        return self.nama_asli

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


class UnggahanCapaian(Unggahan):
    """One upload for one form."""

    TUGAS = "kinerja.periksa_unggahan"

    formulir = models.ForeignKey(
        FormulirCapaian,
        on_delete=models.PROTECT,
        related_name="unggahan",
        verbose_name=_("formulir"),
    )

    class Meta:
        verbose_name = _("unggahan capaian")
        verbose_name_plural = _("unggahan capaian")
        ordering = ["-pada"]
        constraints = [
            models.CheckConstraint(
                condition=_STATUS_DIKENAL, name="kinerja_unggahan_status_dikenal"
            )
        ]

    @property
    def pemilik_id(self) -> int:
        """The office whose file it is."""
        return self.formulir.unit.instansi_id

    def get_absolute_url(self) -> str:
        """Page of its outcome."""
        return reverse("kinerja:view-unggahan", args=[self.pk])


class UnggahanRencana(Unggahan):
    """One upload of a plan, or of an Evaluasi Renja (Form E.81), for one year of an office.

    catatan: what was read as what, and what was left alone. is_kumulatif: the money of a triwulan
    in Form E.81 stands there as the total so far. Sumber: FORM-E81
    """

    TUGAS = "kinerja.periksa_unggahan_rencana"

    class Jenis(models.TextChoices):
        RENCANA = "rencana", _("Rencana kinerja")
        E81 = "e81", _("Evaluasi Renja (Form E.81)")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="+", verbose_name=_("instansi")
    )
    jenis = models.CharField(_("jenis"), max_length=8, choices=Jenis)
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    is_kumulatif = models.BooleanField(
        _("kumulatif"),
        default=False,
        help_text=_("Rupiah tiap triwulan dalam berkas dihitung sejak awal tahun."),
    )
    catatan = models.JSONField(_("catatan pembacaan"), default=list)

    class Meta:
        verbose_name = _("unggahan rencana")
        verbose_name_plural = _("unggahan rencana")
        ordering = ["-pada"]
        constraints = [
            models.CheckConstraint(
                condition=_STATUS_DIKENAL, name="kinerja_unggahan_rencana_status_dikenal"
            ),
            models.CheckConstraint(
                condition=Q(jenis__in=["rencana", "e81"]),
                name="kinerja_unggahan_rencana_jenis_dikenal",
            ),
        ]

    @property
    def pemilik_id(self) -> int:
        """The office whose file it is."""
        return self.instansi_id

    def get_absolute_url(self) -> str:
        """Page of its outcome."""
        return reverse("kinerja:view-impor", args=[self.pk])
