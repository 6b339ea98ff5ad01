"""The ceiling of a page: the same rows written by hand, by somebody who wants nothing else.

One indexed query with `select_related`, one template of Django's own engine, a frame with a menu of
twelve links, the person's name and a form to sign out; session, sign-in, CSRF and messages as
`startproject` sets them up. No rights, no turns, no clock of working hours, no counts, no pages.
What the product's page has more in bytes is filled up with plain text, so that both send the same.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates, Template
from django.test import override_settings
from django.urls import path

MIDDLEWARE = [
    "tests.bench._pagu.use_alamat",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
_MESIN = DjangoTemplates(
    {
        "NAME": "pagu",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["django.templatetags.static"],
        },
    }
)
_BINGKAI = """<!DOCTYPE html>
<html lang="id"><head><meta charset="utf-8"><title>{{ judul }} – SAKIP</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="{% static 'css/meja.css' %}"></head><body>
<header><a href="{% url 'menu' 1 %}">SAKIP</a> <b>{{ user.nama }}</b></header>
<nav aria-label="Menu utama">
<a href="{% url 'menu' 1 %}" aria-current="page">Meja Kerja</a>
<a href="{% url 'menu' 2 %}">Laporan</a><a href="{% url 'menu' 3 %}">Capaian Kinerja</a>
<a href="{% url 'menu' 4 %}">Rekap</a><a href="{% url 'menu' 5 %}">Pohon Kinerja</a>
<a href="{% url 'menu' 6 %}">Templat SOP</a><a href="{% url 'menu' 7 %}">Pemantauan</a>
<a href="{% url 'menu' 8 %}">Surat</a><a href="{% url 'menu' 9 %}">Arsip</a>
<a href="{% url 'menu' 10 %}">Organisasi</a><a href="{% url 'menu' 11 %}">Kalender</a>
<a href="{% url 'menu' 12 %}">Pemberitahuan</a></nav>
<main>{% for m in messages %}<p role="status">{{ m }}</p>{% endfor %}<h1>{{ judul }}</h1>
ISI
{{ pengisi }}</main>
<form method="post" action="{% url 'menu' 1 %}">{% csrf_token %}<button>Keluar</button></form>
<script src="{% static 'js/dialog.js' %}" defer></script></body></html>"""


@dataclass(frozen=True)
class Pagu:
    """One page by hand. baca: the rows, in one query; templat: what stands in the frame, with the
    rows as `daftar`.
    """

    baca: Callable[[], Iterable[Any]]
    templat: str

    @cached_property
    def halaman(self) -> Template:
        """Frame and rows, compiled once."""
        return _MESIN.from_string(_BINGKAI.replace("ISI", self.templat))


PAGU: dict[str, Pagu] = {}


def show(request: HttpRequest, nama: str) -> HttpResponse:
    """The page of that name, filled up with as many bytes as the request says."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    pagu = PAGU[nama]
    isian = {
        "judul": "Halaman",
        "daftar": pagu.baca(),
        "pengisi": "." * int(request.headers.get("X-Pengisi", 0)),
    }
    return HttpResponse(pagu.halaman.render(isian, request))


def use_alamat(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the addresses of this module, whatever the settings say."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__
        return get_response(request)

    return middleware


urlpatterns = [
    path("<slug:nama>/", show, name="pagu"),
    path("menu/<int:ke>/", show, name="menu"),
    path("baris/<int:pk>/", show, name="buka"),
    path("baris/<int:pk>/kerja/", show, name="kerja"),
]


def make_handler() -> WSGIHandler:
    """What a server calls, with the middleware of the ceiling."""
    with override_settings(MIDDLEWARE=MIDDLEWARE):
        return WSGIHandler()
