"""People who sign in."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sakip.common.nip import group_nip

nip_sah = RegexValidator(r"^\d{18}$", _("NIP terdiri atas 18 angka tanpa spasi."))


class PenggunaManager(BaseUserManager["Pengguna"]):
    """Makes accounts; the NIP is stored without spaces."""

    def create_user(self, nip: str, password: str | None = None, **lain: Any) -> "Pengguna":
        """A person who may sign in. `password` None means: not until one is set."""
        pengguna = self.model(nip="".join(nip.split()), **lain)
        pengguna.set_password(password)
        pengguna.save(using=self._db)
        return pengguna

    def create_superuser(self, nip: str, password: str | None = None, **lain: Any) -> "Pengguna":
        """An account administrator. It configures; it does not pass through an actor's step."""
        return self.create_user(nip, password, is_staff=True, is_superuser=True, **lain)


class Pengguna(AbstractBaseUser, PermissionsMixin):
    """A civil servant with an account.

    What one may do follows from penugasan, not from the account.
    """

    nip = models.CharField(
        _("NIP"),
        max_length=18,
        unique=True,
        validators=[nip_sah],
        help_text=_("18 angka tanpa spasi."),
    )
    surel = models.EmailField(_("surel"), unique=True)
    nama = models.CharField(
        _("nama"), max_length=150, help_text=_("Dengan gelar, seperti pada naskah dinas.")
    )
    pangkat = models.CharField(
        _("pangkat"), max_length=80, blank=True, help_text=_("Misalnya Pembina Utama Muda.")
    )
    golongan = models.CharField(
        _("golongan ruang"), max_length=10, blank=True, help_text=_("Misalnya IV/c.")
    )
    is_active = models.BooleanField(_("aktif"), default=True)
    is_staff = models.BooleanField(_("pengelola akun"), default=False)
    dibuat_pada = models.DateTimeField(_("dibuat pada"), default=timezone.now, editable=False)
    dibuat_oleh = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("dibuat oleh"),
        help_text=_("Kosong berarti oleh pengelola server."),
    )

    objects: ClassVar[PenggunaManager] = PenggunaManager()

    USERNAME_FIELD = "nip"
    EMAIL_FIELD = "surel"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["surel", "nama"]

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")
        ordering = ["nama"]

    def __str__(self) -> str:
        return self.nama

    def get_full_name(self) -> str:
        """Name with titles."""
        return self.nama

    def get_short_name(self) -> str:
        """Name with titles; Indonesian names have no safe short form."""
        return self.nama

    @property
    def nip_berkelompok(self) -> str:
        """NIP as documents print it: 8-6-1-3."""
        return group_nip(self.nip)
