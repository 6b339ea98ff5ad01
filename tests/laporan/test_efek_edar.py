"""Sending effects to the workers, sending them again, and trying anew what failed."""

from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.test import TestCase
from django.utils import timezone
from kombu.exceptions import OperationalError

from laporan import tasks
from laporan.models import Draf, Efek
from laporan.services.efek import (
    MasihDikerjakan,
    publish_efek,
    retry_efek,
    sweep_efek,
)
from organisasi.models import Jejak
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.meja_tanda import holder
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


DETIK = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("status", "dikirim", "sewa"),
    [("antre", None, None), ("antre", 61, None), ("jalan", 20, -1), ("jalan", None, -1)],
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
        ("jalan", 5, -1),
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
