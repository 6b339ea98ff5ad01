"""Sessions: where somebody is signed in, so that its owner can see and end it."""

import hashlib
from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Sesi(AbstractBaseSession):
    """One session of one browser. What is beside Django's own columns is only for its owner."""

    pengguna = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="sesi"
    )
    alamat = models.CharField(_("alamat"), max_length=45, blank=True)
    peramban = models.CharField(_("peramban"), max_length=300, blank=True)
    mulai = models.DateTimeField(_("masuk pada"), null=True)
    terlihat = models.DateTimeField(_("terakhir dipakai"), null=True)

    class Meta:
        verbose_name = _("sesi")
        verbose_name_plural = _("sesi")

    def __str__(self) -> str:
        return f"Sesi {self.pengguna_id}"

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """The store that this installation runs with."""
        penyimpan: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return penyimpan

    @property
    def sidik(self) -> str:
        """What pages call it by: the key itself opens the door, and is never shown."""
        return hashlib.sha256(self.session_key.encode()).hexdigest()[:32]
