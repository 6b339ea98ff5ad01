"""Signing in by the single sign-on of a government: whom it opens the door to, and when it stays
shut.
"""

import time
from typing import Any

import pytest
import requests
from django.conf import settings as pengaturan
from django.core import checks
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from organisasi.models import Pengguna, Sesi
from sakip.common import sso
from sakip.common.sso import check_sso
from tests.factories.organisasi import SANDI, JabatanFactory, PenugasanFactory
from tests.organisasi.penyedia import KLIEN, PALSU, PENERBIT, RAHASIA, Penyedia
from tests.organisasi.test_faktor import is_masuk, kode_kini, pasang, url
from tests.organisasi.test_pastikan import lupakan

pytestmark = pytest.mark.django_db


@pytest.fixture
def orang() -> Pengguna:
    """Somebody with a post."""
    return PenugasanFactory.create().pengguna


@pytest.fixture
def penyedia(orang: Pengguna, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Penyedia:
    """The provider knows that person; this installation knows the provider."""
    peladen = Penyedia(nip=orang.nip, auth_time=int(time.time()))
    isi = {"penerbit": PENERBIT, "klien": KLIEN, "rahasia": RAHASIA, "nama": "SSO Kabupaten"}
    settings.OIDC = {**pengaturan.OIDC, **isi}
    monkeypatch.setattr(requests.Session, "get_adapter", lambda *_a, **_l: peladen)
    sso._make.cache_clear()
    return peladen


def pergi(client: Client, penyedia: Penyedia, ke: str = "") -> str:
    """To the provider, and the address by which it sends the browser back."""
    return penyedia.authorize(client.get(url("start-sso"), {"next": ke})["Location"])


def test_person_known_here_is_signed_in(
    client: Client, penyedia: Penyedia, orang: Pengguna
) -> None:
    assert "Masuk dengan SSO Kabupaten" in client.get(url("sign-in")).content.decode()
    kembali = pergi(client, penyedia, url("view-sesi"))
    assert penyedia.diminta["scope"] == "openid profile"
    assert penyedia.diminta["redirect_uri"].startswith(pengaturan.ALAMAT_PUBLIK)
    assert client.get(kembali)["Location"] == url("view-sesi")
    assert is_masuk(client)
    assert Sesi.objects.filter(pengguna=orang).count() == 1
    # State, code and nonce are used up.
    assert client.get(kembali).status_code == 403
    assert Client().get(kembali).status_code == 403


@pytest.mark.parametrize(
    "salah",
    ["tanda", "none", "HS256", "iss", "aud", "nonce", "tanpa_nonce", "exp", "azp", "tanpa_token"],
)
def test_answer_that_is_not_right_opens_nothing(
    client: Client, penyedia: Penyedia, salah: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if salah == "tanda":
        penyedia.kunci = PALSU
    elif salah in ("none", "HS256"):
        penyedia.alg = salah
    elif salah == "tanpa_token":
        monkeypatch.setattr(penyedia, "_id_token", lambda: "")
    else:
        keliru: dict[str, dict[str, Any]] = {
            "iss": {"iss": "https://sso.jahat.example"},
            "aud": {"aud": "aplikasi-lain"},
            "nonce": {"nonce": "lain"},
            "tanpa_nonce": {"nonce": None},
            "exp": {"exp": int(time.time()) - 300},
            "azp": {"aud": [KLIEN, "aplikasi-lain"], "azp": "aplikasi-lain"},
        }
        penyedia.ubah = keliru[salah]
    jawab = client.get(pergi(client, penyedia))
    assert (jawab.status_code, is_masuk(client)) == (403, False)
    assert "tidak dapat dipastikan" in jawab.content.decode()


def test_answer_to_somebody_elses_question_opens_nothing(
    client: Client, penyedia: Penyedia
) -> None:
    kembali = pergi(Client(), penyedia)
    assert client.get(kembali).status_code == 403
    pergi(client, penyedia)
    assert client.get(kembali).status_code == 403
    assert client.get(url("finish-sso")).status_code == 403
    assert not is_masuk(client)


def test_question_of_long_ago_is_answered_by_nothing(client: Client, penyedia: Penyedia) -> None:
    kembali = pergi(client, penyedia)
    sesi = client.session
    sesi["sso_tujuan"] |= {"pada": "2026-01-01T00:00:00+00:00"}
    sesi.save()
    assert client.get(kembali).status_code == 403
    assert not is_masuk(client)


@pytest.mark.parametrize(
    ("keadaan", "kata"),
    [
        ("asing", "belum punya akun aktif"),
        ("nonaktif", "belum punya akun aktif"),
        ("tanpa_nip", "tidak menyebutkan NIP"),
        ("batal", "membatalkan"),
    ],
)
def test_who_cannot_come_in_is_told_why(
    client: Client, penyedia: Penyedia, keadaan: str, kata: str
) -> None:
    banyak = Pengguna.objects.count()
    if keadaan == "asing":
        penyedia.klaim["nip"] = "199901012020121009"
    elif keadaan == "nonaktif":
        Pengguna.objects.update(is_active=False)
    elif keadaan == "tanpa_nip":
        penyedia.klaim["nip"] = None
        penyedia.pengguna = {"sub": "orang-1"}
    kembali = pergi(client, penyedia)
    if keadaan == "batal":
        kembali = f"{url('finish-sso')}?error=access_denied&state={penyedia.diminta['state']}"
    jawab = client.get(kembali)
    assert jawab.status_code == 403
    assert kata in jawab.content.decode()
    assert Pengguna.objects.count() == banyak


def test_nip_may_stand_where_it_is_asked_for(
    client: Client, penyedia: Penyedia, orang: Pengguna
) -> None:
    penyedia.klaim["nip"] = None
    penyedia.pengguna = {"sub": "orang-lain", "nip": orang.nip}
    assert client.get(pergi(client, penyedia)).status_code == 403
    penyedia.pengguna = {"sub": "orang-1", "nip": f"{orang.nip[:8]} {orang.nip[8:]}"}
    assert client.get(pergi(client, penyedia)).status_code == 302
    assert is_masuk(client)


def test_own_second_factor_is_asked_for(
    client: Client, penyedia: Penyedia, orang: Pengguna
) -> None:
    pasang(orang)
    penyedia.klaim["amr"] = ["pwd", "otp"]
    assert client.get(pergi(client, penyedia))["Location"] == url("enter-faktor")
    assert not is_masuk(client)
    client.post(url("enter-faktor"), {"kode": kode_kini()})
    assert is_masuk(client)


@pytest.mark.parametrize("klaim", [{"amr": ["pwd", "otp"]}, {"acr": "otp"}], ids=["amr", "acr"])
def test_second_factor_of_the_provider_counts_where_the_operator_says_so(
    client: Client, penyedia: Penyedia, settings: Settings, klaim: dict[str, Any]
) -> None:
    settings.OIDC = {**settings.OIDC, "mfa": ["otp"]}
    settings.MFA_WAJIB = True
    Pengguna.objects.update(is_staff=True)
    penyedia.klaim |= klaim
    client.get(pergi(client, penyedia))
    assert is_masuk(client)


def test_acts_of_weight_are_confirmed_at_the_provider(
    client: Client, penyedia: Penyedia, orang: Pengguna, settings: Settings
) -> None:
    penyedia.klaim["auth_time"] = int(time.time()) - 3600
    client.get(pergi(client, penyedia))
    alamat = client.get(url("add-faktor"))["Location"]
    assert "Pastikan lewat SSO Kabupaten" in client.get(alamat).content.decode()
    # An hour ago is not now; nor is somebody else the same person.
    assert client.get(pergi(client, penyedia, url("add-faktor"))).status_code == 403
    assert penyedia.diminta["prompt"] == "login"
    penyedia.klaim["auth_time"] = int(time.time())
    lain = PenugasanFactory.create().pengguna
    penyedia.klaim["nip"] = lain.nip
    assert client.get(pergi(client, penyedia, url("add-faktor"))).status_code == 403
    assert client.get(url("add-faktor")).status_code == 302
    penyedia.klaim["nip"] = orang.nip
    kembali = client.get(pergi(client, penyedia, url("add-faktor")))
    assert kembali["Location"] == url("add-faktor")
    assert client.get(url("add-faktor")).status_code == 200


def test_password_is_asked_for_where_nobody_says_when_he_showed_himself(
    client: Client, penyedia: Penyedia
) -> None:
    penyedia.klaim["auth_time"] = None
    client.get(pergi(client, penyedia))
    assert client.get(url("add-faktor")).status_code == 302
    isi = {"sandi": SANDI}
    assert client.post(url("confirm-sandi"), isi).status_code == 302
    assert client.get(url("add-faktor")).status_code == 200


def test_signing_out_offers_the_way_out_there(client: Client, penyedia: Penyedia) -> None:
    client.get(pergi(client, penyedia))
    assert client.post(url("sign-out"))["Location"] == url("signed-out-sso")
    assert not is_masuk(client)
    halaman = client.get(url("signed-out-sso")).content.decode()
    assert f'href="{PENERBIT}/keluar?client_id=sakip&amp;post_logout_redirect_uri=' in halaman
    for ubah in ({"end_session_endpoint": "javascript:alert(1)"}, {"issuer": "lain"}):
        penyedia.meta |= ubah
        sso._make.cache_clear()
        assert "Keluar juga dari SSO" not in client.get(url("signed-out-sso")).content.decode()


@pytest.mark.parametrize(
    "ubah",
    [
        {"issuer": "https://sso.jahat.example"},
        {"token_endpoint": "http://sso.contoh.go.id/token"},
        {"jwks_uri": None},
        {"id_token_signing_alg_values_supported": ["none", "HS256"]},
    ],
    ids=["penerbit", "polos", "tanpa_kunci", "tanda"],
)
def test_provider_that_is_not_itself_is_no_provider(
    client: Client, penyedia: Penyedia, ubah: dict[str, Any]
) -> None:
    penyedia.meta |= ubah
    assert client.get(url("start-sso")).status_code == 503


def test_provider_that_is_gone_takes_nothing_with_it(client: Client, penyedia: Penyedia) -> None:
    penyedia.mati = True
    jawab = client.get(url("start-sso"))
    assert (jawab.status_code, jawab["Retry-After"]) == (503, "30")
    assert client.get(url("sign-in")).status_code == 200
    penyedia.mati = False
    kembali = pergi(client, penyedia)
    penyedia.mati = True
    assert client.get(kembali).status_code == 503


def test_without_a_provider_there_are_no_such_pages(client: Client) -> None:
    for nama in ("start-sso", "finish-sso", "signed-out-sso"):
        assert client.get(url(nama)).status_code == 404
    assert "start-sso" not in client.get(url("sign-in")).content.decode()
    client.force_login(PenugasanFactory.create().pengguna)
    lupakan(client)
    assert client.post(url("sign-out"))["Location"] == url("sign-in")


def test_who_leads_may_go_there_to_show_himself(
    client: Client, penyedia: Penyedia, settings: Settings
) -> None:
    settings.MFA_WAJIB = True
    pimpinan = PenugasanFactory.create(jabatan=JabatanFactory.create(tingkat="kepala")).pengguna
    penyedia.klaim |= {"nip": pimpinan.nip, "auth_time": None}
    client.get(pergi(client, penyedia))
    assert client.get(reverse("laporan:meja-kerja"))["Location"] == url("view-faktor")
    penyedia.klaim["auth_time"] = int(timezone.now().timestamp())
    assert client.get(pergi(client, penyedia))["Location"] == url("edit-profil")


@pytest.mark.parametrize(
    ("isi", "id_"),
    [
        ({}, []),
        ({"penerbit": PENERBIT, "klien": "a", "rahasia": "b"}, []),
        ({"klien": "a"}, ["sakip.E008"]),
        ({"penerbit": "http://sso", "klien": "a", "rahasia": "b"}, ["sakip.E009"]),
    ],
    ids=["tanpa", "lengkap", "separuh", "polos"],
)
def test_half_of_it_is_said_at_the_start(
    settings: Settings, isi: dict[str, str], id_: list[str]
) -> None:
    settings.OIDC = {**settings.OIDC, **isi}
    assert [g.id for g in check_sso()] == id_
    assert all(isinstance(g, checks.Error) for g in check_sso())
