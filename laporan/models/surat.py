"""After the signature: the covering letter, the copies, and the place in the archive."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from laporan.models.arsip import KelasArsip
from laporan.models.catatan import Berpenanda, CatatanLangkah
from laporan.models.draf import Draf
from organisasi.models import Instansi, NomorRegister


class SuratPengantar(CatatanLangkah, Berpenanda):
    """Letter with which the report is sent. Its number is its own, not the report's.

    is_berlaku: the letter of the last round; an earlier one gives its number free.
    nomor_register: where the office numbers its letters in a register here.
    Sumber: NASKAH-DINAS in docs/regulasi.md
    """

    class Sifat(models.TextChoices):
        BIASA = "biasa", _("Biasa")
        PENTING = "penting", _("Penting")
        SEGERA = "segera", _("Segera")
        TERBATAS = "terbatas", _("Terbatas")
        RAHASIA = "rahasia", _("Rahasia")

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="+")
    nomor = models.CharField(_("nomor surat"), max_length=160, blank=True)
    nomor_register = models.ForeignKey(
        NomorRegister,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("nomor pada register"),
    )
    sifat = models.CharField(_("sifat"), max_length=8, choices=Sifat, default=Sifat.BIASA)
    tanggal = models.DateField(_("tanggal surat"))
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    perihal = models.CharField(_("perihal"), max_length=250)
    lampiran = models.CharField(_("lampiran"), max_length=100, blank=True)
    isi = models.TextField(_("isi surat"))
    is_berlaku = models.BooleanField(_("berlaku"), default=True)

    class Meta:
        verbose_name = _("surat pengantar")
        verbose_name_plural = _("surat pengantar")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                "instansi",
                "tahun",
                Lower("nomor"),
                condition=Q(is_berlaku=True) & ~Q(nomor=""),
                name="laporan_surat_nomor_unik",
            ),
            models.CheckConstraint(
                condition=Q(sifat__in=["biasa", "penting", "segera", "terbatas", "rahasia"]),
                name="laporan_surat_sifat_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.nomor or self.perihal


class NomorLaporan(models.Model):
    """The number that stands on a document itself, reserved before it is signed and then kept."""

    draf = models.OneToOneField(Draf, on_delete=models.PROTECT, related_name="nomor_laporan")
    nomor = models.OneToOneField(NomorRegister, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("nomor laporan")
        verbose_name_plural = _("nomor laporan")

    def __str__(self) -> str:
        return str(self.nomor)


class TujuanSurat(models.Model):
    """One addressee of a covering letter."""

    surat = models.ForeignKey(SuratPengantar, on_delete=models.CASCADE, related_name="tujuan")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    kepada = models.CharField(_("kepada"), max_length=200)

    class Meta:
        verbose_name = _("tujuan surat")
        verbose_name_plural = _("tujuan surat")
        ordering = ["surat_id", "urutan"]
        constraints = [
            models.UniqueConstraint(fields=["surat", "urutan"], name="laporan_tujuan_urutan_unik")
        ]

    def __str__(self) -> str:
        return self.kepada


class Penggandaan(CatatanLangkah):
    """Copies of the document, made by whom and when."""

    oleh = models.CharField(_("digandakan oleh"), max_length=150)
    tanggal = models.DateField(_("tanggal penggandaan"))

    class Meta:
        verbose_name = _("penggandaan")
        verbose_name_plural = _("penggandaan")
        ordering = ["draf_id", "pk"]

    def __str__(self) -> str:
        return f"{self.draf_id}: {self.tanggal}"


class Salinan(models.Model):
    """Copies for one receiver, and how they were handed over. penerima empty: not received yet."""

    penggandaan = models.ForeignKey(Penggandaan, on_delete=models.CASCADE, related_name="salinan")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    untuk = models.CharField(_("untuk"), max_length=200)
    jumlah = models.PositiveSmallIntegerField(_("jumlah"))
    cara = models.CharField(_("cara penyampaian"), max_length=100, blank=True)
    penerima = models.CharField(_("diterima oleh"), max_length=150, blank=True)
    diterima_pada = models.DateField(_("tanggal diterima"), null=True, blank=True)

    class Meta:
        verbose_name = _("salinan")
        verbose_name_plural = _("salinan")
        ordering = ["penggandaan_id", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["penggandaan", "urutan"], name="laporan_salinan_urutan_unik"
            ),
            models.CheckConstraint(condition=Q(jumlah__gt=0), name="laporan_salinan_berjumlah"),
        ]

    def __str__(self) -> str:
        return f"{self.untuk}: {self.jumlah}"


class CatatanArsip(CatatanLangkah):
    """Where the paper and the file are kept, and for how long.

    Sumber: ARSIP in docs/regulasi.md
    """

    kelas = models.ForeignKey(
        KelasArsip,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("kelas arsip"),
    )
    klasifikasi = models.CharField(_("kode klasifikasi"), max_length=60)
    uraian = models.CharField(_("uraian berkas"), max_length=250)
    lokasi = models.CharField(_("tempat simpan"), max_length=200)
    retensi = models.CharField(
        _("retensi"), max_length=200, help_text=_("Menurut jadwal retensi arsip daerah Anda.")
    )
    aktif_sampai = models.DateField(_("aktif sampai"), null=True)
    inaktif_sampai = models.DateField(_("inaktif sampai"), null=True)
    nasib = models.CharField(_("nasib akhir"), max_length=8, choices=KelasArsip.Nasib, blank=True)

    class Meta:
        verbose_name = _("catatan arsip")
        verbose_name_plural = _("catatan arsip")
        ordering = ["draf_id", "pk"]

    def __str__(self) -> str:
        return f"{self.klasifikasi} {self.uraian}"
