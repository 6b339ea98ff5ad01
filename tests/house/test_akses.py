"""Deny by default: a page without sign-in is one that this list names."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"

# Pages that a stranger may open, each with the reason.
TERBUKA = {
    "organisasi:sign-in": "the door itself",
    "organisasi:enter-faktor": "the second door, for who gave the password just now",
    "organisasi:accept-undangan": "chooses a first password by a link that works once",
    "organisasi:forgot-sandi": "asks for a letter; says nothing of who is known",
    "organisasi:forgot-sandi-sent": "says what happens next, the same to everybody",
    "organisasi:reset-sandi": "chooses another password by a link that works once",
    "favicon": "a picture that browsers ask for by themselves",
    "sehat": "says that the process lives, and nothing else",
    "siap": "says by name which service cannot be reached, and nothing else",
    "laporan:check-berkas": "anybody may have a PDF in hand; nothing of it is stored",
    "laporan:verify": "the address in the QR of a signed report",
    "kinerja_api:openapi-json": "what the interface offers, without figures",
    "kinerja_api:api-root": "names the root of the interface; answers 404",
    "kinerja_api:instansi": "asks for a key instead of a session",
    "kinerja_api:indikator": "asks for a key instead of a session",
    "kinerja_api:capaian": "asks for a key instead of a session",
    "kinerja_api:tidak-ada": "says as JSON that there is no such address",
    "admin:login": "leads to our own door",
}


def walk_urls(resolver: URLResolver, ruang: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every URL as (name with its namespaces, or the pattern where it has no name)."""
    for butir in resolver.url_patterns:
        if isinstance(butir, URLResolver):
            dalam = f"{ruang}{butir.namespace}:" if butir.namespace else ruang
            yield from walk_urls(butir, dalam)
        else:
            yield f"{ruang}{butir.name or butir.pattern}", butir


def test_sign_in_is_asked_before_any_view() -> None:
    assert LOGIN_REQUIRED in settings.MIDDLEWARE


def test_open_pages_are_the_listed_ones() -> None:
    terbuka = {
        nama
        for nama, url in walk_urls(get_resolver())
        if not getattr(url.callback, "login_required", True)
    }
    assert terbuka == set(TERBUKA)


def test_every_url_has_a_name() -> None:
    tanpa_nama = [
        str(url.pattern)
        for nama, url in walk_urls(get_resolver())
        if not url.name and not nama.startswith("admin:")
    ]
    assert not tanpa_nama
