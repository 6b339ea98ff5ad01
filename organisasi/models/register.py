"""Registers of numbers: how an office numbers its letters and documents, and every number given."""

from datetime import datetime
from typing import Any, NoReturn

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisasi.models.instansi import Instansi
from sakip.common.fsm import StatusField, StatusQuerySet, StatusTerjaga, by_service, transition


class Register(models.Model):
    """One register of an office: what it numbers, by which pattern, and when it starts again.

    Sumber: NASKAH-DINAS in docs/regulasi.md
    """

    class Untuk(models.TextChoices):
        LAPORAN = "laporan", _("Laporan kinerja")
        PERJANJIAN = "perjanjian", _("Perjanjian kinerja")
        SURAT = "surat", _("Surat pengantar")
        SOP = "sop", _("SOP")
        LAIN = "lain", _("Lainnya")

    class Reset(models.TextChoices):
        TAHUN = "tahun", _("Tiap tahun")
        BULAN = "bulan", _("Tiap bulan")
        TIDAK = "tidak", _("Tidak pernah")

    instansi = models.ForeignKey(Instansi, on_delete=models.PROTECT, related_name="register")
    nama = models.CharField(_("nama register"), max_length=120)
    untuk = models.CharField(_("dipakai untuk"), max_length=10, choices=Untuk)
    klasifikasi = models.CharField(
        _("kode klasifikasi"),
        max_length=40,
        blank=True,
        help_text=_("Misalnya 000.8.6.3 atau 065, menurut kode klasifikasi arsip daerah Anda."),
    )
    kode_unit = models.CharField(
        _("kode unit"), max_length=40, blank=True, help_text=_("Misalnya 416-317 atau Kes-Set.")
    )
    pola = models.CharField(
        _("pola nomor"),
        max_length=120,
        help_text=_(
            "Teks nomor dengan unsur {nomor}, {nomor:03}, {klasifikasi}, {kode_unit}, {bulan}, "
            "{bulan_romawi}, {tahun}."
        ),
    )
    reset = models.CharField(_("mulai lagi dari 1"), max_length=5, choices=Reset)
    mulai_dari = models.PositiveIntegerField(
        _("nomor pertama di aplikasi ini"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999_999)],
        help_text=_("Satu sesudah nomor terakhir pada buku agenda."),
    )
    is_aktif = models.BooleanField(
        _("aktif"), default=True, help_text=_("Register nonaktif tetap dapat dibaca.")
    )

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("register")
        ordering = ["instansi", "untuk", "nama"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "untuk"],
                condition=Q(is_aktif=True) & ~Q(untuk="lain"),
                name="organisasi_register_satu_aktif",
            ),
            models.CheckConstraint(
                condition=Q(untuk__in=["laporan", "perjanjian", "surat", "sop", "lain"]),
                name="organisasi_register_untuk_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(reset__in=["tahun", "bulan", "tidak"]),
                name="organisasi_register_reset_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(mulai_dari__gt=0), name="organisasi_register_mulai_positif"
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class NomorQuerySet(StatusQuerySet["NomorRegister"]):
    """Numbers are never taken out of the book."""

    def delete(self) -> NoReturn:
        """Refused."""
        raise TypeError("a number is never deleted")


class NomorRegister(StatusTerjaga):
    """One number given: for what, by whom, and what became of it. It is never given twice.

    kurun: the count it stands in, as `organisasi.rules.nomor.make_kurun`. sisipan: letter of a
    number put in behind an earlier one, for a document of a day that has passed.
    """

    class Status(models.TextChoices):
        DIPESAN = "dipesan", _("Dipesan")
        TERPAKAI = "terpakai", _("Terpakai")
        BATAL = "batal", _("Batal")

    objects = NomorQuerySet.as_manager()

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="nomor")
    kurun = models.CharField(_("kurun"), max_length=7, blank=True)
    urut = models.PositiveIntegerField(_("nomor urut"))
    sisipan = models.CharField(_("sisipan"), max_length=1, blank=True)
    nomor = models.CharField(_("nomor"), max_length=160)
    tanggal = models.DateField(_("tanggal"))
    perihal = models.CharField(_("perihal"), max_length=250)
    tujuan = models.CharField(_("tujuan"), max_length=250, blank=True)
    status = StatusField(
        _("status"), default=Status.DIPESAN, choices=Status.choices, protected=True, max_length=8
    )
    alasan = models.CharField(_("alasan sisipan"), max_length=300, blank=True)
    alasan_batal = models.CharField(_("alasan batal"), max_length=300, blank=True)
    diambil_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diambil oleh"),
    )
    diambil_pada = models.DateTimeField(_("diambil pada"))
    diubah_pada = models.DateTimeField(_("keadaan sejak"))

    class Meta:
        verbose_name = _("nomor register")
        verbose_name_plural = _("nomor register")
        ordering = ["register", "-kurun", "-urut", "-sisipan"]
        constraints = [
            models.UniqueConstraint(
                fields=["register", "kurun", "urut", "sisipan"],
                name="organisasi_nomor_urut_unik",
            ),
            models.UniqueConstraint("register", Lower("nomor"), name="organisasi_nomor_teks_unik"),
            models.CheckConstraint(
                condition=Q(status__in=["dipesan", "terpakai", "batal"]),
                name="organisasi_nomor_status_dikenal",
            ),
            models.CheckConstraint(
                condition=~Q(status="batal") | ~Q(alasan_batal=""),
                name="organisasi_nomor_batal_beralasan",
            ),
            models.CheckConstraint(
                condition=Q(sisipan="") | ~Q(alasan=""), name="organisasi_nomor_sisipan_beralasan"
            ),
        ]

    def __str__(self) -> str:
        return self.nomor

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError("a number is never deleted")

    @transition(field=status, source=Status.DIPESAN, target=Status.TERPAKAI, permission=by_service)
    def use(self, *, now: datetime) -> None:
        """The document with this number is out."""
        self.diubah_pada = now

    @transition(
        field=status,
        source=[Status.DIPESAN, Status.TERPAKAI],
        target=Status.BATAL,
        permission=by_service,
    )
    def cancel(self, *, alasan: str, now: datetime) -> None:
        """No document carries it; the book keeps it with the reason."""
        self.alasan_batal, self.diubah_pada = alasan, now
