"""A halt, its end, a cancellation and an extension: who is told, and what stays on the desk."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from laporan.models import Pemberitahuan, Tugas
from laporan.selectors.meja import list_tertangguh
from laporan.services.buka import mark_dibuka
from laporan.services.draf import cancel_draf, resume_draf, suspend_draf
from organisasi.models import Pengguna
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor
from tests.laporan.test_perpanjangan import extend, holder, until
from tests.laporan.test_selectors import orang

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """The Dinkes-like office."""
    return make_kantor(DINKES, now)


def penerima(jenis: str) -> set[Pengguna]:
    """Who got that news."""
    return {k.pengguna for k in Pemberitahuan.objects.filter(jenis=jenis)}


def test_halt_resume_and_cancellation_reach_whoever_has_or_had_it(
    kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 4, now)
    kepala = holder(kantor, "kepala")
    terlibat = {holder(kantor, "sekretaris"), holder(kantor, "perencana")}
    for jenis, ubah in (
        ("ditangguhkan", suspend_draf),
        ("dilanjutkan", resume_draf),
        ("dibatalkan", cancel_draf),
    ):
        ubah(draf_id=draf.pk, aktor=kepala, alasan="Menunggu data rahasia.", now=now)
        assert penerima(jenis) == terlibat  # not the one who did it, not staf: not yet his
    assert not Pemberitahuan.objects.filter(teks__contains="rahasia").exists()


def test_second_halt_is_news_again(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 2, now)
    for _ in range(2):
        for ubah in (suspend_draf, resume_draf):
            ubah(draf_id=draf.pk, aktor=holder(kantor, "kepala"), alasan="Sebab.", now=now)
    assert Pemberitahuan.objects.filter(jenis="ditangguhkan").count() == 2


def test_extension_reaches_the_holders_of_those_turns_only(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 4, now)
    extend(draf, holder(kantor, "sekretaris"), now)
    assert penerima("diperpanjang") == {holder(kantor, "perencana")}
    kabar = Pemberitahuan.objects.get(jenis="diperpanjang")
    assert kabar.tugas == aktif(draf)[0]
    assert "Kamis 15 Okt" in kabar.teks


def test_halted_turn_stays_on_its_desk_with_its_day(
    kantor: Kantor, now: datetime, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    draf = until(kantor, 4, now)
    perencana = orang(kantor, "perencana")
    assert perencana.semua
    with django_assert_num_queries(1):
        assert list_tertangguh(perencana) == []
    suspend_draf(draf_id=draf.pk, aktor=holder(kantor, "kepala"), alasan="Sebab.", now=now)
    with django_assert_num_queries(2):
        (baris,) = list_tertangguh(perencana)
    assert (baris.tugas.draf, baris.sejak) == (draf, now)
    assert list_tertangguh(orang(kantor, "staf")) == []
    client.force_login(perencana.pengguna)
    isi = client.get(reverse("laporan:meja-kerja")).content.decode()
    assert "Ditangguhkan sejak Senin 12 Okt pukul 09.00" in isi
    resume_draf(draf_id=draf.pk, aktor=holder(kantor, "kepala"), alasan="Sebab.", now=now)
    assert list_tertangguh(perencana) == []


def test_first_opening_by_the_holder_is_kept_once(
    kantor: Kantor,
    now: datetime,
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    (tugas,) = aktif(until(kantor, 4, now))
    alamat = tugas.get_absolute_url()
    client.force_login(holder(kantor, "sekretaris"))
    assert client.get(alamat).status_code == 403
    assert not Tugas.objects.exclude(dibuka_pada=None).exists()
    client.force_login(holder(kantor, "perencana"))
    assert client.get(alamat).status_code == 200
    tugas.refresh_from_db()
    pertama = tugas.dibuka_pada
    assert pertama is not None
    with django_assert_num_queries(0):
        mark_dibuka(tugas, now=now + timedelta(days=1))
    lama = Tugas.objects.get(pk=tugas.pk)
    lama.dibuka_pada = None  # read before somebody else opened it
    with django_assert_num_queries(1):
        mark_dibuka(lama, now=now + timedelta(days=1))
    tugas.refresh_from_db()
    assert tugas.dibuka_pada == pertama
