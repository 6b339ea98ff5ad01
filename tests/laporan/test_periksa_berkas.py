"""What the public page says about a file in somebody's hands."""

import io
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from laporan.models import Dokumen, Draf, TandaTangan
from laporan.selectors import periksa_berkas
from laporan.selectors.periksa_berkas import Nasib, judge_berkas
from sakip.common import tte_anak
from sakip.common.tte_anak import SedangPenuh, TerlaluBerat
from tests.laporan.meja_tanda import holder, read, sign_giliran, until_beku
from tests.laporan.rute import Kantor
from tests.tte import akar_pem, dokumen_beruas, dokumen_kosong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("ringkas")]


@pytest.fixture
def bertanda(kantor_dua: Kantor, now: datetime) -> Draf:
    """A report with two signatures."""
    draf, _dokumen = until_beku(kantor_dua, 2, now)
    for _kali in range(2):
        sign_giliran(kantor_dua, draf)
    return draf


def kirim(client: Client, isi: bytes, status: int = 200) -> str:
    """Text of the answer to a file shown to the page."""
    berkas = SimpleUploadedFile("laporan.pdf", isi, "application/pdf")
    jawab = client.post(reverse("laporan:check-berkas"), {"berkas": berkas})
    assert jawab.status_code == status
    return jawab.content.decode()


def akhir() -> bytes:
    """The bytes after the last signature."""
    return read(TandaTangan.objects.order_by("urut")[1])


def test_registered_file_is_the_same(client: Client, kantor_dua: Kantor, bertanda: Draf) -> None:
    teks = kirim(client, akhir())
    assert "Sama dengan dokumen terdaftar" in teks
    assert bertanda.judul in teks
    assert "sertifikat uji" in teks
    assert holder(kantor_dua, "kepala").nama in teks
    assert holder(kantor_dua, "kepala").nip not in teks


def test_earlier_stage_is_not_the_final_one(bertanda: Draf) -> None:
    for tahap in (Dokumen.objects.get(), TandaTangan.objects.get(urut=1)):
        putusan = judge_berkas(read(tahap))
        assert putusan.nasib == Nasib.VERSI_LAMA
        assert putusan.terdaftar


def test_anything_appended_is_named_with_the_document_it_was_made_from(
    client: Client, bertanda: Draf
) -> None:
    teks = kirim(client, akhir() + b"\n% catatan kecil\n%%EOF\n")
    assert "Diubah sesudah ditandatangani" in teks
    assert bertanda.judul in teks
    assert "byte tambahan" in teks


def test_changed_page_is_noticed(client: Client, bertanda: Draf) -> None:
    isi = bytearray(akhir())
    isi[isi.index(b"stream") + 40] ^= 1
    assert "Diubah sesudah ditandatangani" in kirim(client, bytes(isi))


def test_changed_signature_is_noticed(
    client: Client, bertanda: Draf, monkeypatch: pytest.MonkeyPatch
) -> None:
    nama = akhir().replace(b"/Location", b"/Lokation")
    assert nama != akhir()
    teks = kirim(client, nama)  # it still begins with the bytes frozen before anybody signed
    assert "Diubah sesudah ditandatangani" in teks
    assert "byte tambahan" in teks
    monkeypatch.setattr(periksa_berkas, "_find_awal", lambda _isi: (None, 0))
    teks = kirim(client, nama)
    assert "Diubah sesudah ditandatangani" in teks
    assert "Isi yang ditandatangani sudah berubah" in teks


def test_file_saved_anew_has_lost_its_signature(bertanda: Draf) -> None:
    keluaran = io.BytesIO()
    with pikepdf.open(io.BytesIO(akhir())) as pdf:
        pdf.save(keluaran)
    assert judge_berkas(keluaran.getvalue()).nasib == Nasib.DIUBAH


def test_valid_signature_of_an_unknown_document(
    client: Client, bertanda: Draf, settings: Settings, tmp_path: Path
) -> None:
    isi = akhir()
    TandaTangan.objects.all().delete()
    Dokumen.objects.all().delete()
    assert "Tanda tangan sah, dokumen tidak terdaftar di sini" in kirim(client, isi)
    settings.TTE_DIR = tmp_path / "kosong"
    assert "penerbit sertifikatnya tidak dikenal" in kirim(client, isi)


@pytest.mark.parametrize(
    ("isi", "nasib"),
    [
        ("kosong", Nasib.TANPA_TANDA),
        ("beruas", Nasib.TANPA_TANDA),
        ("sampah", Nasib.TAK_TERBACA),
        ("nihil", Nasib.TAK_TERBACA),
        ("bersandi", Nasib.TANPA_TANDA),
    ],
)
def test_unknown_files(isi: str, nasib: Nasib) -> None:
    contoh: dict[str, Callable[[], bytes]] = {
        "kosong": lambda: dokumen_kosong().isi,
        "beruas": dokumen_beruas,
        "sampah": lambda: b"%PDF-1.7\n" + b"\x00\xff" * 500,
        "nihil": lambda: b"",
        "bersandi": encrypt,
    }
    assert judge_berkas(contoh[isi]()).nasib == nasib


def encrypt() -> bytes:
    """A document that asks for a password."""
    keluaran = io.BytesIO()
    with pikepdf.open(io.BytesIO(dokumen_kosong().isi)) as pdf:
        pdf.save(keluaran, encryption=pikepdf.Encryption(owner="a", user="b"))
    return keluaran.getvalue()


def test_file_that_is_too_large_is_not_read_to_its_end(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laporan.views.publik.MAKS_BERKAS", 100_000)
    monkeypatch.setattr("laporan.views.publik.judge_berkas", pytest.fail)
    assert "paling besar 20 MB" in kirim(client, b"%PDF-" + b"x" * 200_000, status=422)
    assert client.post(reverse("laporan:check-berkas"), {}).status_code == 422


def test_many_files_share_the_limit_of_one(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laporan.views.publik.MAKS_BERKAS", 100_000)
    monkeypatch.setattr("laporan.views.publik.judge_berkas", pytest.fail)
    banyak = {f"lain{n}": SimpleUploadedFile(f"{n}.pdf", b"x" * 60_000) for n in range(2)}
    berkas = SimpleUploadedFile("laporan.pdf", b"%PDF-1.7")
    jawab = client.post(reverse("laporan:check-berkas"), {**banyak, "berkas": berkas})
    assert jawab.status_code == 422


def test_nothing_of_the_file_is_kept(
    client: Client, bertanda: Draf, berkas_sendiri: Path, settings: Settings
) -> None:
    def daftar() -> list[str]:
        return sorted(str(b) for b in berkas_sendiri.rglob("*"))

    sebelum = daftar()
    kirim(client, dokumen_kosong().isi)
    kirim(client, akhir() + b"x")
    assert daftar() == sebelum


def test_one_address_is_slowed_down_and_others_are_not(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROKSI = 1
    monkeypatch.setattr("laporan.views.publik._BERKAS_PER_SEPULUH_MENIT", 2)
    alamat = reverse("laporan:check-berkas")

    def dari(asal: str) -> int:
        return client.post(alamat, {}, headers={"X-Forwarded-For": asal}).status_code

    # What a visitor writes into the header himself stands further left and counts for nothing.
    assert [dari("1.1.1.1, 8.8.8.8"), dari("2.2.2.2, 8.8.8.8")] == [422, 422]
    assert dari("3.3.3.3, 8.8.8.8") == 429
    assert dari("9.9.9.9") == 422
    assert client.get(alamat).status_code == 200


def test_page_of_a_code_is_slowed_down(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("laporan.views.publik._KODE_PER_MENIT", 2)
    alamat = reverse("laporan:verify", args=["tebakan"])
    assert [client.get(alamat).status_code for _kali in range(3)] == [404, 404, 429]
    assert "Tunggu beberapa menit" in client.get(alamat).content.decode()


def test_one_code_is_slowed_down_whoever_asks(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("laporan.views.publik._SATU_KODE_PER_MENIT", 2)
    alamat = reverse("laporan:verify", args=["kode-yang-sama"])
    dari = [f"203.0.113.{n}" for n in range(3)]
    jawab = [client.get(alamat, REMOTE_ADDR=a) for a in dari]
    assert [j.status_code for j in jawab] == [404, 404, 429]
    assert "terlalu banyak diminta" in jawab[-1].content.decode()
    lain = reverse("laporan:verify", args=["kode-yang-lain"])
    assert client.get(lain, REMOTE_ADDR=dari[0]).status_code == 404


def test_child_that_needs_too_much_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def berat(*_args: object) -> None:
        raise TerlaluBerat

    monkeypatch.setattr(periksa_berkas, "check_terpisah", berat)
    assert "terlalu berat" in kirim(client, dokumen_kosong().isi)


def test_visitor_is_asked_to_come_again_when_all_places_are_taken(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tte_anak, "_TUNGGU", 0.0)
    with tte_anak._take_tempat(), tte_anak._take_tempat():
        with pytest.raises(SedangPenuh):
            tte_anak.check_terpisah(b"", [])
        teks = kirim(client, dokumen_kosong().isi, status=429)
    assert "sedang diperiksa" in teks


def test_child_has_no_secrets_and_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    lingkungan: dict[str, str] = {}

    def lambat(*_args: object, **pilihan: object) -> None:
        lingkungan.update(pilihan["env"])  # type: ignore[call-overload]  # a dict of texts
        raise subprocess.TimeoutExpired("anak", 1)

    monkeypatch.setenv("SAKIP_SECRET_KEY", "rahasia")
    with monkeypatch.context() as tambalan:
        tambalan.setattr(subprocess, "run", lambat)
        with pytest.raises(TerlaluBerat):
            tte_anak.check_terpisah(b"", [akar_pem()])
    assert "rahasia" not in str(lingkungan)


def test_child_that_dies_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(TerlaluBerat):
        tte_anak.check_terpisah(b"", [])
