"""Middleware of the kernel: request id, clean addresses, refusals as pages, text kept."""

import logging
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from sakip.common.errors import DomainError
from sakip.common.isian import KUNCI_SESI, isian_teks

GetResponse = Callable[[HttpRequest], HttpResponse]

_request_id: ContextVar[str] = ContextVar("request_id", default="-")


def current_request_id() -> str:
    """Id of the request being served, or "-" outside of one."""
    return _request_id.get()


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to every log record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Never drops a record."""
        record.request_id = current_request_id()
        return True


class RefuseNulMiddleware:
    """Answers 400 to an address with a NUL byte: no text of ours holds one, no database takes it.

    Forms clean what is posted; addresses are read in many places, and here once for all.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in the address")
        return self.get_response(request)


class RequestIdMiddleware:
    """Gives every request an id that log lines and audit rows share."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _request_id.set(uuid.uuid4().hex[:16])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = current_request_id()
            return response
        finally:
            _request_id.reset(token)


class DomainErrorMiddleware:
    """Turns a refusal of the domain into a page that says what to do and shows what was typed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer `DomainError` with its status; leave every other exception alone."""
        if not isinstance(exception, DomainError):
            return None
        status = int(exception.status)
        context = {
            "pesan": exception.pesan,
            "masalah": getattr(exception, "masalah", []),
            "isian": isian_teks(request),
            "kembali": _read_asal(request),
        }
        jawab = render(request, f"galat/{status}.html", context, status=status)
        if exception.lagi_detik is not None:
            jawab["Retry-After"] = str(exception.lagi_detik)
        return jawab


def _read_asal(request: HttpRequest) -> str:
    """The page that held the form; "" where unknown. The address of the form may take POST only."""
    asal = request.headers.get("Referer", "")
    aman = url_has_allowed_host_and_scheme(asal, allowed_hosts={request.get_host()})
    bagian = urlsplit(asal)
    if not aman or not bagian.path.startswith("/") or bagian.path.startswith("//"):
        return ""
    return f"{bagian.path}?{bagian.query}" if bagian.query else bagian.path


class KeepTypedTextMiddleware:
    """Keeps the text of a form whose session had ended, so that nothing typed is lost.

    It runs before Django's LoginRequiredMiddleware, which would redirect and drop the body. The
    text waits
    in the visitor's own server-side session; the page after sign-in shows it once.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        _args: object,
        _kwargs: object,
    ) -> None:
        """Store what an anonymous visitor posted to a page that needs sign-in.

        An autosave whose page says that the browser itself keeps the text is left alone.
        """
        if (
            request.method != "POST"
            or request.user.is_authenticated
            or not getattr(view, "login_required", True)
            or request.headers.get("X-Cadangan") == "peramban"
        ):
            return
        isian = isian_teks(request)
        if isian:
            request.session[KUNCI_SESI] = isian
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)
            messages.warning(
                request,
                _(
                    "Sesi Anda telah berakhir. Isian Anda disimpan; "
                    "masuk kembali untuk melanjutkan."
                ),
            )
