"""Monitoring over a story whose figures were reckoned by hand: halts, free days, returns."""

from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from laporan.models import Draf
from laporan.rules.rentang import Rentang
from laporan.selectors.giliran import Singgah
from laporan.selectors.pantau import (
    Pantau,
    get_pantau,
    get_pantau_terakhir,
    guess_rentang,
    list_sebab,
    list_versi,
)
from laporan.selectors.pemegang import list_di_meja
from laporan.selectors.penilaian import build_butir
from laporan.selectors.versi import compare_versi
from laporan.services.draf import suspend_draf
from laporan.templatetags.pantau import panel_pantau
from organisasi.models import Pengguna
from sop.models import SOP, VersiSOP
from tests.factories.organisasi import InstansiFactory, PenggunaFactory, PenugasanFactory
from tests.laporan.kisah import HARI, JAM, OKTOBER, tell_story, walk
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, publish_rute

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose steps have one working day each."""
    return make_kantor(DINKES, now)


@pytest.fixture
def pantau(kantor: Kantor, now: datetime) -> Pantau:
    """Its October."""
    tell_story(kantor, now)
    return get_pantau(kantor.versi, OKTOBER)


def test_times_leave_out_nights_free_days_and_halts(pantau: Pantau) -> None:
    satu, dua, tiga = pantau.langkah[:3]
    assert [s.sebaran.tunggal for s in (satu, dua, tiga)] == [(450,), (450,), (930,)]
    assert [s.tepat.tepat for s in (satu, dua, tiga)] == [1, 1, 0]
    assert [s.lewat for s in (satu, dua, tiga)] == [0, 0, 120]
    assert (tiga.median_kata, tiga.lewat_kata) == ("2 hari kerja", "2 jam")
    # Step 1 had 360 minutes of Monday and all of Tuesday; step 2 the same, carried over the halt.
    assert [s.pakai and round(s.pakai) for s in (satu, dua, tiga)] == [56, 56, 115]


def test_returns_are_counted_where_they_are_made_and_where_they_are_mended(pantau: Pantau) -> None:
    singgah = {s.langkah.nomor: s.singgah for s in pantau.langkah}
    assert singgah[7] == Singgah(kunjungan=2, ulang=1, kembali=1)
    assert singgah[6] == Singgah(kunjungan=2, ulang=1, kembali=0)
    assert singgah[5] == Singgah(kunjungan=1)
    assert pantau.kembali == 1
    assert pantau.langkah[4].sebaran.n == 5


def test_bottleneck_and_sentence(pantau: Pantau) -> None:
    assert pantau.hambatan is not None
    assert pantau.hambatan.langkah.nomor == 3
    assert pantau.kalimat == (
        "1 laporan selesai dalam 4 hari 2 jam; waktu baku paling banyak terlewati di langkah 3."
    )
    assert "langkah 3" in pantau.judul_grafik
    assert pantau.grafik.count("<rect") == 16
    assert pantau.tepat.jumlah == pantau.banyak == 14
    assert pantau.terlama == pantau.langkah[2]


def test_reasons_of_returns_are_counted(kantor: Kantor, now: datetime) -> None:
    tell_story(kantor, now)
    assert list_sebab(kantor.versi, OKTOBER, ["Redaksi"]) == [("Redaksi", 1)]


def test_another_period_is_empty_and_says_so(kantor: Kantor, now: datetime) -> None:
    tell_story(kantor, now)
    lain = get_pantau(kantor.versi, Rentang(date(2026, 1, 1), date(2026, 6, 30)))
    assert (lain.banyak, lain.hambatan, lain.terlama, lain.draf_kata) == (0, None, None, "")
    assert lain.kalimat == "Belum ada laporan yang selesai pada periode ini."
    assert lain.judul_grafik.startswith("Tidak ada langkah")
    assert lain.tepat.persen is None


def test_period_ends_with_its_last_day_in_the_zone_of_the_office(
    kantor: Kantor, now: datetime
) -> None:
    """Closed at 23.30 WIB, which is the same day there and in UTC; half past midnight is not."""
    malam = now.replace(day=31, hour=16, minute=30)
    kantor.work_all(kantor.start(now), malam)
    assert get_pantau(kantor.versi, OKTOBER).banyak == 1
    kantor.work_all(kantor.start(now, periode_ke=2), malam + JAM)
    assert get_pantau(kantor.versi, OKTOBER).banyak == 1


def test_three_reports_have_a_median(kantor: Kantor, now: datetime) -> None:
    for ke in (1, 2, 3):
        walk(kantor, kantor.start(now, periode_ke=ke), now + ke * JAM)
    pantau = get_pantau(kantor.versi, OKTOBER)
    assert pantau.kalimat == (
        "3 laporan selesai, median 2 jam; tidak ada langkah yang melewati waktu baku."
    )
    assert (pantau.langkah[0].median_kata, pantau.langkah[0].p90_kata) == ("2 jam", "3 jam")
    assert pantau.langkah[0].pelaksana == "Kepala"


def test_a_step_without_standard_time_has_no_share(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    draf.tugas.update(tenggat=None)
    kantor.work_all(draf, now + JAM)
    satu = get_pantau(kantor.versi, OKTOBER).langkah[0]
    assert (satu.pakai, satu.tepat.persen, satu.sebaran.median) == (None, None, 60)
    assert "tanpa batas" in get_pantau(kantor.versi, OKTOBER).grafik


def test_figures_cost_the_same_for_any_number_of_reports(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    versi = VersiSOP.objects.select_related("sop__instansi").get(pk=kantor.versi.pk)
    for ke in (1, 2, 3, 4):
        walk(kantor, kantor.start(now, periode_ke=ke), now + JAM, sampai=7)
        with django_assert_num_queries(6):
            get_pantau(versi, OKTOBER)
        with django_assert_num_queries(5):
            assert len(list_di_meja(versi.sop, kini=now, bernama=True)) == ke
        with django_assert_num_queries(2):
            (pilihan,) = list_versi(kantor.instansi)
        assert pilihan.laporan == ke


def test_who_holds_what_since_when(kantor: Kantor, now: datetime) -> None:
    assert list_di_meja(kantor.versi.sop, kini=now, bernama=True) == []
    lama = walk(kantor, kantor.start(now, periode_ke=1), now, sampai=5)
    kantor.start(now + JAM, periode_ke=2)
    daftar = list_di_meja(kantor.versi.sop, kini=now + 3 * HARI, bernama=True)
    assert [d.tugas.kunjungan.langkah.nomor for d in daftar] == [5, 5, 5, 5, 5, 1]
    assert daftar[0].di_meja == f"Staf ({aktif(lama)[0].unit})"
    assert daftar[0].nama == kantor.pelaku(daftar[0].tugas).nama
    assert daftar[-1].di_meja == "Kepala"
    assert str(daftar[-1].tempo.kata).startswith("Lewat")
    tanpa = list_di_meja(kantor.versi.sop, kini=now, bernama=False)
    assert {d.nama for d in tanpa} == {""}


def test_a_halted_report_is_marked(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    kepala = kantor.pelaku(aktif(draf)[0])
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Dinas luar.", now=now + JAM)
    (satu,) = list_di_meja(kantor.versi.sop, kini=now + 9 * HARI, bernama=False)
    assert satu.is_ditangguhkan
    assert satu.tempo.keadaan != "lewat"


def test_versions_stand_beside_each_other_once_two_have_runs(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell_story(kantor, now)
    sop = SOP.objects.select_related("instansi").get(pk=kantor.versi.sop_id)
    with django_assert_num_queries(1):
        assert compare_versi(sop) == []
    jabatan = {j.kode: j for j in kantor.instansi.jabatan.all()}
    kantor.versi = publish_rute(sop, DINKES, jabatan, now + 20 * HARI)
    lagi = now + 21 * HARI
    walk(kantor, kantor.start(lagi, periode_ke=4), lagi + JAM)
    with django_assert_num_queries(7):
        lama, baru = compare_versi(sop)
    assert (lama.versi.nomor, lama.draf.tunggal, lama.kembali) == (1, (1920,), 1)
    assert (lama.tepat.tepat, lama.tepat.jumlah) == (13, 14)
    assert (baru.versi.nomor, baru.lama, baru.kembali) == (2, "1 jam", 0)


def test_page_opens_where_there_is_something_to_see(kantor: Kantor, now: datetime) -> None:
    publish_rute_lain(kantor, now)
    (kosong,) = [p for p in list_versi(kantor.instansi) if p.versi.sop.kode == "lain"]
    assert guess_rentang(kosong, kini=now).kode == "2026"
    kantor.work_all(kantor.start(now), now - 300 * HARI)
    pertama = list_versi(kantor.instansi)[0]
    assert pertama.versi == kantor.versi
    assert guess_rentang(pertama, kini=now).kode == "2025"
    lama = now - 800 * HARI
    Draf.objects.create(
        instansi=kantor.instansi,
        sop=kantor.versi.sop,
        versi=kantor.versi,
        judul="Lama",
        jenis="tahunan",
        tahun=2023,
        status=Draf.Status.SELESAI,
        dibuat_oleh=kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk],
        dibuat_pada=lama,
        selesai_pada=lama,
    )
    assert guess_rentang(list_versi(kantor.instansi)[0], kini=now).kode == "2024"


def publish_rute_lain(kantor: Kantor, now: datetime) -> VersiSOP:
    """A second SOP that nobody runs."""
    sop = SOP.objects.create(instansi=kantor.instansi, kode="lain", nama="A Lain")
    jabatan = {j.kode: j for j in kantor.instansi.jabatan.all()}
    return publish_rute(sop, DINKES, jabatan, now)


def buka(pengguna: Pengguna, **cari: str | int) -> tuple[int, str]:
    """The page as that person sees it."""
    klien = Client()
    klien.force_login(pengguna)
    jawaban = klien.get(reverse("laporan:pantau-sop"), cari)
    return jawaban.status_code, jawaban.content.decode()


def test_page_shows_finding_table_and_chart(kantor: Kantor, now: datetime) -> None:
    tell_story(kantor, now)
    kantor.start(now + 9 * HARI, periode_ke=4)
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    status, isi = buka(kepala)
    assert status == 200
    for teks in (
        "1 laporan selesai dalam 4 hari 2 jam; waktu baku paling banyak terlewati di langkah 3.",
        "Terlambat 2 jam seluruhnya: 1 dari 1 giliran melewati tenggat.",
        "Langkah 7 mengembalikan 1 dari 2 kali.",
        "redaksi 1",
        "Lihat angka",
        'role="img"',
        f"sejak Rabu 21 Okt: {kepala.nama}",
    ):
        assert teks in isi


def test_people_without_a_leading_post_read_no_names(kantor: Kantor, now: datetime) -> None:
    kantor.start(now)
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    staf = kantor.orang[kantor.instansi.jabatan.get(kode="staf").pk]
    _status, isi = buka(staf)
    assert "di meja Kepala" in isi
    assert kepala.nama not in isi
    assert "Belum ada laporan yang selesai pada periode ini." in isi


def test_strangers_choose_nothing_of_another_office(kantor: Kantor, now: datetime) -> None:
    asing = PenugasanFactory.create(jabatan__instansi=InstansiFactory.create()).pengguna
    status, isi = buka(asing, versi=kantor.versi.pk, periode="2026-s2")
    assert status == 422
    assert "SOP Uji" not in isi
    status, isi = buka(asing)
    assert status == 200
    assert "Belum ada SOP yang terbit" in isi
    assert buka(PenggunaFactory.create())[0] == 403
    assert Client().get(reverse("laporan:pantau-sop")).status_code == 302


@pytest.mark.parametrize(
    ("cari", "status", "kata"),
    [
        ({"periode": "2026-s2"}, 200, "Semester II Tahun 2026"),
        ({"periode": "bebas", "dari": "2026-10-01", "sampai": "2026-10-12"}, 200, "1 Oktober"),
        ({"periode": "bebas", "dari": "2026-10-01"}, 422, "Isi kedua tanggal"),
        ({"periode": "bebas", "dari": "2026-10-01", "sampai": "2026-01-01"}, 422, "mendahului"),
        ({"periode": "bebas", "dari": "2026-13-01", "sampai": "x"}, 422, "2026-13-01"),
        ({"periode": "1850"}, 422, "1850"),
    ],
    ids=("half-year", "free", "one-date", "backwards", "no-date", "unknown"),
)
def test_period_is_chosen_or_refused_in_words(
    kantor: Kantor, cari: dict[str, str], status: int, kata: str
) -> None:
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    jawaban, isi = buka(kepala, **cari)
    assert jawaban == status
    assert kata in isi


def test_panel_beside_the_sop_says_one_sentence(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kepala = kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk]
    klien = Client()
    klien.force_login(kepala)
    alamat = reverse("sop:view-versi", args=[kantor.versi.pk])
    assert "Belum ada laporan yang dikerjakan" in klien.get(alamat).content.decode()
    tell_story(kantor, now)
    isi = klien.get(alamat).content.decode()
    assert "Tahun 2026: 1 laporan selesai dalam 4 hari 2 jam" in isi
    assert f"?versi={kantor.versi.pk}&amp;periode=2026" in isi
    versi = VersiSOP.objects.select_related("sop__instansi").get(pk=kantor.versi.pk)
    with django_assert_num_queries(7):
        assert get_pantau_terakhir(versi) is not None
    assert panel_pantau(VersiSOP(status=VersiSOP.Status.KONSEP))["pantau"] is None


def test_waiting_is_told_from_handling_on_the_page_and_in_the_form(
    kantor: Kantor, now: datetime, client: Client
) -> None:
    draf = kantor.start(now)
    draf.tugas.update(dibuka_pada=now + JAM)
    kantor.work_all(draf, now + 3 * JAM)
    satu, dua = get_pantau(kantor.versi, OKTOBER).langkah[:2]
    assert (satu.tunggu.median, satu.kerja.median, satu.sebaran.median) == (60, 120, 180)
    assert satu.tunggu_kata == "menunggu dibuka 1 jam, dikerjakan 2 jam"
    assert dua.tunggu_kata == ""
    dasar = build_butir(get_pantau(kantor.versi, OKTOBER), "monitoring")[1].dasar
    assert "Dari itu menunggu dibuka 1 jam, dikerjakan 2 jam." in dasar
    client.force_login(next(iter(kantor.orang.values())))
    alamat = reverse("laporan:pantau-sop")
    isi = client.get(f"{alamat}?versi={kantor.versi.pk}&periode=2026").content.decode()
    assert "menunggu dibuka 1 jam" in isi
