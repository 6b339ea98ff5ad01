"""Deny by default: who gets which answer at every address stands in one table."""

import os

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.house import matriks
from tests.house.isi_negeri import fill_negeri
from tests.house.isian_matriks import make_isian
from tests.house.matriks import Penanya, Tabel, list_baris, walk_urls
from tests.house.negeri import PERAN, Negeri

LOGIN_REQUIRED = "django.contrib.auth.middleware.LoginRequiredMiddleware"

# Pages that a stranger may open, each with the reason.
TERBUKA = {
    "organisasi:sign-in": "the door itself",
    "organisasi:enter-faktor": "the second door, for who gave the password just now",
    "organisasi:sign-in-kunci": "a door of its own: a passkey says who it is",
    "organisasi:start-sso": "leads to the single sign-on; 404 where there is none",
    "organisasi:finish-sso": "back from there: the answer says who it is",
    "organisasi:signed-out-sso": "says that one is out, and offers the way out there",
    "organisasi:accept-undangan": "chooses a first password by a link that works once",
    "organisasi:forgot-sandi": "asks for a letter; says nothing of who is known",
    "organisasi:forgot-sandi-sent": "says what happens next, the same to everybody",
    "organisasi:reset-sandi": "chooses another password by a link that works once",
    "favicon": "a picture that browsers ask for by themselves",
    "metrik": "asks for a token instead of a session; without one set it answers 404",
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


@pytest.mark.usefixtures("ringan")
def test_everybody_gets_the_answer_that_the_table_says(negeri: Negeri) -> None:
    nilai = fill_negeri(negeri)
    penanya = Penanya(negeri, make_isian(negeri, nilai))
    kini: Tabel = {b.kunci: [penanya.ask(k, b) for k in PERAN] for b in list_baris(penanya, nilai)}
    if os.environ.get("SAKIP_TULIS_MATRIKS"):
        matriks.BERKAS.write_text(matriks.write_tabel(kini))
    lama = matriks.read_tabel()
    assert kini.keys() == lama.keys(), "baris berubah; jalankan script/matriks, baca selisihnya"
    beda = {k: (lama[k], sel) for k, sel in kini.items() if sel != lama[k]}
    assert not beda, "sel berubah; jalankan script/matriks, baca selisihnya"
    assert not [k for k, sel in kini.items() if any(s.startswith("5") for s in sel)]


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
