"""Pages of registers: example while choosing, the book, taking and cancelling, as each may."""

import io
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from organisasi.models import NomorRegister, Penugasan, Register
from organisasi.services.register import IsianRegister, save_register
from tests.factories.organisasi import JabatanFactory, PenugasanFactory

pytestmark = pytest.mark.django_db
BARU = reverse("organisasi:create-register")
ISI = {
    "nama": "Surat keluar",
    "untuk": "surat",
    "klasifikasi": "000.8.6",
    "kode_unit": "416-101",
    "pola": "{klasifikasi}/{nomor:03}/{kode_unit}/{bulan_romawi}/{tahun}",
    "reset": "tahun",
    "mulai_dari": "102",
    "is_aktif": "on",
}


@pytest.fixture
def pengelola(client: Client) -> Penugasan:
    """Who configures an office, signed in."""
    mandat: Penugasan = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))
    client.force_login(mandat.pengguna)
    return mandat


@pytest.fixture
def register(pengelola: Penugasan, now: datetime) -> Register:
    """A register of that office."""
    isian = IsianRegister("Surat keluar", "surat", "{nomor}/{tahun}", "tahun", mulai_dari=7)
    return save_register(
        instansi_id=pengelola.jabatan.instansi_id, isian=isian, aktor=pengelola.pengguna, now=now
    )


def buku(register: Register) -> str:
    return reverse("organisasi:view-register", args=[register.pk])


def test_the_example_is_shown_before_anything_is_kept(client: Client, pengelola: Penugasan) -> None:
    tahun = timezone.localdate().year
    jawab = client.post(BARU, {**ISI, "aksi": "contoh"})
    assert "000.8.6/102/416-101/" in jawab.content.decode()
    assert f"/{tahun}</b>" in jawab.content.decode()
    assert not Register.objects.exists()
    rusak = client.post(BARU, {**ISI, "pola": "{nomer}", "aksi": "contoh"}).content.decode()
    assert "pola belum dapat dipakai" in rusak
    kosong = client.post(BARU, {**ISI, "mulai_dari": "", "aksi": "contoh"})
    assert kosong.status_code == 200


def test_a_register_is_kept_changed_and_refused_in_words(
    client: Client, pengelola: Penugasan
) -> None:
    assert client.post(BARU, ISI).status_code == 302
    daftar = client.get(reverse("organisasi:manage-register")).content.decode()
    assert "000.8.6/102/416-101/" in daftar
    jawab = client.post(BARU, {**ISI, "nama": "Kembar"})
    assert jawab.status_code == 422
    assert "Surat keluar sudah dipakai untuk itu" in jawab.content.decode()
    assert 'value="Kembar"' in jawab.content.decode()
    ubah = reverse("organisasi:edit-register", args=[Register.objects.get().pk])
    assert client.get(ubah).status_code == 200
    assert client.post(ubah, {**ISI, "nama": "Agenda"}).status_code == 302
    assert Register.objects.get().nama == "Agenda"


def test_the_book_shows_filters_and_exports_every_number(
    client: Client, register: Register
) -> None:
    hari = timezone.localdate().isoformat()
    for perihal in ("Undangan rapat", "=Penyampaian laporan"):
        data = {"tanggal": hari, "perihal": perihal, "tujuan": "Bupati"}
        assert client.post(buku(register), data).status_code == 302
    batal = NomorRegister.objects.get(urut=7)
    alamat = reverse("organisasi:cancel-nomor", args=[batal.pk])
    assert client.post(alamat, {"alasan": ""}).status_code == 422
    assert "Batalkan nomor" in client.get(alamat).content.decode()
    assert client.post(alamat, {"alasan": "Salah alamat"}).status_code == 302
    isi = client.get(buku(register)).content.decode()
    assert "Salah alamat" in isi
    assert "Penyampaian laporan" in isi
    saring = client.get(buku(register), {"cari": "undangan", "status": "batal", "tahun": ""})
    assert "Penyampaian" not in saring.content.decode()
    unduhan = client.get(buku(register), {"unduh": "xlsx"})
    baris = list(load_workbook(io.BytesIO(unduhan.content)).active.values)  # type: ignore[union-attr]  # there is a sheet
    assert [b[4] for b in baris[1:]] == ["Terpakai", "Batal"]
    assert baris[1][2] == "=Penyampaian laporan"
    assert client.get(buku(register), {"tahun": "salah"}).status_code == 200


def test_a_number_put_in_between_asks_for_its_reason(client: Client, register: Register) -> None:
    hari = timezone.localdate()
    client.post(buku(register), {"tanggal": hari.isoformat(), "perihal": "Undangan"})
    data = {"tanggal": hari.isoformat(), "perihal": "Tercecer", "is_sisipan": "on"}
    tanpa = client.post(buku(register), data)
    assert tanpa.status_code == 422
    assert "Tuliskan alasan" in tanpa.content.decode()
    assert client.post(buku(register), {**data, "alasan": "Terlewat"}).status_code == 302
    assert NomorRegister.objects.get(sisipan="a").nomor == f"7.a/{hari.year}"
    lalu = client.post(buku(register), {"tanggal": "2020-01-01", "perihal": "Lama"})
    assert "ambil nomor sisipan" in lalu.content.decode()


def test_others_of_the_office_read_only_and_strangers_see_nothing(
    client: Client, register: Register
) -> None:
    nomor_url = buku(register)
    client.post(nomor_url, {"tanggal": timezone.localdate().isoformat(), "perihal": "Undangan"})
    batal = reverse("organisasi:cancel-nomor", args=[NomorRegister.objects.get().pk])
    staf = PenugasanFactory(jabatan=JabatanFactory(instansi=register.instansi))
    client.force_login(staf.pengguna)
    isi = client.get(nomor_url).content.decode()
    assert "Undangan" in isi
    assert "Ambil nomor" not in isi
    data = {"tanggal": timezone.localdate().isoformat(), "perihal": "Undangan"}
    assert client.post(nomor_url, data).status_code == 403
    assert client.get(BARU).status_code == 403
    assert client.get(batal).status_code == 403
    client.force_login(PenugasanFactory(jabatan=JabatanFactory(tingkat="kepala")).pengguna)
    assert client.get(nomor_url).status_code == 404
    assert client.get(batal).status_code == 404
    assert (
        "Belum ada register" in client.get(reverse("organisasi:manage-register")).content.decode()
    )


def test_the_list_costs_a_fixed_number_of_queries(
    client: Client, register: Register, django_assert_max_num_queries: object
) -> None:
    for _ in range(3):
        client.post(
            buku(register), {"tanggal": timezone.localdate().isoformat(), "perihal": "Undangan"}
        )
    with django_assert_max_num_queries(13):  # type: ignore[operator]  # a fixture of pytest-django
        client.get(buku(register))
