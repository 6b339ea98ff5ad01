"""Django's administration, with our door before it."""

from django.contrib.admin.apps import AdminConfig


class KelolaConfig(AdminConfig):
    """Names the site by its path: it can be loaded only when the tables are."""

    default_site = "sakip.kelola_situs.SitusKelola"
