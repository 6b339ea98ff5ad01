"""Acting as: mandates by date, the capacity switch, and pages of people without a post."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering, list_penugasan_for
from tests.factories.organisasi import (
    JabatanFactory,
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)

pytestmark = pytest.mark.django_db


def test_only_mandates_in_force_count_and_own_post_comes_first(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pengguna = PenggunaFactory()
    plh = PenugasanFactory(pengguna=pengguna, plh=True)
    sendiri = PenugasanFactory(pengguna=pengguna, mulai=now - timedelta(days=1))
    PenugasanFactory(pengguna=pengguna, berakhir=True)
    PenugasanFactory(pengguna=pengguna, mulai=now + timedelta(days=1))
    with django_assert_num_queries(1):
        assert list_penugasan_for(pengguna, pada=now) == [sendiri, plh]


def test_mandate_ends_at_its_end_and_begins_at_its_start(now: datetime) -> None:
    penugasan = PenugasanFactory(mulai=now, selesai=now + timedelta(days=1))
    berlaku = Penugasan.objects.berlaku
    assert list(berlaku(now)) == [penugasan]
    assert list(berlaku(now + timedelta(days=1))) == []


@pytest.mark.parametrize(
    ("unit_mandat", "unit_tugas"), [(None, None), (None, 1), (1, 1), (1, None)]
)
def test_mandate_covers_its_unit_and_what_has_none(
    unit_mandat: int | None, unit_tugas: int | None
) -> None:
    assert Penugasan(jabatan_id=7, unit_id=unit_mandat).covers(7, unit_tugas)
    assert not Penugasan(jabatan_id=8, unit_id=unit_mandat).covers(7, unit_tugas)


def test_mandate_does_not_cover_another_unit() -> None:
    assert not Penugasan(jabatan_id=7, unit_id=1).covers(7, 2)


def test_mandate_in_use_wins_among_several_that_cover() -> None:
    satu, dua = Penugasan(pk=1, jabatan_id=7), Penugasan(pk=2, jabatan_id=7)
    assert find_penugasan_covering([satu, dua], jabatan_id=7, unit_id=None) is satu
    assert find_penugasan_covering([satu, dua], jabatan_id=7, unit_id=None, utama=dua) is dua
    assert find_penugasan_covering([satu, dua], jabatan_id=9, unit_id=None) is None


def test_title_names_the_capacity_and_the_unit() -> None:
    jabatan = JabatanFactory(nama="Kepala Dinas")
    unit = UnitKerjaFactory(instansi=jabatan.instansi, nama="Bidang P2P")
    assert PenugasanFactory(jabatan=jabatan, plh=True).sebutan == "Plh. Kepala Dinas"
    assert PenugasanFactory(jabatan=jabatan, unit=unit).sebutan == "Kepala Dinas (Bidang P2P)"
    assert PenugasanFactory(jabatan=jabatan, jenis="delegasi").sebutan == "Kepala Dinas"


def test_capacity_switch_changes_who_one_acts_as(client: Client) -> None:
    pengguna = PenggunaFactory()
    sendiri = PenugasanFactory(pengguna=pengguna)
    plh = PenugasanFactory(pengguna=pengguna, plh=True, jabatan__instansi=sendiri.jabatan.instansi)
    client.force_login(pengguna)
    alamat = reverse("organisasi:switch-penugasan")
    jawab = client.post(alamat, {"penugasan": plh.pk, "next": "/organisasi/"}, follow=True)
    assert f"Anda kini bertindak sebagai {plh.sebutan}." in jawab.content.decode()


def test_somebody_elses_mandate_cannot_be_switched_to(client: Client) -> None:
    milik, asing = PenugasanFactory(), PenugasanFactory()
    client.force_login(milik.pengguna)
    alamat = reverse("organisasi:switch-penugasan")
    data = {"penugasan": asing.pk, "next": "https://jahat.example/"}
    jawab = client.post(alamat, data)
    assert jawab["Location"] == reverse("laporan:meja-kerja")
    assert "penugasan" not in client.session


def test_person_without_a_post_is_told_whom_to_ask(client: Client) -> None:
    client.force_login(PenggunaFactory())
    jawab = client.get(reverse("organisasi:list-penugasan"))
    assert jawab.status_code == 403
    assert "Hubungi pengelola akun" in jawab.content.decode()


def test_holders_page_shows_todays_holders_of_the_own_office_only(client: Client) -> None:
    milik = PenugasanFactory()
    rekan = PenugasanFactory(jabatan__instansi=milik.jabatan.instansi)
    lama = PenugasanFactory(jabatan__instansi=milik.jabatan.instansi, berakhir=True)
    asing = PenugasanFactory(jabatan__instansi__kode="lain")
    client.force_login(milik.pengguna)
    isi = client.get(reverse("organisasi:list-penugasan")).content.decode()
    assert rekan.pengguna.nama in isi
    assert lama.pengguna.nama not in isi
    assert asing.pengguna.nama not in isi


def test_pages_show_dates_in_the_zone_of_the_office(client: Client) -> None:
    malam = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    for zona, tanggal in (("Asia/Jakarta", "Minggu 1 Mar"), ("Asia/Makassar", "Senin 2 Mar")):
        penugasan = PenugasanFactory(jabatan__instansi__zona=zona, mulai=malam)
        client.force_login(penugasan.pengguna)
        assert tanggal in client.get(reverse("organisasi:list-penugasan")).content.decode()
