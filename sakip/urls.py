"""URLs of the project. Everything needs sign-in unless its view says otherwise."""

from django.contrib import admin
from django.urls import include, path

from sakip import galeri
from sakip.errors import favicon

urlpatterns = [
    path("", include("laporan.urls")),
    path("", include("organisasi.urls")),
    path("sop/", include("sop.urls")),
    path("capaian/", include("kinerja.urls")),
    path("api/v1/", include(("kinerja.urls_api", "kinerja_api"))),
    path("", include("sakip.mesin")),
    path("favicon.ico", favicon, name="favicon"),
    path("galeri/", galeri.view_galeri, name="galeri"),
    path("kelola/", admin.site.urls),
]

handler400 = "sakip.errors.bad_request"
handler403 = "sakip.errors.forbidden"
handler404 = "sakip.errors.not_found"
handler500 = "sakip.errors.server_error"
