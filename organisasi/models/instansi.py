"""The office: instansi, its tree of units and its posts."""

from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisasi.models.jejak import Berjejak


class Instansi(Berjejak):
    """One office that reports (a dinas, a badan, a kecamatan).

    Everything belongs to exactly one.
    """

    class Zona(models.TextChoices):
        WIB = "Asia/Jakarta", _("WIB")
        WITA = "Asia/Makassar", _("WITA")
        WIT = "Asia/Jayapura", _("WIT")

    class Kertas(models.TextChoices):
        A4 = "a4", _("A4 (210 × 297 mm)")
        F4 = "f4", _("F4 (215 × 330 mm)")

    kode = models.SlugField(_("kode"), max_length=60, unique=True)
    nama = models.CharField(
        _("nama"), max_length=250, help_text=_("Nama lengkap seperti pada kop surat.")
    )
    nama_pendek = models.CharField(_("nama pendek"), max_length=80)
    pemerintah = models.CharField(
        _("pemerintah daerah"), max_length=200, help_text=_("Baris pertama kop surat.")
    )
    kota = models.CharField(_("tempat"), max_length=100, help_text=_("Tempat pada tanggal surat."))
    alamat = models.CharField(_("alamat"), max_length=300, blank=True)
    telepon = models.CharField(_("telepon"), max_length=60, blank=True)
    surel = models.EmailField(_("surel"), blank=True)
    laman = models.CharField(_("laman"), max_length=200, blank=True)
    zona = models.CharField(_("zona waktu"), max_length=20, choices=Zona, default=Zona.WIB)
    kertas = models.CharField(
        _("ukuran kertas"),
        max_length=2,
        choices=Kertas,
        default=Kertas.A4,
        help_text=_("Untuk laporan yang dicetak berikutnya; dokumen yang sudah ada tidak berubah."),
    )

    class Meta:
        verbose_name = _("instansi")
        verbose_name_plural = _("instansi")
        ordering = ["nama"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(zona__in=["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"]),
                name="organisasi_instansi_zona_dikenal",
            ),
            models.CheckConstraint(
                condition=models.Q(kertas__in=["a4", "f4"]),
                name="organisasi_instansi_kertas_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def ukuran_kertas(self) -> tuple[int, int]:
        """Width and height of a page in mm, upright."""
        return (215, 330) if self.kertas == self.Kertas.F4 else (210, 297)

    @property
    def zona_waktu(self) -> ZoneInfo:
        """Zone in which this office reads its clocks."""
        return ZoneInfo(self.zona)


class UnitKerja(models.Model):
    """A part of the office that may be asked for figures: sekretariat, bidang, seksi, subbagian."""

    class Jenis(models.TextChoices):
        SEKRETARIAT = "sekretariat", _("Sekretariat")
        BIDANG = "bidang", _("Bidang")
        SEKSI = "seksi", _("Seksi")
        SUBBAGIAN = "subbagian", _("Subbagian")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="unit", verbose_name=_("instansi")
    )
    kode = models.CharField(_("kode"), max_length=40)
    nama = models.CharField(_("nama"), max_length=200)
    jenis = models.CharField(_("jenis"), max_length=20, choices=Jenis)
    induk = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="anak",
        verbose_name=_("unit induk"),
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=0)
    ditutup_pada = models.DateTimeField(
        _("ditutup pada"),
        null=True,
        blank=True,
        help_text=_("Unit yang ditutup tidak ikut dalam laporan baru; yang lama tetap utuh."),
    )

    class Meta:
        verbose_name = _("unit kerja")
        verbose_name_plural = _("unit kerja")
        ordering = ["instansi", "urutan", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["instansi", "kode"], name="organisasi_unit_kode_unik")
        ]

    def __str__(self) -> str:
        return self.nama


class Jabatan(models.Model):
    """A post, not a person. An SOP names posts; penugasan says who holds one."""

    class Tingkat(models.TextChoices):
        KEPALA = "kepala", _("Kepala")
        SEKRETARIS = "sekretaris", _("Sekretaris")
        PERENCANA = "perencana", _("Perencana")
        BIDANG = "bidang", _("Bidang")
        STAF = "staf", _("Staf")
        PENGELOLA = "pengelola", _("Pengelola aplikasi")
        PEMBINA = "pembina", _("Pembina SAKIP daerah")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="jabatan", verbose_name=_("instansi")
    )
    kode = models.CharField(_("kode"), max_length=40)
    nama = models.CharField(_("nama"), max_length=200)
    tingkat = models.CharField(
        _("tingkat"),
        max_length=12,
        choices=Tingkat,
        help_text=_("Di meja siapa pekerjaan terlihat berada."),
    )
    alias = models.JSONField(_("sebutan lain"), default=list, blank=True)
    atasan = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bawahan",
        verbose_name=_("atasan"),
        help_text=_("Yang diberi tahu bila tenggat terlewat. Kosong berarti menurut tingkat."),
    )

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        ordering = ["instansi", "kode"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "kode"], name="organisasi_jabatan_kode_unik"
            )
        ]

    def __str__(self) -> str:
        return self.nama
