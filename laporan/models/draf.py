"""The draft of a report and its two state machines: how it fares, and on whose desk it lies."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from kinerja.models import PerjanjianKinerja
from organisasi.models import Berjejak, Instansi
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, dynamic_target, transition
from sop.models import SOP, VersiSOP

# No letters that look like figures: people read the code aloud and type it from paper.
_HURUF = "23456789abcdefghjkmnpqrstvwxyz"


def make_token() -> str:
    """Unguessable code behind the QR (98 bits), easy to read."""
    return "".join(secrets.choice(_HURUF) for _ in range(20))


class Draf(Berjejak, StatusTerjaga):
    """One report of one period, walking the SOP version it was started on to the end."""

    class Status(models.TextChoices):
        KONSEP = "konsep", _("Belum dimulai")
        BERJALAN = "berjalan", _("Berjalan")
        PERBAIKAN = "perbaikan", _("Dalam perbaikan")
        DITANGGUHKAN = "ditangguhkan", _("Ditangguhkan")
        SELESAI = "selesai", _("Selesai")
        DIBATALKAN = "dibatalkan", _("Dibatalkan")

    class Meja(models.TextChoices):
        BELUM = "belum", _("Belum dimulai")
        KEPALA = "kepala", _("Kepala")
        SEKRETARIS = "sekretaris", _("Sekretaris")
        PERENCANA = "perencana", _("Perencana")
        BIDANG = "bidang", _("Bidang")
        STAF = "staf", _("Staf")
        BERSAMA = "bersama", _("Beberapa pejabat")
        USAI = "usai", _("Usai")

    class Jenis(models.TextChoices):
        BULANAN = "bulanan", _("Bulanan")
        TRIWULAN = "triwulan", _("Triwulan")
        SEMESTER = "semester", _("Semester")
        TAHUNAN = "tahunan", _("Tahunan")

    HAK_BACA = "lihat_draf"
    AKTIF = (Status.BERJALAN, Status.PERBAIKAN)
    TERBUKA = (*AKTIF, Status.DITANGGUHKAN)

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="draf", verbose_name=_("instansi")
    )
    sop = models.ForeignKey(SOP, on_delete=models.PROTECT, related_name="+", verbose_name=_("SOP"))
    versi = models.ForeignKey(
        VersiSOP, on_delete=models.PROTECT, related_name="+", verbose_name=_("versi SOP")
    )
    menghasilkan = models.CharField(
        _("menghasilkan"),
        max_length=20,
        choices=SOP.Menghasilkan,
        default=SOP.Menghasilkan.LAPORAN_KINERJA,
        help_text=_("Dokumen yang disusun, menurut SOP saat draf dimulai."),
    )
    perjanjian = models.OneToOneField(
        PerjanjianKinerja,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="draf",
        verbose_name=_("perjanjian kinerja"),
    )
    judul = models.CharField(_("judul"), max_length=200)
    jenis = models.CharField(_("jenis laporan"), max_length=10, choices=Jenis)
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    periode_ke = models.PositiveSmallIntegerField(
        _("periode ke"),
        default=0,
        help_text=_(
            "Bulan 1-12, triwulan 1-4, semester 1-2; 0 untuk tahunan. "
            "Pada perjanjian kinerja dan rencana aksi: perubahan ke berapa, 0 untuk yang murni."
        ),
    )
    unit = models.JSONField(
        _("unit yang terlibat"), default=dict, help_text=_("Jenis unit ke daftar id, dibekukan.")
    )
    status = StatusField(
        _("status"), default=Status.KONSEP, choices=Status.choices, protected=True, max_length=12
    )
    meja = StatusField(
        _("di meja"), default=Meja.BELUM, choices=Meja.choices, protected=True, max_length=10
    )
    balik_dari = models.PositiveSmallIntegerField(_("dikembalikan dari langkah"), default=0)
    iterasi = models.JSONField(_("putaran per langkah"), default=dict)
    lembar = models.JSONField(
        _("lembar"),
        default=list,
        help_text=_("Lembar yang disusun aplikasi: [kode, bagian sesudahnya], menurut kerangka."),
    )
    naskah_urut = models.PositiveIntegerField(_("urut suntingan naskah"), default=0)
    token = models.CharField(
        _("kode verifikasi"), max_length=32, unique=True, default=make_token, editable=False
    )
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("dibuat oleh"),
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    selesai_pada = models.DateTimeField(_("selesai pada"), null=True, blank=True)

    class Meta:
        verbose_name = _("draf laporan")
        verbose_name_plural = _("draf laporan")
        ordering = ["-dibuat_pada", "-pk"]
        permissions = [("lihat_draf", "Dapat membaca draf di luar penugasannya")]
        indexes = [models.Index(fields=["instansi", "-dibuat_pada"], name="laporan_draf_instansi")]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    status__in=[
                        "konsep",
                        "berjalan",
                        "perbaikan",
                        "ditangguhkan",
                        "selesai",
                        "dibatalkan",
                    ]
                ),
                name="laporan_draf_status_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(
                    meja__in=[
                        "belum",
                        "kepala",
                        "sekretaris",
                        "perencana",
                        "bidang",
                        "staf",
                        "bersama",
                        "usai",
                    ]
                ),
                name="laporan_draf_meja_dikenal",
            ),
            models.UniqueConstraint(
                fields=["sop", "jenis", "tahun", "periode_ke"],
                condition=~Q(status="dibatalkan") & Q(perjanjian=None),
                name="laporan_draf_satu_per_periode",
            ),
            models.CheckConstraint(
                condition=Q(menghasilkan="perjanjian_kinerja", perjanjian__isnull=False)
                | Q(menghasilkan__in=["laporan_kinerja", "rencana_aksi"], perjanjian=None),
                name="laporan_draf_dokumen_sesuai",
            ),
        ]

    def __str__(self) -> str:
        return self.judul

    def get_absolute_url(self) -> str:
        """Page of the draft."""
        return reverse("laporan:view-draf", args=[self.pk])

    @property
    def is_laporan(self) -> bool:
        """Whether it reports on figures; the other documents promise or plan them."""
        return self.menghasilkan == SOP.Menghasilkan.LAPORAN_KINERJA

    @property
    def sebutan(self) -> str:
        """What the document is called inside a sentence."""
        return gettext("laporan") if self.is_laporan else self.get_menghasilkan_display().lower()

    @property
    def is_aktif(self) -> bool:
        """Whether somebody can work on it now."""
        return self.status in self.AKTIF

    @transition(
        field=meja,
        source="*",
        target=dynamic_target(lambda _draf, ke: ke, states=list(Meja.values)),
        permission=by_service,
    )
    def move_meja(self, ke: str) -> None:
        """Follow the open tasks; a projection for lists, never asked by a rule."""

    @transition(field=status, source=Status.KONSEP, target=Status.BERJALAN, permission=by_service)
    def start(self) -> None:
        """Begin the walk."""

    @transition(
        field=status,
        source=list(AKTIF),
        target=dynamic_target(
            lambda draf, ke: (
                Draf.Status.BERJALAN if ke > draf.balik_dari else Draf.Status.PERBAIKAN
            ),
            states=list(AKTIF),
        ),
        permission=by_service,
    )
    def advance(self, ke: int) -> None:
        """Go on to step `ke`; rework ends once the step that returned the draft is passed."""
        if ke > self.balik_dari:
            self.balik_dari = 0

    @transition(field=status, source=list(AKTIF), target=Status.PERBAIKAN, permission=by_service)
    def send_back(self, dari: int) -> None:
        """Step number `dari` answered Tidak."""
        self.balik_dari = max(self.balik_dari, dari)

    @transition(field=status, source=list(AKTIF), target=Status.SELESAI, permission=by_service)
    def finish(self) -> None:
        """Reach the end of the route."""
        self.balik_dari = 0

    @transition(field=status, source=list(AKTIF), target=Status.DITANGGUHKAN, permission=by_service)
    def suspend(self) -> None:
        """Halt; clocks stand still."""

    @transition(
        field=status,
        source=Status.DITANGGUHKAN,
        target=dynamic_target(
            lambda draf: Draf.Status.PERBAIKAN if draf.balik_dari else Draf.Status.BERJALAN,
            states=list(AKTIF),
        ),
        permission=by_service,
    )
    def resume(self) -> None:
        """Go on after a halt."""

    @transition(
        field=status,
        source=[Status.KONSEP, *TERBUKA],
        target=Status.DIBATALKAN,
        permission=by_service,
    )
    def cancel(self) -> None:
        """Give the draft up; what was done stays on record."""


class DrafUserPermission(UserObjectPermissionBase):
    """guardian's row for a named reader of one draft. Its dates stand in `IzinBaca`."""

    content_object = models.ForeignKey(Draf, on_delete=models.CASCADE)

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False


class DrafGroupPermission(GroupObjectPermissionBase):
    """guardian's counterpart for groups. It opens nothing: people are named, with dates."""

    content_object = models.ForeignKey(Draf, on_delete=models.CASCADE)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = False
