"""The review of a report by the internal auditor, as the office keeps it on record."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.catatan import CatatanLangkah


class ReviuAPIP(CatatanLangkah):
    """What the reviewer handed over at one visit: who he is, what he concluded, and when.

    The reviewer holds no post of this office: his signed paper is kept with the step, and this row
    says what it says (docs/adr/0014).
    Sumber: REVIU-LKJ in docs/regulasi.md
    """

    class Simpulan(models.TextChoices):
        TANPA = "tanpa", _("Tidak ada hal yang perlu diperbaiki")
        DENGAN = "dengan", _("Ada hal yang perlu diperhatikan")

    pereviu = models.CharField(
        _("pereviu"), max_length=200, help_text=_("Misalnya Inspektorat Kabupaten Mojokerto.")
    )
    nomor = models.CharField(_("nomor laporan hasil reviu"), max_length=120, blank=True)
    tanggal = models.DateField(_("tanggal reviu"))
    nama = models.CharField(_("nama Inspektur"), max_length=150)
    jabatan = models.CharField(_("jabatan"), max_length=200)
    pangkat = models.CharField(_("pangkat"), max_length=100, blank=True)
    nip = models.CharField(_("NIP"), max_length=18, blank=True)
    simpulan = models.CharField(_("simpulan"), max_length=6, choices=Simpulan)
    catatan = models.TextField(
        _("catatan hasil reviu"),
        blank=True,
        help_text=_("Pokok catatan pereviu. Wajib bila ada hal yang perlu diperhatikan."),
    )

    class Meta:
        verbose_name = _("reviu APIP")
        verbose_name_plural = _("reviu APIP")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(simpulan__in=["tanpa", "dengan"]), name="laporan_reviu_simpulan_dikenal"
            ),
            models.CheckConstraint(
                condition=Q(simpulan="tanpa") | ~Q(catatan=""),
                name="laporan_reviu_catatan_bersebab",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pereviu}, {self.tanggal}"


class ButirReviu(models.Model):
    """One statement of the checklist: what the reviewer found, what the office answers."""

    class Jawaban(models.TextChoices):
        SESUAI = "sesuai", _("Sesuai")
        TIDAK = "tidak", _("Tidak sesuai")
        TAK_BERLAKU = "tak_berlaku", _("Tidak berlaku")

    reviu = models.ForeignKey(ReviuAPIP, on_delete=models.CASCADE, related_name="butir")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    kode = models.CharField(_("kode"), max_length=20)
    kelompok = models.CharField(_("kelompok"), max_length=60)
    pernyataan = models.CharField(_("pernyataan"), max_length=250)
    jawaban = models.CharField(_("jawaban"), max_length=11, choices=Jawaban, blank=True)
    catatan = models.TextField(_("catatan pereviu"), blank=True)
    tanggapan = models.TextField(_("tanggapan kantor"), blank=True)

    class Meta:
        verbose_name = _("butir reviu")
        verbose_name_plural = _("butir reviu")
        ordering = ["reviu_id", "urutan"]
        constraints = [
            models.UniqueConstraint(fields=["reviu", "kode"], name="laporan_butir_reviu_unik"),
            models.CheckConstraint(
                condition=Q(jawaban__in=["", "sesuai", "tidak", "tak_berlaku"]),
                name="laporan_butir_reviu_jawaban_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.pernyataan
