"""URLs of sop."""

from django.urls import URLPattern

app_name = "sop"

urlpatterns: list[URLPattern] = []
