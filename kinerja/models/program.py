"""What the plan costs, and the longer plan it is part of."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.rencana import Indikator, Sasaran
from kinerja.rules.target import MAKS_URAIAN, IsiTarget
from organisasi.models import Instansi, UnitKerja


class Renstra(models.Model):
    """The five-year plan whose tujuan an office pursues: visi and misi it serves."""

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="renstra", verbose_name=_("instansi")
    )
    tahun_awal = models.PositiveSmallIntegerField(_("tahun awal"))
    tahun_akhir = models.PositiveSmallIntegerField(_("tahun akhir"))
    visi = models.TextField(_("visi"), blank=True, help_text=_("Visi kepala daerah."))
    misi = models.TextField(
        _("misi"), blank=True, help_text=_("Misi yang didukung instansi, satu per baris.")
    )

    class Meta:
        verbose_name = _("Renstra")
        verbose_name_plural = _("Renstra")
        ordering = ["instansi", "-tahun_awal"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "tahun_awal"], name="kinerja_renstra_tahun_unik"
            ),
            models.CheckConstraint(
                condition=Q(tahun_akhir__gte=F("tahun_awal")), name="kinerja_renstra_rentang"
            ),
        ]

    def __str__(self) -> str:
        return f"Renstra {self.tahun_awal}–{self.tahun_akhir}"


class TargetRenstra(models.Model):
    """The value one indikator shall have at the end of one year of the Renstra."""

    indikator = models.ForeignKey(
        Indikator,
        on_delete=models.PROTECT,
        related_name="target_renstra",
        verbose_name=_("indikator"),
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    nilai = models.DecimalField(_("nilai"), max_digits=20, decimal_places=6, null=True, blank=True)
    uraian = models.CharField(
        _("uraian"), max_length=MAKS_URAIAN, blank=True, default="", db_default=""
    )

    class Meta:
        verbose_name = _("target Renstra")
        verbose_name_plural = _("target Renstra")
        ordering = ["indikator_id", "tahun"]
        constraints = [
            models.UniqueConstraint(
                fields=["indikator", "tahun"], name="kinerja_target_renstra_tahun_unik"
            ),
            models.CheckConstraint(
                condition=Q(nilai__isnull=False, uraian="") | Q(nilai=None) & ~Q(uraian=""),
                name="kinerja_target_renstra_nilai_atau_uraian",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indikator.kode} {self.tahun}"

    @property
    def isi(self) -> IsiTarget:
        """As the rules know it."""
        return IsiTarget(self.nilai, uraian=self.uraian)


class Program(models.Model):
    """A program, kegiatan or sub kegiatan of one year, by its nomenclature code.

    The code says the level and the row above; pagu is entered, never added up from below.
    """

    class Jenis(models.TextChoices):
        PROGRAM = "program", _("Program")
        KEGIATAN = "kegiatan", _("Kegiatan")
        SUBKEGIATAN = "subkegiatan", _("Sub kegiatan")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="program", verbose_name=_("instansi")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    jenis = models.CharField(_("jenis"), max_length=12, choices=Jenis, editable=False)
    kode = models.CharField(
        _("kode"), max_length=20, help_text=_("Misalnya 1.02.02.2.01.0006 atau X.XX.01.")
    )
    nama = models.CharField(_("nama"), max_length=300)
    induk = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="anak",
        verbose_name=_("bagian dari"),
    )
    sasaran = models.ForeignKey(
        Sasaran,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="program",
        verbose_name=_("mendukung sasaran"),
    )
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="program",
        verbose_name=_("penanggung jawab"),
    )
    pagu = models.DecimalField(
        _("pagu"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Dalam rupiah, menurut DPA. Kosong berarti belum ada, bukan nol."),
    )

    class Meta:
        verbose_name = _("program")
        verbose_name_plural = _("program")
        ordering = ["instansi", "tahun", "kode"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "tahun", "kode"],
                name="kinerja_program_kode_unik",
                violation_error_message=_("Kode ini sudah dipakai pada tahun yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(jenis="program", induk=None)
                | Q(jenis__in=["kegiatan", "subkegiatan"], induk__isnull=False),
                name="kinerja_program_berinduk",
            ),
            models.CheckConstraint(
                condition=Q(pagu=None) | Q(pagu__gte=0), name="kinerja_program_pagu"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class RealisasiAnggaran(models.Model):
    """Money spent up to the end of one triwulan."""

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="realisasi", verbose_name=_("program")
    )
    triwulan = models.PositiveSmallIntegerField(_("triwulan"))
    nilai = models.DecimalField(_("realisasi"), max_digits=20, decimal_places=2)

    class Meta:
        verbose_name = _("realisasi anggaran")
        verbose_name_plural = _("realisasi anggaran")
        ordering = ["program_id", "triwulan"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "triwulan"], name="kinerja_realisasi_anggaran_unik"
            ),
            models.CheckConstraint(
                condition=Q(triwulan__range=(1, 4)) & Q(nilai__gte=0),
                name="kinerja_realisasi_anggaran_sah",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program.kode} TW {self.triwulan}"
