"""Deadlines after a change of the calendar: nothing moves by itself, one act sets them anew."""

from datetime import date, datetime, timedelta
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf, Tugas
from laporan.selectors.waktu import list_pergeseran
from laporan.services import tenggat as layanan
from laporan.services.draf import resume_draf, suspend_draf
from laporan.services.tenggat import Permintaan, extend_tenggat, recompute_tenggat
from organisasi.models import HariLibur, Jejak, Pengguna
from organisasi.selectors import find_chain_break
from sakip.common.errors import AksesDitolak
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
BESOK = date(2026, 10, 13)


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """The Dinkes-like office; every step is one working day."""
    return make_kantor(DINKES, now)


def kepala(kantor: Kantor) -> Pengguna:
    """The head, who configures the office as well."""
    return kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]


def test_new_free_day_moves_deadlines_only_when_asked(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    satu, dua = (kantor.start(now, periode_ke=n) for n in (1, 2))
    selesai = kantor.start(now, periode_ke=3)
    while selesai.is_aktif:
        selesai = kantor.work_all(selesai, now)
    assert list_pergeseran(kantor.instansi, kini=now) == []
    HariLibur.objects.create(instansi=kantor.instansi, tanggal=BESOK, nama="Hari jadi")
    with django_assert_num_queries(4):
        pergeseran = list_pergeseran(kantor.instansi, kini=now)
    lama, baru = now.replace(day=13, hour=9), now.replace(day=14, hour=9)
    assert [(p.lama, p.baru) for p in pergeseran] == [(lama, baru)] * 2
    assert aktif(satu)[0].tenggat == lama
    assert recompute_tenggat(instansi=kantor.instansi, aktor=kepala(kantor), now=now) == 2
    assert {aktif(d)[0].tenggat for d in (satu, dua)} == {baru}
    assert recompute_tenggat(instansi=kantor.instansi, aktor=kepala(kantor), now=now) == 0
    jejak = Jejak.objects.filter(aksi="laporan.draf.hitung_ulang")
    assert {j.object_id for j in jejak} == {satu.pk, dua.pk}
    for draf in (satu, dua):
        assert_invarian(draf.pk)
        assert find_chain_break(Draf.objects.get(pk=draf.pk)) is None


def test_granted_extension_is_left_alone(kantor: Kantor, now: datetime) -> None:
    draf = kantor.work_all(kantor.start(now), now)
    (tugas,) = aktif(draf)
    permintaan = Permintaan((tugas.pk,), now + timedelta(days=2), "Perlu waktu.")
    extend_tenggat(draf_id=draf.pk, permintaan=permintaan, aktor=kepala(kantor), now=now)
    HariLibur.objects.create(instansi=kantor.instansi, tanggal=BESOK, nama="Hari jadi")
    assert list_pergeseran(kantor.instansi, kini=now) == []


def test_halts_are_kept_when_deadlines_are_counted_anew(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    suspend_draf(draf_id=draf.pk, aktor=kepala(kantor), alasan="Jeda.", now=now)
    jeda = now + timedelta(hours=1)
    resume_draf(draf_id=draf.pk, aktor=kepala(kantor), alasan="Lanjut.", now=jeda)
    assert list_pergeseran(kantor.instansi, kini=now) == []
    (tugas,) = aktif(draf)
    assert tugas.tenggat == now.replace(day=14, hour=1, minute=30)


def test_turn_finished_meanwhile_is_not_touched(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    HariLibur.objects.create(instansi=kantor.instansi, tanggal=BESOK, nama="Hari jadi")
    basi = list_pergeseran(kantor.instansi, kini=now)
    kantor.work_all(draf, now)
    jawaban = iter([basi, []])
    with patch.object(layanan, "list_pergeseran", side_effect=lambda *_a, **_k: next(jawaban)):
        assert recompute_tenggat(instansi=kantor.instansi, aktor=kepala(kantor), now=now) == 0
    assert not Jejak.objects.filter(aksi="laporan.draf.hitung_ulang").exists()


def test_only_those_who_configure_the_office_count_anew(kantor: Kantor, now: datetime) -> None:
    kantor.start(now)
    asing = PenugasanFactory(jabatan=JabatanFactory(tingkat="pengelola")).pengguna
    staf = kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk]
    for orang in (asing, staf):
        with pytest.raises(AksesDitolak, match="pengelola aplikasi"):
            recompute_tenggat(instansi=kantor.instansi, aktor=orang, now=now)


def test_calendar_says_how_many_deadlines_it_moved_and_offers_one_button(
    client: Client, kantor: Kantor
) -> None:
    kini = timezone.now()
    draf = kantor.start(kini)
    (tugas,) = aktif(draf)
    assert tugas.tenggat is not None
    hari = timezone.localtime(tugas.tenggat, kantor.instansi.zona_waktu).date()
    kalender, hitung = (
        reverse("organisasi:view-kalender"),
        reverse("laporan:recompute-tenggat"),
    )
    client.force_login(kepala(kantor))
    assert hitung not in client.get(kalender).content.decode()
    assert "sudah sesuai" in client.get(hitung).content.decode()
    isian = {"tanggal": hari.isoformat(), "nama": "Hari jadi", "jenis": "instansi"}
    client.post(reverse("organisasi:create-libur"), isian)
    assert Tugas.objects.get(pk=tugas.pk).tenggat == tugas.tenggat
    isi = client.get(kalender).content.decode()
    assert "1 tugas terbuka memakai tenggat menurut kalender lama" in isi
    assert hitung in isi
    client.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk])
    assert "Hitung ulang 1 tenggat" not in client.get(hitung).content.decode()
    assert client.post(hitung).status_code == 403
    client.force_login(kepala(kantor))
    assert "Hitung ulang 1 tenggat" in client.get(hitung).content.decode()
    assert "1 tenggat dihitung ulang." in client.post(hitung, follow=True).content.decode()
    riwayat = client.get(reverse("laporan:view-riwayat", args=[draf.pk])).content.decode()
    assert "Tenggat dihitung ulang menurut kalender kerja" in riwayat
