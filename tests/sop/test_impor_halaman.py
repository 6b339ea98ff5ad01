"""Pages of import and export, by persona: upload, preview, konsep, and back out again."""

from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from organisasi.models import Instansi, Jejak, Pengguna
from sakip.common.lembar import read_buku
from sakip.common.lembar_tulis import to_bytes
from sop.models import SOP, UnggahanSOP, VersiSOP
from sop.selectors import read_berkas_sop, read_sidik
from tests.factories.organisasi import JabatanFactory, PenggunaFactory, PenugasanFactory
from tests.factories.sop import DATA, baca_berkas, create_instansi, muat
from tests.sop.kertas import tulis_kertas

pytestmark = pytest.mark.django_db
IMPOR = "/sop/impor/"


@pytest.fixture
def instansi() -> Instansi:
    """The office of the Dinkes file."""
    return create_instansi()


@pytest.fixture
def pengelola(instansi: Instansi) -> Pengguna:
    """Who configures the office."""
    jabatan = JabatanFactory.create(instansi=instansi, tingkat="pengelola")
    return PenugasanFactory.create(jabatan=jabatan).pengguna


def _unggah(klien: Client, isi: bytes, nama: str = "sop.xlsx") -> HttpResponse:
    return cast(HttpResponse, klien.post(IMPOR, {"berkas": SimpleUploadedFile(nama, isi)}))


def _kertas(nama: str = "dinkes-mojokerto") -> bytes:
    return to_bytes(tulis_kertas(nama))


def _tulis(klien: Client, **ganti: str) -> HttpResponse:
    unggahan = UnggahanSOP.objects.get()
    isi = {"aksi": "tulis", "nama": "SOP Uji", "kode": "uji", **ganti}
    alamat = reverse("sop:pratinjau-impor", args=[unggahan.pk])
    return cast(HttpResponse, klien.post(alamat, isi))


def test_a_workbook_goes_out_and_comes_back_as_the_same_version(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    versi = muat(instansi=instansi)
    client.force_login(pengelola)
    for nama_url, akhiran in (("sop:ekspor-lembar", "xlsx"), ("sop:ekspor-berkas", "yaml")):
        unduhan = client.get(reverse(nama_url, args=[versi.pk]))
        assert unduhan.status_code == 200
        assert f"-versi-1.{akhiran}" in unduhan["Content-Disposition"]
        jawaban = _unggah(client, unduhan.content, f"kembali.{akhiran}")
        assert jawaban.status_code == 302
        assert "Semua sel terbaca." in client.get(jawaban["Location"]).content.decode()
        konsep = VersiSOP.objects.filter(sop=versi.sop, status="konsep").first()
        ganti = read_sidik(konsep) if konsep else ""
        _tulis(client, kode=versi.sop.kode, nama=versi.sop.nama, ganti=ganti)
        baru = VersiSOP.objects.filter(sop=versi.sop).first()
        assert baru is not None
        assert baru.is_konsep
        assert read_sidik(baru) == versi.sidik
        assert read_berkas_sop(baru) == read_berkas_sop(versi)
    assert VersiSOP.objects.count() == 2


def test_a_paper_sheet_becomes_a_konsep_and_its_doubts_are_kept(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    buku = tulis_kertas("dinkes-mojokerto")
    buku["Bagan alir"]["H8"] = "3 - 5 hari"
    isi = client.get(_unggah(client, to_bytes(buku), "K.xlsx")["Location"]).content.decode()
    assert "Bagan alir!H8</a>:" in isi
    assert "waktu “3 - 5 hari” belum terbaca. Tulis satu angka dan satuan" in isi
    assert "“KET” dibaca sebagai Keterangan" in isi
    assert "Belum ada yang disimpan." in isi
    assert not SOP.objects.exists()
    jawaban = _tulis(client, kode="uji", nama="SOP Kertas")
    versi = VersiSOP.objects.get()
    assert jawaban["Location"] == reverse("sop:edit-rute", args=[versi.pk])
    langkah = versi.langkah.get(nomor=4)
    assert langkah.waktu is None
    assert langkah.waktu_teks == "3 - 5 hari"
    assert "waktu" in langkah.perlu_konfirmasi
    assert "Bagan alir!H8: waktu “3 - 5 hari” belum terbaca." in langkah.catatan_sumber["waktu"]
    assert not UnggahanSOP.objects.exists()
    assert set(Jejak.objects.values_list("aksi", flat=True)) >= {"sop.versi.import"}
    assert versi.jejak_urut == 2


def test_unknown_posts_are_offered_and_remembered_without_another_upload(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    alamat = _unggah(client, _kertas())["Location"]
    isi = client.get(alamat).content.decode()
    assert "Jabatan yang belum dikenal" in isi
    assert 'name="peta-Fungsional Perencana"' in isi
    assert ">Pilih jabatan" in isi or "Pilih jabatan pelaksananya." in isi
    peta = {
        "peta-Kepala Dinas": "kepala_dinas",
        "peta-Sekretaris Dinas": "sekretaris_dinas",
        "peta-Fungsional Perencana": "perencana",
        "peta-Staf": "tidak-ada",
    }
    jawaban = client.post(alamat, {"aksi": "peta", **peta}, follow=True)
    isi = jawaban.content.decode()
    assert '<option value="perencana" selected>' in isi
    assert isi.count("belum dikenal di kantor ini") == isi.count("“Staf” belum dikenal")
    _tulis(client, **{"peta-Staf": "sta\0f", "peta-\0": "x"})
    graf = read_berkas_sop(VersiSOP.objects.get()).graf
    asal = baca_berkas("dinkes-mojokerto").graf
    assert [p.jabatan_kode for s in graf.langkah for p in s.pelaksana] == [
        p.jabatan_kode for s in asal.langkah for p in s.pelaksana
    ]


@pytest.mark.parametrize(
    ("isi", "nama", "pesan"),
    [
        (b"", "a.xlsx", "Berkas ini kosong."),
        (b"\xd0\xcf\x11\xe0 lama", "a.xlsx", "Excel lama (.xls)"),
        (b"nama: x", "a.xlsx", "bukan Excel"),
        (b"x" * 5_000_001, "a.xlsx", "lebih besar dari 5 MB"),
        (b"\xff\xfe", "a.yaml", "bukan teks UTF-8"),
        (b"a: [", "a.yml", "baris 1: Berkas bukan YAML yang sah."),
    ],
    ids=("empty", "xls", "text", "large", "utf16", "yaml"),
)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_kept(
    client: Client, pengelola: Pengguna, isi: bytes, nama: str, pesan: str
) -> None:
    client.force_login(pengelola)
    jawaban = _unggah(client, isi, nama)
    assert jawaban.status_code == 422
    assert pesan in jawaban.content.decode()
    assert not UnggahanSOP.objects.exists()


def test_a_workbook_of_another_form_is_told_what_was_looked_for(
    client: Client, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    buku = tulis_kertas("dinkes-mojokerto")
    del buku["Bagan alir"]
    buku.worksheets[0].title = "Belanja"
    teks = _unggah(client, to_bytes(buku)).content.decode()
    assert "Tidak ada lembar yang memuat tabel langkah SOP." in teks
    assert "Belanja (Belanja!C2: “Nomor SOP”)" in teks


def test_no_file_chosen_is_said(client: Client, pengelola: Pengguna) -> None:
    client.force_login(pengelola)
    jawaban = client.post(IMPOR, {})
    assert jawaban.status_code == 422
    assert "Pilih dahulu berkasnya." in jawaban.content.decode()


def test_a_name_that_does_not_fit_comes_back_as_typed(client: Client, pengelola: Pengguna) -> None:
    client.force_login(pengelola)
    _unggah(client, _kertas())
    jawaban = _tulis(client, kode="dua kata", nama="SOP Saya")
    assert jawaban.status_code == 422
    isi = jawaban.content.decode()
    assert 'value="dua kata"' in isi
    assert 'value="SOP Saya"' in isi
    assert "kode: " in isi
    assert UnggahanSOP.objects.exists()
    assert not SOP.objects.exists()


def test_an_upload_waits_in_the_list_and_can_be_discarded(
    client: Client, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    alamat = _unggah(client, _kertas(), "tunggu.xlsx")["Location"]
    assert "tunggu.xlsx" in client.get(IMPOR).content.decode()
    assert client.get(f"{alamat}buang/").status_code == 405
    jawaban = client.post(f"{alamat}buang/", follow=True)
    assert "Unggahan tunggu.xlsx dibuang." in jawaban.content.decode()
    assert client.get(alamat).status_code == 404
    assert client.post(f"{alamat}buang/").status_code == 404


def test_strangers_find_nothing_and_colleagues_may_not_import(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    versi = muat(instansi=instansi)
    client.force_login(pengelola)
    alamat = _unggah(client, _kertas())["Location"]
    staf = PenugasanFactory.create(jabatan=instansi.jabatan.get(kode="staf")).pengguna
    luar = PenugasanFactory.create(jabatan__tingkat="kepala").pengguna
    ekspor = [reverse(f"sop:ekspor-{n}", args=[versi.pk]) for n in ("lembar", "berkas")]
    for orang, harapan in ((staf, (403, 403, 200)), (luar, (200, 404, 404)), (None, (302,) * 3)):
        lain = Client()
        if orang:
            lain.force_login(orang)
        for tempat in ekspor:
            status = [lain.get(a).status_code for a in (IMPOR, alamat, tempat)]
            assert tuple(status) == harapan
        assert lain.post(f"{alamat}buang/").status_code == harapan[1]
    assert PenggunaFactory.create().pk
    assert UnggahanSOP.objects.count() == 1


def test_the_buttons_stand_where_they_are_of_use(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    versi = muat(instansi=instansi)
    client.force_login(pengelola)
    assert IMPOR in client.get(reverse("sop:list-sop")).content.decode()
    isi = client.get(reverse("sop:view-versi", args=[versi.pk])).content.decode()
    assert reverse("sop:ekspor-lembar", args=[versi.pk]) in isi
    assert reverse("sop:ekspor-berkas", args=[versi.pk]) in isi
    staf = PenugasanFactory.create(jabatan=instansi.jabatan.get(kode="staf")).pengguna
    client.force_login(staf)
    assert IMPOR not in client.get(reverse("sop:list-sop")).content.decode()


def test_the_empty_workbook_names_the_posts_of_the_office(
    client: Client, instansi: Instansi, pengelola: Pengguna
) -> None:
    client.force_login(pengelola)
    jawaban = client.get(reverse("sop:unduh-contoh-lembar"))
    buku = read_buku(jawaban.content)
    nama = [s.nama for s in buku.lembar]
    assert nama[:5] == ["Petunjuk", "Identitas", "Pelaksana", "Prosedur", "Contoh"]
    pelaksana = buku.get("Pelaksana")
    assert pelaksana is not None
    jabatan = instansi.jabatan.exclude(tingkat="pengelola").values_list("nama", flat=True)
    assert {pelaksana.at(n, 1).teks for n in range(2, pelaksana.baris_akhir + 1)} == set(jabatan)
    assert nama[5:] == ["SAKIP"] or set(nama[5:]) == {"SAKIP", "Pilihan"}


def test_pages_cost_the_same_however_long_the_sop(
    client: Client,
    instansi: Instansi,
    pengelola: Pengguna,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client.force_login(pengelola)
    alamat = _unggah(client, (DATA / "kota-blitar.yaml").read_bytes(), "a.yaml")["Location"]
    client.get(alamat)
    with django_assert_max_num_queries(14):
        assert client.get(alamat).status_code == 200
    versi = muat(instansi=instansi)
    for nama_url in ("sop:ekspor-lembar", "sop:ekspor-berkas"):
        with django_assert_max_num_queries(11):
            client.get(reverse(nama_url, args=[versi.pk]))
