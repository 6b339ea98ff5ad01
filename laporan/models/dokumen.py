"""The PDF: frozen once, signed by appending, archived as it is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from laporan.models.draf import Draf
from laporan.models.naskah import VersiNaskah
from laporan.models.surat import SuratPengantar
from laporan.models.tugas import Tugas
from organisasi.models import Penugasan


class Dokumen(models.Model):
    """Frozen bytes of one version of a report, or of a letter. They are never rendered again.

    token: code behind the QR of a document of its own; a report goes by the code of its draft.
    """

    class Jenis(models.TextChoices):
        LAPORAN = "laporan", _("Laporan")
        SURAT = "surat", _("Surat pengantar")

    draf = models.ForeignKey(Draf, on_delete=models.PROTECT, related_name="dokumen")
    jenis = models.CharField(_("jenis"), max_length=10, choices=Jenis, default=Jenis.LAPORAN)
    versi_naskah = models.OneToOneField(
        VersiNaskah, on_delete=models.PROTECT, null=True, related_name="dokumen"
    )
    surat = models.ForeignKey(
        SuratPengantar, on_delete=models.PROTECT, null=True, related_name="dokumen"
    )
    token = models.CharField(_("kode verifikasi"), max_length=32, blank=True)
    berkas = models.CharField(
        _("berkas"), max_length=200, unique=True, help_text=_("Relatif terhadap MEDIA_ROOT.")
    )
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    ukuran = models.PositiveIntegerField(_("ukuran (byte)"))
    halaman = models.PositiveSmallIntegerField(_("jumlah halaman"))
    kotak = models.JSONField(
        _("kotak tanda tangan"), help_text=_("Nama ke [halaman, x1, y1, x2, y2] dalam pt.")
    )
    dibekukan_pada = models.DateTimeField(_("dibekukan pada"))

    class Meta:
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
        ordering = ["draf_id", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis="laporan", versi_naskah__isnull=False, surat=None, token="")
                | (Q(jenis="surat", versi_naskah=None, surat__isnull=False) & ~Q(token="")),
                name="laporan_dokumen_satu_sumber",
            ),
            models.UniqueConstraint(
                fields=["token"], condition=~Q(token=""), name="laporan_dokumen_token_unik"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.draf_id}: {self.sha256[:12]}"

    @property
    def kode(self) -> str:
        """Code of its verification page."""
        return self.token or self.draf.token

    @property
    def judul(self) -> str:
        """What people call it."""
        if self.surat is None:
            return self.draf.judul
        return f"{self.get_jenis_display()} {self.surat.nomor}".strip()


class TandaTangan(models.Model):
    """One digital signature: who, as what, and the bytes after it."""

    dokumen = models.ForeignKey(Dokumen, on_delete=models.PROTECT, related_name="tanda_tangan")
    urut = models.PositiveSmallIntegerField(_("urut"))
    tugas = models.OneToOneField(Tugas, on_delete=models.PROTECT, related_name="tanda_tangan")
    penugasan = models.ForeignKey(Penugasan, on_delete=models.PROTECT, related_name="+")
    nama = models.CharField(_("nama"), max_length=150)
    jabatan = models.CharField(_("jabatan"), max_length=450)
    pangkat = models.CharField(_("pangkat"), max_length=100, blank=True)
    nip = models.CharField(_("NIP"), max_length=18)
    berkas = models.CharField(_("berkas"), max_length=200, unique=True)
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    ukuran = models.PositiveIntegerField(_("ukuran (byte)"))
    sertifikat_nomor = models.CharField(_("nomor seri sertifikat"), max_length=80)
    sertifikat_penerbit = models.CharField(_("penerbit sertifikat"), max_length=250)
    is_paraf = models.BooleanField(
        _("paraf"), default=False, help_text=_("Paraf pemeriksa, sebelum tanda tangan pimpinan.")
    )
    is_uji = models.BooleanField(
        _("sertifikat uji"), help_text=_("Tanda tangan uji tidak berkekuatan hukum.")
    )
    ditandatangani_pada = models.DateTimeField(_("ditandatangani pada"))

    class Meta:
        verbose_name = _("tanda tangan")
        verbose_name_plural = _("tanda tangan")
        ordering = ["dokumen_id", "urut"]
        constraints = [
            models.UniqueConstraint(
                fields=["dokumen", "urut"], name="laporan_tanda_tangan_urut_unik"
            )
        ]

    def __str__(self) -> str:
        return f"{self.nama}, {self.jabatan}"


class ArsipDokumen(models.Model):
    """The final document in the archive, with the fingerprint it had when it came in."""

    dokumen = models.OneToOneField(Dokumen, on_delete=models.PROTECT, related_name="arsip")
    berkas = models.CharField(_("berkas"), max_length=200)
    sha256 = models.CharField(_("sidik SHA-256"), max_length=64)
    teks = models.TextField(
        _("teks untuk pencarian"), blank=True, help_text=_("Judul, nomor, perihal, dan isi bab.")
    )
    diarsipkan_pada = models.DateTimeField(_("diarsipkan pada"))

    class Meta:
        verbose_name = _("arsip dokumen")
        verbose_name_plural = _("arsip dokumen")

    def __str__(self) -> str:
        return self.berkas
