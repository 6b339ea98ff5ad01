"""The figures of one unit in one triwulan, and their way from draf to diverifikasi."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from kinerja import perms
from kinerja.models.rencana import Indikator
from kinerja.rules.capaian import Hasil, Rumus, Setelan, reckon_capaian
from kinerja.rules.nilai import (
    ANGKA,
    MAKS_PENILAIAN,
    JenisNilai,
    find_skor,
    list_penilaian,
    read_tingkat,
    write_nilai,
)
from kinerja.rules.periode import Periode
from kinerja.rules.target import MAKS_URAIAN, IsiTarget
from organisasi.models import Berjejak, Penugasan, UnitKerja
from sakip.common.angka import format_angka
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


class Capaian(models.Model):
    """Realisasi of one indikator in one round. Target, formula and cap are those of its opening."""

    class StatusRtl(models.TextChoices):
        BELUM = "", _("Belum dijawab")
        SELESAI = "selesai", _("Selesai")
        BERLANJUT = "berlanjut", _("Berlanjut")

    class Periksa(models.TextChoices):
        BELUM = "", _("Belum diperiksa")
        SESUAI = "sesuai", _("Sesuai")
        PERBAIKI = "perbaiki", _("Perlu perbaikan")

    formulir = models.ForeignKey(
        FormulirCapaian,
        on_delete=models.PROTECT,
        db_index=False,  # the unique constraint below begins with it
        related_name="capaian",
        verbose_name=_("formulir"),
    )
    indikator = models.ForeignKey(
        Indikator, on_delete=models.PROTECT, related_name="capaian", verbose_name=_("indikator")
    )
    target_nilai = models.DecimalField(
        _("target"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Disalin saat periode dibuka; perubahan rencana tidak mengubahnya."),
    )
    target_uraian = models.CharField(
        _("target uraian"),
        max_length=MAKS_URAIAN,
        blank=True,
        help_text=_("Keadaan yang harus tercapai, bila indikator dinilai dengan kata."),
    )
    jenis_nilai = models.CharField(
        _("jenis nilai"),
        max_length=10,
        choices=Indikator.JenisNilai,
        default=Indikator.JenisNilai.ANGKA,
    )
    rumus = models.CharField(_("rumus capaian"), max_length=12, choices=Indikator.Rumus)
    batas = models.DecimalField(
        _("batas capaian"), max_digits=6, decimal_places=2, null=True, blank=True
    )
    target_atas = models.DecimalField(
        _("batas atas target"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    lantai = models.DecimalField(
        _("lantai capaian"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        default=Decimal(0),
    )
    toleransi = models.DecimalField(
        _("toleransi"), max_digits=20, decimal_places=6, default=Decimal(0)
    )
    tingkatan = models.TextField(_("tingkatan"), blank=True)
    nama = models.CharField(_("nama indikator"), max_length=300, blank=True)
    satuan = models.CharField(_("satuan"), max_length=60, blank=True)
    definisi = models.TextField(_("definisi operasional"), blank=True)
    agregasi = models.CharField(
        _("penggabungan triwulan"),
        max_length=9,
        choices=Indikator.Agregasi,
        default=Indikator.Agregasi.TERAKHIR,
    )
    desimal = models.PositiveSmallIntegerField(_("desimal"), default=0)
    is_dapat_negatif = models.BooleanField(_("dapat negatif"), default=False)
    nilai_maks = models.DecimalField(
        _("nilai paling tinggi"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    target_tahun = models.DecimalField(
        _("target setahun"), max_digits=20, decimal_places=6, null=True, blank=True
    )
    susunan = models.CharField(
        _("cara mengisi realisasi"),
        max_length=10,
        choices=Indikator.Susunan,
        default=Indikator.Susunan.LANGSUNG,
    )
    pengali = models.DecimalField(
        _("pengali"), max_digits=14, decimal_places=4, default=Decimal(100)
    )
    realisasi = models.DecimalField(
        _("realisasi"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Nilai sampai akhir triwulan. Kosong berarti belum ada, bukan nol."),
    )
    cara_realisasi = models.TextField(
        _("cara realisasi dihitung"), blank=True, help_text=_("Dari komponennya, sebagai kalimat.")
    )
    penjelasan = models.TextField(
        _("penjelasan"), blank=True, help_text=_("Sebab tercapai atau tidak tercapai.")
    )
    kendala = models.TextField(_("kendala"), blank=True)
    solusi = models.TextField(_("solusi"), blank=True)
    rencana = models.TextField(
        _("rencana tindak lanjut periode berikutnya"),
        blank=True,
        help_text=_("Ditanyakan kembali pada periode berikutnya."),
    )
    rtl_lalu = models.TextField(
        _("RTL periode lalu"), blank=True, help_text=_("Disalin saat periode dibuka.")
    )
    rtl_lalu_dari = models.CharField(_("asal RTL periode lalu"), max_length=40, blank=True)
    rtl_lalu_status = models.CharField(
        _("status RTL periode lalu"), max_length=9, choices=StatusRtl, blank=True, default=""
    )
    rtl_lalu_keterangan = models.TextField(_("keterangan RTL periode lalu"), blank=True)
    versi = models.PositiveIntegerField(_("versi isian"), default=0)
    diisi_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("diisi oleh"),
    )
    periksa = models.CharField(
        _("hasil pemeriksaan"), max_length=8, choices=Periksa, blank=True, default=Periksa.BELUM
    )
    catatan_pemeriksa = models.TextField(_("catatan pemeriksa"), blank=True)
    penilaian = models.CharField(
        _("penilaian"),
        max_length=MAKS_PENILAIAN,
        blank=True,
        help_text=_("Yang ditemukan pemeriksa dari target berupa uraian."),
    )
    diperiksa_oleh = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        db_index=False,
        related_name="+",
        verbose_name=_("diperiksa oleh"),
    )
    rtl = models.TextField(
        _("rencana tindak lanjut"),
        blank=True,
        help_text=_("Jawaban atas catatan pemeriksa: apa yang sudah atau akan diperbaiki."),
    )

    class Meta:
        verbose_name = _("capaian")
        verbose_name_plural = _("capaian")
        ordering = ["formulir", "indikator"]
        constraints = [
            models.UniqueConstraint(
                fields=["formulir", "indikator"], name="kinerja_capaian_indikator_unik"
            ),
            models.CheckConstraint(
                condition=Q(rumus__in=[r.value for r in Rumus]),
                name="kinerja_capaian_rumus_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(periksa__in=["", "sesuai", "perbaiki"]),
                name="kinerja_capaian_periksa_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(rtl_lalu_status__in=["", "selesai", "berlanjut"]),
                name="kinerja_capaian_status_rtl_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(penilaian="") | Q(periksa="sesuai", jenis_nilai="kualitatif"),
                name="kinerja_capaian_penilaian_sesuai",
            ),
        ]

    def __str__(self) -> str:
        return f"Capaian indikator {self.indikator_id} dalam formulir {self.formulir_id}"

    @property
    def target(self) -> IsiTarget:
        """What it had to reach, as it was when the form was opened."""
        return IsiTarget(self.target_nilai, self.target_atas, self.target_uraian)

    @property
    def is_kata(self) -> bool:
        """Whether it is judged in words, so that no realisasi is counted."""
        return bool(self.jenis_nilai == JenisNilai.KUALITATIF)

    @property
    def pilihan_penilaian(self) -> tuple[str, ...]:
        """What an examiner may find of it; none where the engine reckons."""
        return list_penilaian(read_tingkat(self.tingkatan)) if self.is_kata else ()

    @property
    def is_terisi(self) -> bool:
        """Whether it says what was reached: a figure, or words where words are asked for."""
        return bool(self.penjelasan.strip()) if self.is_kata else self.realisasi is not None

    @property
    def is_terkunci(self) -> bool:
        """Whether the row was found right and is no longer typed into, whatever its form is."""
        return bool(self.periksa == self.Periksa.SESUAI)

    @property
    def hasil(self) -> Hasil:
        """The percentage and its reason; the one way any page gets it."""
        hasil = reckon_capaian(self.target_nilai, self.realisasi, self.setelan)
        cara, asal = self.cara_realisasi, hasil.kalimat
        return replace(hasil, kalimat=lambda: f"{cara} {asal()}") if cara else hasil

    @property
    def polaritas(self) -> str:
        """In which direction its value is good, by the formula of its opening."""
        return Rumus(self.rumus).polaritas.value

    @property
    def setelan(self) -> Setelan:
        """The settings of its opening."""
        rumus, jenis = Rumus(self.rumus), JenisNilai(self.jenis_nilai)
        tingkat = read_tingkat(self.tingkatan)
        tulis = partial(write_nilai, jenis=jenis, tingkat=tingkat)
        hari = ((int(t.sebutan), t.skor) for t in tingkat)
        return Setelan(
            rumus,
            batas=self.batas,
            lantai=self.lantai,
            atas=self.target_atas,
            toleransi=self.toleransi,
            tabel=tuple(hari) if rumus is Rumus.TANGGAL else (),
            tulis=format_angka if jenis in ANGKA else tulis,
            penilaian=self.penilaian,
            skor=find_skor(self.penilaian, tingkat),
        )
