"""Pages of the SOP, by persona."""

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Pengguna
from sop.models import SOP, VersiSOP
from sop.selectors import HalamanVersi, build_halaman
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.factories.sop import create_konsep, graf_sah, muat, simpul

pytestmark = pytest.mark.django_db


def _pegawai(versi: VersiSOP) -> Pengguna:
    return PenugasanFactory.create(jabatan__instansi=versi.sop.instansi).pengguna


def _buka(versi: VersiSOP, pengguna: Pengguna | None) -> tuple[int, str]:
    klien = Client()
    if pengguna:
        klien.force_login(pengguna)
    jawaban = klien.get(reverse("sop:view-versi", args=[versi.pk]))
    return jawaban.status_code, jawaban.content.decode()


def _halaman(nama: str) -> HalamanVersi:
    return build_halaman(VersiSOP.objects.get(pk=muat(nama).pk))


def test_a_colleague_reads_identity_steps_and_doubts() -> None:
    versi = muat()
    status, isi = _buka(versi, _pegawai(versi))
    assert status == 200
    for teks in (
        "Memerintahkan Sekretaris untuk menyusun laporan kinerja",
        "PENGUMPULAN DATA KINERJA",
        "Memahami Sistem Penatausahaan Keuangan",
        "Tidak: kembali ke langkah 6",
        "Ya: lanjut ke langkah 8",
        "1 jam/ bidang",
        "tiap bidang dan sekretariat",
        "Perlu konfirmasi",
        "“laporan kerja” barangkali seharusnya “laporan kinerja”.",
        "Versi 1: berlaku",
    ):
        assert teks in isi


def test_people_of_another_office_find_nothing_and_visitors_sign_in() -> None:
    versi = muat()
    orang_luar = PenugasanFactory.create().pengguna
    assert _buka(versi, orang_luar)[0] == 404
    assert _buka(versi, None)[0] == 302
    assert _buka(versi, PenggunaFactory.create())[0] == 403


@pytest.mark.parametrize("nama_url", ["sop:list-sop", "sop:view-versi"])
def test_a_page_costs_the_same_for_short_and_long_routes(
    nama_url: str, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    versi = muat("kota-blitar")
    client.force_login(_pegawai(versi))
    alamat = reverse(nama_url, args=[versi.pk] if nama_url == "sop:view-versi" else [])
    client.get(alamat)
    with django_assert_max_num_queries(18):
        assert client.get(alamat).status_code == 200


def test_the_catalogue_lists_only_ones_own_office(client: Client) -> None:
    versi = muat()
    muat("kota-blitar")
    client.force_login(_pegawai(versi))
    isi = client.get(reverse("sop:list-sop")).content.decode()
    assert "SOP Pengumpulan Data Kinerja" in isi
    assert "SOP Pengukuran Kinerja" not in isi
    assert reverse("sop:view-versi", args=[versi.pk]) in isi


def test_the_catalogue_can_be_downloaded(client: Client) -> None:
    versi = muat()
    muat("kota-blitar")
    client.force_login(_pegawai(versi))
    judul, satu = client.get(reverse("sop:list-sop"), {"unduh": "csv"}).content.splitlines()
    assert judul.startswith(b"\xef\xbb\xbfKode,Nama SOP")
    assert b",Berlaku," in satu


def test_an_office_without_sop_is_told_what_to_do(client: Client) -> None:
    client.force_login(PenugasanFactory.create().pengguna)
    assert "Belum ada SOP" in client.get(reverse("sop:list-sop")).content.decode()


def test_a_konsep_shows_its_faults() -> None:
    graf = type(graf_sah())((*graf_sah().langkah[:3], simpul(4, simbol="akhir", ke={})))
    versi = create_konsep(graf)
    _, isi = _buka(versi, _pegawai(versi))
    assert "Galat" in isi
    assert "langkah 4, lanjut: Jalan buntu." in isi


def test_the_page_of_a_version_is_built_in_three_queries(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    versi = VersiSOP.objects.select_related("sop").get(pk=muat("kota-blitar").pk)
    with django_assert_num_queries(3):
        build_halaman(versi)


def test_headings_are_those_of_the_form_with_defaults_for_the_rest() -> None:
    halaman = _halaman("dinkes-banten")
    assert halaman.kepala["output"] == "Opuput"
    assert halaman.kepala["keterangan"] == "Keterangan"


def test_actors_show_their_turn_their_units_and_their_symbol() -> None:
    baris = _halaman("kecamatan-dawarblandong").baris
    assert [s.butir for s in baris[3].pelaksana] == [
        (),
        ("Proses", "giliran 2"),
        (),
        ("Proses", "giliran 1", "tiap seksi"),
    ]
    assert baris[5].jalur == ("Ya: selesai", "Tidak: kembali ke langkah 4")
    assert [s.butir for s in baris[5].pelaksana][2] == ("Keputusan",)


def test_attachments_for_rework_and_a_missing_time_are_said() -> None:
    baris = _halaman("dprkp2-mojokerto").baris
    assert baris[3].mutu[0].butir[-1] == "RTL (mulai putaran kedua)"
    assert baris[8].mutu[1].butir == ("–",)
    assert baris[8].mutu[1].ragu
    assert [s.judul for s in baris[3].ragu_lain] == ["Pelaksana", "Kelengkapan saat perbaikan"]


def test_dates_without_text_and_without_doubt_are_left_out() -> None:
    judul = [s.judul for s in _halaman("dprkp2-mojokerto").identitas]
    assert "Tanggal efektif" in judul
    assert "Tanggal efektif" not in [s.judul for s in _halaman("kota-blitar").daftar]
    assert [s.judul for s in build_halaman(create_konsep()).identitas] == [
        "Kop",
        "Nama SOP",
        "Nomor SOP",
        "Disahkan oleh",
    ]


@pytest.mark.parametrize("model", [SOP, VersiSOP])
def test_the_admin_shows_and_never_changes(model: type[SOP] | type[VersiSOP]) -> None:
    pengelola = admin.site.get_model_admin(model)
    permintaan = RequestFactory().get("/")
    permintaan.user = PenggunaFactory.create(is_staff=True, is_superuser=True)
    assert pengelola.has_view_permission(permintaan)
    for boleh in ("add", "change", "delete"):
        assert not getattr(pengelola, f"has_{boleh}_permission")(permintaan)


def test_a_column_that_the_source_lost_is_marked() -> None:
    versi = muat("kota-blitar")
    JabatanFactory.create(instansi=versi.sop.instansi)
    assert "tidak tercetak pada sumber" in _buka(versi, _pegawai(versi))[1]
