"""Classes of the archive: how long a kind of record is kept, and what becomes of it then."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisasi.models import Instansi


class KelasArsip(models.Model):
    """One class of the office's retention schedule. Nothing is ever destroyed by the application.

    Sumber: ARSIP in docs/regulasi.md
    """

    class Nasib(models.TextChoices):
        PERMANEN = "permanen", _("Permanen")
        MUSNAH = "musnah", _("Musnah")
        DINILAI = "dinilai", _("Dinilai kembali")

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="kelas_arsip")
    kode = models.CharField(_("kode klasifikasi"), max_length=60)
    nama = models.CharField(_("jenis arsip"), max_length=200)
    aktif_tahun = models.PositiveSmallIntegerField(
        _("aktif (tahun)"), validators=[MaxValueValidator(100)]
    )
    inaktif_tahun = models.PositiveSmallIntegerField(
        _("inaktif (tahun)"), validators=[MaxValueValidator(100)]
    )
    nasib = models.CharField(_("nasib akhir"), max_length=8, choices=Nasib)
    dasar = models.CharField(
        _("dasar"),
        max_length=200,
        blank=True,
        help_text=_("Jadwal retensi arsip yang menetapkannya."),
    )
    is_aktif = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("kelas arsip")
        verbose_name_plural = _("kelas arsip")
        ordering = ["instansi_id", "kode", "nama"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "kode", "nama"], name="laporan_kelas_arsip_unik"
            ),
            models.CheckConstraint(
                condition=Q(nasib__in=["permanen", "musnah", "dinilai"]),
                name="laporan_kelas_nasib_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"
