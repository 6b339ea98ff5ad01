"""URLs of named readers: given on a draft, listed for the office and for the reader."""

from django.urls import path

from laporan.views import izin

pola_izin = [
    path("laporan/dibagikan/", izin.list_dibagikan, name="list-dibagikan"),
    path("laporan/izin/", izin.list_izin, name="list-izin"),
    path("laporan/<int:draf_id>/izin/", izin.manage_izin, name="manage-izin"),
    path("laporan/<int:draf_id>/izin/<int:izin_id>/cabut/", izin.revoke, name="revoke-izin"),
]
