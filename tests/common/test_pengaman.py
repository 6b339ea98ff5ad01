"""What every answer carries, and what the log says of who was refused."""

import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from organisasi.models import Pengguna
from tests.factories.organisasi import SANDI, PenggunaFactory, PenugasanFactory
from tests.house.sumber import AKAR
from tests.house.test_settings import PRODUKSI


@pytest.fixture
def orang() -> Pengguna:
    """Somebody with a post and a password."""
    return PenugasanFactory.create().pengguna


@pytest.mark.django_db
def test_pages_are_kept_by_nobody_and_static_files_are(
    client: Client, settings: Settings, orang: Pengguna
) -> None:
    assert client.get(reverse("laporan:verify", args=["tidak-ada"]))["Cache-Control"]
    client.force_login(orang)
    for jawab in (client.get("/"), client.get("/tidak-ada/"), client.post("/")):
        assert jawab["Cache-Control"] == "private, no-store"
    settings.WHITENOISE_USE_FINDERS = True
    gambar = Client().get("/static/img/kawung.svg")
    assert gambar.status_code == 200
    assert "no-store" not in gambar["Cache-Control"]
    assert "frame-ancestors 'none'" in gambar["Content-Security-Policy"]
    assert gambar["X-Content-Type-Options"] == "nosniff"
    gambar.close()


def test_programs_are_not_led_on_to_tls(client: Client, settings: Settings) -> None:
    """A key that goes in the clear is told of, and never looked at."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    kepala = {"Authorization": "Bearer kunci-kantor"}
    terang = client.get("/api/v1/instansi", headers=kepala)
    assert (terang.status_code, "Location" in terang) == (403, False)
    assert "Pakai https" in terang.json()["pesan"]
    assert client.get("/masuk/")["Location"] == "https://testserver/masuk/"


@pytest.mark.django_db
def test_programs_over_tls_are_asked_for_their_key(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/api/v1/instansi", secure=True).status_code == 401


@pytest.mark.parametrize("jalur", ["/", "/masuk/", "/sehat/", "/api/v1/instansi", "/tidak-ada/"])
def test_what_was_sent_is_never_read_back(client: Client, jalur: str) -> None:
    assert client.trace(jalur).status_code == 405


def test_answers_to_machines_are_closed_as_well(client: Client, settings: Settings) -> None:
    settings.SECURE_HSTS_SECONDS = 31_536_000
    for aman in (True, False):
        jawab = client.get("/sehat/", secure=aman)
        assert jawab["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in jawab["Content-Security-Policy"]
        assert ("max-age=31536000" in jawab.get("Strict-Transport-Security", "")) is aman


def test_a_real_site_has_cookies_of_this_host_alone_and_nothing_for_builders() -> None:
    kode = """
import django; django.setup()
from django.conf import settings as s
from django.contrib.messages import constants, get_messages
from django.contrib.messages.storage import default_storage
from django.http import HttpRequest, HttpResponse
r = HttpRequest(); r.session = {}; p = default_storage(r)
p.add(constants.INFO, "tersimpan"); h = HttpResponse(); p.update(h)
k = h.cookies["__Host-pesan"]
print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, k["secure"], k["httponly"], k["path"], k["domain"])
r.COOKIES["__Host-pesan"] = k.value; p = default_storage(r); print(*p)
h = HttpResponse(); p.update(h); print(h.cookies["__Host-pesan"]["secure"])
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE)
print(s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY)
print(s.GALERI, s.DEBUG, s.DEMO, s.SECRET_KEY_FALLBACKS)
"""
    hasil = subprocess.run(
        [sys.executable, "-c", kode],
        cwd=AKAR,
        env={
            **PRODUKSI,
            "DJANGO_SETTINGS_MODULE": "sakip.settings.production",
            "SAKIP_SECRET_KEY_FALLBACKS": "kunci-lama",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert hasil.stdout.splitlines() == [
        "__Host-sesi __Host-csrf True True / ",
        "tersimpan",
        "True",
        "True True",
        "True True",
        "False False False ['kunci-lama']",
    ]


@pytest.mark.django_db
def test_who_was_refused_what_is_in_the_log(
    client: Client, orang: Pengguna, caplog: pytest.LogCaptureFixture
) -> None:
    client.force_login(orang)
    client.get(reverse("laporan:view-draf", args=[4711]))
    client.get("/kelola/")
    client.get(reverse("kinerja:view-daerah"))
    ditolak = [r.getMessage() for r in caplog.records if r.name == "sakip.common.tolakan"]
    assert ditolak[0] == (
        "ditolak alasan=Http404 status=404 tampilan=laporan:view-draf objek=draf_id:4711"
    )
    permintaan = [r.getMessage() for r in caplog.records if "permintaan" in r.getMessage()]
    assert permintaan[0].endswith("objek=draf_id:4711")
    assert {r.pengguna for r in caplog.records if hasattr(r, "pengguna")} <= {orang.pk, None}


@pytest.mark.django_db
def test_a_form_from_elsewhere_and_a_key_in_the_address(
    orang: Pengguna, caplog: pytest.LogCaptureFixture
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(orang)
    client.post(reverse("organisasi:end-sesi"))
    Client().get(reverse("organisasi:reset-sandi", args=["MQ", "kunci-sekali-pakai"]))
    isi = caplog.text
    assert "ditolak alasan=CSRF status=403 tampilan=organisasi:end-sesi objek=-" in isi
    assert "kunci-sekali-pakai" not in isi


@pytest.mark.django_db
def test_the_door_writes_down_how_it_opened_and_how_not(
    settings: Settings, orang: Pengguna, caplog: pytest.LogCaptureFixture
) -> None:
    settings.AXES_ENABLED = True
    tutup, masuk = PenggunaFactory.create(is_active=False), reverse("organisasi:sign-in")
    for nama, sandi in ((tutup.nip, SANDI), ("siapa", "x"), (orang.nip, "salah")):
        Client().post(masuk, {"username": nama, "password": sandi})
    client = Client()
    client.post(masuk, {"username": orang.nip, "password": SANDI})
    client.post(reverse("organisasi:sign-out"))
    for _kali in range(5):
        client.post(masuk, {"username": orang.nip, "password": "salah"})
    pintu = ("organisasi.auth", "organisasi.sesi.catatan", "sakip.common.tolakan")
    isi = [r.getMessage() for r in caplog.records if r.name in pintu]
    assert isi[:6] == [
        f"sandi_ditolak sebab=nonaktif akun={tutup.pk}",
        "sandi_ditolak sebab=tak_dikenal",
        f"sandi_ditolak sebab=salah akun={orang.pk}",
        f"sandi_cocok akun={orang.pk}",
        f"masuk pengguna={orang.pk}",
        f"keluar pengguna={orang.pk}",
    ]
    assert isi[-1].startswith("ditolak alasan=TerlaluBanyakPercobaan status=429")
    assert orang.nip not in caplog.text
    assert "siapa" not in caplog.text


@pytest.mark.django_db
def test_costly_work_is_counted_by_person(
    client: Client, settings: Settings, orang: Pengguna
) -> None:
    settings.MAKS_BERAT = 3
    cari, lain = reverse("laporan:search-arsip"), Client()
    client.force_login(orang)
    lain.force_login(PenugasanFactory.create().pengguna)
    status = [client.get(u).status_code for u in (cari, f"{cari}?unduh=csv", cari, cari)]
    assert status == [200, 200, 200, 429]
    jawab = client.get(
        reverse("sop:list-sop") + "?unduh=xlsx", headers={"Accept": "application/json"}
    )
    assert (jawab.status_code, list(jawab.json())) == (429, ["pesan"])
    assert client.get(reverse("sop:list-sop")).status_code == 200
    assert lain.get(cari).status_code == 200
