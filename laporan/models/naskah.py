"""The text of the report: chapters being written, and the immutable versions handed over."""

from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf


class BabNaskah(models.Model):
    """One part of the text as it stands on the writer's desk: a chapter, or something below one.

    Figures are not typed: data blocks bring them in. Everything but the text was copied from the
    template of the office when the draft began.
    """

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="bab")
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    kode = models.SlugField(_("kode"), max_length=60)
    tingkat = models.PositiveSmallIntegerField(_("tingkat"), default=1)
    judul = models.CharField(_("judul"), max_length=600)
    petunjuk = models.TextField(_("petunjuk"), blank=True)
    isi = models.TextField(_("isi"), blank=True, help_text=_("Teks kaya yang telah dibersihkan."))
    asal = models.TextField(
        _("isi dari bidang"),
        blank=True,
        help_text=_("Yang terakhir disiapkan dari tulisan bidang; sama berarti belum disunting."),
    )
    blok = models.JSONField(
        _("blok data"),
        default=list,
        blank=True,
        help_text=_("Kode blok menurut urutan cetak; “teks” ialah tempat teksnya."),
    )
    acuan = models.PositiveIntegerField(
        _("acuan"),
        default=0,
        help_text=_("Sasaran atau indikator yang dibahas bagian ini; 0 bila tidak diulang."),
    )
    ulang = models.CharField(_("diulang"), max_length=9, blank=True, default="")
    is_wajib = models.BooleanField(_("wajib diisi"), default=False)
    is_mendatar = models.BooleanField(_("halaman mendatar"), default=False)
    is_lewati = models.BooleanField(_("dilewati bila kosong"), default=False)
    versi = models.PositiveIntegerField(_("versi suntingan"), default=1)
    disunting_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    disunting_pada = models.DateTimeField(_("disunting pada"), null=True)

    class Meta:
        verbose_name = _("bab naskah")
        verbose_name_plural = _("bab naskah")
        ordering = ["draf_id", "urutan"]
        constraints = [
            models.UniqueConstraint(fields=["draf", "kode"], name="laporan_bab_kode_unik")
        ]

    def __str__(self) -> str:
        return self.judul


class VersiNaskah(models.Model):
    """Text and tables as handed over at one moment. Never changed; the PDF is made from it."""

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="versi_naskah")
    nomor = models.PositiveSmallIntegerField(_("nomor versi"))
    isi = models.JSONField(
        _("bab"), help_text=_("Daftar {kode, judul, html, tingkat, blok, acuan, mendatar, lewati}.")
    )
    tabel = models.JSONField(_("tabel"), help_text=_("Blok data yang dibekukan bersama teks."))
    sidik = models.CharField(_("sidik"), max_length=64)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))

    class Meta:
        verbose_name = _("versi naskah")
        verbose_name_plural = _("versi naskah")
        ordering = ["draf_id", "nomor"]
        constraints = [
            models.UniqueConstraint(fields=["draf", "nomor"], name="laporan_versi_naskah_unik")
        ]

    def __str__(self) -> str:
        return f"{self.draf_id} versi {self.nomor}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError("VersiNaskah never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("VersiNaskah never changes")


class TeksNaskah(models.Model):
    """Text of the newest version of a draft, to look it up by. It can be made again at any time."""

    draf = models.OneToOneField(
        Draf, on_delete=models.CASCADE, primary_key=True, related_name="teks_naskah"
    )
    isi = models.TextField(_("isi"), help_text=_("Teks tanpa tanda, untuk cuplikan."))
    teks = models.TextField(_("kata"), help_text=_("Kata-katanya saja, untuk dicari."))

    class Meta:
        verbose_name = _("teks naskah")
        verbose_name_plural = _("teks naskah")

    def __str__(self) -> str:
        return str(self.draf_id)
