"""What every answer carries, whichever view made it; and the names of cookies on a real site."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponse

# Kept by no proxy and on no disk of a browser, unless a view or a static file says otherwise.
_TAK_DISIMPAN = "private, no-store"
_TERTUTUP = {
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
}


class PengamanMiddleware:
    """Refuses TRACE; answers that do not say how long they may be kept are kept by nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "TRACE":
            return HttpResponse(status=HTTPStatus.METHOD_NOT_ALLOWED)
        response = self.get_response(request)
        response.setdefault("Cache-Control", _TAK_DISIMPAN)
        return response


def seal_mesin(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An answer to a machine, which passes no other middleware, with what the others would add."""
    for nama, isi in _TERTUTUP.items():
        response[nama] = isi
    if settings.SECURE_HSTS_SECONDS and request.is_secure():
        nilai = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        response["Strict-Transport-Security"] = nilai
    return response


class _KukiPesan(CookieStorage):
    cookie_name = "__Host-pesan"


class PesanHost(FallbackStorage):
    """Messages for the next page, in a cookie that only this host can set."""

    storage_classes = (_KukiPesan, SessionStorage)
