"""Application laporan."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _

from sakip.common.pdf import check_pustaka


class LaporanConfig(AppConfig):
    """Reports that walk an SOP."""

    name = "laporan"
    verbose_name = _("Laporan")

    def ready(self) -> None:
        """Have the start-up check name the Debian packages that PDFs need."""
        checks.register(check_pustaka)
