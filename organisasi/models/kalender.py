"""The working calendar of an office: free days, and its own working hours where it set them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisasi.models.instansi import Instansi
from sakip.common.waktu import HARI


class HariLibur(models.Model):
    """A day on which nobody works: national holiday, cuti bersama, or a day of one instansi.

    Or the other way round (`masuk`): a day of the nation on which one instansi works all the same.
    """

    class Jenis(models.TextChoices):
        NASIONAL = "nasional", _("Libur nasional")
        CUTI_BERSAMA = "cuti_bersama", _("Cuti bersama")
        INSTANSI = "instansi", _("Libur instansi")
        MASUK = "masuk", _("Tetap hari kerja")

    instansi = models.ForeignKey(
        Instansi,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="hari_libur",
        help_text=_("Kosong berarti berlaku untuk semua instansi."),
    )
    tanggal = models.DateField(_("tanggal"))
    nama = models.CharField(_("nama"), max_length=150)
    jenis = models.CharField(_("jenis"), max_length=12, choices=Jenis, default=Jenis.NASIONAL)
    perkiraan = models.BooleanField(
        _("perkiraan"),
        default=False,
        help_text=_("Tanggalnya belum pasti, misalnya menunggu keputusan Menteri Agama."),
    )
    dasar = models.CharField(
        _("dasar"), max_length=200, blank=True, help_text=_("Nomor keputusan yang menetapkannya.")
    )

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["tanggal"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "tanggal"], name="organisasi_libur_instansi_unik"
            ),
            models.UniqueConstraint(
                fields=["tanggal"],
                condition=Q(instansi=None),
                name="organisasi_libur_umum_unik",
            ),
            models.CheckConstraint(
                condition=Q(jenis__in=["nasional", "cuti_bersama"])
                | Q(jenis__in=["instansi", "masuk"], instansi__isnull=False),
                name="organisasi_libur_jenis_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tanggal} {self.nama}"

    @property
    def is_masuk(self) -> bool:
        """Whether the office works on that day, whatever the nation does."""
        return self.jenis == self.Jenis.MASUK


class JamKerja(models.Model):
    """A dated set of working hours of one instansi. Without one the national norm holds."""

    instansi = models.ForeignKey(
        Instansi, on_delete=models.CASCADE, related_name="jam_kerja", verbose_name=_("instansi")
    )
    nama = models.CharField(_("nama"), max_length=100)
    mulai = models.DateField(_("berlaku mulai"))
    selesai = models.DateField(
        _("sampai dengan"),
        null=True,
        blank=True,
        help_text=_("Kosong berarti sampai diganti. Isi untuk masa tertentu, misalnya Ramadan."),
    )
    dasar = models.CharField(
        _("dasar"), max_length=200, blank=True, help_text=_("Nomor peraturan atau edaran.")
    )

    class Meta:
        verbose_name = _("jam kerja")
        verbose_name_plural = _("jam kerja")
        ordering = ["instansi", "-mulai"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "mulai"], name="organisasi_jam_kerja_mulai_unik"
            ),
            models.CheckConstraint(
                condition=Q(selesai=None) | Q(selesai__gte=F("mulai")),
                name="organisasi_jam_kerja_rentang",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class SesiKerja(models.Model):
    """One unbroken stretch of work on one weekday, for example Senin 07.30 to 12.00."""

    jam_kerja = models.ForeignKey(
        JamKerja, on_delete=models.CASCADE, related_name="sesi", verbose_name=_("jam kerja")
    )
    hari = models.PositiveSmallIntegerField(_("hari"), choices=list(enumerate(HARI)))
    buka = models.TimeField(_("mulai"))
    tutup = models.TimeField(_("selesai"))

    class Meta:
        verbose_name = _("sesi kerja")
        verbose_name_plural = _("sesi kerja")
        ordering = ["jam_kerja", "hari", "buka"]
        constraints = [
            models.UniqueConstraint(
                fields=["jam_kerja", "hari", "buka"], name="organisasi_sesi_kerja_unik"
            ),
            models.CheckConstraint(condition=Q(hari__lte=6), name="organisasi_sesi_kerja_hari"),
            models.CheckConstraint(
                condition=Q(tutup__gt=F("buka")), name="organisasi_sesi_kerja_rentang"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_hari_display()} {self.buka:%H.%M}–{self.tutup:%H.%M}"
