"""Rencana Aksi: what is done in a year so that an indikator reaches its target."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.program import Program
from kinerja.models.rencana import Indikator
from kinerja.rules.nilai import ANGKA, JenisNilai, Tingkat, read_tingkat
from kinerja.rules.periode import Periode
from kinerja.rules.target import MAKS_URAIAN, IsiTarget, join_target, show_target
from organisasi.models import UnitKerja


class RencanaAksi(models.Model):
    """One action for one indikator in one year, with who answers for it and what it costs.

    Sumber: PERJANJIAN-KINERJA in docs/regulasi.md
    """

    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="aksi", verbose_name=_("indikator")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=0)
    uraian = models.CharField(
        _("aksi"), max_length=300, help_text=_("Yang dikerjakan, dimulai dengan kata kerja.")
    )
    keluaran = models.CharField(
        _("keluaran"), max_length=200, blank=True, help_text=_("Hasil yang dapat dilihat.")
    )
    jenis_nilai = models.CharField(
        _("jenis target"),
        max_length=10,
        choices=Indikator.JenisNilai,
        default=Indikator.JenisNilai.ANGKA,
        db_default=Indikator.JenisNilai.ANGKA,
        help_text=_("Cara target triwulannya ditulis: angka atau rentang, tanggal, uraian, dsb."),
    )
    satuan = models.CharField(
        _("satuan"), max_length=60, help_text=_("Satuan target triwulan, misalnya puskesmas.")
    )
    jadwal = models.CharField(
        _("jadwal"), max_length=100, blank=True, help_text=_("Misalnya Februari sampai April.")
    )
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        related_name="aksi",
        verbose_name=_("penanggung jawab"),
    )
    program = models.ForeignKey(
        Program,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="aksi",
        verbose_name=_("program atau kegiatan"),
    )
    anggaran = models.DecimalField(
        _("anggaran"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("Dalam rupiah. Kosong berarti belum ada, bukan nol."),
    )

    class Meta:
        verbose_name = _("rencana aksi")
        verbose_name_plural = _("rencana aksi")
        ordering = ["tahun", "indikator", "urutan", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(anggaran=None) | Q(anggaran__gte=0), name="kinerja_aksi_anggaran"
            ),
            models.CheckConstraint(
                condition=Q(jenis_nilai__in=[j.value for j in JenisNilai]),
                name="kinerja_aksi_jenis_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.uraian

    @property
    def ukuran(self) -> tuple[JenisNilai, tuple[Tingkat, ...]]:
        """How its targets are written; levels are those of its indikator."""
        return JenisNilai(self.jenis_nilai), read_tingkat(self.indikator.tingkatan)


class TargetAksi(models.Model):
    """What one action shall bring in one triwulan, and whether it was done."""

    class Keadaan(models.TextChoices):
        DILAKSANAKAN = "dilaksanakan", _("Dilaksanakan")
        SEBAGIAN = "sebagian", _("Sebagian")
        BELUM = "belum", _("Belum")

    aksi = models.ForeignKey(
        RencanaAksi, on_delete=models.CASCADE, related_name="target", verbose_name=_("aksi")
    )
    triwulan = models.PositiveSmallIntegerField(_("triwulan"))
    nilai = models.DecimalField(_("target"), max_digits=20, decimal_places=6, null=True, blank=True)
    nilai_atas = models.DecimalField(
        _("batas atas"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    uraian = models.CharField(
        _("uraian"), max_length=MAKS_URAIAN, blank=True, default="", db_default=""
    )
    keadaan = models.CharField(
        _("pelaksanaan"),
        max_length=12,
        choices=Keadaan,
        blank=True,
        help_text=_("Kosong berarti belum dicatat."),
    )
    keterangan = models.CharField(_("keterangan"), max_length=500, blank=True)
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dicatat_pada = models.DateTimeField(_("dicatat pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("target rencana aksi")
        verbose_name_plural = _("target rencana aksi")
        ordering = ["aksi", "triwulan"]
        constraints = [
            models.UniqueConstraint(
                fields=["aksi", "triwulan"], name="kinerja_target_aksi_triwulan_unik"
            ),
            models.CheckConstraint(
                condition=Q(triwulan__range=(1, 4))
                & (
                    Q(nilai__isnull=False, nilai__gte=0, uraian="")
                    & (Q(nilai_atas=None) | Q(nilai_atas__gt=F("nilai")))
                    | Q(nilai=None, nilai_atas=None) & ~Q(uraian="")
                ),
                name="kinerja_target_aksi_sah",
            ),
            models.CheckConstraint(
                condition=Q(keadaan="", dicatat_pada=None)
                | Q(keadaan__in=["dilaksanakan", "sebagian", "belum"], dicatat_pada__isnull=False),
                name="kinerja_target_aksi_tercatat",
            ),
            models.CheckConstraint(
                condition=~Q(keadaan__in=["sebagian", "belum"]) | ~Q(keterangan=""),
                name="kinerja_target_aksi_berketerangan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.aksi_id} TW {self.triwulan}"

    @property
    def isi(self) -> IsiTarget:
        """As the rules know it."""
        return IsiTarget(self.nilai, self.nilai_atas, self.uraian)

    @property
    def teks(self) -> str:
        """As it is typed: "20", "80–90", "31 Maret 2026", or words."""
        return show_target(join_target(self.isi), *self.aksi.ukuran)

    @property
    def teks_bersatuan(self) -> str:
        """With the unit of measure; a level, a day or words stand without one."""
        angka = JenisNilai(self.aksi.jenis_nilai) in ANGKA
        return f"{self.teks} {self.aksi.satuan}" if angka else self.teks

    @property
    def periode(self) -> Periode:
        """Its triwulan."""
        return Periode(self.aksi.tahun, self.triwulan)
