"""Passwords are checked a few at a time, and the site goes on meanwhile."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

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
        mulai.set()
        selesai.wait(5)

    orang = threading.Thread(target=loket.hitung, args=[bekerja])
    orang.start()
    mulai.wait(5)
    try:
        yield
    finally:
        selesai.set()
        orang.join()


def test_storm_is_worked_off_in_order_and_the_rest_is_sent_away_at_once(tmp_path: Path) -> None:
    loket = Loket(tmp_path, serentak=2, antre=3, tunggu=60)
    kunci, dalam, puncak, ditolak = threading.Lock(), 0, 0, 0
    reda = threading.Event()

    def bekerja() -> None:
        nonlocal dalam, puncak
        with kunci:
            dalam += 1
            puncak = max(puncak, dalam)
        reda.wait(30)
        with kunci:
            dalam -= 1

    def datang(_: int) -> bool:
        nonlocal ditolak
        try:
            loket.hitung(bekerja)
        except LoketPenuh:
            with kunci:
                ditolak += 1
                if ditolak == 15:
                    reda.set()
            return False
        return True

    with ThreadPoolExecutor(20) as kolam:
        dilayani = list(kolam.map(datang, range(20)))
    # The fifteen were sent away while the turns were still taken.
    assert reda.is_set()
    assert (puncak, sum(dilayani)) == (2, 5)
    assert loket.hitung(lambda: "tidak ada sisanya") == "tidak ada sisanya"


def test_who_waits_too_long_is_sent_away_and_leaves_no_trace(tmp_path: Path) -> None:
    loket = Loket(tmp_path, serentak=1, antre=1, tunggu=0.01)
    with diduduki(loket):
        for _ in range(3):
            with pytest.raises(LoketPenuh):
                loket.hitung(int)
    loket.hitung(int)


def test_processes_of_one_machine_share_the_turns(tmp_path: Path) -> None:
    # A lock belongs to the open file, so a second counter stands for a second process.
    satu, lain = (Loket(tmp_path, serentak=1, antre=1, tunggu=0.01) for _ in range(2))
    with diduduki(satu), pytest.raises(LoketPenuh):
        lain.hitung(int)
    with diduduki(satu):
        assert Loket(tmp_path / "mesin-lain", serentak=1, antre=0).hitung(int) == 0
    assert lain.hitung(int) == 0


def test_failing_work_gives_its_place_back(tmp_path: Path) -> None:
    loket = Loket(tmp_path, serentak=1, antre=0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            loket.hitung(lambda: 1 // 0)


def test_work_steps_back_and_those_who_answer_pages_do_not(tmp_path: Path) -> None:
    def lihat() -> int:
        return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())

    sendiri = lihat()
    assert Loket(tmp_path, serentak=1, antre=0).hitung(lihat) == max(sendiri, 10)
    assert lihat() == sendiri


@override_settings(PASSWORD_HASHERS=BERLOKET)
@pytest.mark.parametrize("cara", ["argon2", "pbkdf2_sha256"])
def test_every_hash_goes_through_the_counter(
    cara: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tersimpan = make_password("rahasia", hasher=cara)
    assert check_password("rahasia", tersimpan)
    assert not check_password("salah", tersimpan)
    monkeypatch.setattr(modul, "loket", Loket(tmp_path, serentak=1, antre=0))
    with diduduki(modul.loket):
        with pytest.raises(LoketPenuh):
            check_password("rahasia", tersimpan)
        with pytest.raises(LoketPenuh):
            make_password("rahasia", hasher=cara)


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=BERLOKET, AXES_ENABLED=True)
def test_sign_in_waits_outside_while_pages_open(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    orang, pekerja = PenggunaFactory.create(), Client()
    pekerja.force_login(PenugasanFactory.create().pengguna)
    monkeypatch.setattr(modul, "loket", Loket(tmp_path, serentak=1, antre=0))
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
