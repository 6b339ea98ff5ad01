"""A secret on its way: sealed for one purpose and a short time, and never printed."""

import logging
import pickle
from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import Settings

from sakip.common.rahasia import Rahasia, RahasiaTidakTerbuka, seal, unseal

KINI = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
NANTI = KINI + timedelta(minutes=2)


def test_what_was_sealed_opens_for_the_same_purpose() -> None:
    isi = seal(Rahasia("kata kunci ☕"), tujuan="efek:1", kedaluwarsa=NANTI)
    assert unseal(isi, tujuan="efek:1", now=KINI).reveal() == "kata kunci ☕"
    assert b"kata" not in isi


@pytest.mark.parametrize("lewat", [timedelta(0), timedelta(seconds=1), timedelta(days=1)])
def test_nothing_opens_after_its_time(lewat: timedelta) -> None:
    isi = seal(Rahasia("x"), tujuan="efek:1", kedaluwarsa=NANTI)
    with pytest.raises(RahasiaTidakTerbuka):
        unseal(isi, tujuan="efek:1", now=NANTI + lewat)


def test_a_secret_of_another_job_does_not_open() -> None:
    isi = seal(Rahasia("x"), tujuan="efek:1", kedaluwarsa=NANTI)
    with pytest.raises(RahasiaTidakTerbuka):
        unseal(isi, tujuan="efek:2", now=KINI)


def test_changed_bytes_do_not_open() -> None:
    isi = bytearray(seal(Rahasia("x"), tujuan="efek:1", kedaluwarsa=NANTI))
    isi[20] ^= 1
    with pytest.raises(RahasiaTidakTerbuka):
        unseal(bytes(isi), tujuan="efek:1", now=KINI)


def test_another_installation_cannot_open_it(settings: Settings) -> None:
    isi = seal(Rahasia("x"), tujuan="efek:1", kedaluwarsa=NANTI)
    settings.SECRET_KEY = "kunci-instalasi-lain"
    with pytest.raises(RahasiaTidakTerbuka):
        unseal(isi, tujuan="efek:1", now=KINI)


def test_a_secret_does_not_print_itself(caplog: pytest.LogCaptureFixture) -> None:
    rahasia = Rahasia("jangan-terlihat")
    with caplog.at_level(logging.INFO):
        logging.getLogger(__name__).info("%s %r", rahasia, {"frasa": rahasia})
    assert "jangan-terlihat" not in caplog.text + f"{rahasia}" + repr([rahasia])


def test_a_secret_is_not_pickled() -> None:
    with pytest.raises(TypeError, match="seal it"):
        pickle.dumps(Rahasia("x"))
