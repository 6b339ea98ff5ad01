"""Files that a turn brings along: a signed attendance list, an RTL, gathered data, a receipt."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.rules.bukti import JENIS
from laporan.models.tugas import Tugas


def make_nama_lampiran(lampiran: "Lampiran", _nama: str) -> str:
    """A name nobody can guess, in a folder of the draft; the given name is kept in the row."""
    akhiran = next(a for a, jenis in JENIS.items() if jenis == lampiran.jenis)
    return f"lampiran/{lampiran.tugas.draf_id}/{secrets.token_hex(16)}{akhiran}"


class Lampiran(models.Model):
    """One file of one turn."""

    class Untuk(models.TextChoices):
        DAFTAR_HADIR = "daftar_hadir", _("Daftar hadir bertanda tangan")
        PERBAIKAN = "perbaikan", _("Lampiran perbaikan")
        DATA = "data", _("Data terkumpul")
        TANDA_TERIMA = "tanda_terima", _("Tanda terima")
        REVIU = "reviu", _("Catatan hasil reviu")

    tugas = models.ForeignKey(Tugas, on_delete=models.PROTECT, related_name="lampiran")
    untuk = models.CharField(_("untuk"), max_length=14, choices=Untuk)
    berkas = models.FileField(_("berkas"), upload_to=make_nama_lampiran, max_length=200)
    nama_asli = models.CharField(_("nama berkas"), max_length=150)
    ukuran = models.PositiveIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    jenis = models.CharField(_("jenis isi"), max_length=100)
    diunggah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    diunggah_pada = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("lampiran")
        verbose_name_plural = _("lampiran")
        ordering = ["tugas_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["tugas", "untuk", "sha256"], name="laporan_lampiran_tak_ganda"
            ),
            models.CheckConstraint(condition=Q(ukuran__gt=0), name="laporan_lampiran_berisi"),
            models.CheckConstraint(
                condition=Q(
                    untuk__in=["daftar_hadir", "perbaikan", "data", "tanda_terima", "reviu"]
                ),
                name="laporan_lampiran_untuk_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.nama_asli
