"""Where a finished report must go, and when it went there."""

import secrets

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.rules.bukti import JENIS
from laporan.models.draf import Draf
from organisasi.models import Instansi


def make_nama_bukti(penyampaian: "Penyampaian", _nama: str) -> str:
    """A name nobody can guess, in a folder of the draft; the given name is kept in the row."""
    akhiran = next(a for a, jenis in JENIS.items() if jenis == penyampaian.jenis)
    return f"penyampaian/{penyampaian.draf_id}/{secrets.token_hex(16)}{akhiran}"


class TujuanKirim(models.Model):
    """One receiver of an office's reports, and until when after the period it must have them.

    jenis: kind of report it wants, empty for each. mulai_tahun: reports of earlier years were sent
    without this list.
    Sumber: TENGGAT-LKJ in docs/regulasi.md
    """

    class Satuan(models.TextChoices):
        HARI = "hari", _("hari")
        BULAN = "bulan", _("bulan")

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="tujuan_kirim")
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=1)
    nama = models.CharField(
        _("tujuan"),
        max_length=200,
        help_text=_("Misalnya Inspektorat, Bappeda, atau e-SAKIP Reviu."),
    )
    jenis = models.CharField(_("jenis laporan"), max_length=10, choices=Draf.Jenis, blank=True)
    batas = models.PositiveSmallIntegerField(
        _("batas sesudah periode berakhir"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(366)],
        help_text=_("Kosong berarti tanpa batas waktu."),
    )
    satuan = models.CharField(_("satuan batas"), max_length=5, choices=Satuan, default=Satuan.BULAN)
    dasar = models.CharField(
        _("dasar batas waktu"),
        max_length=200,
        blank=True,
        help_text=_("Peraturan atau surat edaran."),
    )
    tautan = models.URLField(
        _("alamat aplikasi"), blank=True, help_text=_("Bila disampaikan lewat aplikasi.")
    )
    mulai_tahun = models.PositiveSmallIntegerField(
        _("sejak laporan tahun"), validators=[MinValueValidator(2000), MaxValueValidator(2100)]
    )
    is_aktif = models.BooleanField(_("dipakai"), default=True)

    class Meta:
        verbose_name = _("tujuan penyampaian")
        verbose_name_plural = _("tujuan penyampaian")
        ordering = ["instansi_id", "urutan", "nama"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "nama", "jenis"], name="laporan_tujuan_kirim_unik"
            ),
            models.CheckConstraint(
                condition=Q(jenis__in=["", "bulanan", "triwulan", "semester", "tahunan"]),
                name="laporan_tujuan_jenis_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(satuan__in=["hari", "bulan"]), name="laporan_tujuan_satuan_dikenal"
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class Penyampaian(models.Model):
    """One report handed to one receiver: when, how, to whom, with which proof."""

    class Cara(models.TextChoices):
        ANTAR = "antar", _("Diantar langsung")
        POS = "pos", _("Pos atau kurir")
        SUREL = "surel", _("Surel")
        NASKAH = "naskah", _("Aplikasi naskah dinas (SRIKANDI atau sejenisnya)")
        UNGGAH = "unggah", _("Diunggah ke aplikasi tujuan")

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="penyampaian")
    tujuan = models.ForeignKey(TujuanKirim, on_delete=models.PROTECT, related_name="penyampaian")
    disampaikan_pada = models.DateField(_("tanggal disampaikan"))
    cara = models.CharField(_("cara penyampaian"), max_length=6, choices=Cara)
    penerima = models.CharField(_("diterima oleh"), max_length=150, blank=True)
    keterangan = models.CharField(_("keterangan"), max_length=300, blank=True)
    tautan = models.URLField(_("tautan bukti"), max_length=1000, blank=True)
    berkas = models.FileField(
        _("berkas bukti"), upload_to=make_nama_bukti, max_length=200, blank=True
    )
    nama_asli = models.CharField(_("nama berkas"), max_length=150, blank=True)
    ukuran = models.PositiveIntegerField(_("ukuran (bita)"), default=0)
    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True)
    jenis = models.CharField(_("jenis isi"), max_length=100, blank=True)
    dicatat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("dicatat oleh"),
    )
    dicatat_nama = models.CharField(_("nama pencatat"), max_length=150)
    dicatat_pada = models.DateTimeField(_("dicatat pada"))

    class Meta:
        verbose_name = _("penyampaian")
        verbose_name_plural = _("penyampaian")
        ordering = ["draf_id", "tujuan__urutan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draf", "tujuan"], name="laporan_penyampaian_sekali"),
            models.CheckConstraint(
                condition=Q(cara__in=["antar", "pos", "surel", "naskah", "unggah"]),
                name="laporan_penyampaian_cara_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tujuan}: {self.disampaikan_pada}"
