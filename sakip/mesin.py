"""Addresses that machines ask for, not people: probes of a balancer, figures for Prometheus.

They answer before anything else looks at the request: a probe comes by number instead of by the
name of the site, without TLS, without a session, and must be answered while the database is down.
The interface for programs is different: in the clear it is refused, not led on to TLS as a browser
is, or nobody would notice that the key of an office travels open at every call.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
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


_PROGRAM = "/api/"
_TERANG = (
    "Pakai https. Kunci yang terkirim lewat http dapat dibaca orang: cabut dan buat yang baru."
)


class JalurMesinMiddleware:
    """Stands first: answers those addresses itself, and programs that speak in the clear."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(_PROGRAM) and _is_terang(request):
            return seal_mesin(request, JsonResponse({"pesan": _TERANG}, status=403))
        view = _ALAMAT.get(request.path_info)
        return seal_mesin(request, view(request)) if view else self.get_response(request)


def _is_terang(request: HttpRequest) -> bool:
    return settings.SECURE_SSL_REDIRECT and not request.is_secure()
