"""Passwords are checked a few at a time, and the site goes on meanwhile."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client, override_settings
from django.urls import reverse

from sakip.common import loket as modul
from sakip.common.loket import Loket, LoketPenuh
from tests.factories.organisasi import SANDI, PenggunaFactory, PenugasanFactory

BERLOKET = ["sakip.common.loket.Argon2Berloket", "sakip.common.loket.PBKDF2Berloket"]


@contextmanager
def diduduki(loket: Loket) -> Iterator[None]:
    """Somebody else has the turn."""
    mulai, selesai = threading.Event(), threading.Event()

    def bekerja() -> None:
        with loket.masuk():
            mulai.set()
            selesai.wait(5)

    orang = threading.Thread(target=bekerja)
    orang.start()
    mulai.wait(5)
    try:
        yield
    finally:
        selesai.set()
        orang.join()


def test_storm_is_worked_off_in_order_and_the_rest_is_sent_away_at_once() -> None:
    loket = Loket(serentak=2, antre=3, tunggu=5)
    kunci, dalam, puncak = threading.Lock(), 0, 0
    semua = threading.Barrier(20)

    def datang(_: int) -> float:
        """Seconds until sent away; 0 for who was served."""
        nonlocal dalam, puncak
        semua.wait()
        mulai = time.monotonic()
        try:
            with loket.masuk():
                with kunci:
                    dalam += 1
                    puncak = max(puncak, dalam)
                time.sleep(0.3)
                with kunci:
                    dalam -= 1
        except LoketPenuh:
            return time.monotonic() - mulai
        return 0.0

    with ThreadPoolExecutor(20) as kolam:
        lama = list(kolam.map(datang, range(20)))
    assert puncak == 2
    assert lama.count(0.0) == 5
    assert max(lama) < 0.25
    with loket.masuk():
        pass  # nothing of the storm is left


def test_who_waits_too_long_is_sent_away_and_leaves_no_trace() -> None:
    loket = Loket(serentak=1, antre=1, tunggu=0.01)
    with diduduki(loket):
        for _ in range(3):
            with pytest.raises(LoketPenuh), loket.masuk():
                pass
    with loket.masuk():
        pass


def test_failing_work_gives_its_place_back() -> None:
    loket = Loket(serentak=1, antre=0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError), loket.masuk():
            raise ZeroDivisionError


@override_settings(PASSWORD_HASHERS=BERLOKET)
@pytest.mark.parametrize("cara", ["argon2", "pbkdf2_sha256"])
def test_every_hash_goes_through_the_counter(cara: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tersimpan = make_password("rahasia", hasher=cara)
    assert check_password("rahasia", tersimpan)
    assert not check_password("salah", tersimpan)
    monkeypatch.setattr(modul, "loket", Loket(serentak=1, antre=0))
    with diduduki(modul.loket):
        with pytest.raises(LoketPenuh):
            check_password("rahasia", tersimpan)
        with pytest.raises(LoketPenuh):
            make_password("rahasia", hasher=cara)


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=BERLOKET, AXES_ENABLED=True)
def test_sign_in_waits_outside_while_pages_open(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    orang, pekerja = PenggunaFactory.create(), Client()
    pekerja.force_login(PenugasanFactory.create().pengguna)
    monkeypatch.setattr(modul, "loket", Loket(serentak=1, antre=0))
    masuk, isi = reverse("organisasi:sign-in"), {"username": orang.nip, "password": SANDI}
    with diduduki(modul.loket):
        for nama in [orang.nip] * 6 + ["tidak@ada.go.id"]:
            jawab = client.post(masuk, {**isi, "username": nama})
            assert (jawab.status_code, jawab["Retry-After"]) == (503, "5")
            assert "coba lagi dalam beberapa detik" in jawab.content.decode()
            assert f'value="{nama}"' in jawab.content.decode()
            assert SANDI not in jawab.content.decode()
        assert pekerja.get(reverse("organisasi:edit-profil")).status_code == 200
        ganti = {"sandi_lama": SANDI, "new_password1": "x", "new_password2": "x"}
        jawab = pekerja.post(reverse("organisasi:change-sandi"), ganti)
        assert (jawab.status_code, jawab["Retry-After"]) == (503, "5")
        assert SANDI not in jawab.content.decode()
    # None of the six counted as a wrong password.
    assert client.post(masuk, isi).status_code == 302
