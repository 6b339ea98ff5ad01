"""Account administration. It gives people accounts, never a post; it passes no actor's step."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.forms import ReadOnlyPasswordHashField
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisasi.models import HariLibur, Instansi, Jabatan, Jejak, Pengguna, Penugasan, UnitKerja
from organisasi.services.sesi import end_sesi_lain
from organisasi.sesi.pintu import ask_sandi


class HanyaBaca:
    """No adding, changing or deleting: pages of the application do that, with a trail."""

    def has_add_permission(self, request: HttpRequest, *_lain: Any) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


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
    actions = ["end_sesi"]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """An account, its address above all, opens doors: the password first."""
        return ask_sandi(request) or super().changeform_view(
            request, object_id, form_url, extra_context
        )

    @admin.action(description=_("Akhiri semua sesi orang terpilih"), permissions=["change"])
    def end_sesi(self, request: HttpRequest, queryset: QuerySet[Pengguna]) -> None:
        """Signed out everywhere, at once."""
        for pengguna in queryset:
            _end_sesi(pengguna)
        self.message_user(request, _("Semua sesi orang terpilih diakhiri."))

    def save_model(
        self,
        request: HttpRequest,
        obj: Pengguna,
        form: forms.ModelForm[Pengguna],
        change: bool,  # noqa: FBT001 - signature of Django
    ) -> None:
        """A new account has no password until one is set; a closed one is nowhere signed in."""
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if change and not obj.is_active:
            _end_sesi(obj)


def _end_sesi(pengguna: Pengguna) -> None:
    end_sesi_lain(pengguna=pengguna, kecuali=None, now=timezone.now(), oleh_server=True)


@admin.register(Penugasan)
class PenugasanAdmin(HanyaBaca, admin.ModelAdmin[Penugasan]):
    """Who holds which post, by date. Whoever administers accounts gives nobody a post, least of all
    himself: that is for the office, with two people where a post has power.
    """

    list_display = ["pengguna", "jabatan", "unit", "jenis", "mulai", "selesai", "dasar"]
    list_filter = ["jabatan__instansi", "jenis"]
    list_select_related = ["pengguna", "jabatan", "unit"]


@admin.register(UnitKerja, Jabatan)
class SusunanAdmin(HanyaBaca, admin.ModelAdmin[UnitKerja | Jabatan]):
    """Units and posts, from which authority follows."""


@admin.register(Jejak)
class JejakAdmin(HanyaBaca, admin.ModelAdmin[Jejak]):
    """The trail. Rows are written by acts only."""

    list_display = ["waktu", "aktor_nama", "sebagai", "aksi", "objek_nama", "urut"]
    list_filter = ["aksi"]


admin.site.register([Instansi, HariLibur])
admin.site.site_header = _("Pengelolaan akun SAKIP")
admin.site.site_title = _("SAKIP")
