"""Forms by which an office assesses its SOP: monitoring each half-year, evaluation each year."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from laporan.rules.rentang import Rentang
from organisasi.models import Berjejak, Penugasan
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition
from sop.models import Langkah, VersiSOP


class PenilaianSOP(StatusTerjaga, Berjejak):
    """One form on one version and period. Frozen once final, here and by database triggers."""

    class Jenis(models.TextChoices):
        MONITORING = "monitoring", _("Monitoring pelaksanaan SOP")
        EVALUASI = "evaluasi", _("Evaluasi penerapan SOP")

    class Status(models.TextChoices):
        DRAF = "draf", _("Sedang diisi")
        FINAL = "final", _("Ditetapkan")

    versi = models.ForeignKey(
        VersiSOP, on_delete=models.PROTECT, related_name="+", verbose_name=_("versi SOP")
    )
    jenis = models.CharField(_("jenis"), max_length=10, choices=Jenis)
    dari = models.DateField(_("dari tanggal"))
    sampai = models.DateField(_("sampai tanggal"))
    status = StatusField(
        _("status"), default=Status.DRAF, choices=Status.choices, protected=True, max_length=5
    )
    ringkasan = models.TextField(
        _("ringkasan data"), help_text=_("Temuan dari laporan yang berjalan, saat angka dibaca.")
    )
    angka_pada = models.DateTimeField(_("angka dibaca pada"))
    isian_urut = models.PositiveIntegerField(_("urut suntingan"), default=0)
    dibuat_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    sebagai = models.ForeignKey(Penugasan, on_delete=models.PROTECT, null=True, related_name="+")
    penilai_nama = models.CharField(_("nama penilai"), max_length=150, blank=True)
    penilai_nip = models.CharField(_("NIP penilai"), max_length=18, blank=True)
    penilai_sebutan = models.CharField(_("jabatan penilai"), max_length=450, blank=True)
    final_pada = models.DateTimeField(_("ditetapkan pada"), null=True)

    class Meta:
        verbose_name = _("penilaian SOP")
        verbose_name_plural = _("penilaian SOP")
        ordering = ["versi_id", "-sampai", "jenis"]
        constraints = [
            models.UniqueConstraint(
                fields=["versi", "jenis", "dari", "sampai"], name="laporan_penilaian_satu"
            ),
            models.CheckConstraint(
                condition=Q(sampai__gt=F("dari")), name="laporan_penilaian_rentang"
            ),
            models.CheckConstraint(
                condition=Q(jenis__in=["monitoring", "evaluasi"]),
                name="laporan_penilaian_jenis_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(status="draf", final_pada=None)
                | Q(status="final", final_pada__isnull=False, sebagai__isnull=False),
                name="laporan_penilaian_final_berpenilai",
            ),
        ]

    # What "ya" and "tidak" mean on each form, as its paper says it.
    JAWABAN = {
        Jenis.MONITORING: (
            ("ya", _("Berjalan dengan baik")),
            ("tidak", _("Tidak berjalan dengan baik")),
        ),
        Jenis.EVALUASI: (("ya", _("Ya")), ("tidak", _("Tidak"))),
    }

    def __str__(self) -> str:
        return f"{self.get_jenis_display()}, {self.rentang.nama}"

    def get_absolute_url(self) -> str:
        """Page of the form."""
        return reverse("laporan:assess-sop", args=[self.pk])

    @property
    def rentang(self) -> Rentang:
        """The period assessed."""
        return Rentang(self.dari, self.sampai)

    @property
    def pilihan(self) -> tuple[tuple[str, Promise], ...]:
        """Answers of this form: value and words."""
        return self.JAWABAN[self.Jenis(self.jenis)]

    @property
    def is_monitoring(self) -> bool:
        """Whether it is the half-yearly form."""
        return self.jenis == self.Jenis.MONITORING

    @property
    def is_final(self) -> bool:
        """Whether nothing changes any more."""
        return bool(self.status == self.Status.FINAL)

    @transition(field=status, source=Status.DRAF, target=Status.FINAL, permission=by_service)
    def settle(self, *, sebagai: Penugasan, now: datetime) -> None:
        """The assessor stands by it. The service has checked that every row is answered."""
        orang = sebagai.pengguna
        self.sebagai, self.final_pada = sebagai, now
        self.penilai_nama, self.penilai_nip = orang.nama, orang.nip
        self.penilai_sebutan = sebagai.sebutan


class ButirPenilaian(models.Model):
    """One row: what is judged, the figures that speak about it, and what the assessor says."""

    class Jawab(models.TextChoices):
        BELUM = "", _("Belum dinilai")
        YA = "ya", _("Ya")
        TIDAK = "tidak", _("Tidak")

    penilaian = models.ForeignKey(
        PenilaianSOP, on_delete=models.PROTECT, related_name="butir", verbose_name=_("penilaian")
    )
    urut = models.PositiveSmallIntegerField(_("urut"))
    langkah = models.ForeignKey(Langkah, on_delete=models.PROTECT, null=True, related_name="+")
    pernyataan = models.TextField(_("pernyataan"))
    dasar = models.TextField(
        _("dasar dari data"), blank=True, help_text=_("Angka yang menerangkan baris ini.")
    )
    usul = models.CharField(_("usul dari data"), max_length=5, choices=Jawab, blank=True)
    jawaban = models.CharField(_("penilaian"), max_length=5, choices=Jawab, blank=True)
    catatan = models.TextField(_("catatan"), blank=True)
    tindakan = models.TextField(_("tindakan yang harus diambil"), blank=True)

    class Meta:
        verbose_name = _("butir penilaian")
        verbose_name_plural = _("butir penilaian")
        ordering = ["penilaian_id", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["penilaian", "urut"], name="laporan_butir_penilaian_urut_unik"
            ),
            models.CheckConstraint(
                condition=Q(jawaban__in=["", "ya", "tidak"], usul__in=["", "ya", "tidak"]),
                name="laporan_butir_penilaian_jawab",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urut}. {self.pernyataan}"

    @property
    def kata(self) -> str:
        """The answer in the words of its form, "" while there is none."""
        return str(dict(self.penilaian.pilihan).get(self.jawaban, ""))

    @property
    def kata_usul(self) -> str:
        """What the figures propose, in the words of its form, "" where they prove nothing."""
        return str(dict(self.penilaian.pilihan).get(self.usul, ""))
