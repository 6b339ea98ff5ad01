"""The SOP in the admin: to look at, never to change. Acts go through the services."""

from django.contrib import admin

from organisasi.admin import HanyaBaca
from sop.models import SOP, VersiSOP


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
