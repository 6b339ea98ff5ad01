"""Account administration. It gives people accounts and posts; it passes no actor's step."""

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from organisasi.models import HariLibur, Instansi, Jabatan, Jejak, Pengguna, Penugasan, UnitKerja


class PenggunaForm(forms.ModelForm[Pengguna]):
    """An account; its password is set apart and shown to nobody."""

    password = ReadOnlyPasswordHashField(label=_("Kata sandi"), required=False)

    class Meta:
        model = Pengguna
        fields = ["nip", "nama", "surel", "pangkat", "golongan", "is_active", "is_staff"]


@admin.register(Pengguna)
class PenggunaAdmin(admin.ModelAdmin[Pengguna]):
    """People who may sign in."""

    form = PenggunaForm
    list_display = ["nama", "nip", "surel", "is_active"]
    search_fields = ["nama", "nip", "surel"]

    def save_model(
        self,
        request: HttpRequest,
        obj: Pengguna,
        form: forms.ModelForm[Pengguna],
        change: bool,  # noqa: FBT001 - signature of Django
    ) -> None:
        """A new account has no password until one is set."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)


@admin.register(Penugasan)
class PenugasanAdmin(admin.ModelAdmin[Penugasan]):
    """Who holds which post, by date."""

    list_display = ["pengguna", "jabatan", "unit", "jenis", "mulai", "selesai", "dasar"]
    list_filter = ["jabatan__instansi", "jenis"]
    list_select_related = ["pengguna", "jabatan", "unit"]
    autocomplete_fields = ["pengguna"]


@admin.register(Jejak)
class JejakAdmin(admin.ModelAdmin[Jejak]):
    """The trail, to read."""

    list_display = ["waktu", "aktor_nama", "sebagai", "aksi", "objek_nama", "urut"]
    list_filter = ["aksi"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are written by acts only."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Jejak | None = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Jejak | None = None) -> bool:
        """Never."""
        return False


admin.site.register([Instansi, UnitKerja, Jabatan, HariLibur])
admin.site.site_header = _("Pengelolaan akun SAKIP")
admin.site.site_title = _("SAKIP")
