"""The regency of the matrix, and asking it thousands of times."""

import logging
import sys
from collections.abc import Iterator
from copy import copy
from functools import lru_cache

import pytest
from django.template.backends.django import Template
from django.utils import timezone
from pytest_django import Settings

from organisasi import middleware
from organisasi.auth import NipAtauSurelBackend
from organisasi.selectors import list_penugasan_for
from sakip.common import pdf
from tests.house.negeri import Negeri, make_negeri


@pytest.fixture
def negeri(db: None) -> Negeri:
    """The regency of the matrix."""
    return make_negeri()


@pytest.fixture
def ringan(sekali_siapa: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thousands of requests of the same few people: pages are not drawn either."""
    monkeypatch.setattr(Template, "render", lambda *_a, **_k: "")


@pytest.fixture
def sekali_siapa(
    negeri: Negeri, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> Iterator[None]:
    """What is not about the page costs nothing.

    People and mandates are looked up once, no PDF is made, refusals are not logged.
    """
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    orang = {str(o.pk): o for o in negeri.orang.values()}
    cari = lru_cache(lambda o: tuple(list_penugasan_for(o, pada=timezone.now())))
    monkeypatch.setattr(NipAtauSurelBackend, "get_user", lambda _s, pk: copy(orang[str(pk)]))
    monkeypatch.setattr(middleware, "list_penugasan_for", lambda o, pada: list(cari(o)))
    for modul in [m for m in sys.modules.values() if getattr(m, "render_pdf", None)]:
        monkeypatch.setattr(modul, "render_pdf", lambda *_a, **_k: pdf.HasilPdf(b"", 1, {}))
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)
