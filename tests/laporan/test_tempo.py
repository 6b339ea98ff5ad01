"""Words of a turn's standard time, the deadline that follows, and how the inbox groups it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from laporan.models import Tugas
from laporan.rules.tempo import WaktuTugas, compute_tenggat, kata_waktu_baku
from laporan.selectors.draf import list_baris, list_draf
from laporan.selectors.meja import get_meja_kerja, tempo_tugas
from laporan.services.draf import LaporanBaru, suspend_draf
from sakip.common.waktu import Durasi, Kalender, SatuanWaktu
from tests.laporan.kantor_contoh import load_kantor
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini
from tests.laporan.test_selectors import orang

WIB = Kalender(ZoneInfo("Asia/Jakarta"))
SEJAM = Durasi(1, SatuanWaktu.JAM)


@pytest.mark.parametrize(
    ("waktu", "kata"),
    [
        (WaktuTugas("1 jam/bidang", SEJAM, 5), "Waktu baku 1 jam per bidang × 5 bidang = 5 jam"),
        (WaktuTugas("1 jam per  seksi", SEJAM, 2), "Waktu baku 1 jam per seksi × 2 seksi = 2 jam"),
        (WaktuTugas("1 jam/bidang", SEJAM), "Waktu baku 1 jam/bidang"),
        (WaktuTugas(" 4  hari ", Durasi(4, SatuanWaktu.HARI_KERJA)), "Waktu baku 4 hari"),
        (WaktuTugas("", None), ""),
    ],
    ids=["bidang", "seksi", "belum-terhitung", "biasa", "kosong"],
)
def test_standard_time_shows_its_arithmetic(waktu: WaktuTugas, kata: str) -> None:
    assert kata_waktu_baku(waktu) == kata


def test_deadline_follows_from_start_units_and_halts(now: datetime) -> None:
    waktu = WaktuTugas("1 jam/bidang", SEJAM, 5)
    jam = timedelta(hours=1)
    # Monday 09.00 WIB and five hours, the break left out.
    assert compute_tenggat(now, waktu, jeda=(), kalender=WIB) == now + 6 * jam
    jeda = [(now - jam, now), (now + jam, now + 2 * jam), (now + 3 * jam, None)]
    assert compute_tenggat(now, waktu, jeda=jeda, kalender=WIB) == now + 7 * jam
    assert compute_tenggat(now, WaktuTugas("", None), jeda=jeda, kalender=WIB) is None


@pytest.mark.django_db
def test_time_per_unit_is_multiplied_by_the_units_it_was_sent_to(now: datetime) -> None:
    kantor = load_kantor("dinkes-mojokerto", now)
    draf = kantor.start(LaporanBaru("triwulan", 2026, 3))
    while nomor_kini(draf) != 5:
        assert {t.banyak_unit for t in aktif(draf)} == {0}
        draf = kantor.work(aktif(draf)[0])
    tugas = aktif(draf)
    assert {t.banyak_unit for t in tugas} == {len(tugas)}
    tempo = tempo_tugas(tugas[0], kini=now, kalender=WIB)
    assert tempo.waktu_baku == "Waktu baku 1 jam per bidang × 5 bidang = 5 jam"
    assert tempo.kata == "Sisa 5 jam"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("hari", "judul"),
    [
        (-1, "Lewat waktu"),
        (0, "Jatuh tempo hari ini"),
        (1, "Jatuh tempo besok"),
        (2, "Tujuh hari ke depan"),
        (8, "Kemudian"),
        (None, "Tanpa batas waktu"),
    ],
)
def test_inbox_names_the_group_by_the_deadline(now: datetime, hari: int | None, judul: str) -> None:
    kantor = make_kantor(DINKES, now)
    kantor.start(now)
    tenggat = None if hari is None else now + timedelta(days=hari, hours=1)
    Tugas.objects.update(tenggat=tenggat)
    (kelompok,) = get_meja_kerja(orang(kantor, "kepala"), kini=now).kelompok
    assert kelompok.judul == judul


@pytest.mark.django_db
def test_work_given_on_a_free_day_stands_under_the_day_it_is_due(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    minggu = now.replace(day=18)
    kantor.start(minggu)
    (kelompok,) = get_meja_kerja(orang(kantor, "kepala"), kini=minggu).kelompok
    (baris,) = kelompok.baris
    assert kelompok.judul == "Jatuh tempo besok"
    assert baris.tempo.kata == "Mulai dihitung Senin 19 Okt pukul 07.30"
    sabtu = get_meja_kerja(orang(kantor, "kepala"), kini=now.replace(day=17))
    assert sabtu.kelompok[0].judul == "Jatuh tempo Senin 19 Okt"


@pytest.mark.django_db
def test_list_of_drafts_says_how_much_time_is_left(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kantor = make_kantor(DINKES, now)
    kepala = orang(kantor, "kepala")
    satu, dua, tiga = (kantor.start(now, periode_ke=n) for n in (1, 2, 3))
    while tiga.is_aktif:
        tiga = kantor.work_all(tiga, now)
    suspend_draf(draf_id=dua.pk, aktor=kepala.pengguna, alasan="Jeda.", now=now)
    daftar = list(list_draf(kepala).order_by("pk"))
    with django_assert_num_queries(3):
        baris = list_baris(daftar, kini=now + timedelta(hours=1))
    kata = [b.tempo.kata if b.tempo else None for b in baris]
    assert kata == ["Sisa 1 hari 5 jam", "Waktu berhenti, sisa 1 hari 6 jam", None]
    assert [b.draf for b in baris] == [satu, dua, tiga]


@pytest.mark.django_db
def test_every_page_of_running_work_says_how_much_time_is_left(client: Client) -> None:
    kini = timezone.now()
    kantor: Kantor = make_kantor(DINKES, kini)
    draf = kantor.start(kini)
    (tugas,) = aktif(draf)
    kata = get_meja_kerja(orang(kantor, "kepala"), kini=kini).kelompok[0].baris[0].tempo.kata
    client.force_login(kantor.pelaku(tugas))
    for alamat in (
        reverse("laporan:meja-kerja"),
        reverse("laporan:list-draf"),
        draf.get_absolute_url(),
        tugas.get_absolute_url(),
    ):
        isi = client.get(alamat).content.decode()
        assert kata[:9] in isi
        assert "Batas " in isi
    client.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk])
    lain = client.get(reverse("laporan:meja-kerja")).content.decode()
    assert kata[:9] in lain
