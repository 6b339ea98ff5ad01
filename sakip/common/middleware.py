"""Middleware of the kernel: request id, clean addresses, refusals as pages, text kept."""

import logging
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sakip.common.catatan import current_request_id, ikat, read_request_id
from sakip.common.errors import DomainError
from sakip.common.isian import isian_teks, keep_isian, read_asal
from sakip.common.metrik import METODE, count_permintaan
from sakip.common.tolakan import name_objek, name_tampilan, note_tolakan

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponse]


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


class CatatMiddleware:
    """Gives every request an id that log lines, audit rows and jobs share; logs and counts it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        mulai = time.perf_counter()
        with ikat(read_request_id(request.headers.get("X-Request-Id", ""))):
            response = self.get_response(request)
            response["X-Request-Id"] = current_request_id()
            _note(request, response.status_code, time.perf_counter() - mulai)
            return response


def _note(request: HttpRequest, status: int, detik: float) -> None:
    """Every decision on an access: who, which view, which rows, and what the answer was."""
    tampilan = name_tampilan(request)
    metode = request.method or "-"
    count_permintaan(tampilan=tampilan, metode=metode, status=status, detik=detik)
    logger.info(
        "permintaan tampilan=%s metode=%s status=%s ms=%d objek=%s",
        tampilan,
        metode if metode in METODE else "lain",
        status,
        round(detik * 1000),
        name_objek(request),
    )


class DomainErrorMiddleware:
    """Turns a refusal of the domain into a page that says what to do and shows what was typed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer `DomainError` with its status; leave every other exception alone."""
        return answer_tolakan(request, exception) if isinstance(exception, DomainError) else None


def answer_tolakan(request: HttpRequest, ditolak: DomainError) -> HttpResponse:
    """The page of a refusal, noted in the log."""
    status = int(ditolak.status)
    note_tolakan(request, type(ditolak).__name__, status)
    context = {
        "pesan": ditolak.pesan,
        "masalah": getattr(ditolak, "masalah", []),
        "isian": isian_teks(request),
        "kembali": read_asal(request),
    }
    jawab = render(request, f"galat/{status}.html", context, status=status)
    if ditolak.lagi_detik is not None:
        jawab["Retry-After"] = str(ditolak.lagi_detik)
    return jawab


class KeepTypedTextMiddleware:
    """Keeps the text of a form whose session had ended, so that nothing typed is lost.

    It runs before Django's LoginRequiredMiddleware, which would redirect and drop the body. The
    text waits in the visitor's own server-side session; the page after sign-in shows it once.
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
        if keep_isian(request):
            request.session.set_expiry(settings.SESSION_COOKIE_AGE)
            messages.warning(
                request,
                _(
                    "Sesi Anda telah berakhir. Isian Anda disimpan; "
                    "masuk kembali untuk melanjutkan."
                ),
            )
