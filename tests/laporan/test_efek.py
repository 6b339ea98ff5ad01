"""The outbox: each effect once, whoever dies, and a broker that is down hurts nobody."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django.utils import timezone

from laporan.models import Draf, Efek
from laporan.services import efek as layanan
from laporan.services.efek import (
    Kerja,
    MasihDikerjakan,
    Pengolah,
    SewaHilang,
    run_efek,
    sweep_efek,
)
from sakip.common.errors import IsianTidakSah
from tests.laporan.rute import DINKES, Kantor, make_kantor
from tests.laporan.tukang import Tukang, fail, make_efek

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with a running draft to hang effects on."""
    return make_kantor(DINKES, now)


@pytest.fixture
def draf(kantor: Kantor, now: datetime) -> Draf:
    """A draft at its first step."""
    return kantor.start(now)


@pytest.fixture
def terkirim(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids handed to the broker, which is not there."""
    pk: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _n, args, **_k: pk.extend(args))
    return pk


def test_an_effect_is_carried_out_once(draf: Draf) -> None:
    tukang, efek = Tukang(), make_efek(draf)
    for _kali in range(3):
        hasil = tukang.run(efek)
    assert tukang.tersimpan == [efek.pk]
    assert (hasil.status, hasil.kemajuan, hasil.galat) == ("selesai", 100, "")
    assert hasil.selesai_pada
    assert hasil.sewa_sampai is None


def test_an_effect_that_is_gone_is_no_work() -> None:
    run_efek(404, pengolah={}, jam=timezone.now)


def test_progress_never_moves_backwards(draf: Draf) -> None:
    terlihat: list[int] = []

    def laku(kerja: Kerja) -> None:
        for persen in (10, 40, 30, 250):
            kerja.report(persen)
            terlihat.append(Efek.objects.get(pk=kerja.efek.pk).kemajuan)

    Tukang(laku).run(make_efek(draf))
    assert terlihat == [10, 40, 40, 99]


def test_a_job_in_other_hands_is_asked_for_later(draf: Draf) -> None:
    efek, kedua = make_efek(draf), Tukang()

    def disela(_kerja: Kerja) -> None:
        with pytest.raises(MasihDikerjakan):
            kedua.run(efek)

    assert Tukang(disela).run(efek).status == "selesai"
    assert kedua.dikerjakan == []


def test_waiting_time_is_what_is_left_of_the_lease(draf: Draf) -> None:
    efek = make_efek(draf)
    jam = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
    efek.claim(token="x", sewa_sampai=jam + timedelta(seconds=41))
    efek.save()
    with pytest.raises(MasihDikerjakan) as masih:
        Tukang().run(efek, jam=lambda: jam)
    assert masih.value.tunggu == 42


def test_result_of_a_worker_that_lost_its_lease_is_thrown_away(draf: Draf) -> None:
    efek, kemudian = make_efek(draf), Tukang()

    def tertidur(_kerja: Kerja) -> None:
        nanti = timezone.now() + timedelta(hours=1)
        kemudian.run(efek, jam=lambda: nanti)

    lambat = Tukang(tertidur)
    hasil = lambat.run(efek)
    assert lambat.dikerjakan == kemudian.tersimpan == [efek.pk]
    assert lambat.tersimpan == []
    assert (hasil.status, hasil.percobaan) == ("selesai", 2)


def test_failure_of_a_worker_that_lost_its_lease_changes_nothing(draf: Draf) -> None:
    efek = make_efek(draf)

    def terlambat(_kerja: Kerja) -> None:
        nanti = timezone.now() + timedelta(hours=1)
        Tukang().run(efek, jam=lambda: nanti)
        raise IsianTidakSah("Galat yang terlambat.")

    lambat = Tukang(terlambat)
    assert lambat.run(efek).status == "selesai"
    assert lambat.dibatalkan == []


def test_a_job_that_dies_three_times_is_given_up(draf: Draf) -> None:
    tukang, efek = Tukang(fail(KeyboardInterrupt())), make_efek(draf)
    for _kali in range(3):
        with pytest.raises(KeyboardInterrupt):
            tukang.run(efek)
        assert Efek.objects.get(pk=efek.pk).status == "jalan"
    hasil = tukang.run(efek)
    assert len(tukang.dikerjakan) == 3
    assert hasil.status == "gagal"
    assert "tiga kali terhenti" in hasil.galat
    assert tukang.dibatalkan == [efek.pk]


@pytest.mark.parametrize(
    ("galat", "kata"),
    [
        (IsianTidakSah("Kalimat untuk orang."), "Kalimat untuk orang."),
        (OSError(28, "No space left on device"), "penyimpanan"),
        (MemoryError(), "terlalu besar"),
        (SoftTimeLimitExceeded(), "batas waktu"),
    ],
)
def test_a_failure_says_why_and_gives_back_what_it_held(
    draf: Draf, galat: Exception, kata: str
) -> None:
    tukang, efek = Tukang(fail(galat)), make_efek(draf)
    hasil = tukang.run(efek)
    assert hasil.status == "gagal"
    assert kata in hasil.galat
    assert tukang.dibatalkan == [efek.pk]


def test_our_own_fault_is_raised_and_tried_again_soon(draf: Draf, terkirim: list[int]) -> None:
    efek = make_efek(draf, dikirim_pada=timezone.now())
    with pytest.raises(ZeroDivisionError):
        Tukang(fail(ZeroDivisionError())).run(efek)
    assert sweep_efek(now=timezone.now()) == 1
    assert terkirim == [efek.pk]
    assert Tukang().run(efek).status == "selesai"


def test_effects_without_anything_to_undo_just_fail(draf: Draf) -> None:
    efek, cara = make_efek(draf), Pengolah(fail(OSError()))
    run_efek(efek.pk, pengolah={efek.jenis: cara}, jam=timezone.now)
    assert Efek.objects.get(pk=efek.pk).status == "gagal"


@pytest.mark.django_db(transaction=True)
def test_lease_is_renewed_while_the_work_goes_on(
    draf: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(layanan, "SEWA", timedelta(seconds=0.3))
    sewa: list[datetime | None] = []

    def lama(kerja: Kerja) -> None:
        for _kali in range(2):
            sewa.append(Efek.objects.get(pk=kerja.efek.pk).sewa_sampai)
            time.sleep(0.5)

    assert Tukang(lama).run(make_efek(draf)).percobaan == 1
    assert sewa[0]
    assert sewa[1]
    assert sewa[1] > sewa[0]


def test_a_missed_beat_does_not_end_the_job(draf: Draf, monkeypatch: pytest.MonkeyPatch) -> None:
    detak: list[int] = []

    def putus(_kerja: Kerja) -> bool:
        detak.append(1)
        raise DatabaseError

    monkeypatch.setattr(layanan, "SEWA", timedelta(seconds=0.15))
    monkeypatch.setattr(Kerja, "renew", putus)
    assert Tukang(lambda _kerja: time.sleep(0.4)).run(make_efek(draf)).status == "selesai"
    assert len(detak) > 1


def test_heart_stops_beating_once_the_lease_is_lost(
    draf: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    detak: list[int] = []

    def hilang(_kerja: Kerja) -> bool:
        detak.append(1)
        return False

    monkeypatch.setattr(layanan, "SEWA", timedelta(seconds=0.15))
    monkeypatch.setattr(Kerja, "renew", hilang)
    Tukang(lambda _kerja: time.sleep(0.4)).run(make_efek(draf))
    assert len(detak) == 1


def test_commit_refuses_a_job_that_is_over(draf: Draf) -> None:
    efek = make_efek(draf)
    Tukang().run(efek)
    with pytest.raises(SewaHilang), Kerja(efek, "x", timezone.now).commit():
        pytest.fail("nothing may be kept here")
