"""Perjanjian Kinerja: what one official promised another for one year. Frozen once signed."""

from datetime import date, datetime
from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.program import Program
from kinerja.models.rencana import Indikator
from kinerja.rules.perjanjian import Pihak
from kinerja.rules.target import MAKS_URAIAN
from organisasi.models import Instansi, Jabatan, UnitKerja
from sakip.common.fsm import StatusField, StatusTerjaga, by_service, transition


class PerjanjianKinerja(StatusTerjaga):
    """One version of the agreement of one year: murni (nomor 0) or a perubahan.

    unit empty: of the head of the office. Its rows are written when it is signed and never change;
    until then the plan is what it will say. Sumber: PERJANJIAN-KINERJA in docs/regulasi.md
    """

    class Status(models.TextChoices):
        KONSEP = "konsep", _("Sedang disusun")
        DITETAPKAN = "ditetapkan", _("Ditetapkan")
        DIBATALKAN = "dibatalkan", _("Dibatalkan")

    instansi = models.ForeignKey(
        Instansi, on_delete=models.PROTECT, related_name="perjanjian", verbose_name=_("instansi")
    )
    tahun = models.PositiveSmallIntegerField(_("tahun"))
    unit = models.ForeignKey(
        UnitKerja,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="perjanjian",
        verbose_name=_("unit kerja"),
        help_text=_("Kosong berarti perjanjian kepala instansi."),
    )
    nomor = models.PositiveSmallIntegerField(
        _("perubahan ke"), default=0, help_text=_("0 untuk perjanjian murni.")
    )
    alasan = models.TextField(
        _("alasan perubahan"), blank=True, help_text=_("Wajib untuk perubahan, misalnya P-APBD.")
    )
    pertama_jabatan = models.ForeignKey(
        Jabatan, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan pihak pertama")
    )
    pertama_nama = models.CharField(_("nama pihak pertama"), max_length=150, blank=True)
    pertama_sebutan = models.CharField(_("sebutan pihak pertama"), max_length=450, blank=True)
    pertama_pangkat = models.CharField(_("pangkat pihak pertama"), max_length=100, blank=True)
    pertama_nip = models.CharField(_("NIP pihak pertama"), max_length=18, blank=True)
    kedua_jabatan = models.ForeignKey(
        Jabatan,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("jabatan pihak kedua"),
        help_text=_("Kosong bila atasan di luar instansi, misalnya bupati."),
    )
    kedua_nama = models.CharField(_("nama pihak kedua"), max_length=150, blank=True)
    kedua_sebutan = models.CharField(_("jabatan pihak kedua"), max_length=450, blank=True)
    kedua_pangkat = models.CharField(_("pangkat pihak kedua"), max_length=100, blank=True)
    kedua_nip = models.CharField(_("NIP pihak kedua"), max_length=18, blank=True)
    status = StatusField(
        _("status"), default=Status.KONSEP, choices=Status.choices, protected=True, max_length=12
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    ditetapkan_pada = models.DateTimeField(_("ditetapkan pada"), null=True, blank=True)
    berlaku_mulai = models.DateField(
        _("berlaku mulai"),
        null=True,
        blank=True,
        help_text=_("Murni: sepanjang tahunnya. Perubahan: sejak tanggal ditetapkan."),
    )

    class Meta:
        verbose_name = _("perjanjian kinerja")
        verbose_name_plural = _("perjanjian kinerja")
        ordering = ["instansi", "-tahun", "unit", "-nomor"]
        constraints = [
            models.UniqueConstraint(
                fields=["instansi", "tahun", "nomor"],
                condition=Q(unit=None) & ~Q(status="dibatalkan"),
                name="kinerja_perjanjian_instansi_unik",
            ),
            models.UniqueConstraint(
                fields=["instansi", "tahun", "unit", "nomor"],
                condition=Q(unit__isnull=False) & ~Q(status="dibatalkan"),
                name="kinerja_perjanjian_unit_unik",
            ),
            models.CheckConstraint(
                condition=Q(nomor=0) | ~Q(alasan=""), name="kinerja_perjanjian_perubahan_beralasan"
            ),
            models.CheckConstraint(
                condition=Q(
                    status="ditetapkan",
                    ditetapkan_pada__isnull=False,
                    berlaku_mulai__isnull=False,
                )
                & ~Q(pertama_nama="")
                & ~Q(kedua_nama="")
                | Q(status__in=["konsep", "dibatalkan"], ditetapkan_pada=None, berlaku_mulai=None),
                name="kinerja_perjanjian_ditetapkan_lengkap",
            ),
        ]

    def __str__(self) -> str:
        return self.nama

    @property
    def nama(self) -> str:
        """Its title: "Perjanjian Kinerja Perubahan ke-1 Tahun 2026"."""
        ubah = f" Perubahan ke-{self.nomor}" if self.nomor else ""
        siapa = f" {self.unit.nama}" if self.unit else ""
        return f"Perjanjian Kinerja{ubah}{siapa} Tahun {self.tahun}"

    @property
    def is_perubahan(self) -> bool:
        """Whether it replaces an earlier one of the same year."""
        return self.nomor > 0

    @property
    def pertama(self) -> Pihak:
        """Who promises, as signed."""
        return Pihak(
            self.pertama_nama, self.pertama_sebutan, self.pertama_pangkat, self.pertama_nip
        )

    @property
    def kedua(self) -> Pihak:
        """To whom, as signed or as typed so far."""
        return Pihak(self.kedua_nama, self.kedua_sebutan, self.kedua_pangkat, self.kedua_nip)

    def set_kedua(self, pihak: Pihak) -> None:
        """Put down the superior."""
        self.kedua_nama, self.kedua_sebutan = pihak.nama, pihak.jabatan
        self.kedua_pangkat, self.kedua_nip = pihak.pangkat, pihak.nip

    @transition(field=status, source=Status.KONSEP, target=Status.DITETAPKAN, permission=by_service)
    def seal(self, *, pertama: Pihak, kedua: Pihak, pada: datetime, mulai: date) -> None:
        """It is signed: the parties stand as they signed."""
        self.pertama_nama, self.pertama_sebutan = pertama.nama, pertama.jabatan
        self.pertama_pangkat, self.pertama_nip = pertama.pangkat, pertama.nip
        self.set_kedua(kedua)
        self.ditetapkan_pada, self.berlaku_mulai = pada, mulai

    @transition(field=status, source=Status.KONSEP, target=Status.DIBATALKAN, permission=by_service)
    def drop(self) -> None:
        """Its walk was given up."""


class _Beku(models.Model):
    """A row that is written once."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if not self._state.adding:
            raise TypeError(f"{type(self).__name__} never changes")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused."""
        raise TypeError(f"{type(self).__name__} never changes")


class BarisPerjanjian(_Beku):
    """One indikator of a signed agreement, with its target for the year."""

    perjanjian = models.ForeignKey(
        PerjanjianKinerja, on_delete=models.PROTECT, related_name="baris"
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="janji", verbose_name=_("indikator")
    )
    sasaran_kode = models.CharField(_("kode sasaran"), max_length=20)
    sasaran = models.CharField(_("sasaran"), max_length=500)
    kode = models.CharField(_("kode"), max_length=20)
    nama = models.CharField(_("nama"), max_length=300)
    satuan = models.CharField(_("satuan"), max_length=60)
    target = models.DecimalField(
        _("target setahun"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Kosong bila targetnya uraian."),
    )
    target_atas = models.DecimalField(
        _("batas atas"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    target_teks = models.CharField(_("target seperti tercetak"), max_length=MAKS_URAIAN)

    class Meta:
        verbose_name = _("baris perjanjian kinerja")
        verbose_name_plural = _("baris perjanjian kinerja")
        ordering = ["perjanjian", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["perjanjian", "indikator"], name="kinerja_baris_perjanjian_unik"
            ),
            models.CheckConstraint(
                condition=Q(target_atas=None) | Q(target_atas__gt=F("target")),
                name="kinerja_baris_perjanjian_rentang",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"


class AnggaranPerjanjian(_Beku):
    """One program, kegiatan or sub kegiatan of a signed agreement, with its money."""

    perjanjian = models.ForeignKey(
        PerjanjianKinerja, on_delete=models.PROTECT, related_name="anggaran"
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"))
    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="janji", verbose_name=_("program")
    )
    jenis = models.CharField(_("jenis"), max_length=12, choices=Program.Jenis)
    kode = models.CharField(_("kode"), max_length=20)
    nama = models.CharField(_("nama"), max_length=300)
    anggaran = models.DecimalField(
        _("anggaran"), max_digits=20, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("anggaran perjanjian kinerja")
        verbose_name_plural = _("anggaran perjanjian kinerja")
        ordering = ["perjanjian", "urutan"]
        constraints = [
            models.UniqueConstraint(
                fields=["perjanjian", "program"], name="kinerja_anggaran_perjanjian_unik"
            ),
            models.CheckConstraint(
                condition=Q(anggaran=None) | Q(anggaran__gte=0),
                name="kinerja_anggaran_perjanjian_sah",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.nama}"
