"""URLs of kinerja."""

from django.urls import URLPattern

app_name = "kinerja"

urlpatterns: list[URLPattern] = []
