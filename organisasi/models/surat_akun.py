"""Letters about one's own account on their way out by e-mail."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SuratAkun(models.Model):
    """One letter to the address of an account: invitation, forgotten password, password or
    second factor changed.

    The link in it is made when the letter is sent, and is stored nowhere.
    """

    class Jenis(models.TextChoices):
        UNDANGAN = "undangan", _("Undangan")
        LUPA = "lupa", _("Lupa kata sandi")
        BERUBAH = "berubah", _("Kata sandi diubah")
        FAKTOR = "faktor", _("Faktor kedua diubah")

    MAKS_PERCOBAAN = 6

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="surat_akun"
    )
    jenis = models.CharField(_("jenis"), max_length=10, choices=Jenis)
    dari = models.CharField(
        _("dari"), max_length=300, blank=True, help_text=_("Siapa yang mengundang, untuk apa.")
    )
    dibuat_pada = models.DateTimeField(_("dibuat pada"))
    jadwal = models.DateTimeField(
        _("dikirim mulai"), null=True, help_text=_("Kosong berarti tidak dicoba lagi.")
    )
    percobaan = models.PositiveSmallIntegerField(_("percobaan"), default=0)
    terkirim_pada = models.DateTimeField(_("terkirim pada"), null=True)
    galat = models.CharField(_("sebab gagal"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("surat akun")
        verbose_name_plural = _("surat akun")
        ordering = ["pk"]
        indexes = [
            models.Index(
                fields=["jadwal"],
                condition=Q(jadwal__isnull=False),
                name="organisasi_suratakun_antre",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(jenis__in=["undangan", "lupa", "berubah", "faktor"]),
                name="organisasi_suratakun_jenis",
            ),
            models.CheckConstraint(
                condition=Q(terkirim_pada=None) | Q(jadwal=None),
                name="organisasi_suratakun_sekali",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_jenis_display()} {self.pengguna_id}"

    @property
    def kunci(self) -> str:
        """Key by which the mail server can tell a repeat."""
        return f"sakip:akun:{self.pk}"
