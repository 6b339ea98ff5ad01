"""A whole Evaluasi Renja as offices hand it in (tests/data/e81), through the real upload page."""

from decimal import Decimal
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kinerja.models import Program, RealisasiAnggaran, UnggahanRencana
from kinerja.tasks import periksa_unggahan_rencana
from sakip.common.lembar import read_buku
from tests.kinerja.buku_e81 import BERKAS, LEMBAR, build
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
CELAH = "TW II kosong, sedangkan triwulan sesudahnya terisi."
GALAT = {
    "O12": "Sel berisi galat Excel #VALUE!.",
    "U16": "Sel berisi galat Excel #VALUE!.",
    "U17": CELAH,
    "U18": "Isi dengan angka, contoh 91,4.",
    "G23": "Kode ini ada dua kali, juga pada baris 22.",
}
# What can be kept: nothing below the programme whose sums are errors.
SAH = ("1.02.01", "1.02.01.2.01", "1.02.01.2.01.0001")


@pytest.fixture
def unggahan(
    client: Client, bidang: Bidang, monkeypatch: pytest.MonkeyPatch
) -> tuple[UnggahanRencana, str]:
    """The file uploaded by the Perencana and checked; it and the page of its check."""
    monkeypatch.setattr(current_app, "send_task", lambda *_a, **_k: None)
    client.force_login(bidang.perencana.pengguna)
    berkas = SimpleUploadedFile(BERKAS.name, BERKAS.read_bytes())
    isi = {"berkas": berkas, "jenis": "e81", "tahun": "2026", "rupiah": "triwulan"}
    jawab = client.post("/capaian/impor/", isi)
    assert jawab.status_code == 302
    u = UnggahanRencana.objects.get()
    periksa_unggahan_rencana(u.pk)
    return UnggahanRencana.objects.get(pk=u.pk), jawab["Location"]


def test_every_fault_is_named_with_sheet_and_cell_and_nothing_is_written(
    client: Client, unggahan: tuple[UnggahanRencana, str]
) -> None:
    u, halaman = unggahan
    assert u.status == "siap", u.pesan
    isi = client.get(halaman).content.decode()
    for sel, alasan in GALAT.items():
        assert f"<b>{LEMBAR}!{sel}</b>: {alasan}" in isi
    assert f"Lembar “{LEMBAR}”, judul kolom baris 6 sampai 9." in isi
    assert "14 sel rupiah berisi rumus" in isi
    assert not Program.objects.exists()


def test_the_valid_rows_alone_are_written_on_request(
    client: Client, unggahan: tuple[UnggahanRencana, str]
) -> None:
    u, halaman = unggahan
    assert [b["kode"] for b in u.baris if b["hasil"] == "baru"] == [*SAH]
    assert client.post(f"{halaman}simpan/", {"pilihan": "sah"}).status_code == 302
    assert [*Program.objects.order_by("kode").values_list("kode", flat=True)] == [*SAH]
    uang = RealisasiAnggaran.objects.filter(program__kode=SAH[-1]).order_by("triwulan")
    assert [*uang.values_list("nilai", flat=True)] == [
        Decimal(11_000_000),
        Decimal(23_000_000),
        Decimal(32_000_000),
    ]


def test_the_stored_file_is_the_one_that_is_described(tmp_path: Path) -> None:
    baru, lama = (read_buku(p.read_bytes()) for p in (build(tmp_path / "e81.xlsx"), BERKAS))
    assert baru == lama
