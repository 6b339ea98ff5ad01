"""An SOP and its versions. A published version is frozen, here and by database triggers."""

from datetime import date, datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisasi.models import Berjejak, Instansi
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class SOP(models.Model):
    """A procedure in the catalogue of one instansi. What it says stands in its versions."""

    class Menghasilkan(models.TextChoices):
        LAPORAN_KINERJA = "laporan_kinerja", _("Laporan Kinerja")
        PERJANJIAN_KINERJA = "perjanjian_kinerja", _("Perjanjian Kinerja")
        RENCANA_AKSI = "rencana_aksi", _("Rencana Aksi")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="sop", verbose_name=_("instansi")
    )
    kode = models.SlugField(_("kode"), max_length=60)
    nama = models.CharField(_("nama"), max_length=250)
    unit_pemilik = models.CharField(_("unit pemilik"), max_length=250, blank=True)
    menghasilkan = models.CharField(
        _("menghasilkan"),
        max_length=20,
        choices=Menghasilkan,
        default=Menghasilkan.LAPORAN_KINERJA,
        help_text=_("Dokumen yang jadi bila SOP ini dijalankan sampai selesai."),
    )

    class Meta:
        verbose_name = _("SOP")
        verbose_name_plural = _("SOP")
        ordering = ["instansi", "nama", "kode"]
        constraints = [
            models.UniqueConstraint(fields=["instansi", "kode"], name="sop_sop_kode_unik"),
            models.CheckConstraint(
                condition=Q(
                    menghasilkan__in=["laporan_kinerja", "perjanjian_kinerja", "rencana_aksi"]
                ),
                name="sop_sop_menghasilkan_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return self.nama


class VersiSOP(StatusTerjaga, Berjejak):
    """One version of an SOP: identity page and route. Frozen once terbit; drafts stay on it."""

    class Status(models.TextChoices):
        KONSEP = "konsep", _("Konsep")
        TERBIT = "terbit", _("Terbit")
        DICABUT = "dicabut", _("Dicabut")

    sop = models.ForeignKey(
        SOP, on_delete=models.PROTECT, related_name="versi", verbose_name=_("SOP")
    )
    nomor = models.PositiveIntegerField(_("versi"))
    status = StatusField(_("status"), default=Status.KONSEP, choices=Status.choices, protected=True)
    sidik = models.CharField(_("sidik"), max_length=64, blank=True, editable=False)
    terbit_pada = models.DateTimeField(_("terbit pada"), null=True, blank=True, editable=False)
    berlaku_mulai = models.DateField(
        _("berlaku dari tanggal"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("Laporan baru dimulai pada versi ini sejak tanggal itu."),
    )
    dicabut_pada = models.DateTimeField(_("dicabut pada"), null=True, blank=True, editable=False)

    nama_sop = models.CharField(_("nama SOP seperti tercetak"), max_length=250, blank=True)
    kop = models.JSONField(_("kop seperti tercetak"), default=list, blank=True)
    nomor_sop = models.CharField(_("nomor SOP"), max_length=120, blank=True)
    tanggal_pembuatan = models.DateField(_("tanggal pembuatan"), null=True, blank=True)
    tanggal_pembuatan_teks = models.CharField(
        _("tanggal pembuatan seperti tercetak"), max_length=60, blank=True
    )
    tanggal_revisi = models.DateField(_("tanggal revisi"), null=True, blank=True)
    tanggal_revisi_teks = models.CharField(
        _("tanggal revisi seperti tercetak"), max_length=60, blank=True
    )
    tanggal_efektif = models.DateField(_("tanggal efektif"), null=True, blank=True)
    tanggal_efektif_teks = models.CharField(
        _("tanggal efektif seperti tercetak"), max_length=60, blank=True
    )
    tanggal_pengesahan = models.DateField(_("tanggal pengesahan"), null=True, blank=True)
    tanggal_pengesahan_teks = models.CharField(
        _("tanggal pengesahan seperti tercetak"), max_length=60, blank=True
    )
    disahkan_jabatan = models.CharField(_("jabatan yang mengesahkan"), max_length=250, blank=True)
    disahkan_nama = models.CharField(_("nama yang mengesahkan"), max_length=150, blank=True)
    disahkan_pangkat = models.CharField(_("pangkat yang mengesahkan"), max_length=80, blank=True)
    disahkan_nip = models.CharField(_("NIP yang mengesahkan"), max_length=40, blank=True)
    dasar_hukum = models.JSONField(_("dasar hukum"), default=list, blank=True)
    kualifikasi = models.JSONField(_("kualifikasi pelaksana"), default=list, blank=True)
    keterkaitan = models.JSONField(_("keterkaitan"), default=list, blank=True)
    peralatan = models.JSONField(_("peralatan/perlengkapan"), default=list, blank=True)
    peringatan = models.JSONField(_("peringatan"), default=list, blank=True)
    pencatatan = models.JSONField(_("pencatatan dan pendataan"), default=list, blank=True)
    judul_uraian = models.CharField(_("judul tabel uraian"), max_length=250, blank=True)
    judul_kolom = models.JSONField(_("judul kolom seperti tercetak"), default=dict, blank=True)
    judul_pelaksana = models.JSONField(
        _("kolom pelaksana"),
        default=list,
        blank=True,
        help_text=_("Judul tercetak dan kode jabatan tiap kolom."),
    )
    catatan_sumber = models.JSONField(
        _("catatan sumber"), default=dict, blank=True, encoder=DjangoJSONEncoder
    )
    perlu_konfirmasi = models.JSONField(_("perlu konfirmasi"), default=list, blank=True)

    class Meta:
        verbose_name = _("versi SOP")
        verbose_name_plural = _("versi SOP")
        ordering = ["sop", "-nomor"]
        constraints = [
            models.UniqueConstraint(fields=["sop", "nomor"], name="sop_versi_nomor_unik"),
            models.UniqueConstraint(
                fields=["sop", "berlaku_mulai"],
                condition=Q(status="terbit"),
                name="sop_versi_satu_terbit_per_tanggal",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["konsep", "terbit", "dicabut"]),
                name="sop_versi_status_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(status="konsep", sidik="", terbit_pada=None)
                | (~Q(status="konsep") & ~Q(sidik="") & Q(terbit_pada__isnull=False)),
                name="sop_versi_terbit_bersidik",
            ),
            models.CheckConstraint(
                condition=Q(status="konsep", berlaku_mulai=None)
                | (~Q(status="konsep") & Q(berlaku_mulai__isnull=False)),
                name="sop_versi_terbit_bermulai",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sop.nama} (versi {self.nomor})"

    @property
    def is_konsep(self) -> bool:
        """Whether its route may still change."""
        return bool(self.status == self.Status.KONSEP)

    @transition(field=status, source=Status.KONSEP, target=Status.TERBIT, permission=by_service)
    def publish(self, *, sidik: str, pada: datetime, mulai: date) -> None:
        """Freeze the route under its fingerprint, to be in force from the day `mulai`.

        The service has checked the route.
        """
        self.sidik = sidik
        self.terbit_pada = pada
        self.berlaku_mulai = mulai

    @transition(field=status, source=Status.TERBIT, target=Status.DICABUT, permission=by_service)
    def withdraw(self, *, pada: datetime) -> None:
        """No new draft may start on it; running drafts finish on it."""
        self.dicabut_pada = pada
