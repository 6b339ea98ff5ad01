"""The SOP in the admin: to look at, never to change. Acts go through the services."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from sop.models import SOP, VersiSOP


class HanyaBaca:
    """No adding, changing or deleting."""

    def has_add_permission(self, request: HttpRequest, *_lain: Any) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


@admin.register(SOP)
class SOPAdmin(HanyaBaca, admin.ModelAdmin[SOP]):
    """The catalogue."""

    list_display = ["nama", "instansi", "kode", "unit_pemilik"]
    list_select_related = ["instansi"]


@admin.register(VersiSOP)
class VersiSOPAdmin(HanyaBaca, admin.ModelAdmin[VersiSOP]):
    """Versions and their state."""

    list_display = ["sop", "nomor", "status", "terbit_pada", "dicabut_pada", "sidik"]
    list_filter = ["status"]
    list_select_related = ["sop"]
