"""Addresses that machines ask for, not people: probes of a balancer, figures for Prometheus.

They answer before anything else looks at the request: a probe comes by number instead of by the
name of the site, without TLS, without a session, and must be answered while the database is down.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from sakip.common.pengaman import seal_mesin
from sakip.kesehatan import view_sehat, view_siap
from sakip.metrik import view_metrik

# By name; the address is the name between slashes.
JALUR: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "sehat": view_sehat,
    "siap": view_siap,
    "metrik": view_metrik,
}
urlpatterns: list[URLPattern] = [path(f"{nama}/", view, name=nama) for nama, view in JALUR.items()]
_ALAMAT = {f"/{nama}/": view for nama, view in JALUR.items()}


class JalurMesinMiddleware:
    """Stands first, and answers those addresses itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        view = _ALAMAT.get(request.path_info)
        return seal_mesin(request, view(request)) if view else self.get_response(request)
