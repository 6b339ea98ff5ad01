"""Figures an indikator is compared with: of the nation, the province, other regions, its past."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.rencana import Indikator
from kinerja.rules.pembanding import Pembanding
from kinerja.rules.pembanding import Tingkat as TingkatPembanding


class AngkaPembanding(models.Model):
    """One figure of somebody else, or of the office before it used this, with where it is from."""

    class Tingkat(models.TextChoices):
        NASIONAL = "nasional", _("Nasional")
        PROVINSI = "provinsi", _("Provinsi")
        DAERAH_LAIN = "daerah_lain", _("Daerah lain")
        SENDIRI = "sendiri", _("Realisasi sendiri")

    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="pembanding", verbose_name=_("indikator")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    tingkat = models.CharField(
        _("tingkat"),
        max_length=11,
        choices=Tingkat,
        help_text=_("Realisasi sendiri: tahun yang capaiannya tidak ada di aplikasi ini."),
    )
    wilayah = models.CharField(
        _("wilayah"), max_length=120, blank=True, help_text=_("Nama daerah, untuk daerah lain.")
    )
    nilai = models.DecimalField(
        _("nilai"), max_digits=20, decimal_places=6, help_text=_("Dalam satuan indikator.")
    )
    sumber = models.CharField(
        _("sumber"), max_length=300, help_text=_("Dokumen atau laman asal angka, dengan tahunnya.")
    )

    class Meta:
        verbose_name = _("angka pembanding")
        verbose_name_plural = _("angka pembanding")
        ordering = ["indikator", "-tahun", "tingkat", "wilayah"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "tahun", "tingkat", "wilayah"],
                name="kinerja_pembanding_unik",
            ),
            models.CheckConstraint(
                condition=Q(tingkat__in=[t.value for t in TingkatPembanding]),
                name="kinerja_pembanding_tingkat_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(tingkat="daerah_lain") & ~Q(wilayah="")
                | ~Q(tingkat="daerah_lain") & Q(wilayah=""),
                name="kinerja_pembanding_wilayah",
            ),
            models.CheckConstraint(condition=~Q(sumber=""), name="kinerja_pembanding_bersumber"),
        ]

    def __str__(self) -> str:
        return f"{self.indikator.kode} {self.baca.nama} {self.tahun}"

    @property
    def baca(self) -> Pembanding:
        """The figure as the rules know it."""
        tingkat = TingkatPembanding(self.tingkat)
        return Pembanding(self.tahun, tingkat, self.nilai, self.sumber, self.wilayah)
