"""Deadlines that move: after a halt. Time used without halts."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf, Kunjungan, Tugas
from laporan.selectors.draf import get_perjalanan
from laporan.selectors.waktu import list_jeda, menit_kunjungan, menit_tugas
from laporan.services.draf import cancel_draf, resume_draf, suspend_draf
from organisasi.models import HariLibur, Jejak
from organisasi.selectors import find_chain_break, get_kalender
from tests.laporan.invarian import assert_invarian
from tests.laporan.rute import DINKES, SINTETIS, Kantor, aktif, make_kantor

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
JAM = timedelta(hours=1)


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """The Dinkes-like office; every step is one working day."""
    return make_kantor(DINKES, now)


def halt(kantor: Kantor, draf: Draf, dari: datetime, sampai: datetime | None) -> None:
    """Suspend the draft, and resume it where told when."""
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Menunggu data.", now=dari)
    if sampai:
        resume_draf(draf_id=draf.pk, aktor=kepala, alasan="Sudah ada.", now=sampai)


def test_halt_gives_every_open_turn_the_time_it_had_left(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.work_all(kantor.start(now), now)
    tanpa, *ada = aktif(draf)
    Tugas.objects.filter(pk=tanpa.pk).update(tenggat=None)
    halt(kantor, draf, now + 2 * JAM, now + timedelta(days=7, hours=2))
    # Due Tuesday 16.00; halted Monday 11.00 with 1 + 3 + 7.5 hours left, resumed a week later.
    sesudah = {t.pk: t.tenggat for t in aktif(draf)}
    assert sesudah.pop(tanpa.pk) is None
    assert sesudah == {t.pk: now.replace(day=20, hour=9) for t in ada}
    assert_invarian(draf.pk)
    jejak = Jejak.objects.get(aksi="laporan.draf.lanjutkan", object_id=draf.pk)
    assert {c["tugas"] for c in jejak.data["tenggat"]} == {t.pk for t in ada}
    assert find_chain_break(Draf.objects.get(pk=draf.pk)) is None


def test_halt_neither_forgives_nor_worsens_lateness(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    lewat = now.replace(day=14)
    halt(kantor, draf, lewat, lewat + timedelta(days=30))
    tempo = get_perjalanan(kembali(draf), kini=lewat + timedelta(days=30)).tempo
    assert tempo is not None
    assert tempo.kata == "Lewat 1 jam 30 menit"


def test_clock_stands_still_while_the_draft_is_halted(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    halt(kantor, draf, now + JAM, None)
    tempo = get_perjalanan(kembali(draf), kini=now + timedelta(days=60)).tempo
    assert tempo is not None
    assert (tempo.keadaan, tempo.kata) == ("henti", "Waktu berhenti, sisa 1 hari 5 jam")


def kembali(draf: Draf) -> Draf:
    """The draft as it is now."""
    return Draf.objects.select_related("versi", "instansi").get(pk=draf.pk)


def test_trail_tells_the_halts_of_many_drafts_in_one_query(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    satu, dua, tiga = (kantor.start(now, periode_ke=n) for n in (1, 2, 3))
    halt(kantor, satu, now, now + JAM)
    halt(kantor, satu, now + 2 * JAM, None)
    halt(kantor, dua, now, None)
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    for draf in (dua, tiga):
        cancel_draf(draf_id=draf.pk, aktor=kepala, alasan="Salah.", now=now + 3 * JAM)
    with django_assert_num_queries(1):
        jeda = list_jeda([satu.pk, dua.pk, tiga.pk])
    assert jeda == {
        satu.pk: [(now, now + JAM), (now + 2 * JAM, None)],
        dua.pk: [(now, now + 3 * JAM)],
    }


def test_time_used_leaves_out_nights_free_days_and_halts(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    HariLibur.objects.create(tanggal=now.date() + timedelta(days=1), nama="Libur")
    draf = kantor.start(now)
    halt(kantor, draf, now + JAM, now + 2 * JAM)
    kantor.work_all(draf, now + timedelta(days=2))
    kunjungan = list(Kunjungan.objects.filter(draf=draf))
    tugas = list(Tugas.objects.filter(draf=draf).select_related("kunjungan"))
    kini = now + timedelta(days=2, hours=1)
    kalender = get_kalender(kantor.instansi, sekitar=kini.date())
    with django_assert_num_queries(1):
        per_kunjungan = menit_kunjungan(kunjungan, kini=kini, kalender=kalender)
    with django_assert_num_queries(1):
        per_tugas = menit_tugas(tugas, kini=kini, kalender=kalender)
    # Monday 09.00-10.00 and 11.00-16.00 without the break, Wednesday 07.30-09.00; then one hour.
    assert list(per_kunjungan.values()) == [60 + 240 + 90, 60]
    assert list(per_tugas.values()) == [60 + 240 + 90, 60]


def test_turns_that_have_not_begun_used_no_time_and_dropped_ones_stop_with_their_visit(
    now: datetime,
) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.work_all(kantor.start(now), now)
    kalender = get_kalender(kantor.instansi, sekitar=now.date())
    tugas = list(Tugas.objects.filter(draf=draf).select_related("kunjungan"))
    assert [t.urutan for t in tugas].count(2) == 1
    assert len(menit_tugas(tugas, kini=now, kalender=kalender)) == len(tugas) - 1
    for _langkah in range(3):
        draf = kantor.work_all(draf, now)
    perencana, sekretaris = aktif(draf)
    kantor.work(perencana, now + JAM, "tidak")
    gugur = Tugas.objects.select_related("kunjungan").get(pk=sekretaris.pk)
    assert gugur.status == Tugas.Status.GUGUR
    besok = now + timedelta(days=1)
    assert menit_tugas([gugur], kini=besok, kalender=kalender) == {gugur.pk: 60}
