"""URLs of the read-only interface."""

from kinerja.api import list_alamat

urlpatterns = list_alamat()
