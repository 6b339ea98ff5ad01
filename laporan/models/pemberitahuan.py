"""Notices to people, their way out of the house, and when reminders are due."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf
from laporan.models.tugas import Tugas
from organisasi.models import Instansi
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class AturanPengingat(models.Model):
    """When reminders are due in one office. Without a row the defaults below hold."""

    instansi = models.OneToOneField(
        Instansi,
        on_delete=models.CASCADE,
        related_name="aturan_pengingat",
        verbose_name=_("instansi"),
    )
    sisa_persen = models.PositiveSmallIntegerField(
        _("ingatkan saat sisa waktu (persen)"),
        default=25,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
        help_text=_("Bagian dari waktu baku yang masih tersisa."),
    )
    paling_awal_hari = models.PositiveSmallIntegerField(
        _("paling awal (hari kerja sebelum tenggat)"),
        default=3,
        validators=[MinValueValidator(1), MaxValueValidator(60)],
    )
    atasan_setelah_hari = models.PositiveSmallIntegerField(
        _("beri tahu atasan setelah lewat (hari kerja)"),
        default=1,
        validators=[MaxValueValidator(60)],
        help_text=_("0 berarti begitu tenggat lewat."),
    )

    class Meta:
        verbose_name = _("aturan pengingat")
        verbose_name_plural = _("aturan pengingat")

    def __str__(self) -> str:
        return f"{self.sisa_persen}%, {self.paling_awal_hari}, {self.atasan_setelah_hari}"


class Pemberitahuan(models.Model):
    """One notice to one person. It informs; nothing ever happens to a draft because of it."""

    class Jenis(models.TextChoices):
        GILIRAN = "giliran", _("Giliran baru")
        KEMBALI = "kembali", _("Dikembalikan")
        TANDA_TANGAN = "tanda_tangan", _("Ditandatangani")
        SELESAI = "selesai", _("Selesai")
        SEGERA = "segera", _("Mendekati tenggat")
        TENGGAT = "tenggat", _("Tenggat tiba")
        ATASAN = "atasan", _("Lewat tenggat di bawah Anda")
        DIPERPANJANG = "diperpanjang", _("Tenggat diperpanjang")
        DITANGGUHKAN = "ditangguhkan", _("Ditangguhkan")
        DILANJUTKAN = "dilanjutkan", _("Dilanjutkan")
        DIBATALKAN = "dibatalkan", _("Dibatalkan")

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="pemberitahuan",
        verbose_name=_("kepada"),
    )
    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="pemberitahuan")
    tugas = models.ForeignKey(
        Tugas, on_delete=models.PROTECT, null=True, related_name="pemberitahuan"
    )
    jenis = models.CharField(_("jenis"), max_length=12, choices=Jenis)
    teks = models.CharField(_("teks"), max_length=500)
    kunci = models.CharField(
        _("kunci"), max_length=100, unique=True, help_text=_("Satu kabar, satu orang, satu kali.")
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    dibaca_pada = models.DateTimeField(_("dibaca pada"), null=True)

    class Meta:
        verbose_name = _("pemberitahuan")
        verbose_name_plural = _("pemberitahuan")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["pengguna", "dibaca_pada"], name="laporan_pemberitahuan_baru")
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    jenis__in=[
                        "giliran",
                        "kembali",
                        "tanda_tangan",
                        "selesai",
                        "segera",
                        "tenggat",
                        "atasan",
                        "diperpanjang",
                        "ditangguhkan",
                        "dilanjutkan",
                        "dibatalkan",
                    ]
                ),
                name="laporan_pemberitahuan_jenis_dikenal",
            )
        ]

    def __str__(self) -> str:
        return self.teks


class Pengiriman(StatusTerjaga):
    """The outbox: one notice on its way out by one channel, at least once, with one key."""

    class Saluran(models.TextChoices):
        SUREL = "surel", _("surel")
        PESAN = "pesan", _("WhatsApp atau SMS")

    class Status(models.TextChoices):
        ANTRE = "antre", _("Menunggu dikirim")
        JALAN = "jalan", _("Sedang dikirim")
        TERKIRIM = "terkirim", _("Terkirim")
        GUGUR = "gugur", _("Tidak diperlukan lagi")
        GAGAL = "gagal", _("Gagal")

    MAKS_PERCOBAAN = 6

    pemberitahuan = models.ForeignKey(
        Pemberitahuan, on_delete=models.PROTECT, related_name="pengiriman"
    )
    saluran = models.CharField(_("saluran"), max_length=5, choices=Saluran)
    status = StatusField(
        _("status"), default=Status.ANTRE, choices=Status.choices, protected=True, max_length=8
    )
    percobaan = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    jadwal = models.DateTimeField(_("dikirim mulai"))
    token = models.CharField(_("pemegang sewa"), max_length=32, blank=True)
    galat = models.CharField(_("sebab gagal"), max_length=300, blank=True)
    selesai_pada = models.DateTimeField(_("selesai pada"), null=True)

    class Meta:
        verbose_name = _("pengiriman")
        verbose_name_plural = _("pengiriman")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["jadwal"],
                condition=Q(status__in=["antre", "jalan"]),
                name="laporan_pengiriman_terbuka",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["pemberitahuan", "saluran"], name="laporan_pengiriman_saluran_unik"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["antre", "jalan", "terkirim", "gugur", "gagal"]),
                name="laporan_pengiriman_status_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_saluran_display()} {self.pemberitahuan_id}: {self.get_status_display()}"

    @property
    def kunci(self) -> str:
        """Key by which the other side can tell a repeat."""
        return f"sakip:{self.pk}:{self.saluran}"

    @transition(
        field=status,
        source=[Status.ANTRE, Status.JALAN],
        target=Status.JALAN,
        permission=by_service,
    )
    def claim(self, *, token: str, sewa_sampai: datetime) -> None:
        """A worker takes it, or takes over one whose worker is gone; `jadwal` is the lease."""
        self.token, self.jadwal, self.percobaan = token, sewa_sampai, self.percobaan + 1

    @transition(field=status, source=Status.JALAN, target=Status.TERKIRIM, permission=by_service)
    def complete(self, *, now: datetime) -> None:
        """The other side took it."""
        self.selesai_pada, self.galat = now, ""

    @transition(field=status, source=Status.JALAN, target=Status.ANTRE, permission=by_service)
    def postpone(self, *, jadwal: datetime, galat: str) -> None:
        """Not now; try again at `jadwal`."""
        self.jadwal, self.galat = jadwal, galat

    @transition(field=status, source=Status.JALAN, target=Status.GAGAL, permission=by_service)
    def fail(self, *, galat: str, now: datetime) -> None:
        """Given up; a person may ask for another attempt."""
        self.selesai_pada, self.galat = now, galat

    @transition(
        field=status,
        source=[Status.ANTRE, Status.JALAN],
        target=Status.GUGUR,
        permission=by_service,
    )
    def drop(self, *, now: datetime) -> None:
        """Nobody needs it any more: the turn is over, or the channel was switched off."""
        self.selesai_pada = now

    @transition(field=status, source=Status.GAGAL, target=Status.ANTRE, permission=by_service)
    def retry(self, *, now: datetime) -> None:
        """Somebody asked to try again."""
        self.percobaan, self.galat, self.token = 0, "", ""
        self.selesai_pada, self.jadwal = None, now
