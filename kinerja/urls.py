"""URLs of kinerja."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from kinerja import views, views_data, views_excel, views_rekap, views_rencana


class BentukConverter(StringConverter):
    """Forms of a dataset."""

    regex = "csv|json|xlsx"


class SimpulConverter(StringConverter):
    """Kinds of rows of the plan."""

    regex = "renstra|tujuan|sasaran|indikator|program"


register_converter(BentukConverter, "bentuk_data")
register_converter(SimpulConverter, "simpul")

app_name = "kinerja"

urlpatterns = [
    path("", views.list_capaian, name="list-capaian"),
    path("data/", views_data.list_data, name="list-data"),
    path("data/<int:tahun>.<bentuk_data:bentuk>", views_data.download_data, name="download-data"),
    path("pohon/", views_rencana.view_pohon, name="view-pohon"),
    path("pohon/<simpul:jenis>/baru/", views_rencana.edit_simpul, name="add-simpul"),
    path("pohon/<simpul:jenis>/<int:simpul_id>/", views_rencana.edit_simpul, name="edit-simpul"),
    path("pohon/<simpul:jenis>/<int:simpul_id>/hapus/", views_rencana.remove, name="remove-simpul"),
    path("indikator/<int:indikator_id>/target/", views_rencana.edit_target, name="edit-target"),
    path("program/<int:program_id>/anggaran/", views_rencana.edit_anggaran, name="edit-anggaran"),
    path("daerah/", views_rekap.view_daerah, name="view-daerah"),
    path("rekap/", views_rekap.view_rekap, name="view-rekap"),
    path("indikator/<int:indikator_id>/", views_rekap.view_indikator, name="view-indikator"),
    path("<int:formulir_id>/", views.view_formulir, name="view-formulir"),
    path("<int:formulir_id>/excel/", views_excel.download_lembar, name="download-lembar"),
    path("<int:formulir_id>/unggah/", views_excel.upload_lembar, name="upload-lembar"),
    path("unggahan/<int:unggahan_id>/", views_excel.view_unggahan, name="view-unggahan"),
    path("unggahan/<int:unggahan_id>/simpan/", views_excel.apply_unggahan, name="apply-unggahan"),
    path("<int:formulir_id>/simpan/", views.save_formulir, name="save-formulir"),
    path("baris/<int:capaian_id>/", views.save_baris, name="save-baris"),
    path("baris/<int:capaian_id>/bukti/", views.attach_bukti, name="attach-bukti"),
    path("bukti/<int:bukti_id>/", views.download_bukti, name="download-bukti"),
    path("bukti/<int:bukti_id>/hapus/", views.remove_bukti, name="remove-bukti"),
]
