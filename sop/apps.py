"""Application sop."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SopConfig(AppConfig):
    """SOP as data."""

    name = "sop"
    verbose_name = _("SOP")
