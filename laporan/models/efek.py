"""The outbox: effects promised inside an act's transaction and carried out by Celery after it."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf
from laporan.models.tugas import Kunjungan, Tugas
from organisasi.models import Pengguna, Penugasan
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class Efek(StatusTerjaga):
    """One promised effect. This row is the truth about the job; Celery only carries its id."""

    class Jenis(models.TextChoices):
        BEKUKAN = "bekukan", _("Pembuatan PDF")
        BEKUKAN_SURAT = "bekukan_surat", _("Pembuatan PDF surat")
        TANDA_TANGAN = "tanda_tangan", _("Penandatanganan")
        ARSIP = "arsip", _("Pengarsipan")
        WORD = "word", _("Pembuatan berkas Word")

    class Status(models.TextChoices):
        ANTRE = "antre", _("Menunggu giliran")
        JALAN = "jalan", _("Sedang dikerjakan")
        SELESAI = "selesai", _("Selesai")
        GAGAL = "gagal", _("Gagal")
        RAGU = "ragu", _("Hasil belum diketahui")

    TERBUKA = (Status.ANTRE, Status.JALAN)
    MAKS_PERCOBAAN = 3

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="efek")
    kunjungan = models.ForeignKey(Kunjungan, on_delete=models.PROTECT, related_name="efek")
    tugas = models.ForeignKey(Tugas, on_delete=models.PROTECT, null=True, related_name="efek")
    jenis = models.CharField(_("jenis"), max_length=14, choices=Jenis)
    kunci = models.CharField(
        _("kunci"), max_length=100, unique=True, help_text=_("Satu pekerjaan, satu kunci.")
    )
    status = StatusField(
        _("status"), default=Status.ANTRE, choices=Status.choices, protected=True, max_length=8
    )
    percobaan = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    token = models.CharField(_("pemegang sewa"), max_length=32, blank=True)
    sewa_sampai = models.DateTimeField(_("sewa sampai"), null=True)
    kemajuan = models.PositiveSmallIntegerField(_("kemajuan (persen)"), default=0)
    galat = models.TextField(_("sebab gagal"), blank=True)
    sebab = models.CharField(
        _("jenis sebab"), max_length=20, blank=True, help_text=_("Kode sebab, untuk program.")
    )
    sebagai = models.ForeignKey(
        Penugasan,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("diminta sebagai"),
    )
    terkirim_pada = models.DateTimeField(
        _("dikirim ke layanan luar pada"),
        null=True,
        help_text=_("Sejak saat ini hasilnya mungkin ada di sana; tidak diulang begitu saja."),
    )
    rujukan = models.CharField(_("nomor di layanan luar"), max_length=100, blank=True)
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    dikirim_pada = models.DateTimeField(_("dikirim pada"), null=True)
    selesai_pada = models.DateTimeField(_("selesai pada"), null=True)

    class Meta:
        verbose_name = _("efek")
        verbose_name_plural = _("efek")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["sewa_sampai", "dikirim_pada"],
                condition=Q(status__in=["antre", "jalan"]),
                name="laporan_efek_terbuka",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["antre", "jalan", "selesai", "gagal", "ragu"]),
                name="laporan_efek_status_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(kemajuan__lte=100), name="laporan_efek_kemajuan_persen"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.draf_id}: {self.get_status_display()}"

    @transition(
        field=status,
        source=[Status.ANTRE, Status.JALAN],
        target=Status.JALAN,
        permission=by_service,
    )
    def claim(self, *, token: str, sewa_sampai: datetime) -> None:
        """A worker takes the job, or takes over one whose lease ran out."""
        self.token, self.sewa_sampai, self.percobaan = token, sewa_sampai, self.percobaan + 1

    @transition(field=status, source=Status.JALAN, target=Status.SELESAI, permission=by_service)
    def complete(self, *, now: datetime) -> None:
        """The effect happened."""
        self.selesai_pada, self.kemajuan, self.galat, self.sewa_sampai = now, 100, "", None

    @transition(
        field=status,
        source=[Status.ANTRE, Status.JALAN, Status.RAGU],
        target=Status.GAGAL,
        permission=by_service,
    )
    def fail(self, *, galat: str, now: datetime, sebab: str = "") -> None:
        """It did not, and `galat` tells people why."""
        self.selesai_pada, self.galat, self.sewa_sampai = now, galat, None
        self.sebab = sebab

    @transition(field=status, source=Status.JALAN, target=Status.RAGU, permission=by_service)
    def doubt(self, *, galat: str, rujukan: str) -> None:
        """Nobody knows whether it happened elsewhere; to be looked up, never done again."""
        self.galat, self.sewa_sampai = galat, None
        self.rujukan = rujukan or self.rujukan

    @transition(field=status, source=Status.RAGU, target=Status.ANTRE, permission=by_service)
    def recheck(self) -> None:
        """Somebody asked to look it up again."""
        self.percobaan, self.kemajuan, self.token = 0, 0, ""
        self.dikirim_pada = None

    @transition(field=status, source=Status.GAGAL, target=Status.ANTRE, permission=by_service)
    def retry(self) -> None:
        """Somebody asked to try again."""
        self.percobaan, self.kemajuan, self.galat, self.token = 0, 0, "", ""
        self.selesai_pada = self.dikirim_pada = None


class SerahRahasia(models.Model):
    """A passphrase on its way to the worker: encrypted, for one use, for two minutes."""

    efek = models.OneToOneField(Efek, on_delete=models.CASCADE, related_name="rahasia")
    isi = models.BinaryField(_("isi tersandi"))
    kedaluwarsa = models.DateTimeField(_("kedaluwarsa"))

    class Meta:
        verbose_name = _("serah rahasia")
        verbose_name_plural = _("serah rahasia")

    def __str__(self) -> str:
        return f"efek {self.efek_id}"


class IdentitasTanda(models.Model):
    """By what a signing service knows a person: the NIK, encrypted, shown to nobody whole."""

    pengguna = models.OneToOneField(Pengguna, on_delete=models.CASCADE, related_name="+")
    nik = models.BinaryField(_("NIK tersandi"))
    diisi_pada = models.DateTimeField(_("diisi pada"))

    class Meta:
        verbose_name = _("identitas penanda tangan")
        verbose_name_plural = _("identitas penanda tangan")

    def __str__(self) -> str:
        return f"pengguna {self.pengguna_id}"
