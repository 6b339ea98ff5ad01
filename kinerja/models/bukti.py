"""Evidence: a file that shows where a realisasi comes from."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.capaian import Capaian
from kinerja.rules.bukti import JENIS, MAKS_TAUTAN, find_host


def make_nama_simpan(bukti: "Bukti", _nama: str) -> str:
    """A name nobody can guess, in a folder of the office; the given name is kept in the row."""
    akhiran = next(a for a, jenis in JENIS.items() if jenis == bukti.jenis)
    return f"bukti/{bukti.capaian.formulir.unit.instansi_id}/{secrets.token_hex(16)}{akhiran}"


class Bukti(models.Model):
    """One file or link of evidence for one capaian. A new round refers to the same stored file.

    sha256: of the file's bytes, or of the link's address. A link is shown, never fetched.
    """

    class Untuk(models.TextChoices):
        REALISASI = "realisasi", _("Realisasi")
        RTL = "rtl", _("RTL periode lalu")

    capaian = models.ForeignKey(
        Capaian, on_delete=models.PROTECT, related_name="bukti", verbose_name=_("capaian")
    )
    untuk = models.CharField(_("untuk"), max_length=9, choices=Untuk, default=Untuk.REALISASI)
    berkas = models.FileField(_("berkas"), upload_to=make_nama_simpan, max_length=200, blank=True)
    tautan = models.CharField(_("tautan"), max_length=MAKS_TAUTAN, blank=True)
    nama_asli = models.CharField(_("nama berkas"), max_length=150)
    ukuran = models.PositiveIntegerField(_("ukuran (bita)"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    jenis = models.CharField(_("jenis isi"), max_length=100, blank=True)
    diunggah_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("diunggah oleh"),
    )
    diunggah_pada = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("bukti")
        verbose_name_plural = _("bukti")
        ordering = ["capaian_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["capaian", "untuk", "sha256"], name="kinerja_bukti_tak_ganda"
            ),
            models.CheckConstraint(
                condition=(Q(ukuran__gt=0, tautan="") & ~Q(berkas=""))
                | Q(ukuran=0, berkas="", tautan__startswith="https://"),
                name="kinerja_bukti_berisi",
            ),
            models.CheckConstraint(
                condition=Q(untuk__in=["realisasi", "rtl"]), name="kinerja_bukti_untuk_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return self.nama_asli

    @property
    def host(self) -> str:
        """Where a link leads, "" of a file."""
        return find_host(self.tautan) if self.tautan else ""
