"""Sessions hold in every process at once, and their owner sees and ends them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisasi.models import Jejak, Pengguna, Sesi
from organisasi.rules.gawai import name_gawai
from organisasi.sesi.catatan import JARAK
from tests.factories.organisasi import SANDI, PenggunaFactory, PenugasanFactory

WINDOWS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130.0 Safari/537.36"
PONSEL = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Mobile/15E148 Safari/604.1"
BARU = "sebaris-kata-baru-2026"


def masuk(orang: Pengguna, peramban: str = WINDOWS) -> Client:
    """A browser in which that person signed in by the page."""
    client = Client(headers={"User-Agent": peramban})
    isi = {"username": orang.nip, "password": SANDI}
    assert client.post(reverse("organisasi:sign-in"), isi).status_code == 302
    return client


def is_masuk(client: Client) -> bool:
    """Whether that browser is still signed in."""
    return client.get(reverse("organisasi:edit-profil")).status_code == 200


@pytest.fixture(params=["organisasi.sesi.db", "organisasi.sesi.cached_db"])
def tempat(request: pytest.FixtureRequest, settings: Settings) -> str:
    """Both stores that an installation may run with."""
    settings.SESSION_ENGINE = request.param
    return str(request.param)


def test_sessions_do_not_live_in_the_memory_of_one_process() -> None:
    """A worker with a copy of its own would keep a person signed in who has signed out."""
    sendiri = settings.CACHES["default"]["BACKEND"].endswith("LocMemCache")
    lewat_cache = "cache" in settings.SESSION_ENGINE
    assert not (sendiri and lewat_cache)


@pytest.mark.django_db
@pytest.mark.usefixtures("tempat")
def test_owner_sees_where_he_is_signed_in_and_ends_one() -> None:
    orang, lain = PenugasanFactory.create().pengguna, PenggunaFactory.create()
    meja, ponsel, orang_lain = masuk(orang), masuk(orang, PONSEL), masuk(lain)
    halaman = reverse("organisasi:view-sesi")
    isi = meja.get(halaman).content.decode()
    assert isi.index("Chrome di Windows") < isi.index("Safari di iPhone")
    assert isi.count("terakhir dipakai") == 2
    for sesi in Sesi.objects.all():
        assert sesi.session_key not in isi
    milik_lain = Sesi.objects.get(pengguna=lain)
    milik_ponsel = Sesi.objects.get(session_key=ponsel.session.session_key)
    akhiri = reverse("organisasi:end-sesi")
    assert meja.post(akhiri, {"sesi": milik_lain.sidik}).status_code == 409
    assert meja.post(akhiri, {"sesi": milik_ponsel.sidik}).status_code == 302
    assert meja.post(akhiri, {"sesi": milik_ponsel.sidik}).status_code == 409
    assert [is_masuk(c) for c in (meja, ponsel, orang_lain)] == [True, False, True]
    jejak = Jejak.objects.get(aksi="organisasi.sesi.akhiri")
    assert (jejak.aktor, jejak.data["banyak"]) == (orang, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("tempat")
def test_all_others_end_at_once_and_so_they_do_with_a_new_password() -> None:
    orang = PenugasanFactory.create().pengguna
    meja, satu, dua = masuk(orang), masuk(orang), masuk(orang, PONSEL)
    meja.post(reverse("organisasi:end-sesi"))
    assert [is_masuk(c) for c in (meja, satu, dua)] == [True, False, False]
    meja.post(reverse("organisasi:end-sesi"))  # nothing left to end, nothing to tell
    assert Jejak.objects.filter(aksi="organisasi.sesi.akhiri").count() == 1
    ponsel = masuk(orang, PONSEL)
    isi = {"sandi_lama": SANDI, "new_password1": BARU, "new_password2": BARU}
    assert meja.post(reverse("organisasi:change-sandi"), isi).status_code == 302
    assert [is_masuk(c) for c in (meja, ponsel)] == [True, False]
    assert Sesi.objects.filter(pengguna=orang).count() == 1


@pytest.mark.django_db
def test_ordinary_page_pays_nothing_and_last_use_is_kept_by_minutes() -> None:
    client = masuk(PenugasanFactory.create().pengguna)
    halaman = reverse("organisasi:edit-profil")
    client.get(halaman)
    with CaptureQueriesContext(connection) as kueri:
        client.get(halaman)
    assert [k for k in kueri if "organisasi_sesi" in k["sql"] and "SELECT" not in k["sql"]] == []
    lama = (timezone.now() - JARAK - timedelta(seconds=1)).isoformat()
    data = client.session
    data["sesi_terlihat"] = lama
    Sesi.objects.update(session_data=data.encode(dict(data.items())))
    akhir = Sesi.objects.get().expire_date
    client.get(halaman)
    assert timezone.now() - (Sesi.objects.get().terlihat or akhir) < timedelta(minutes=1)
    assert Sesi.objects.get().expire_date == akhir  # use does not put the end off


@pytest.mark.django_db
def test_visitor_has_a_session_of_nobody_and_old_ones_are_swept(client: Client) -> None:
    client.post(reverse("organisasi:switch-penugasan"), {"catatan": "teks"})
    assert Sesi.objects.get().pengguna is None
    assert str(Sesi.objects.get()) == "Sesi None"
    Sesi.objects.update(expire_date=timezone.now() - timedelta(days=1))
    call_command("clearsessions")
    assert not Sesi.objects.exists()


@pytest.mark.parametrize(
    ("peramban", "nama"),
    [
        (WINDOWS, "Chrome di Windows"),
        (f"{WINDOWS} Edg/130.0", "Edge di Windows"),
        (PONSEL, "Safari di iPhone"),
        ("Mozilla/5.0 (Android 14; Mobile) Firefox/131.0", "Firefox di Android"),
        ("Mozilla/5.0 (X11; Linux x86_64)", "Linux"),
        ("curl/8", ""),
    ],
)
def test_browser_has_the_name_its_owner_knows(peramban: str, nama: str) -> None:
    assert name_gawai(peramban) == nama
