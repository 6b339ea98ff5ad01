"""The route of one version: steps, their actors and their arrows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisasi.models import Jabatan
from sakip.common.waktu import Durasi, SatuanWaktu
from sop.models import sebutan
from sop.models.sebutan import nilai
from sop.models.sop import VersiSOP
from sop.rules.istilah import list_per_unit_sah, split_per_unit


class Langkah(models.Model):
    """One row of the form, word for word, with what the application read from it."""

    versi = models.ForeignKey(
        VersiSOP, on_delete=models.CASCADE, related_name="langkah", verbose_name=_("versi")
    )
    nomor = models.PositiveIntegerField(_("nomor"))
    kegiatan = models.TextField(_("kegiatan"))
    simbol = models.CharField(_("simbol"), max_length=10, choices=sebutan.SIMBOL, default="proses")
    tindakan = models.CharField(
        _("tindakan"),
        max_length=15,
        choices=sebutan.TINDAKAN,
        help_text=_("Menentukan halaman kerja pelaksananya."),
    )
    kelengkapan = models.JSONField(_("kelengkapan"), default=list, blank=True)
    kelengkapan_ulang = models.JSONField(
        _("kelengkapan saat perbaikan"),
        default=list,
        blank=True,
        help_text=_("Wajib dilampirkan mulai putaran kedua."),
    )
    waktu_nilai = models.PositiveIntegerField(_("waktu baku"), null=True, blank=True)
    waktu_satuan = models.CharField(
        _("satuan waktu"), max_length=13, choices=sebutan.SATUAN, blank=True
    )
    waktu_per_unit = models.BooleanField(_("waktu per unit"), default=False)
    waktu_teks = models.CharField(_("waktu seperti tercetak"), max_length=60, blank=True)
    output = models.TextField(_("output"), blank=True)
    keterangan = models.TextField(_("keterangan"), blank=True)
    periode = models.CharField(_("periode"), max_length=10, choices=sebutan.PERIODE, blank=True)
    efek = models.JSONField(
        _("efek tambahan"),
        default=list,
        blank=True,
        help_text=_("Yang terjadi selain menurut tindakan."),
    )
    beda_orang_dari = models.JSONField(
        _("harus orang lain dari langkah"),
        default=list,
        blank=True,
        help_text=_("Nomor langkah sebelumnya."),
    )
    catatan_sumber = models.JSONField(_("catatan sumber"), default=dict, blank=True)
    perlu_konfirmasi = models.JSONField(_("perlu konfirmasi"), default=list, blank=True)

    class Meta:
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")
        ordering = ["versi", "nomor"]
        constraints = [
            models.UniqueConstraint(fields=["versi", "nomor"], name="sop_langkah_nomor_unik"),
            models.CheckConstraint(
                condition=Q(simbol__in=nilai(sebutan.SIMBOL)), name="sop_langkah_simbol_dikenal"
            ),
            models.CheckConstraint(
                condition=Q(tindakan__in=nilai(sebutan.TINDAKAN)),
                name="sop_langkah_tindakan_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(periode__in=["", *nilai(sebutan.PERIODE)]),
                name="sop_langkah_periode_dikenal",
            ),
            models.CheckConstraint(
                condition=Q(waktu_nilai=None, waktu_satuan="")
                | Q(waktu_nilai__gt=0, waktu_satuan__in=nilai(sebutan.SATUAN)),
                name="sop_langkah_waktu_bersatuan",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nomor}. {self.kegiatan}"

    @property
    def waktu(self) -> Durasi | None:
        """Standard time, None without limit."""
        if self.waktu_nilai is None:
            return None
        return Durasi(self.waktu_nilai, SatuanWaktu(self.waktu_satuan))


class Pelaksana(models.Model):
    """One actor line of a step: equal urutan act together, the next takes over inside the row."""

    langkah = models.ForeignKey(
        Langkah, on_delete=models.CASCADE, related_name="pelaksana", verbose_name=_("langkah")
    )
    jabatan = models.ForeignKey(
        Jabatan, on_delete=models.PROTECT, related_name="+", verbose_name=_("jabatan")
    )
    urutan = models.PositiveSmallIntegerField(_("urutan"), default=1)
    per_unit = models.CharField(
        _("disebar ke"),
        max_length=40,
        blank=True,
        help_text=_(
            "Jenis unit, menurut abjad, dipisahkan tanda tambah; kosong berarti satu tugas."
        ),
    )

    class Meta:
        verbose_name = _("pelaksana")
        verbose_name_plural = _("pelaksana")
        ordering = ["langkah", "urutan", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["langkah", "jabatan", "urutan"], name="sop_pelaksana_baris_unik"
            ),
            models.CheckConstraint(
                condition=Q(per_unit__in=list_per_unit_sah()), name="sop_pelaksana_per_unit_dikenal"
            ),
            models.CheckConstraint(condition=Q(urutan__gt=0), name="sop_pelaksana_urutan_positif"),
        ]

    def __str__(self) -> str:
        return f"{self.jabatan} ({self.per_unit})" if self.per_unit else str(self.jabatan)

    @property
    def jenis_unit(self) -> tuple[str, ...]:
        """Kinds of unit this line fans out to; empty means one task."""
        return split_per_unit(self.per_unit)


class Alur(models.Model):
    """One arrow: where a step leads for one outcome. `ke` null means the route ends."""

    langkah = models.ForeignKey(
        Langkah, on_delete=models.CASCADE, related_name="alur", verbose_name=_("langkah")
    )
    hasil = models.CharField(_("hasil"), max_length=6, choices=sebutan.HASIL)
    ke = models.ForeignKey(
        Langkah,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("menuju"),
    )

    class Meta:
        verbose_name = _("alur")
        verbose_name_plural = _("alur")
        ordering = ["langkah", "hasil"]
        constraints = [
            models.UniqueConstraint(fields=["langkah", "hasil"], name="sop_alur_hasil_unik"),
            models.CheckConstraint(
                condition=Q(hasil__in=nilai(sebutan.HASIL)), name="sop_alur_hasil_dikenal"
            ),
            models.CheckConstraint(
                condition=~Q(hasil="tidak", ke__isnull=True), name="sop_alur_tidak_kembali"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.langkah_id} {self.hasil} {self.ke_id or 'selesai'}"
