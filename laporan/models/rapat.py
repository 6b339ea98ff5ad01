"""Meetings of a report: the invitation, and afterwards the minutes and who attended."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.catatan import Berpenanda, CatatanLangkah
from organisasi.models import Penugasan


class Undangan(CatatanLangkah, Berpenanda):
    """Invitation to one meeting. The meeting may be held at this step or at the next one."""

    nomor = models.CharField(_("nomor surat"), max_length=100, blank=True)
    acara = models.CharField(_("acara"), max_length=200)
    mulai = models.DateTimeField(_("mulai"))
    selesai = models.DateTimeField(_("selesai"), null=True, blank=True)
    tempat = models.CharField(_("tempat"), max_length=150, blank=True)
    tautan = models.URLField(_("tautan rapat daring"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("undangan rapat")
        verbose_name_plural = _("undangan rapat")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(selesai=None) | Q(selesai__gt=models.F("mulai")),
                name="laporan_undangan_rentang",
            ),
            models.CheckConstraint(
                condition=~Q(tempat="") | ~Q(tautan=""), name="laporan_undangan_bertempat"
            ),
        ]

    def __str__(self) -> str:
        return self.acara


class Peserta(models.Model):
    """One invited person, named as he was called then."""

    undangan = models.ForeignKey(Undangan, on_delete=models.CASCADE, related_name="peserta")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    penugasan = models.ForeignKey(Penugasan, on_delete=models.PROTECT, null=True, related_name="+")
    nama = models.CharField(_("nama"), max_length=150)
    jabatan = models.CharField(_("jabatan"), max_length=450, blank=True)

    class Meta:
        verbose_name = _("peserta rapat")
        verbose_name_plural = _("peserta rapat")
        ordering = ["undangan_id", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["undangan", "urutan"], name="laporan_peserta_urutan_unik"
            )
        ]

    def __str__(self) -> str:
        return self.nama


class Rapat(CatatanLangkah):
    """A meeting that took place: its minutes. Never before its invitation says it begins."""

    undangan = models.ForeignKey(Undangan, on_delete=models.PROTECT, related_name="rapat")
    pimpinan = models.CharField(_("pimpinan rapat"), max_length=150)
    notulen = models.TextField(_("notulen"), help_text=_("Teks kaya yang telah dibersihkan."))

    class Meta:
        verbose_name = _("rapat")
        verbose_name_plural = _("rapat")
        ordering = ["draf_id", "pk"]

    def __str__(self) -> str:
        return f"{self.undangan}: {self.pimpinan}"


class Kehadiran(models.Model):
    """One line of the attendance list: an invited person, or somebody who came besides."""

    rapat = models.ForeignKey(Rapat, on_delete=models.CASCADE, related_name="kehadiran")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    peserta = models.ForeignKey(Peserta, on_delete=models.PROTECT, null=True, related_name="+")
    nama = models.CharField(_("nama"), max_length=150)
    jabatan = models.CharField(_("jabatan"), max_length=450, blank=True)
    is_hadir = models.BooleanField(_("hadir"))

    class Meta:
        verbose_name = _("kehadiran")
        verbose_name_plural = _("kehadiran")
        ordering = ["rapat_id", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["rapat", "urutan"], name="laporan_kehadiran_urutan_unik"
            )
        ]

    def __str__(self) -> str:
        return self.nama
