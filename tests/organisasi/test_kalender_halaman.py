"""Pages of the working calendar: readers, those who configure, bad input."""

from datetime import date, datetime, time

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from organisasi.models import HariLibur, Instansi, JamKerja, Pengguna, SesiKerja
from organisasi.selectors import get_kalender
from organisasi.selectors_kalender import get_halaman
from organisasi.services.kalender import work_on_libur
from sakip.common.errors import IsianTidakSah
from tests.factories.organisasi import InstansiFactory, JabatanFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
KALENDER = "organisasi:view-kalender"


@pytest.fixture
def instansi() -> Instansi:
    """An office."""
    return InstansiFactory.create()


def orang(instansi: Instansi, tingkat: str) -> Pengguna:
    """The holder of a new post of that level."""
    return PenugasanFactory.create(
        jabatan=JabatanFactory(instansi=instansi, tingkat=tingkat)
    ).pengguna


@pytest.fixture
def masuk(client: Client, instansi: Instansi) -> Client:
    """A browser of whoever configures the office."""
    client.force_login(orang(instansi, "pengelola"))
    return client


def teks(client: Client, alamat: str, status: int = 200) -> str:
    """Text of a page that answers `status`."""
    jawab = client.get(alamat)
    assert jawab.status_code == status
    return jawab.content.decode()


def test_everybody_reads_and_only_those_who_configure_are_offered_changes(
    client: Client, instansi: Instansi
) -> None:
    HariLibur.objects.create(
        tanggal=date(2026, 8, 17), nama="Proklamasi Kemerdekaan", dasar="SKB 1"
    )
    milik = HariLibur.objects.create(
        instansi=instansi, tanggal=date(2026, 5, 9), nama="Hari jadi", jenis="instansi"
    )
    HariLibur.objects.create(
        instansi=InstansiFactory(), tanggal=date(2026, 6, 9), nama="Libur kantor lain"
    )
    alamat = reverse(KALENDER) + "?tahun=2026"
    ubah = reverse("organisasi:edit-libur", args=[milik.pk])
    for tingkat, ada in (("staf", False), ("pengelola", True), ("kepala", True)):
        client.force_login(orang(instansi, tingkat))
        isi = teks(client, alamat)
        assert "Proklamasi Kemerdekaan" in isi
        assert "menurut SKB 1" in isi
        assert "Libur kantor lain" not in isi
        assert (ubah in isi, reverse("organisasi:create-jam") in isi) == (ada, ada)


def test_shared_days_are_changed_by_whoever_may(client: Client, instansi: Instansi) -> None:
    pengguna = orang(instansi, "pengelola")
    daftar = reverse("admin:organisasi_harilibur_changelist")
    client.force_login(pengguna)
    assert daftar not in teks(client, reverse(KALENDER))
    pengguna.user_permissions.add(Permission.objects.get(codename="change_harilibur"))
    assert daftar in teks(client, reverse(KALENDER))


@pytest.mark.parametrize("tahun", ["", "abc", "1999", "2101", "²", "-1"])
def test_unreadable_year_shows_this_one(masuk: Client, tahun: str) -> None:
    assert "Setahun sekilas" in teks(masuk, f"{reverse(KALENDER)}?tahun={tahun}")


def test_year_without_national_days_says_so(masuk: Client) -> None:
    assert "belum dimuat" in teks(masuk, f"{reverse(KALENDER)}?tahun=2031")


def test_page_costs_the_same_however_many_days_are_free(masuk: Client) -> None:
    alamat = f"{reverse(KALENDER)}?tahun=2026"
    teks(masuk, alamat)
    banyak = []
    for jumlah in (0, 20):
        HariLibur.objects.bulk_create(
            HariLibur(tanggal=date(2026, 3, n + 1), nama="Libur") for n in range(jumlah)
        )
        with CaptureQueriesContext(connection) as kueri:
            teks(masuk, alamat)
        banyak.append(len(kueri))
    assert banyak[0] == banyak[1]


def test_free_day_is_added_changed_and_removed(masuk: Client, instansi: Instansi) -> None:
    isian = {"tanggal": "2026-05-08", "nama": "Hari jadi", "jenis": "instansi", "dasar": ""}
    assert "Hanya untuk" in teks(masuk, reverse("organisasi:create-libur"))
    jawab = masuk.post(reverse("organisasi:create-libur"), isian)
    assert jawab["Location"] == reverse(KALENDER) + "?tahun=2026"
    libur = HariLibur.objects.get()
    assert libur.instansi == instansi
    alamat = reverse("organisasi:edit-libur", args=[libur.pk])
    assert "Hari jadi" in teks(masuk, alamat)
    masuk.post(alamat, {**isian, "nama": "Hari jadi ke-733", "perkiraan": "on"})
    isi = teks(masuk, reverse(KALENDER) + "?tahun=2026")
    assert "Hari jadi ke-733" in isi
    assert "Perkiraan" in isi
    masuk.post(reverse("organisasi:remove-libur", args=[libur.pk]))
    assert not HariLibur.objects.exists()


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"tanggal": "besok"}, "Tanggal"),
        ({"nama": ""}, "Nama"),
        ({"jenis": "lain"}, "Jenis"),
        ({"tanggal": "2026-08-17"}, "17 Agustus 2026 sudah libur: Proklamasi"),
    ],
    ids=["tanggal", "nama", "jenis", "kembar"],
)
def test_refused_day_keeps_what_was_typed(masuk: Client, ubah: dict[str, str], pesan: str) -> None:
    HariLibur.objects.create(tanggal=date(2026, 8, 17), nama="Proklamasi")
    isian = {"tanggal": "2026-05-08", "nama": "Hari jadi", "jenis": "instansi", "dasar": "Perbup 7"}
    jawab = masuk.post(reverse("organisasi:create-libur"), {**isian, **ubah})
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert pesan in isi
    assert "Perbup 7" in isi


def test_list_is_pasted_whole_or_not_at_all(masuk: Client) -> None:
    alamat = reverse("organisasi:import-libur")
    assert "Salin daftar" in teks(masuk, alamat)
    salah = {"jenis": "nasional", "daftar": "2030-01-01 Tahun Baru\nbesok libur\n2030-02-30 X"}
    jawab = masuk.post(alamat, salah)
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert "Baris 2:" in isi
    assert "Baris 3: tanggal 2030-02-30 tidak ada." in isi
    assert "besok libur" in isi
    assert not HariLibur.objects.exists()
    betul = {
        "jenis": "nasional",
        "dasar": "SKB 9",
        "daftar": "2030-01-01 Tahun Baru\n2 Mei 2030 Buruh",
    }
    jawab = masuk.post(alamat, betul, follow=True)
    assert "2 hari libur ditambahkan, 0 sudah ada." in jawab.content.decode()
    assert set(HariLibur.objects.values_list("jenis", "dasar")) == {("nasional", "SKB 9")}


def isian_jam(**ubah: str) -> dict[str, str]:
    """Monday with a break, Saturday without, from March 2027 on."""
    isi = {"nama": "Enam hari", "mulai": "2027-03-01", "selesai": "", "dasar": "Perbup 8"}
    senin = {"jam_0_0": "07:30", "jam_0_1": "12:00", "jam_0_2": "13:00", "jam_0_3": "16:00"}
    return {**isi, **senin, "jam_5_0": "07:30", "jam_5_3": "11:00", **ubah}


def test_hours_are_set_changed_and_given_up(masuk: Client, instansi: Instansi) -> None:
    baru = reverse("organisasi:create-jam")
    assert 'value="07:30"' in teks(masuk, baru)
    assert 'value="08:00"' in teks(masuk, baru + "?contoh=ramadan")
    assert 'value="07:30"' in teks(masuk, baru + "?contoh=lain")
    masuk.post(baru, isian_jam())
    jam = JamKerja.objects.get()
    assert [str(s) for s in jam.sesi.all()] == [
        "Senin 07.30–12.00",
        "Senin 13.00–16.00",
        "Sabtu 07.30–11.00",
    ]
    alamat = reverse("organisasi:edit-jam", args=[jam.pk])
    assert 'value="11:00"' in teks(masuk, alamat)
    masuk.post(alamat, isian_jam(jam_5_3="12:00", selesai="2027-12-31"))
    assert SesiKerja.objects.get(hari=5).tutup == time(12)
    assert "Enam hari" in teks(masuk, reverse(KALENDER))
    masuk.post(reverse("organisasi:remove-jam", args=[jam.pk]))
    assert not JamKerja.objects.exists()


@pytest.mark.parametrize(
    ("ubah", "pesan"),
    [
        ({"nama": ""}, "Nama"),
        ({"mulai": "31 Maret"}, "Berlaku mulai"),
        ({"jam_0_3": "25:00"}, "Senin, Selesai"),
        ({"jam_0_3": ""}, "Senin: isi jam mulai dan selesai, dan istirahat berpasangan."),
        ({"jam_0_1": "14:00"}, "Senin: sesi kedua harus mulai sesudah sesi pertama selesai."),
        ({"jam_5_3": "07:00"}, "Sabtu: jam selesai harus sesudah jam mulai."),
        ({"selesai": "2027-01-01"}, "Tanggal akhir harus sesudah tanggal mulai."),
    ],
    ids=["nama", "tanggal", "jam", "pasangan", "tumpang", "terbalik", "rentang"],
)
def test_refused_hours_keep_what_was_typed(masuk: Client, ubah: dict[str, str], pesan: str) -> None:
    jawab = masuk.post(reverse("organisasi:create-jam"), isian_jam(**ubah))
    isi = jawab.content.decode()
    assert jawab.status_code == 422
    assert pesan in isi
    assert "Perbup 8" in isi
    assert not JamKerja.objects.exists()


def test_week_without_work_is_refused(masuk: Client) -> None:
    kosong = dict.fromkeys(["jam_0_0", "jam_0_1", "jam_0_2", "jam_0_3", "jam_5_0", "jam_5_3"], "")
    jawab = masuk.post(reverse("organisasi:create-jam"), isian_jam(**kosong))
    assert jawab.status_code == 422
    assert "Isi paling sedikit satu jam kerja dalam sepekan." in jawab.content.decode()


ALAMAT = [
    ("create-libur", False),
    ("edit-libur", True),
    ("remove-libur", True),
    ("import-libur", False),
    ("create-jam", False),
    ("edit-jam", True),
    ("remove-jam", True),
]


@pytest.mark.parametrize(("nama", "berid"), ALAMAT, ids=[a for a, _b in ALAMAT])
def test_colleague_may_not_and_rows_of_others_are_not_found(
    client: Client, instansi: Instansi, nama: str, berid: object
) -> None:
    asing = HariLibur.objects.create(tanggal=date(2026, 8, 17), nama="Nasional")
    alamat = reverse(f"organisasi:{nama}", args=[asing.pk] if berid else [])
    assert client.post(alamat)["Location"].startswith("/masuk/")
    client.force_login(orang(instansi, "staf"))
    assert client.post(alamat, {"nama": "X"}).status_code == 403
    client.force_login(orang(instansi, "sekretaris"))
    assert client.post(alamat, {"nama": "X"}).status_code == (404 if berid else 422)


def test_deletion_asks_for_a_form(masuk: Client, instansi: Instansi) -> None:
    libur = HariLibur.objects.create(instansi=instansi, tanggal=date(2026, 8, 18), nama="Libur")
    assert masuk.get(reverse("organisasi:remove-libur", args=[libur.pk])).status_code == 405


def test_office_works_on_a_day_of_the_nation_and_takes_it_back(client: Client) -> None:
    p = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    instansi = p.jabatan.instansi
    libur = HariLibur.objects.create(tanggal=date(2026, 3, 20), nama="Cuti bersama", dasar="SKB")
    client.force_login(p.pengguna)
    alamat = reverse("organisasi:work-on-libur", args=[libur.pk])
    kalender = reverse("organisasi:view-kalender") + "?tahun=2026"
    assert alamat in client.get(kalender).content.decode()
    assert client.get(alamat).status_code == 200
    assert client.post(alamat, {"dasar": " "}).status_code == 422
    assert client.post(alamat, {"dasar": "SE 1/2026"}).status_code == 302
    assert client.post(alamat, {"dasar": "SE 1/2026"}).status_code == 409
    isi = client.get(kalender).content.decode()
    assert "Tetap hari kerja" in isi
    assert alamat not in isi
    hari = libur.tanggal
    assert get_kalender(instansi, sekitar=hari).is_hari_kerja(hari)
    assert not get_kalender(InstansiFactory(), sekitar=hari).is_hari_kerja(hari)
    maret = get_halaman(instansi, tahun=2026, kini=hari).bulan[2]
    assert maret.hari_kerja == 22
    masuk = HariLibur.objects.get(instansi=instansi)
    assert client.get(reverse("organisasi:edit-libur", args=[masuk.pk])).status_code == 404
    tambah = {"tanggal": "2026-03-20", "nama": "Libur", "jenis": "instansi"}
    jawab = client.post(reverse("organisasi:create-libur"), tambah)
    assert jawab.status_code == 422
    assert client.post(reverse("organisasi:remove-libur", args=[masuk.pk])).status_code == 302
    assert not get_kalender(instansi, sekitar=hari).is_hari_kerja(hari)


def test_only_managers_and_only_days_of_the_nation(client: Client) -> None:
    p = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    sendiri = HariLibur.objects.create(
        instansi=p.jabatan.instansi, tanggal=date(2026, 3, 20), nama="HUT", jenis="instansi"
    )
    client.force_login(p.pengguna)
    assert client.get(reverse("organisasi:work-on-libur", args=[sendiri.pk])).status_code == 404
    umum = HariLibur.objects.create(tanggal=date(2026, 3, 23), nama="Cuti bersama")
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(reverse("organisasi:work-on-libur", args=[umum.pk])).status_code == 403


def test_working_on_a_day_of_the_nation_needs_a_basis(now: datetime) -> None:
    p = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    libur = HariLibur.objects.create(tanggal=date(2026, 3, 20), nama="Cuti bersama")
    with pytest.raises(IsianTidakSah):
        work_on_libur(
            instansi_id=p.jabatan.instansi_id,
            libur_id=libur.pk,
            dasar=" ",
            aktor=p.pengguna,
            now=now,
        )
