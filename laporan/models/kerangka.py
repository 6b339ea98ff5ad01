"""The structure an office gives its documents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.rules.kerangka import LEMBAR, Bagian
from organisasi.models import Instansi
from sop.models import SOP


class BagianKerangka(models.Model):
    """One part of an office's template; without rows the template that comes with the product.

    A draft copies what it needs when it begins: changing the template changes no running draft.
    Sumber: KERANGKA-LKJ in docs/regulasi.md
    """

    class Penomoran(models.TextChoices):
        TANPA = "", _("Tanpa nomor")
        BAB = "bab", _("Bab I, Bab II, dan seterusnya")
        LAMPIRAN = "lampiran", _("Lampiran I, Lampiran II, dan seterusnya")

    class Ulang(models.TextChoices):
        SEKALI = "", _("Sekali")
        SASARAN = "sasaran", _("Untuk tiap sasaran")
        INDIKATOR = "indikator", _("Untuk tiap indikator")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="kerangka", verbose_name=_("instansi")
    )
    dokumen = models.CharField(_("dokumen"), max_length=20, choices=SOP.Menghasilkan)
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    kode = models.SlugField(_("kode"), max_length=40)
    tingkat = models.PositiveSmallIntegerField(_("tingkat"), default=1)
    nomor = models.CharField(
        _("penomoran"), max_length=8, choices=Penomoran, blank=True, default=Penomoran.TANPA
    )
    judul = models.CharField(_("judul"), max_length=200)
    petunjuk = models.TextField(
        _("petunjuk"), blank=True, help_text=_("Dibaca penulis: apa yang termasuk bagian ini.")
    )
    isi = models.TextField(
        _("teks awal"), blank=True, help_text=_("Teks kaya yang mengawali naskah baru.")
    )
    blok = models.JSONField(_("blok data"), default=list, blank=True)
    ulang = models.CharField(
        _("diulang"), max_length=9, choices=Ulang, blank=True, default=Ulang.SEKALI
    )
    untuk = models.JSONField(_("dipakai pada"), default=list, blank=True)
    wajib = models.JSONField(_("wajib diisi pada"), default=list, blank=True)
    is_mendatar = models.BooleanField(
        _("halaman mendatar"), default=False, help_text=_("Untuk tabel yang lebar.")
    )
    is_lewati = models.BooleanField(
        _("dilewati bila kosong"), default=True, help_text=_("Tidak dicetak selama tidak berisi.")
    )
    is_aktif = models.BooleanField(_("dipakai"), default=True)
    lembar = models.CharField(
        _("lembar"),
        max_length=15,
        choices=list(LEMBAR.items()),
        blank=True,
        default="",
        help_text=_("Lembar yang disusun aplikasi, bukan ditulis: sampul, pengesahan, daftar."),
    )

    class Meta:
        verbose_name = _("bagian kerangka")
        verbose_name_plural = _("bagian kerangka")
        ordering = ["instansi_id", "dokumen", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "dokumen", "kode"], name="laporan_kerangka_kode_unik"
            ),
            models.CheckConstraint(
                condition=Q(tingkat__range=(1, 4)), name="laporan_kerangka_tingkat"
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    @property
    def bagian(self) -> Bagian:
        """The part as the rules know it."""
        return Bagian(
            kode=self.kode,
            judul=self.judul,
            petunjuk=self.petunjuk,
            isi=self.isi,
            tingkat=self.tingkat,
            nomor=self.nomor,
            blok=tuple(self.blok),
            ulang=self.ulang,
            untuk=tuple(self.untuk),
            wajib=tuple(self.wajib),
            is_mendatar=self.is_mendatar,
            is_lewati=self.is_lewati,
            is_aktif=self.is_aktif,
            lembar=self.lembar,
        )
