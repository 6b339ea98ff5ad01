"""URLs of the organisation."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from organisasi.views import (
    akun,
    faktor,
    kalender,
    kunci,
    kunci_sandi,
    lambang,
    penugasan,
    pintu,
    profil,
    register,
    sandi,
    sesi,
    sso,
    susunan,
)


class PerubahanUnitConverter(StringConverter):
    """Acts on one unit."""

    regex = "naik|turun|tutup|buka"


register_converter(PerubahanUnitConverter, "perubahan_unit")

app_name = "organisasi"

urlpatterns = [
    path("masuk/", akun.MasukView.as_view(), name="sign-in"),
    path("masuk/faktor/", pintu.enter_faktor, name="enter-faktor"),
    path("masuk/kunci-sandi/", kunci_sandi.sign_in, name="sign-in-kunci"),
    path("masuk/pastikan/", pintu.confirm_sandi, name="confirm-sandi"),
    path("masuk/sso/", sso.start_sso, name="start-sso"),
    path("masuk/sso/kembali/", sso.finish_sign_in, name="finish-sso"),
    path("keluar/", sso.KeluarView.as_view(), name="sign-out"),
    path("keluar/sso/", sso.signed_out, name="signed-out-sso"),
    path(
        "undangan/<uidb64>/<token>/",
        sandi.UndanganView.as_view(),
        name="accept-undangan",
    ),
    path("sandi/lupa/", sandi.forgot_sandi, name="forgot-sandi"),
    path("sandi/lupa/terkirim/", sandi.forgot_sandi_sent, name="forgot-sandi-sent"),
    path("sandi/baru/<uidb64>/<token>/", sandi.AturUlangView.as_view(), name="reset-sandi"),
    path("profil/sandi/", sandi.change_sandi, name="change-sandi"),
    path("profil/faktor/", faktor.view_faktor, name="view-faktor"),
    path("profil/faktor/pasang/", faktor.add_faktor, name="add-faktor"),
    path("profil/faktor/lepas/", faktor.remove_faktor, name="remove-faktor"),
    path("profil/faktor/kode/", faktor.renew_kode, name="renew-kode-pulih"),
    path("profil/kunci-sandi/", kunci_sandi.add_kunci_sandi, name="add-kunci-sandi"),
    path(
        "profil/kunci-sandi/<int:kunci_sandi_id>/lepas/",
        kunci_sandi.remove_kunci_sandi,
        name="remove-kunci-sandi",
    ),
    path("profil/sesi/", sesi.view_sesi, name="view-sesi"),
    path("profil/sesi/akhiri/", sesi.end, name="end-sesi"),
    path("profil/", profil.edit_profil, name="edit-profil"),
    path("peran/", akun.switch_penugasan, name="switch-penugasan"),
    path("kalender/", kalender.view_kalender, name="view-kalender"),
    path("kalender/libur/baru/", kalender.edit_libur, name="create-libur"),
    path("kalender/libur/impor/", kalender.import_libur, name="import-libur"),
    path("kalender/libur/<int:libur_id>/", kalender.edit_libur, name="edit-libur"),
    path("kalender/libur/<int:libur_id>/masuk/", kalender.work_on_libur, name="work-on-libur"),
    path("kalender/libur/<int:libur_id>/hapus/", kalender.remove_libur, name="remove-libur"),
    path("kalender/jam/baru/", kalender.edit_jam, name="create-jam"),
    path("kalender/jam/<int:jam_id>/", kalender.edit_jam, name="edit-jam"),
    path("kalender/jam/<int:jam_id>/hapus/", kalender.remove_jam, name="remove-jam"),
    path("organisasi/", penugasan.list_penugasan, name="list-penugasan"),
    path("organisasi/unit/", susunan.manage_unit, name="manage-unit"),
    path("organisasi/unit/<int:unit_id>/", susunan.update_unit, name="update-unit"),
    path(
        "organisasi/unit/<int:unit_id>/<perubahan_unit:aksi>/",
        susunan.change_unit,
        name="change-unit",
    ),
    path("organisasi/jabatan/baru/", susunan.create_jabatan, name="create-jabatan"),
    path("organisasi/jabatan/<int:jabatan_id>/", susunan.view_jabatan, name="view-jabatan"),
    path(
        "organisasi/jabatan/<int:jabatan_id>/ubah/",
        susunan.update_jabatan,
        name="update-jabatan",
    ),
    path("organisasi/jabatan/<int:jabatan_id>/tetapkan/", penugasan.appoint, name="appoint"),
    path(
        "organisasi/penugasan/<int:penugasan_id>/akhiri/",
        penugasan.end,
        name="end-penugasan",
    ),
    path("organisasi/penugasan/<int:penugasan_id>/undang/", penugasan.invite, name="invite"),
    path("organisasi/kop/", lambang.edit_lambang, name="edit-lambang"),
    path("organisasi/kunci-api/", kunci.manage_kunci, name="manage-kunci"),
    path("organisasi/kunci-api/<int:kunci_id>/cabut/", kunci.revoke, name="revoke-kunci"),
    path("register/", register.manage_register, name="manage-register"),
    path("register/baru/", register.edit_register, name="create-register"),
    path("register/<int:register_id>/", register.view_register, name="view-register"),
    path("register/<int:register_id>/ubah/", register.edit_register, name="edit-register"),
    path("register/nomor/<int:nomor_id>/batal/", register.cancel_nomor, name="cancel-nomor"),
]
