"""URLs of the SOP."""

from django.urls import path

from sop import views_pejabat
from sop.views import katalog, lembar

app_name = "sop"

urlpatterns = [
    path("", katalog.list_sop, name="list-sop"),
    path("versi/<int:versi_id>/", katalog.view_versi, name="view-versi"),
    path("versi/<int:versi_id>/pejabat/", views_pejabat.try_tanggal, name="uji-tanggal"),
    path("versi/<int:versi_id>/lembar.xlsx", lembar.ekspor_lembar, name="ekspor-lembar"),
    path("versi/<int:versi_id>/berkas.yaml", lembar.ekspor_berkas, name="ekspor-berkas"),
    path("impor/", lembar.impor_lembar, name="impor-lembar"),
    path("impor/contoh.xlsx", lembar.unduh_contoh_lembar, name="unduh-contoh-lembar"),
    path("impor/<int:unggahan_id>/", lembar.pratinjau_impor, name="pratinjau-impor"),
    path("impor/<int:unggahan_id>/buang/", lembar.buang_impor, name="buang-impor"),
]
