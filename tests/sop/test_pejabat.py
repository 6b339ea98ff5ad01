"""Trying an SOP out on a date: who gets which step, what is empty, who is barred."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Jabatan, Penugasan, UnitKerja
from sop.models import VersiSOP
from sop.rules.graf import Graf
from sop.rules.pejabat import Halangan, find_halangan
from sop.selectors.pejabat import BarisPejabat, UjiTanggal, get_uji_tanggal
from tests.factories.organisasi import (
    PenggunaFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.factories.sop import create_terbit, graf_sah, muat

A, B, C = 1, 2, 3


def calon(*orang: int) -> frozenset[int]:
    """Candidates of a row."""
    return frozenset(orang)


@pytest.mark.parametrize(
    ("di_sini", "di_sana", "harap"),
    [
        (calon(A), [calon(A)], Halangan(terhalang=True)),
        (calon(A), [calon(A, B)], Halangan(bersyarat=calon(A))),
        (calon(A, B), [calon(A)], Halangan(bersyarat=calon(A))),
        (calon(A, B), [calon(A), calon(B)], Halangan(terhalang=True)),
        (calon(A), [calon(B)], Halangan()),
        (calon(), [calon(A)], Halangan()),
        (calon(A), [], Halangan()),
        (calon(A), [calon()], Halangan()),
    ],
)
def test_only_holder_of_both_steps_is_barred(
    di_sini: frozenset[int], di_sana: list[frozenset[int]], harap: Halangan
) -> None:
    assert find_halangan(di_sini, beda_dari=[2], per_langkah={2: di_sana}) == harap


def test_steps_that_are_not_named_bar_nobody() -> None:
    assert find_halangan(calon(A), beda_dari=[], per_langkah={2: [calon(A)]}) == Halangan()
    assert find_halangan(calon(A), beda_dari=[9], per_langkah={2: [calon(A)]}) == Halangan()


def uji(versi: VersiSOP, pada: datetime) -> UjiTanggal:
    """The route tried out at that moment."""
    return get_uji_tanggal(
        VersiSOP.objects.select_related("sop__instansi").get(pk=versi.pk), pada=pada
    )


def baris(hasil: UjiTanggal, nomor: int) -> list[BarisPejabat]:
    """Turns of one step."""
    return list(next(s for s in hasil.langkah if s.langkah.nomor == nomor).baris)


def nama(b: BarisPejabat) -> list[str]:
    """Who would get a turn."""
    return [p.pengguna.nama for p in b.pemegang]


def pegang(versi: VersiSOP, kode: str, **isi: object) -> Penugasan:
    """Give the post to somebody."""
    jabatan = Jabatan.objects.get(instansi=versi.sop.instansi, kode=kode)
    return PenugasanFactory.create(jabatan=jabatan, **isi)


@pytest.mark.django_db
def test_steps_go_to_todays_holders_and_to_the_stand_in_on_his_days(now: datetime) -> None:
    versi = muat()
    kepala = pegang(versi, "kepala_dinas")
    plh = pegang(versi, "kepala_dinas", plh=True, mulai=now, selesai=now + timedelta(days=3))
    assert nama(baris(uji(versi, now - timedelta(days=1)), 1)[0]) == [kepala.pengguna.nama]
    hari_ini = uji(versi, now)
    assert nama(baris(hari_ini, 1)[0]) == [kepala.pengguna.nama, plh.pengguna.nama]
    assert hari_ini.pengganti == 2  # the head stands in two steps
    assert nama(baris(uji(versi, now + timedelta(days=3)), 1)[0]) == [kepala.pengguna.nama]


@pytest.mark.django_db
def test_person_with_two_mandates_for_one_turn_stands_there_once(now: datetime) -> None:
    versi = muat()
    satu = pegang(versi, "kepala_dinas")
    pegang(versi, "kepala_dinas", plh=True, pengguna=satu.pengguna)
    (b,) = baris(uji(versi, now), 1)
    assert b.pemegang == (satu,)


@pytest.mark.django_db
def test_empty_posts_and_missing_units_are_faults(now: datetime) -> None:
    versi = muat()
    hasil = uji(versi, now)
    assert baris(hasil, 1)[0].is_galat
    assert [b.tanpa_unit for b in baris(hasil, 5)] == [True]
    bidang = UnitKerjaFactory(instansi=versi.sop.instansi)
    tutup = UnitKerjaFactory(instansi=versi.sop.instansi, ditutup_pada=now)
    staf = pegang(versi, "staf", unit=bidang)
    (b,) = baris(uji(versi, now), 5)
    assert (b.unit, nama(b), b.is_galat) == (bidang, [staf.pengguna.nama], False)
    UnitKerja.objects.filter(pk=tutup.pk).update(ditutup_pada=None)
    assert [b.is_galat for b in baris(uji(versi, now), 5)] == [False, True]


def rute_beda() -> Graf:
    """Step 3 is for another person than step 2."""
    satu, dua, tiga, empat = graf_sah().langkah
    return Graf((satu, dua, replace(tiga, beda_orang_dari=(2,)), empat))


@pytest.mark.django_db
def test_only_holder_is_named_as_barred_before_anybody_is_refused(
    client: Client, now: datetime
) -> None:
    versi = create_terbit(rute_beda())
    staf = pegang(versi, "staf")
    hasil = uji(versi, now)
    assert [b.halangan.terhalang for s in hasil.langkah for b in s.baris] == [
        False,
        False,
        True,
        False,
    ]
    assert hasil.galat == 1
    client.force_login(staf.pengguna)
    isi = client.get(alamat(versi)).content.decode()
    assert "Terhalang: ia juga mengerjakan" in isi
    pegang(versi, "staf")
    assert uji(versi, now).galat == 0
    assert {p.pengguna_id for p in baris(uji(versi, now), 3)[0].bersyarat} >= {staf.pengguna_id}
    assert "bila ia yang mengerjakan langkah 2" in client.get(alamat(versi)).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("berkas", ["dinkes-mojokerto", "kota-blitar"])
def test_queries_do_not_grow_with_the_route(
    berkas: str, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    versi = muat(berkas)
    for jabatan in Jabatan.objects.all():
        PenugasanFactory(jabatan=jabatan)
    versi = VersiSOP.objects.select_related("sop__instansi").get(pk=versi.pk)
    with django_assert_num_queries(5):
        hasil = get_uji_tanggal(versi, pada=now)
    with django_assert_num_queries(0):
        assert hasil.langkah
        assert [nama(b) for s in hasil.langkah for b in s.baris]


def alamat(versi: VersiSOP, tanggal: str = "") -> str:
    """The page."""
    return reverse("sop:uji-tanggal", args=[versi.pk]) + (f"?tanggal={tanggal}" if tanggal else "")


@pytest.mark.django_db
def test_page_shows_another_day_at_noon_with_the_stand_in(client: Client) -> None:
    versi = muat()
    hari = date(2031, 3, 4)
    plh = pegang(
        versi,
        "kepala_dinas",
        plh=True,
        mulai=datetime(2031, 3, 4, tzinfo=UTC),
        selesai=datetime(2031, 3, 5, tzinfo=UTC),
    )
    client.force_login(pegang(versi, "sekretaris_dinas").pengguna)
    isi = client.get(alamat(versi, hari.isoformat())).content.decode()
    assert "Selasa, 4 Maret 2031" in isi
    assert plh.pengguna.nama in isi
    assert "Plh." in isi
    assert plh.pengguna.nama not in client.get(alamat(versi)).content.decode()
    assert "Tetapkan pejabat" in isi  # a sekretaris configures


@pytest.mark.django_db
def test_reader_sees_empty_posts_without_the_offer_to_appoint(client: Client) -> None:
    versi = muat()
    client.force_login(pegang(versi, "staf").pengguna)
    isi = client.get(alamat(versi)).content.decode()
    assert "Belum ada pejabat yang memegang" in isi
    assert "Tetapkan pejabat" not in isi
    assert "Lihat jabatan" in isi


@pytest.mark.django_db
@pytest.mark.parametrize("teks", ["kemarin", "2026-13-01", ""])
def test_what_is_no_date_is_said_beside_the_field(client: Client, teks: str) -> None:
    versi = muat()
    client.force_login(pegang(versi, "staf").pengguna)
    jawab = client.get(reverse("sop:uji-tanggal", args=[versi.pk]), {"tanggal": teks})
    assert jawab.status_code == 422
    assert 'id="id_tanggal_error"' in jawab.content.decode()


@pytest.mark.django_db
def test_page_belongs_to_its_office(client: Client) -> None:
    versi = muat()
    assert client.get(alamat(versi)).status_code == 302
    client.force_login(PenggunaFactory())
    assert client.get(alamat(versi)).status_code == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(alamat(versi)).status_code == 404
    assert client.post(alamat(versi)).status_code == 405


@pytest.mark.django_db
def test_turns_inside_a_step_are_numbered(now: datetime) -> None:
    hasil = uji(muat("kecamatan-dawarblandong"), now)
    assert [s.is_bergilir for s in hasil.langkah][3]


@pytest.mark.django_db
def test_last_day_is_told_in_the_zone_of_the_office(now: datetime) -> None:
    p = Penugasan(selesai=datetime(2026, 10, 14, 17, 0, tzinfo=UTC))  # midnight in WIB
    with timezone.override("Asia/Jakarta"):
        assert p.hari_terakhir == date(2026, 10, 14)
    assert Penugasan().hari_terakhir is None
