"""URLs of the organisation."""

from django.contrib.auth import views as auth_views
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from organisasi import (
    views,
    views_kalender,
    views_kunci,
    views_penugasan,
    views_profil,
    views_susunan,
)


class PerubahanUnitConverter(StringConverter):
    """Acts on one unit."""

    regex = "naik|turun|tutup|buka"


register_converter(PerubahanUnitConverter, "perubahan_unit")

app_name = "organisasi"

urlpatterns = [
    path("masuk/", views.MasukView.as_view(), name="sign-in"),
    path("keluar/", auth_views.LogoutView.as_view(), name="sign-out"),
    path(
        "undangan/<uidb64>/<token>/",
        views_penugasan.UndanganView.as_view(),
        name="accept-undangan",
    ),
    path("profil/", views_profil.edit_profil, name="edit-profil"),
    path("peran/", views.switch_penugasan, name="switch-penugasan"),
    path("kalender/", views_kalender.view_kalender, name="view-kalender"),
    path("kalender/libur/baru/", views_kalender.edit_libur, name="create-libur"),
    path("kalender/libur/impor/", views_kalender.import_libur, name="import-libur"),
    path("kalender/libur/<int:libur_id>/", views_kalender.edit_libur, name="edit-libur"),
    path("kalender/libur/<int:libur_id>/hapus/", views_kalender.remove_libur, name="remove-libur"),
    path("kalender/jam/baru/", views_kalender.edit_jam, name="create-jam"),
    path("kalender/jam/<int:jam_id>/", views_kalender.edit_jam, name="edit-jam"),
    path("kalender/jam/<int:jam_id>/hapus/", views_kalender.remove_jam, name="remove-jam"),
    path("organisasi/", views_penugasan.list_penugasan, name="list-penugasan"),
    path("organisasi/unit/", views_susunan.manage_unit, name="manage-unit"),
    path("organisasi/unit/<int:unit_id>/", views_susunan.update_unit, name="update-unit"),
    path(
        "organisasi/unit/<int:unit_id>/<perubahan_unit:aksi>/",
        views_susunan.change_unit,
        name="change-unit",
    ),
    path("organisasi/jabatan/baru/", views_susunan.create_jabatan, name="create-jabatan"),
    path("organisasi/jabatan/<int:jabatan_id>/", views_susunan.view_jabatan, name="view-jabatan"),
    path(
        "organisasi/jabatan/<int:jabatan_id>/ubah/",
        views_susunan.update_jabatan,
        name="update-jabatan",
    ),
    path("organisasi/jabatan/<int:jabatan_id>/tetapkan/", views_penugasan.appoint, name="appoint"),
    path(
        "organisasi/penugasan/<int:penugasan_id>/akhiri/",
        views_penugasan.end,
        name="end-penugasan",
    ),
    path("organisasi/penugasan/<int:penugasan_id>/undang/", views_penugasan.invite, name="invite"),
    path("organisasi/kunci-api/", views_kunci.manage_kunci, name="manage-kunci"),
    path("organisasi/kunci-api/<int:kunci_id>/cabut/", views_kunci.revoke, name="revoke-kunci"),
]
