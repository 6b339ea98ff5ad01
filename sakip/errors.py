"""Pages that Django or a browser asks for by a fixed name."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from sakip.common.isian import isian_teks
from sakip.common.tolakan import note_tolakan


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the request could not be read."""
    note_tolakan(request, type(exception).__name__, 400)
    return render(request, "galat/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: known person, no right."""
    note_tolakan(request, type(exception).__name__, 403)
    return render(request, "galat/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such thing, or none that this person may know of."""
    if request.resolver_match:
        note_tolakan(request, type(exception).__name__, 404)
    return render(request, "galat/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. No context: what it would ask the database for may be what failed."""
    return HttpResponse(render_to_string("galat/500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose proof of origin has expired; shows the typed text so it is not lost."""
    note_tolakan(request, "CSRF", 403)
    return render(request, "galat/sesi-habis.html", {"isian": isian_teks(request)}, status=403)


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon that browsers ask for by this name, whatever the page says."""
    return redirect(static("img/kawung.svg"))
