"""What was reached of one indikator in one round of figures."""

from dataclasses import replace
from decimal import Decimal
from functools import partial

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kinerja.models.formulir import FormulirCapaian
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
from kinerja.rules.target import MAKS_URAIAN, IsiTarget
from sakip.common.angka import format_angka


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
        default="",
        db_default="",
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
        default="",
        db_default="",
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
