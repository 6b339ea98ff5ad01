"""The figures of one unit in one triwulan, and their way from draf to diverifikasi."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kinerja import perms
from kinerja.rules.periode import Periode
from organisasi.models import Berjejak, Penugasan, UnitKerja
from sakip.common.fsm import StatusField, StatusTerjaga, transition


class FormulirCapaian(StatusTerjaga, Berjejak):
    """One round (`putaran`) of figures. Work sent back stays as it was; a new round copies it."""

    class Status(models.TextChoices):
        DRAF = "draf", _("Draf")
        DIAJUKAN = "diajukan", _("Diajukan")
        DIVERIFIKASI = "diverifikasi", _("Diverifikasi")
        DIKEMBALIKAN = "dikembalikan", _("Dikembalikan")

    # Figures that a report may print.
    TERKIRIM = (Status.DIAJUKAN, Status.DIVERIFIKASI)

    unit = models.ForeignKey(
        UnitKerja, on_delete=models.PROTECT, related_name="formulir", verbose_name=_("unit kerja")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    triwulan = models.PositiveSmallIntegerField(_("triwulan"))
    putaran = models.PositiveSmallIntegerField(_("putaran"), default=1)
    status = StatusField(
        _("status"), default=Status.DRAF, choices=Status.choices, protected=True, max_length=12
    )
    dibuka_pada = models.DateTimeField(_("dibuka pada"))
    diajukan_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diajukan oleh"),
    )
    diajukan_sebagai = models.CharField(_("diajukan sebagai"), max_length=250, blank=True)
    diajukan_pada = models.DateTimeField(_("diajukan pada"), null=True, blank=True)
    diputus_pada = models.DateTimeField(
        _("diputus pada"),
        null=True,
        blank=True,
        help_text=_("Saat diverifikasi atau dikembalikan."),
    )
    alasan_kembali = models.TextField(_("alasan pengembalian"), blank=True)
    alasan_buka = models.TextField(
        _("alasan dibuka kembali"),
        blank=True,
        help_text=_("Putaran ini dimulai dari capaian yang sudah diverifikasi."),
    )

    pengaturan = models.JSONField(
        _("pengaturan saat dibuka"),
        default=dict,
        blank=True,
        help_text=_("Skala kategori dan batas milik kantor, disalin saat periode dibuka."),
    )

    class Meta:
        verbose_name = _("formulir capaian")
        verbose_name_plural = _("formulir capaian")
        ordering = ["-tahun", "-triwulan", "unit", "-putaran"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "tahun", "triwulan", "putaran"],
                name="kinerja_formulir_putaran_unik",
            ),
            models.UniqueConstraint(
                fields=["unit", "tahun", "triwulan"],
                condition=Q(status="draf"),
                name="kinerja_formulir_satu_draf",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draf", "diajukan", "diverifikasi", "dikembalikan"]),
                name="kinerja_formulir_status_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(status="draf") | Q(diajukan_pada__isnull=False),
                name="kinerja_formulir_diajukan_bertanggal",
            ),
            models.CheckConstraint(
                condition=Q(triwulan__range=(1, 4)), name="kinerja_formulir_triwulan"
            ),
            models.CheckConstraint(
                condition=Q(putaran__gte=1), name="kinerja_formulir_putaran_mulai_satu"
            ),
        ]

    def __str__(self) -> str:
        return f"Capaian {self.periode.nama}, {self.unit}"

    def get_absolute_url(self) -> str:
        """Page of the form."""
        return reverse("kinerja:view-formulir", args=[self.pk])

    @property
    def periode(self) -> Periode:
        """The triwulan the figures are of."""
        return Periode(self.tahun, self.triwulan)

    @property
    def is_draf(self) -> bool:
        """Whether it can still be filled in."""
        return bool(self.status == self.Status.DRAF)

    @property
    def is_terverifikasi(self) -> bool:
        """Whether its figures were found right."""
        return bool(self.status == self.Status.DIVERIFIKASI)

    @transition(
        field=status, source=Status.DRAF, target=Status.DIAJUKAN, permission=perms.can_submit
    )
    def submit(self, *, sebagai: Penugasan, now: datetime) -> None:
        """The unit hands its figures in. Names are copied: they stay true when people move on."""
        self.diajukan_oleh = sebagai.pengguna
        self.diajukan_sebagai = f"{sebagai.pengguna.nama}, {sebagai.sebutan}"[:250]
        self.diajukan_pada = now

    @transition(
        field=status, source=Status.DIAJUKAN, target=Status.DIVERIFIKASI, permission=perms.can_judge
    )
    def verify(self, *, now: datetime) -> None:
        """The figures are found right; they are locked from here on."""
        self.diputus_pada = now

    @transition(
        field=status,
        source=Status.DIAJUKAN,
        target=Status.DIKEMBALIKAN,
        permission=perms.can_return,
    )
    def send_back(self, *, alasan: str, now: datetime) -> None:
        """The figures need work. This round ends here."""
        self.alasan_kembali = alasan
        self.diputus_pada = now
