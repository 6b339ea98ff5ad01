"""A passkey from the page to the device and back, with the virtual device of Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SANDI
from tests.e2e.orang import SEKRETARIS

pytestmark = pytest.mark.e2e


def test_passkey_is_put_on_and_opens_the_door(buka: Callable[..., Page]) -> None:
    halaman = buka(SEKRETARIS)
    cdp = halaman.context.new_cdp_session(halaman)
    cdp.send("WebAuthn.enable")
    perangkat = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    id_ = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": perangkat})["authenticatorId"]
    halaman.goto("/profil/faktor/")
    halaman.get_by_role("link", name="Tambah kunci sandi").click()
    halaman.get_by_label("Nama").fill("Laptop dinas")
    halaman.get_by_role("button", name="Buat kunci sandi").click()
    halaman.get_by_role("link", name="Sudah saya simpan").click()
    expect(halaman.get_by_text("Laptop dinas", exact=True)).to_be_visible()

    def keluar() -> None:
        halaman.context.clear_cookies()
        halaman.goto("/masuk/")

    keluar()
    halaman.get_by_role("link", name="Masuk dengan kunci sandi").click()
    terbuka = {"authenticatorId": id_, "isUserVerified": False}
    cdp.send("WebAuthn.setUserVerified", terbuka)
    halaman.get_by_role("button", name="Buka kunci sandi").click()
    expect(halaman.get_by_role("status")).to_contain_text("Dibatalkan")
    cdp.send("WebAuthn.setUserVerified", {**terbuka, "isUserVerified": True})
    halaman.get_by_role("button", name="Buka kunci sandi").click()
    halaman.get_by_role("heading", name="Meja Kerja").wait_for()

    keluar()
    halaman.get_by_label("NIP atau surel").fill(SEKRETARIS)
    halaman.get_by_label("Kata sandi", exact=True).fill(SANDI)
    halaman.get_by_role("button", name="Masuk", exact=True).click()
    halaman.get_by_role("button", name="Buka kunci sandi").click()
    halaman.get_by_role("heading", name="Meja Kerja").wait_for()
