"""Lists and pages of drafts: what they show, to whom, in how many queries."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from django.db.models import QuerySet
from django.http import HttpRequest
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf, Tugas
from laporan.perms import require_pelaksana
from laporan.selectors.akses import visible_draf
from laporan.selectors.draf import (
    can_control,
    get_penerima,
    get_perjalanan,
    list_draf,
    list_penerima,
    list_unit_balik,
)
from laporan.selectors.meja import (
    count_tugas,
    find_tugas_saya,
    get_ketepatan,
    get_meja_kerja,
    list_meja_lain,
    list_sop_dapat_dimulai,
    list_tugas_selesai,
)
from laporan.selectors.riwayat import list_riwayat
from organisasi.middleware import Pelaku
from organisasi.models import Pengguna
from sakip.common.errors import AksesDitolak
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory
from tests.laporan.rute import DINKES, SINTETIS, Kantor, aktif, make_kantor, nomor_kini

pytestmark = pytest.mark.django_db


def pelaku(pengguna: Pengguna) -> Pelaku:
    """The person, outside of a request."""
    return Pelaku(cast("HttpRequest", SimpleNamespace(user=pengguna, session={})))


def orang(kantor: Kantor, kode: str) -> Pelaku:
    """The holder of a post."""
    return pelaku(kantor.orang[kantor.instansi.jabatan.get(kode=kode).pk])


def until(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft that lies at step `nomor`."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def test_inbox_groups_by_urgency_and_counts_the_late(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    for ke, mulai in ((1, now - timedelta(days=5)), (2, now - timedelta(days=3)), (3, now)):
        kantor.start(mulai, periode_ke=ke)
    meja = get_meja_kerja(orang(kantor, "kepala"), kini=now)
    assert [(k.judul, len(k.baris)) for k in meja.kelompok] == [
        ("Lewat waktu", 1),
        ("Jatuh tempo hari ini", 1),
        ("Jatuh tempo besok", 1),
    ]
    assert (meja.jumlah, meja.lewat, meja.tersembunyi) == (3, 1, 0)
    assert get_meja_kerja(orang(kantor, "staf"), kini=now).jumlah == 0


def test_inbox_costs_the_same_however_many_turns_wait(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    for ke in range(1, 5):
        kantor.start(now, periode_ke=ke)
        kepala = orang(kantor, "kepala")
        assert kepala.semua
        with django_assert_num_queries(6):
            assert get_meja_kerja(kepala, kini=now).jumlah == ke
        with django_assert_num_queries(1):
            assert count_tugas(kepala) == ke


def test_inbox_is_in_the_order_of_deadlines_whatever_state_and_post(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = [aktif(kantor.start(now, periode_ke=ke))[0] for ke in range(1, 5)]
    sekretaris = kantor.instansi.jabatan.get(kode="sekretaris")
    rupa: list[tuple[str, int | None]] = [("aktif", 3), ("diproses", 1), ("diproses", None)]
    for t, (status, hari) in zip(tugas, rupa, strict=False):
        tenggat = None if hari is None else now + timedelta(days=hari)
        QuerySet(Tugas).filter(pk=t.pk).update(status=status, tenggat=tenggat)
    Tugas.objects.filter(pk=tugas[3].pk).update(jabatan=sekretaris, tenggat=now + timedelta(days=2))
    kepala = orang(kantor, "kepala").pengguna
    PenugasanFactory(pengguna=kepala, jabatan=sekretaris, plh=True)
    meja = get_meja_kerja(pelaku(kepala), kini=now)
    urut = [b.tugas.pk for k in meja.kelompok for b in k.baris]
    assert urut == [tugas[n].pk for n in (1, 3, 0, 2)]
    assert count_tugas(pelaku(kepala)) == 4


def test_turn_through_another_capacity_is_marked(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    kantor.start(now)
    sekretaris = orang(kantor, "sekretaris").pengguna
    PenugasanFactory(
        pengguna=sekretaris, jabatan=kantor.instansi.jabatan.get(kode="kepala"), plh=True
    )
    baris = get_meja_kerja(pelaku(sekretaris), kini=now).kelompok[0].baris[0]
    assert baris.is_peran_lain
    assert baris.sebagai is not None
    assert baris.sebagai.sebutan.startswith("Plh. ")
    assert not baris.is_keputusan


def test_staff_of_a_unit_sees_the_turn_of_that_unit(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = until(kantor, 5, now)
    milik = aktif(draf)[2]
    staf = PenggunaFactory()
    PenugasanFactory(pengguna=staf, jabatan=milik.jabatan, unit=milik.unit)
    meja = get_meja_kerja(pelaku(staf), kini=now)
    assert [b.tugas.pk for k in meja.kelompok for b in k.baris] == [milik.pk]
    assert find_tugas_saya(pelaku(staf), aktif(draf)) == milik
    lain = list_meja_lain(pelaku(staf), kini=now, kalender=meja.kalender)
    assert [b.tempo.kata for b in lain] == ["Sisa 1 hari 6 jam"] * 4


def test_drafts_of_other_offices_are_invisible(now: datetime) -> None:
    kantor, lain = make_kantor(DINKES, now), make_kantor(DINKES, now)
    kantor.start(now)
    asing = orang(lain, "kepala")
    assert list(list_draf(asing)) == []
    assert list(visible_draf(asing.pengguna, asing.semua)) == []


def test_account_administrator_without_a_post_reads_no_draft(now: datetime) -> None:
    make_kantor(DINKES, now).start(now)
    admin = PenggunaFactory(is_superuser=True, is_staff=True)
    assert list(visible_draf(admin, [])) == []


def test_refusal_names_the_post_and_the_unit(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(until(kantor, 5, now))[0]
    with pytest.raises(AksesDitolak, match=rf"Staf \({tugas.unit}\)"):
        require_pelaksana(tugas, orang(kantor, "kepala").semua)


def test_list_of_drafts_shows_where_each_lies(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    kantor.start(now, periode_ke=1)
    until(kantor, 5, now)
    kepala = orang(kantor, "kepala")
    assert kepala.semua
    with django_assert_num_queries(2):
        daftar = list(list_draf(kepala))
        assert [len(d.tugas_terbuka) for d in daftar] == [5, 1]  # type: ignore[attr-defined]


def test_track_shows_past_present_and_future(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    draf = until(kantor, 7, now)
    kantor.work_all(draf, now, "tidak")
    draf = Draf.objects.select_related("versi", "instansi").get(pk=draf.pk)
    with django_assert_num_queries(5):
        jalan = get_perjalanan(draf, kini=now + timedelta(hours=1))
    assert [s.keadaan for s in jalan.lajur] == [*["lalu"] * 5, "kini", "ulang", "nanti"]
    assert [s.kembali for s in jalan.lajur] == [0, 0, 0, 0, 0, 1, 0, 0]
    assert jalan.langkah is not None
    assert jalan.langkah.nomor == 6
    assert jalan.tempo is not None


def test_track_of_a_finished_draft_has_no_present(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
    jalan = get_perjalanan(draf, kini=now)
    assert (jalan.kunjungan, jalan.langkah, jalan.tugas, jalan.tempo) == (None, None, [], None)
    assert len(list_riwayat(draf)) == 12


def test_a_step_that_was_not_come_back_to_has_nothing_to_ask_about_halts(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    draf = Draf.objects.select_related("versi", "instansi").get(pk=kantor.start(now).pk)
    with django_assert_num_queries(4):
        jalan = get_perjalanan(draf, kini=now + timedelta(hours=1))
    assert (jalan.is_berulang, jalan.perpanjangan) == (False, [])


def test_receivers_are_named_before_sending(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    draf = until(kantor, 7, now)
    jalan = get_perjalanan(draf, kini=now)
    assert jalan.langkah is not None
    with django_assert_num_queries(1):
        maju, balik = list_penerima(jalan.graf, jalan.langkah, ("ya", "tidak"), kini=now)
    assert (maju.nama, [p.jabatan.nama for p in maju.orang]) == ("Kepala", ["Kepala"])
    assert balik.nama != maju.nama
    assert {p.jabatan.nama for p in balik.orang} == set(balik.nama.split(", "))
    akhir = get_penerima(jalan.graf, jalan.graf.langkah[-1], "lanjut", kini=now)
    assert (akhir.nama, akhir.orang) == ("selesai", [])


def test_return_can_be_narrowed_only_where_it_leads_to_units(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = until(kantor, 3, now)
    lengkap = Tugas.objects.select_related("draf__versi", "kunjungan")
    per_unit = lengkap.get(pk=aktif(draf)[0].pk)
    assert list_unit_balik(per_unit) == []
    draf = kantor.work_all(draf, now)
    bersama = lengkap.get(pk=aktif(draf)[0].pk)
    assert [u.kode for u in list_unit_balik(bersama)] == ["B1", "B2", "B3", "B4"]
    kantor = make_kantor(DINKES, now)
    assert list_unit_balik(lengkap.get(pk=aktif(until(kantor, 7, now))[0].pk)) == []


def test_punctuality_counts_closed_turns_with_a_deadline(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    kepala = orang(kantor, "kepala")
    assert get_ketepatan(kepala).persen == 0
    for ke, kapan in ((1, now), (2, now + timedelta(days=9))):
        kantor.work(aktif(kantor.start(now, periode_ke=ke))[0], kapan)
    ketepatan = get_ketepatan(kepala)
    assert (ketepatan.jumlah, ketepatan.tepat, ketepatan.persen) == (2, 1, 50)


def test_own_history_can_be_narrowed_to_returns(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    kantor.work_all(until(kantor, 7, now), now, "tidak")
    sekretaris = orang(kantor, "sekretaris")
    assert list_tugas_selesai(sekretaris).count() == 3
    assert list_tugas_selesai(sekretaris, hasil_kembali=True).count() == 1


def test_only_the_first_actor_may_start_or_halt(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    graf = get_perjalanan(draf, kini=now).graf
    kepala, staf = orang(kantor, "kepala"), orang(kantor, "staf")
    assert [v.pk for v in list_sop_dapat_dimulai(kepala, kini=now)] == [kantor.versi.pk]
    assert list_sop_dapat_dimulai(staf, kini=now) == []
    assert can_control(kepala, graf, draf)
    assert not can_control(staf, graf, draf)
