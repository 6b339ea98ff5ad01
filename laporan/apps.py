"""Application laporan."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LaporanConfig(AppConfig):
    """Reports that walk an SOP."""

    name = "laporan"
    verbose_name = _("Laporan")
