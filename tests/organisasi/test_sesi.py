"""Sessions hold in every process at once, and their owner sees and ends them."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import CommandError, call_command
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


@pytest.mark.django_db
@pytest.mark.usefixtures("tempat")
def test_a_session_that_nobody_uses_ends_and_a_page_alone_keeps_none_alive() -> None:
    client, lain = (masuk(PenugasanFactory.create().pengguna) for _ in range(2))
    diam = timedelta(seconds=settings.SESI_DIAM_DETIK)
    for c, lama in ((client, diam + JARAK), (lain, diam - JARAK)):
        data = c.session
        data["sesi_terlihat"] = (timezone.now() - lama).isoformat()
        sesi = Sesi.objects.get(session_key=data.session_key)
        sesi.session_data = data.encode(dict(data.items()))
        sesi.save()
    cache.clear()
    halaman = reverse("organisasi:edit-profil")
    assert client.get(halaman).status_code == 302
    assert not Sesi.objects.filter(pk=client.cookies["sessionid"].value).exists()
    terlihat = lain.session["sesi_terlihat"]
    assert lain.get(halaman, headers={"X-Latar": "ya"}).status_code == 200
    assert lain.session["sesi_terlihat"] == terlihat
    assert lain.get(halaman).status_code == 200
    assert lain.session["sesi_terlihat"] > terlihat


@pytest.mark.django_db
@pytest.mark.usefixtures("tempat")
def test_giving_the_password_again_changes_the_key() -> None:
    client = masuk(PenugasanFactory.create().pengguna)
    lama = client.session.session_key
    assert client.post(reverse("organisasi:confirm-sandi"), {"sandi": SANDI}).status_code == 302
    assert client.session.session_key != lama
    assert not Sesi.objects.filter(pk=lama).exists()
    assert is_masuk(client)


@pytest.mark.django_db
def test_ending_a_session_asks_who_it_is_after_a_while() -> None:
    client = masuk(PenugasanFactory.create().pengguna)
    data = client.session
    data["sandi_diberikan_pada"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    data.save()
    jawab = client.post(reverse("organisasi:end-sesi"))
    assert jawab["Location"].startswith(reverse("organisasi:confirm-sandi"))


@pytest.mark.django_db
def test_who_administers_accounts_ends_sessions() -> None:
    orang, lain = PenugasanFactory.create().pengguna, PenugasanFactory.create().pengguna
    pengelola = PenggunaFactory.create(is_staff=True, is_superuser=True)
    meja, meja_lain, kelola = masuk(orang), masuk(lain), masuk(pengelola)
    daftar = reverse("admin:organisasi_pengguna_changelist")
    pilihan = {"action": "end_sesi", "_selected_action": [lain.pk]}
    assert kelola.post(daftar, pilihan).status_code == 302
    assert [is_masuk(c) for c in (meja, meja_lain)] == [True, False]
    isi = {"nip": orang.nip, "nama": orang.nama, "surel": orang.surel}
    alamat = reverse("admin:organisasi_pengguna_change", args=[orang.pk])
    assert kelola.post(alamat, isi | {"is_active": "on"}).status_code == 302
    assert is_masuk(meja)
    assert kelola.post(alamat, isi).status_code == 302
    orang.refresh_from_db()
    assert not orang.is_active
    assert not Sesi.objects.filter(pengguna=orang).exists()
    data = kelola.session
    data["sandi_diberikan_pada"] = (timezone.now() - timedelta(minutes=6)).isoformat()
    data.save()
    assert "pastikan" in kelola.post(alamat, isi | {"surel": "x@contoh.go.id"})["Location"]


@pytest.mark.django_db
def test_operator_ends_the_sessions_of_one_or_of_all(capsys: pytest.CaptureFixture[str]) -> None:
    orang, lain = PenugasanFactory.create().pengguna, PenggunaFactory.create()
    meja, meja_lain = masuk(orang), masuk(lain)
    with pytest.raises(CommandError, match="Tidak ada akun"):
        call_command("akhiri_sesi", "tidak@ada.go.id")
    call_command("akhiri_sesi", orang.surel)
    assert [is_masuk(c) for c in (meja, meja_lain)] == [False, True]
    assert Jejak.objects.get(aksi="organisasi.sesi.akhiri").aktor is None
    call_command("akhiri_sesi", "--semua")
    assert not is_masuk(meja_lain)
    assert not Sesi.objects.exists()
    assert "Sesi 1 orang" in capsys.readouterr().out
