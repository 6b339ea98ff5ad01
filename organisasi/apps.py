"""Application organisasi."""

from django.apps import AppConfig
from django.core import checks
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from sakip.common.sso import check_sso


class OrganisasiConfig(AppConfig):
    """People, posts and offices."""

    name = "organisasi"
    verbose_name = _("Organisasi")

    def ready(self) -> None:
        """Say what is missing in our own words: Django's call a field "bidang", which is a unit."""
        checks.register(check_sso)
        Field.default_error_messages["required"] = _("Wajib diisi.")
        from organisasi.validasi_sandi import check_daftar  # tables are loaded by now

        checks.register(check_daftar)
