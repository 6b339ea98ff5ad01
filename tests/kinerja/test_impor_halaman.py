"""The pages of the import: format, upload, preview, saving; bad files at the page."""

import io
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from kinerja.models import Indikator, UnggahanRencana
from kinerja.services.lembar_rencana import write_rencana
from kinerja.tasks import buang_unggahan, edarkan_unggahan, periksa_unggahan_rencana
from sakip.common.lembar_tulis import to_bytes
from tests.factories.kinerja import IndikatorFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
ALAMAT = "/capaian/impor/"


@pytest.fixture(autouse=True)
def terkirim(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids handed to the broker, which is not there."""
    pk: list[int] = []
    monkeypatch.setattr(current_app, "send_task", lambda _n, args, **_k: pk.extend(args))
    return pk


@pytest.fixture
def perencana(client: Client, bidang: Bidang) -> Client:
    """The Perencana at the browser, and a plan of one indikator."""
    IndikatorFactory(
        unit=bidang.unit, kode="1.1", nama="Cakupan", sasaran__tujuan__instansi=bidang.instansi
    )
    client.force_login(bidang.perencana.pengguna)
    return client


def unggah(client: Client, isi: bytes, **lain: str) -> Any:  # noqa: ANN401 - a response
    """Upload a file and have it checked; the page of its outcome."""
    berkas = SimpleUploadedFile("rencana.xlsx", isi)
    jawaban = client.post(ALAMAT, {"berkas": berkas, "tahun": "2026", **lain})
    if jawaban.status_code != 302:
        return jawaban
    periksa_unggahan_rencana(UnggahanRencana.objects.latest("pk").pk)
    return client.get(jawaban["Location"])


def ubahan(bidang: Bidang, **sel: Any) -> bytes:
    """The format with cells of the sheet Indikator changed."""
    kerja = load_workbook(io.BytesIO(write_rencana(bidang.instansi, 2026)))
    for alamat, nilai in sel.items():
        kerja["Indikator"][alamat] = nilai
    return to_bytes(kerja)


def test_from_the_format_to_the_saved_plan(perencana: Client, bidang: Bidang) -> None:
    halaman = perencana.get(f"{ALAMAT}?tahun=2026")
    assert "Unduh format 2026" in halaman.content.decode()
    format_ = perencana.get("/capaian/impor/format/2026.xlsx")
    assert format_["Content-Disposition"].startswith("attachment")
    periksa = unggah(perencana, ubahan(bidang, C4="Cakupan baru")).content.decode()
    assert "<del>Cakupan</del>" in periksa
    assert "Cakupan baru</ins>" in periksa
    assert "Simpan 1 baris" in periksa
    assert "Counter(" not in periksa
    u = UnggahanRencana.objects.get()
    assert "Berkas ini" not in perencana.get(f"{ALAMAT}{u.pk}/berkas/").headers
    simpan = perencana.post(f"{ALAMAT}{u.pk}/simpan/", {"pilihan": "semua"})
    assert simpan["Location"] == "/capaian/pohon/?tahun=2026"
    assert Indikator.objects.get().nama == "Cakupan baru"
    assert "1 baris disimpan." in perencana.get(f"{ALAMAT}{u.pk}/").content.decode()
    assert perencana.post(f"{ALAMAT}{u.pk}/simpan/").status_code == 409


def test_an_unchanged_plan_says_that_there_is_nothing_to_save(
    perencana: Client, bidang: Bidang
) -> None:
    halaman = unggah(perencana, ubahan(bidang)).content.decode()
    assert "Tidak ada yang perlu disimpan." in halaman


def test_faults_are_shown_and_only_the_valid_rows_are_offered(
    perencana: Client, bidang: Bidang
) -> None:
    sel = {"A5": "1.2", "B5": "zz", "C5": "Baru", "D5": "orang", "E5": "P2P", "C4": "Nama lain"}
    halaman = unggah(perencana, ubahan(bidang, **sel)).content.decode()
    assert "<b>Indikator!B5</b>: Sasaran berkode “zz” tidak ada" in halaman
    assert "Simpan 1 baris yang sah saja" in halaman
    u = UnggahanRencana.objects.get()
    assert perencana.post(f"{ALAMAT}{u.pk}/simpan/", {"pilihan": "semua"}).status_code == 422
    assert perencana.post(f"{ALAMAT}{u.pk}/simpan/", {"pilihan": "sah"}).status_code == 302
    assert Indikator.objects.get().nama == "Nama lain"


def arsip(isi: bytes, anggota: str, baru: bytes) -> bytes:
    """The workbook with one member replaced or added."""
    keluar = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(isi)) as lama,
        zipfile.ZipFile(keluar, "w", zipfile.ZIP_DEFLATED) as hasil,
    ):
        for nama in lama.namelist():
            if nama != anggota:
                hasil.writestr(nama, lama.read(nama))
        hasil.writestr(anggota, baru)
    return keluar.getvalue()


def sejuta_baris() -> bytes:
    """A sheet of more rows than any plan has."""
    kepala = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    baris = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 30_000))
    return f"{kepala}<sheetData>{baris}</sheetData></worksheet>".encode()


POLOS = to_bytes(Workbook())
BURUK = {
    "xls": (b"\xd0\xcf\x11\xe0 apa saja", "Excel lama (.xls)"),
    "makro": (arsip(POLOS, "xl/vbaProject.bin", b"x"), "memuat makro"),
    "bom": (arsip(POLOS, "xl/media/a.bin", b"0" * 60_000_000), "terlalu besar setelah dibuka"),
    "sejuta": (arsip(POLOS, "xl/worksheets/sheet1.xml", sejuta_baris()), "Sheet!A20001 berisi"),
    "asing": (POLOS, "lembar “Identitas” tidak ada"),
    "teks": (b"nomor;kegiatan", "bukan Excel"),
}


@pytest.mark.parametrize(("isi", "kata"), BURUK.values(), ids=BURUK)
def test_a_bad_file_is_explained_and_kept_for_another_look(
    perencana: Client, isi: bytes, kata: str
) -> None:
    halaman = unggah(perencana, isi).content.decode()
    assert "Berkas tidak dapat dibaca" in halaman
    assert kata in halaman
    assert "Unggah berkas yang diperbaiki" in halaman
    assert 'name="pilihan"' not in halaman
    u = UnggahanRencana.objects.get()
    assert perencana.get(f"{ALAMAT}{u.pk}/berkas/").content == isi
    assert perencana.post(f"{ALAMAT}{u.pk}/simpan/").status_code == 409


def test_a_file_is_asked_for(perencana: Client) -> None:
    assert perencana.post(ALAMAT, {"tahun": "2026"}).status_code == 422
    kosong = unggah(perencana, b"")
    assert kosong.status_code == 422
    assert "Pilih dahulu berkas" in kosong.content.decode()
    assert "paling besar" in unggah(perencana, b"x" * 5_000_001).content.decode()


def test_a_file_that_is_gone_is_said(perencana: Client, bidang: Bidang) -> None:
    unggah(perencana, ubahan(bidang))
    u = UnggahanRencana.objects.get()
    u.berkas.storage.delete(str(u.berkas.name))
    assert perencana.get(f"{ALAMAT}{u.pk}/berkas/").status_code == 422


def test_while_it_is_checked_the_page_asks_again(
    perencana: Client, bidang: Bidang, terkirim: list[int]
) -> None:
    berkas = SimpleUploadedFile("rencana.xlsx", ubahan(bidang))
    tujuan = perencana.post(ALAMAT, {"berkas": berkas, "tahun": "2026"})["Location"]
    potongan = perencana.get(tujuan, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-trigger="every 1s"' in potongan
    assert "<html" not in potongan
    edarkan_unggahan()
    assert terkirim[-1] == UnggahanRencana.objects.get().pk


@pytest.mark.parametrize(
    ("siapa", "status"), [("pengisi", 403), ("orang_luar", 404)], ids=["pengisi", "orang-luar"]
)
def test_others_have_no_part_in_it(
    perencana: Client, bidang: Bidang, siapa: str, status: int
) -> None:
    unggah(perencana, ubahan(bidang, C4="Lain"))
    u = UnggahanRencana.objects.get()
    perencana.force_login(getattr(bidang, siapa).pengguna)
    assert perencana.get(ALAMAT).status_code == 403
    for alamat in ("", "berkas/"):
        assert perencana.get(f"{ALAMAT}{u.pk}/{alamat}").status_code == status
    assert perencana.post(f"{ALAMAT}{u.pk}/simpan/").status_code == status


def test_uploads_go_after_thirty_days_with_their_files(
    perencana: Client, bidang: Bidang, monkeypatch: pytest.MonkeyPatch
) -> None:
    unggah(perencana, ubahan(bidang))
    u = UnggahanRencana.objects.get()
    buang_unggahan()
    assert UnggahanRencana.objects.exists()
    UnggahanRencana.objects.update(pada="2025-01-01T00:00:00Z")

    def tolak(*_a: object) -> None:
        raise OSError

    with monkeypatch.context() as rusak:
        rusak.setattr(u.berkas.storage, "delete", tolak)
        buang_unggahan()
    assert UnggahanRencana.objects.exists()
    buang_unggahan()
    assert not UnggahanRencana.objects.exists()
    assert not u.berkas.storage.exists(str(u.berkas.name))


def test_a_check_that_does_not_begin_says_what_to_do(perencana: Client, bidang: Bidang) -> None:
    berkas = SimpleUploadedFile("rencana.xlsx", ubahan(bidang))
    halaman = perencana.post(ALAMAT, {"berkas": berkas, "tahun": "2026"})["Location"]
    assert "Berkas sedang diperiksa" in perencana.get(halaman).content.decode()
    UnggahanRencana.objects.update(pada=timezone.now() - timedelta(seconds=31))
    isi = perencana.get(halaman).content.decode()
    for kata in ("Pemeriksaan belum dimulai", "pekerja latar", 'hx-trigger="every 5s"'):
        assert kata in isi
    periksa_unggahan_rencana(UnggahanRencana.objects.get().pk)
    assert "Pemeriksaan belum dimulai" not in perencana.get(halaman).content.decode()
