"""The outbox: each effect once, whoever dies, and a broker that is down hurts nobody."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError
from django.test import TestCase
from django.utils import timezone
from kombu.exceptions import OperationalError

from laporan import tasks
from laporan.models import Draf, Efek
from laporan.services import efek as layanan
from laporan.services.efek import (
    Kerja,
    MasihDikerjakan,
    Pengolah,
    SewaHilang,
    publish_efek,
    retry_efek,
    run_efek,
    sweep_efek,
)
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sakip.env import BASE_DIR
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.meja_tanda import holder
from tests.laporan.rute import DINKES, Kantor, make_kantor

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


def make_efek(draf: Draf, kunci: str = "uji:1", **isi: object) -> Efek:
    """An effect in the queue, or as far as `isi` says."""
    bawaan: dict[str, object] = {
        "kunjungan": draf.kunjungan.get(),
        "jenis": Efek.Jenis.BEKUKAN,
        "kunci": kunci,
        "dibuat_pada": timezone.now(),
    }
    return Efek.objects.create(draf=draf, **{**bawaan, **isi})


class Tukang:
    """A handler that notes its calls, does what it is told, and commits."""

    def __init__(self, laku: Callable[[Kerja], None] = lambda _kerja: None) -> None:
        self.dikerjakan: list[int] = []
        self.dibatalkan: list[int] = []
        self.tersimpan: list[int] = []
        self._laku = laku

    def kerjakan(self, kerja: Kerja) -> None:
        self.dikerjakan.append(kerja.efek.pk)
        self._laku(kerja)
        with kerja.commit():
            self.tersimpan.append(kerja.efek.pk)

    def run(self, efek: Efek, jam: Callable[[], datetime] = timezone.now) -> Efek:
        """Let it do the effect; the row as it is afterwards."""
        cara = Pengolah(self.kerjakan, lambda e, _draf, _now: self.dibatalkan.append(e.pk))
        run_efek(efek.pk, pengolah={efek.jenis: cara}, jam=jam)
        return Efek.objects.get(pk=efek.pk)


def fail(galat: BaseException) -> Callable[[Kerja], None]:
    """A handler's work that ends in that exception."""

    def laku(_kerja: Kerja) -> None:
        raise galat

    return laku


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


def test_published_effects_note_when(draf: Draf, terkirim: list[int]) -> None:
    satu, dua = make_efek(draf), make_efek(draf, "uji:2")
    publish_efek([satu.pk, dua.pk])
    assert terkirim == [satu.pk, dua.pk]
    assert not Efek.objects.filter(dikirim_pada=None).exists()


@pytest.mark.parametrize("galat", [OperationalError("refused"), ConnectionResetError(), OSError()])
def test_broker_that_is_down_hurts_nobody(
    draf: Draf, monkeypatch: pytest.MonkeyPatch, galat: Exception
) -> None:
    dicoba: list[int] = []

    def tolak(_nama: str, args: list[int], **_lain: object) -> None:
        dicoba.extend(args)
        raise galat

    monkeypatch.setattr(current_app, "send_task", tolak)
    efek = make_efek(draf)
    publish_efek([efek.pk, make_efek(draf, "uji:2").pk])
    assert dicoba == [efek.pk]
    assert Efek.objects.filter(dikirim_pada=None, status="antre").count() == 2


def test_refusing_redis_is_given_up_in_seconds() -> None:
    perintah = (
        "import django, time; django.setup(); from laporan.services.efek import publish_efek;"
        "t = time.monotonic(); publish_efek([1, 2, 3]); print(time.monotonic() - t)"
    )
    alamat = {**os.environ, "SAKIP_BROKER_URL": "redis://127.0.0.1:1/0"}
    hasil = subprocess.run(
        [sys.executable, "-c", perintah], cwd=BASE_DIR, env=alamat, capture_output=True, check=True
    )
    assert b"efek_belum_dikirim" in hasil.stderr
    assert Decimal(hasil.stdout.decode()) < 2


DETIK = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "dikirim", "sewa"),
    [("antre", None, None), ("antre", 61, None), ("jalan", 100, -1), ("jalan", None, -1)],
)
def test_sweeper_sends_what_lies_too_long(
    draf: Draf, terkirim: list[int], status: str, dikirim: int | None, sewa: int | None
) -> None:
    efek = make_lama(draf, status, dikirim, sewa)
    assert sweep_efek(now=timezone.now()) == 1
    assert terkirim == [efek.pk]


@pytest.mark.parametrize(
    ("status", "dikirim", "sewa"),
    [
        ("antre", 10, None),
        ("jalan", 100, 30),
        ("jalan", 10, -1),
        ("selesai", 100, None),
        ("gagal", 100, None),
    ],
)
def test_sweeper_leaves_alone_what_is_in_hand_or_over(
    draf: Draf, terkirim: list[int], status: str, dikirim: int, sewa: int | None
) -> None:
    make_lama(draf, status, dikirim, sewa)
    assert sweep_efek(now=timezone.now()) == 0
    assert terkirim == []


def make_lama(draf: Draf, status: str, dikirim: int | None, sewa: int | None) -> Efek:
    """An effect in that status, sent `dikirim` seconds ago, with `sewa` seconds of lease left."""
    kini = timezone.now()
    efek = Efek(
        draf=draf,
        kunjungan=draf.kunjungan.get(),
        jenis="bekukan",
        kunci="uji:1",
        status=status,
        dibuat_pada=kini - 200 * DETIK,
        dikirim_pada=None if dikirim is None else kini - dikirim * DETIK,
        sewa_sampai=None if sewa is None else kini + sewa * DETIK,
    )
    efek.save()
    return efek


def make_gagal(draf: Draf, **isi: str) -> Efek:
    """An effect that has failed."""
    return Tukang(fail(IsianTidakSah("Gagal."))).run(make_efek(draf, **isi))


def test_failed_job_can_be_retried(kantor: Kantor, draf: Draf, terkirim: list[int]) -> None:
    gagal, aktor = make_gagal(draf), holder(kantor, "staf")
    with TestCase.captureOnCommitCallbacks(execute=True):
        retry_efek(efek_id=gagal.pk, aktor=aktor, now=timezone.now())
    efek = Efek.objects.get(pk=gagal.pk)
    assert (efek.status, efek.percobaan, efek.galat, efek.token) == ("antre", 0, "", "")
    assert terkirim == [gagal.pk]
    assert Tukang().run(efek).status == "selesai"
    assert Jejak.objects.get(aksi="laporan.efek.ulangi").aktor == aktor
    draf.refresh_from_db()
    assert find_chain_break(draf) is None


def test_job_that_has_not_failed_is_not_retried(kantor: Kantor, draf: Draf) -> None:
    efek = make_efek(draf)
    with pytest.raises(TransisiDitolak):
        retry_efek(efek_id=efek.pk, aktor=holder(kantor, "staf"), now=timezone.now())


def test_signature_is_not_retried_without_its_passphrase(kantor: Kantor, draf: Draf) -> None:
    gagal = make_gagal(draf, jenis=Efek.Jenis.TANDA_TANGAN)
    with pytest.raises(TransisiDitolak):
        retry_efek(efek_id=gagal.pk, aktor=holder(kantor, "staf"), now=timezone.now())


@pytest.mark.parametrize("siapa", ["tanpa jabatan", "instansi lain"])
def test_strangers_retry_nothing(draf: Draf, siapa: str) -> None:
    aktor = (
        PenggunaFactory.create()
        if siapa == "tanpa jabatan"
        else PenugasanFactory.create(jabatan__instansi__kode="lain").pengguna
    )
    with pytest.raises(AksesDitolak):
        retry_efek(efek_id=make_gagal(draf).pk, aktor=aktor, now=timezone.now())


def test_every_kind_of_effect_has_its_handler() -> None:
    assert set(tasks.PENGOLAH) == set(Efek.Jenis)


def test_task_comes_back_while_another_worker_is_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    panggilan: list[int] = []

    def sibuk(pk: int, **_lain: object) -> None:
        panggilan.append(pk)
        if len(panggilan) == 1:
            raise MasihDikerjakan(0)

    monkeypatch.setattr(tasks, "run_efek", sibuk)
    tasks.jalankan_efek.apply(args=(7,))
    assert panggilan == [7, 7]


def test_periodic_tasks_do_their_rounds(draf: Draf, terkirim: list[int]) -> None:
    efek = make_efek(draf)
    tasks.edarkan_efek.run()
    tasks.buang_rahasia_basi.run()
    assert terkirim == [efek.pk]
