"""How one office judges percentages: its category scale and the limits that ask for words."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.rules.kategori import PENGATURAN_BAKU
from organisasi.models import Instansi


class PengaturanKinerja(models.Model):
    """Limits of one office. Without a row those of the regulation's scale hold."""

    instansi = models.OneToOneField(
        Instansi,
        on_delete=models.PROTECT,
        related_name="pengaturan_kinerja",
        verbose_name=_("instansi"),
    )
    batas_penjelasan = models.DecimalField(
        _("wajib penjelasan di bawah"),
        max_digits=6,
        decimal_places=2,
        default=PENGATURAN_BAKU.batas_penjelasan,
        help_text=_("Capaian di bawah persentase ini wajib disertai penjelasan."),
    )
    batas_periksa = models.DecimalField(
        _("periksa kembali di atas"),
        max_digits=6,
        decimal_places=2,
        default=PENGATURAN_BAKU.batas_periksa,
        help_text=_("Capaian di atas persentase ini diberi peringatan salah ketik."),
    )

    is_wajib_rtl = models.BooleanField(
        _("kendala, solusi, dan RTL wajib"),
        default=PENGATURAN_BAKU.wajib_rtl,
        help_text=_("Di bawah batas itu, kendala, solusi, dan RTL juga wajib diisi."),
    )

    class Meta:
        verbose_name = _("pengaturan kinerja")
        verbose_name_plural = _("pengaturan kinerja")
        constraints = [
            models.CheckConstraint(
                condition=Q(batas_penjelasan__gte=0, batas_periksa__gte=100),
                name="kinerja_pengaturan_batas",
            )
        ]

    def __str__(self) -> str:
        return f"Pengaturan kinerja {self.instansi}"


class SkalaKategori(models.Model):
    """One band of an office's category scale. Without rows the regulation's scale holds."""

    class Warna(models.TextChoices):
        DAUN = "daun", _("Hijau")
        KUNYIT = "kunyit", _("Kuning")
        BATA = "bata", _("Merah")

    instansi = models.ForeignKey(
        Instansi,
        on_delete=models.PROTECT,
        related_name="skala_kategori",
        verbose_name=_("instansi"),
    )
    batas = models.DecimalField(
        _("mulai dari (%)"),
        max_digits=6,
        decimal_places=2,
        default=Decimal(0),
        help_text=_("Berlaku dari persentase ini sampai kategori di atasnya."),
    )
    label = models.CharField(_("sebutan"), max_length=40)
    warna = models.CharField(_("warna"), max_length=6, choices=Warna)

    class Meta:
        verbose_name = _("kategori capaian")
        verbose_name_plural = _("kategori capaian")
        ordering = ["instansi", "-batas"]
        constraints = [
            models.UniqueConstraint(fields=["instansi", "batas"], name="kinerja_skala_batas_unik"),
            models.CheckConstraint(
                condition=Q(warna__in=["daun", "kunyit", "bata"]), name="kinerja_skala_warna"
            ),
        ]

    def __str__(self) -> str:
        return self.label
