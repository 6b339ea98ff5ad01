"""Signing in by NIP or e-mail address, and being slowed down."""

import pytest
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse

from organisasi.auth import NipAtauSurelBackend
from tests.factories.organisasi import SANDI, PenggunaFactory, PenugasanFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("bentuk", ["{nip}", "{nip_berkelompok}", "{surel}", " {surel} "])
def test_nip_and_mail_address_both_open_the_door(bentuk: str) -> None:
    p = PenggunaFactory()
    nama = bentuk.format(nip=p.nip, nip_berkelompok=p.nip_berkelompok, surel=p.surel.upper())
    permintaan = RequestFactory().post("/masuk/")
    assert NipAtauSurelBackend().authenticate(permintaan, nama, SANDI) == p


@pytest.mark.parametrize(("nama", "sandi"), [("", SANDI), ("x", None), ("tidak@ada.go.id", SANDI)])
def test_unknown_or_empty_names_do_not(nama: str, sandi: str | None) -> None:
    assert NipAtauSurelBackend().authenticate(None, nama, sandi) is None


def test_inactive_account_stays_out() -> None:
    pengguna = PenggunaFactory(is_active=False)
    assert NipAtauSurelBackend().authenticate(None, pengguna.nip, SANDI) is None


def test_wrong_password_keeps_the_name_and_says_what_to_do(client: Client) -> None:
    pengguna = PenggunaFactory()
    jawab = client.post(reverse("organisasi:sign-in"), {"username": pengguna.nip, "password": "x"})
    assert jawab.status_code == 422
    isi = jawab.content.decode()
    assert "tidak cocok" in isi
    assert pengguna.nip in isi


@override_settings(AXES_ENABLED=True)
def test_five_wrong_passwords_slow_down_this_account_only(client: Client) -> None:
    pengguna, lain = PenggunaFactory(), PenugasanFactory().pengguna
    masuk = reverse("organisasi:sign-in")
    for _ in range(5):
        jawab = client.post(masuk, {"username": pengguna.nip, "password": "salah"})
    assert jawab.status_code == 429
    assert "tunggu 15 menit" in jawab.content.decode()
    benar = client.post(masuk, {"username": pengguna.nip, "password": SANDI})
    assert benar.status_code == 429
    assert client.post(masuk, {"username": lain.nip, "password": SANDI}).status_code == 302


@override_settings(AXES_ENABLED=True)
def test_other_spellings_of_a_name_are_no_further_attempts(client: Client) -> None:
    orang = PenggunaFactory()
    nip, surel, masuk = orang.nip, orang.surel, reverse("organisasi:sign-in")
    for nama in (nip, f"{nip[:8]} {nip[8:]}", surel, surel.upper(), f" {nip} "):
        jawab = client.post(masuk, {"username": nama, "password": "salah"})
    assert jawab.status_code == 429
    for nama in (nip, f"{nip[:4]} {nip[4:]}", surel.title()):
        assert client.post(masuk, {"username": nama, "password": SANDI}).status_code == 429


@override_settings(AXES_ENABLED=True, PROKSI=1)
def test_stranger_behind_the_same_proxy_locks_nobody_out(client: Client) -> None:
    nip, masuk = PenugasanFactory.create().pengguna.nip, reverse("organisasi:sign-in")

    def coba(asal: str, sandi: str) -> int:
        isi = {"username": nip, "password": sandi}
        return client.post(masuk, isi, headers={"X-Forwarded-For": asal}).status_code

    assert [coba("8.8.8.8", "salah") for _ in range(5)][-1] == 429
    assert coba("1.1.1.1, 8.8.8.8", SANDI) == 429
    assert coba("bukan alamat", "salah") == 422
    assert coba("fe80::1%eth0", "salah") == 422
    assert coba("9.9.9.9", SANDI) == 302


@override_settings(AXES_ENABLED=True)
def test_unknown_names_are_counted_as_typed(client: Client) -> None:
    masuk = reverse("organisasi:sign-in")
    status = [
        client.post(masuk, {"username": "siapa", "password": "salah"}).status_code for _ in range(5)
    ]
    assert status == [422, 422, 422, 422, 429]
    assert client.post(masuk, {}).status_code == 422


@override_settings(DEMO=False)
def test_sign_in_page_lists_nobody_unless_it_is_a_demo(client: Client) -> None:
    penugasan = PenugasanFactory()
    assert penugasan.pengguna.nama not in client.get(reverse("organisasi:sign-in")).content.decode()


@override_settings(DEMO=True, DEMO_SANDI="padi-kebun-laut-bukit-123")
def test_demo_sign_in_page_lists_the_demo_people(client: Client) -> None:
    penugasan = PenugasanFactory()
    isi = client.get(reverse("organisasi:sign-in")).content.decode()
    assert penugasan.pengguna.nama in isi
    assert "padi-kebun-laut-bukit-123" in isi


def test_demo_account_is_filled_in_by_a_click_and_only_on_a_demo(client: Client) -> None:
    orang = PenugasanFactory().pengguna
    masuk = reverse("organisasi:sign-in")
    with override_settings(DEMO=True, DEMO_SANDI="padi-kebun-laut-bukit-123"):
        assert f"?akun={orang.nip}" in client.get(masuk).content.decode()
        isi = client.get(masuk, {"akun": orang.nip}).content.decode()
        assert f'value="{orang.nip}"' in isi
        assert 'value="padi-kebun-laut-bukit-123"' in isi
        salah = {"username": orang.nip, "password": "ketikan-sendiri"}
        lagi = client.post(f"{masuk}?akun={orang.nip}", salah).content.decode()
        assert "ketikan-sendiri" not in lagi
    with override_settings(DEMO=False, DEMO_SANDI="padi-kebun-laut-bukit-123"):
        isi = client.get(masuk, {"akun": orang.nip}).content.decode()
        assert orang.nip not in isi
        assert "padi-kebun-laut-bukit-123" not in isi


def test_text_typed_before_the_session_ended_comes_back_after_sign_in(client: Client) -> None:
    penugasan = PenugasanFactory()
    isian = {"catatan": "Samakan angka TB.", "password": "rahasia", "kunci": "abc"}
    jawab = client.post(reverse("organisasi:switch-penugasan"), isian)
    assert jawab.status_code == 302
    masuk = {"username": penugasan.pengguna.nip, "password": SANDI}
    assert client.post(jawab["Location"], masuk).status_code == 302
    halaman = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert "Samakan angka TB." in halaman
    assert "rahasia" not in halaman
    lagi = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert "Samakan angka TB." not in lagi


@override_settings(AXES_ENABLED=True)
def test_an_office_behind_one_address_is_never_locked_out_as_a_whole(client: Client) -> None:
    kantor = [PenggunaFactory.create() for _ in range(12)]
    masuk = reverse("organisasi:sign-in")
    for orang in kantor:
        for _ in range(4):
            salah = client.post(masuk, {"username": orang.nip, "password": "salah"})
            assert salah.status_code == 422
    asing = [client.post(masuk, {"username": f"x{i}", "password": "x"}) for i in range(20)]
    assert {j.status_code for j in asing} == {422}
    for orang in kantor:
        benar = Client().post(masuk, {"username": orang.nip, "password": SANDI})
        assert benar.status_code == 302
