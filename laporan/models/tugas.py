"""One pass through a step (kunjungan) and each actor's turn in it (tugas)."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kinerja.models import FormulirCapaian
from laporan.models.draf import Draf
from organisasi.models import Jabatan, Penugasan, UnitKerja
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition
from sop.models import Langkah, Pelaksana


class Kunjungan(models.Model):
    """Pass number `iterasi` of a draft through one step. At most one is open per draft."""

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="kunjungan")
    langkah = models.ForeignKey(Langkah, on_delete=models.PROTECT, related_name="+")
    iterasi = models.PositiveSmallIntegerField(_("putaran"))
    lingkup = models.JSONField(
        _("lingkup unit"), null=True, help_text=_("Kosong berarti semua unit.")
    )
    pengirim = models.ForeignKey(
        "laporan.Tugas",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("pengirim"),
    )
    masuk = models.DateTimeField(_("masuk"))
    keluar = models.DateTimeField(_("keluar"), null=True)
    hasil = models.CharField(_("hasil"), max_length=6, blank=True)

    class Meta:
        verbose_name = _("kunjungan langkah")
        verbose_name_plural = _("kunjungan langkah")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draf", "langkah", "iterasi"], name="laporan_kunjungan_putaran_unik"
            ),
            models.UniqueConstraint(
                fields=["draf"], condition=Q(keluar=None), name="laporan_kunjungan_satu_terbuka"
            ),
            models.CheckConstraint(
                condition=Q(hasil__in=["", "lanjut", "ya", "tidak", "batal"]),
                name="laporan_kunjungan_hasil_dikenal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draf_id}: {self.langkah_id} #{self.iterasi}"


class Tugas(StatusTerjaga):
    """One actor's turn. Closed turns never change: returning work opens a new one."""

    class Status(models.TextChoices):
        MENUNGGU = "menunggu", _("Menunggu giliran")
        AKTIF = "aktif", _("Menunggu dikerjakan")
        DIPROSES = "diproses", _("Sedang diproses")
        SELESAI = "selesai", _("Selesai")
        DIKEMBALIKAN = "dikembalikan", _("Dikembalikan")
        GUGUR = "gugur", _("Gugur")

    TERBUKA = (Status.MENUNGGU, Status.AKTIF, Status.DIPROSES)
    DI_MEJA = (Status.AKTIF, Status.DIPROSES)

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="tugas")
    kunjungan = models.ForeignKey(Kunjungan, on_delete=models.PROTECT, related_name="tugas")
    pelaksana = models.ForeignKey(Pelaksana, on_delete=models.PROTECT, related_name="+")
    jabatan = models.ForeignKey(
        Jabatan, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan")
    )
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("unit kerja"),
    )
    urutan = models.PositiveSmallIntegerField(_("giliran dalam langkah"), default=1)
    formulir = models.ForeignKey(
        FormulirCapaian,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("formulir capaian"),
    )
    status = StatusField(
        _("status"), default=Status.MENUNGGU, choices=Status.choices, protected=True, max_length=12
    )
    aktif_pada = models.DateTimeField(_("aktif sejak"), null=True)
    dibuka_pada = models.DateTimeField(
        _("pertama dibuka"), null=True, help_text=_("Saat pemegangnya pertama kali membukanya.")
    )
    tenggat = models.DateTimeField(_("tenggat"), null=True)
    banyak_unit = models.PositiveSmallIntegerField(
        _("banyak unit"),
        default=0,
        help_text=_("Pengali waktu baku yang ditulis per unit; 0 bila tidak per unit."),
    )
    hasil = models.CharField(_("hasil"), max_length=6, blank=True)
    catatan = models.TextField(_("catatan"), blank=True)
    isian = models.JSONField(
        _("isian langkah"), default=dict, help_text=_("Yang dicatat pada langkah ini.")
    )
    oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("oleh"),
    )
    sebagai = models.ForeignKey(Penugasan, on_delete=models.PROTECT, null=True, related_name="+")
    pelaku_nama = models.CharField(_("nama pelaku"), max_length=150, blank=True)
    pelaku_nip = models.CharField(_("NIP pelaku"), max_length=18, blank=True)
    pelaku_pangkat = models.CharField(_("pangkat pelaku"), max_length=100, blank=True)
    pelaku_sebutan = models.CharField(_("jabatan pelaku"), max_length=450, blank=True)
    pada = models.DateTimeField(_("pada"), null=True)

    class Meta:
        verbose_name = _("tugas")
        verbose_name_plural = _("tugas")
        ordering = ["kunjungan_id", "urutan", "pk"]
        indexes = [
            # Not partial: SQLite cannot match a partial index with a bound parameter.
            models.Index(fields=["jabatan", "status", "tenggat"], name="laporan_tugas_kotak_masuk"),
            models.Index(
                fields=["tenggat"], condition=Q(status="aktif"), name="laporan_tugas_lewat"
            ),
            models.Index(fields=["oleh", "-pada"], name="laporan_tugas_oleh"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kunjungan", "pelaksana", "unit"],
                condition=Q(unit__isnull=False),
                name="laporan_tugas_unit_unik",
            ),
            models.UniqueConstraint(
                fields=["kunjungan", "pelaksana"],
                condition=Q(unit=None),
                name="laporan_tugas_tanpa_unit_unik",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["menunggu", "aktif", "diproses", "selesai", "dikembalikan", "gugur"]
                ),
                name="laporan_tugas_status_dikenal",
            ),
            models.CheckConstraint(
                condition=~Q(status="dikembalikan") | ~Q(catatan=""),
                name="laporan_tugas_kembali_beralasan",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["selesai", "dikembalikan"])
                | Q(oleh__isnull=False, sebagai__isnull=False, pada__isnull=False),
                name="laporan_tugas_tutup_berpelaku",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.jabatan} {self.unit or ''}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        """Page on which this turn is done."""
        return reverse("laporan:work-tugas", args=[self.pk])

    @transition(field=status, source=Status.MENUNGGU, target=Status.AKTIF, permission=by_service)
    def activate(self, *, now: datetime, tenggat: datetime | None) -> None:
        """The actor's turn begins; the clock runs."""
        self.aktif_pada, self.tenggat = now, tenggat

    @transition(field=status, source=Status.AKTIF, target=Status.DIPROSES, permission=by_service)
    def begin_processing(self) -> None:
        """A job finishes this turn (signing); nobody else may act on it meanwhile."""

    @transition(field=status, source=Status.DIPROSES, target=Status.AKTIF, permission=by_service)
    def fail_processing(self) -> None:
        """The job failed; the turn is the actor's again."""

    @transition(
        field=status,
        source=[Status.AKTIF, Status.DIPROSES],
        target=Status.SELESAI,
        permission=by_service,
    )
    def complete(self, *, sebagai: Penugasan, hasil: str, catatan: str, now: datetime) -> None:
        """Done, by the holder of `sebagai`."""
        self._close(sebagai, hasil, catatan, now)

    @transition(
        field=status, source=Status.AKTIF, target=Status.DIKEMBALIKAN, permission=by_service
    )
    def send_back(self, *, sebagai: Penugasan, catatan: str, now: datetime) -> None:
        """Answered Tidak, with the reason."""
        self._close(sebagai, "tidak", catatan, now)

    @transition(
        field=status,
        source=[Status.MENUNGGU, Status.AKTIF],
        target=Status.GUGUR,
        permission=by_service,
    )
    def drop(self) -> None:
        """No longer needed: a peer returned the row, or the draft was cancelled."""

    def _close(self, sebagai: Penugasan, hasil: str, catatan: str, now: datetime) -> None:
        orang = sebagai.pengguna
        self.oleh, self.sebagai, self.hasil, self.catatan, self.pada = (
            orang,
            sebagai,
            hasil,
            catatan,
            now,
        )
        self.pelaku_nama, self.pelaku_nip, self.pelaku_sebutan = (
            orang.nama,
            orang.nip,
            sebagai.sebutan,
        )
        self.pelaku_pangkat = orang.pangkat
