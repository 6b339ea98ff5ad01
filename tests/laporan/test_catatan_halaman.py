"""What steps leave behind, on the pages: read, printed, downloaded, taken away."""

import io
from datetime import datetime, timedelta

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from laporan.models import Draf, Lampiran, Penggandaan, Rapat, SuratPengantar, Tugas, Undangan
from laporan.selectors.catatan import CETAKAN, list_catatan
from laporan.services.draf import LaporanBaru
from laporan.services.surat import save_surat
from organisasi.models import Penugasan
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.isi_langkah import isian_surat
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif
from tests.laporan.test_lima_sop import walk_to

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]
PDF = b"%PDF-1.7\nisi\n"


@pytest.fixture
def kini_blitar() -> KantorContoh:
    """The office with every kind of step, now: its pages ask the clock themselves."""
    return load_kantor("kota-blitar", timezone.now())


def di_langkah(kantor: KantorContoh, nomor: int) -> Tugas:
    """The first turn at that step of a new report."""
    draf = kantor.start(start_laporan(kantor))
    return aktif(walk_to(kantor, draf, nomor))[0]


def start_laporan(kantor: KantorContoh) -> LaporanBaru:
    """The next quarter of 2026 that has no report yet."""
    return LaporanBaru("triwulan", 2026, Draf.objects.filter(sop=kantor.versi.sop).count() + 1)


def masuk(client: Client, kantor: KantorContoh, tugas: Tugas) -> Penugasan:
    """Sign in as the actor of a turn."""
    mandat = kantor.mandat(tugas)
    client.force_login(mandat.pengguna)
    return mandat


def test_every_paper_is_a_pdf_with_its_words(client: Client, kini_blitar: KantorContoh) -> None:
    tugas = di_langkah(kini_blitar, 14)
    masuk(client, kini_blitar, tugas)
    baris = {
        "undangan": Undangan.objects.get(),
        "notulen": Rapat.objects.get(),
        "daftar-hadir": Rapat.objects.get(),
        "surat-pengantar": SuratPengantar.objects.get(),
        "daftar-penyampaian": Penggandaan.objects.get(),
    }
    assert set(baris) == set(CETAKAN)
    for jenis, satu in baris.items():
        alamat = reverse("laporan:print-catatan", args=[tugas.draf_id, jenis, satu.pk])
        jawab = client.get(alamat)
        assert jawab["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(jawab.content)) as pdf:
            assert len(pdf.pages) == 1
        assert client.get(reverse("laporan:print-catatan", args=[0, jenis, 1])).status_code == 404
    lain = PenugasanFactory(jabatan__instansi__kode="lain").pengguna
    client.force_login(lain)
    assert client.get(alamat).status_code == 404


def test_records_stand_on_the_report_and_in_its_story(
    client: Client, kini_blitar: KantorContoh
) -> None:
    tugas = di_langkah(kini_blitar, 14)
    draf = kini_blitar.work(tugas)
    masuk(client, kini_blitar, tugas)
    for nama in ("view-draf", "view-riwayat"):
        isi = client.get(reverse(f"laporan:{nama}", args=[draf.pk])).content.decode()
        assert "Rapat: Pembahasan" in isi
        assert "Budi (Camat)" in isi
        assert "Surat pengantar 000/" in isi
        assert "Penggandaan: 2 eksemplar" in isi
        assert "Lemari 1" in isi
    hari = Undangan.objects.get().mulai.astimezone(draf.instansi.zona_waktu)
    assert f"{hari.year} pukul {hari:%H.%M}" in isi
    assert str(hari.date()) not in isi  # no machine dates


def test_records_cost_a_fixed_number_of_queries(
    kini_blitar: KantorContoh, django_assert_max_num_queries: object
) -> None:
    draf = di_langkah(kini_blitar, 14).draf
    list_catatan(draf)
    with django_assert_max_num_queries(11):  # type: ignore[operator]  # a fixture of pytest-django
        assert len(list_catatan(draf)) == 4


def test_a_meeting_to_come_offers_its_invitation_and_nothing_to_record(
    client: Client, now: datetime
) -> None:
    kantor = load_kantor("dinkes-mojokerto", timezone.now())
    tugas = di_langkah(kantor, 2)
    mandat = masuk(client, kantor, tugas)
    besok = timezone.localdate() + timedelta(days=1)
    data = {
        "bagian": "undangan",
        "aksi": "simpan",
        "acara": "Pembahasan",
        "tanggal": str(besok),
        "mulai": "09:00",
        "selesai": "11:00",
        "tautan": "https://rapat.contoh.go.id/1",
        "penanda": str(mandat.pk),
        "pejabat": str(mandat.pk),
        "lain": "Budi, S.T.; Camat",
    }
    alamat = tugas.get_absolute_url()
    salah = client.post(alamat, data | {"tautan": "", "pejabat": "", "lain": ""})
    assert salah.status_code == 422
    teks = salah.content.decode()
    assert "Isi tempat, atau tautan" in teks
    assert 'value="Pembahasan"' in teks
    terbalik = client.post(alamat, data | {"selesai": "08:00"})
    assert "sesudah jam mulai" in terbalik.content.decode()
    assert client.post(alamat, data).status_code == 302
    isi = client.get(alamat).content.decode()
    assert "Rapat belum berlangsung" in isi
    assert 'value="Budi, S.T.; Camat"' in isi or "Budi, S.T.; Camat</textarea>" in isi
    assert 'name="notulen"' not in isi
    catat = {"bagian": "notulen", "pimpinan": "Budi", "notulen": "x", "tambahan": "Budi"}
    tolak = client.post(alamat, catat)
    assert tolak.status_code == 422
    assert "belum berlangsung" in tolak.content.decode()
    kosong = client.post(alamat, catat | {"pimpinan": ""})
    assert "Pimpinan rapat" in kosong.content.decode()
    assert Undangan.objects.get().peserta.count() == 2


def test_minutes_without_an_invitation_change_nothing(client: Client, now: datetime) -> None:
    kantor = load_kantor("dinkes-mojokerto", timezone.now())
    tugas = di_langkah(kantor, 2)
    masuk(client, kantor, tugas)
    jawab = client.post(tugas.get_absolute_url(), {"bagian": "notulen", "pimpinan": "Budi"})
    assert jawab.status_code == 422
    assert not Rapat.objects.exists()


def test_minutes_saved_stand_in_the_form_again(client: Client, now: datetime) -> None:
    kantor = load_kantor("dinkes-mojokerto", timezone.now())
    tugas = di_langkah(kantor, 2)
    masuk(client, kantor, tugas)
    kantor.fill(tugas, kantor.mandat(tugas))
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "Sepakat." in isi
    assert "Tamu</textarea>" in isi
    assert "Ubah undangan" not in isi
    berkas = {"daftar_hadir": SimpleUploadedFile("hadir.pdf", PDF)}
    data = {"bagian": "notulen", "pimpinan": "Sari", "notulen": "<p>Baru.</p>", "aksi": "simpan"}
    assert client.post(tugas.get_absolute_url(), data | berkas).status_code == 302
    assert "hadir.pdf" in client.get(tugas.get_absolute_url()).content.decode()


def test_files_are_downloaded_and_asked_about_before_they_go(
    client: Client, kini_blitar: KantorContoh
) -> None:
    tugas = di_langkah(kini_blitar, 13)
    masuk(client, kini_blitar, tugas)
    data = {
        "aksi": "simpan",
        "oleh": "Puput",
        "tanggal": str(timezone.localdate()),
        "salinan-TOTAL_FORMS": "2",
        "salinan-INITIAL_FORMS": "1",
        "salinan-0-untuk": "Wali Kota",
        "salinan-0-jumlah": "0",
        "salinan-1-untuk": "",
    }
    alamat = tugas.get_absolute_url()
    assert "Jumlah" in client.post(alamat, data).content.decode()
    berkas = {"tanda_terima": SimpleUploadedFile("terima.pdf", PDF)}
    assert client.post(alamat, data | {"salinan-0-jumlah": "3"} | berkas).status_code == 302
    assert "Wali Kota" in client.get(alamat).content.decode()
    lampiran = Lampiran.objects.get()
    unduh = client.get(reverse("laporan:download-lampiran", args=[lampiran.pk]))
    assert b"".join(unduh.streaming_content) == PDF  # type: ignore[attr-defined]  # FileResponse
    hapus = reverse("laporan:remove-lampiran", args=[lampiran.pk])
    assert "akan dihapus" in client.get(hapus).content.decode()
    default_storage.delete(str(lampiran.berkas.name))
    assert client.get(unduh.request["PATH_INFO"]).status_code == 404
    assert client.post(hapus)["Location"] == alamat
    assert not Lampiran.objects.exists()


def test_a_letter_shows_the_last_number_and_names_the_one_taken(
    client: Client, kini_blitar: KantorContoh
) -> None:
    lain = di_langkah(kini_blitar, 12)
    isian = isian_surat(lain, kini_blitar.now, nomor="000/9/2026")
    aktor = kini_blitar.mandat(lain).pengguna
    save_surat(tugas_id=lain.pk, isian=isian, aktor=aktor, now=kini_blitar.now)
    tugas = di_langkah(kini_blitar, 12)
    mandat = masuk(client, kini_blitar, tugas)
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "000/9/2026" in isi
    assert "Penyampaian Laporan Kinerja Triwulan II" in isi
    data = {
        "nomor": " 000/9/2026 ",
        "tanggal": str(timezone.localdate()),
        "tujuan": "Wali Kota\n\n Inspektur ",
        "perihal": "Penyampaian",
        "isi": "Bersama ini.",
        "penanda": str(mandat.pk),
        "aksi": "simpan",
    }
    tolak = client.post(tugas.get_absolute_url(), data)
    assert tolak.status_code == 422
    assert "sudah dipakai surat tanggal" in tolak.content.decode()
    assert "Bersama ini." in tolak.content.decode()
    kosong = client.post(tugas.get_absolute_url(), data | {"perihal": ""})
    assert "Perihal: " in kosong.content.decode()
    assert client.post(tugas.get_absolute_url(), data | {"nomor": ""}).status_code == 302
    surat = SuratPengantar.objects.get(kunjungan=tugas.kunjungan)
    assert [t.kepada for t in surat.tujuan.all()] == ["Wali Kota", "Inspektur"]
    assert "Unduh surat" in client.get(tugas.get_absolute_url()).content.decode()


def test_the_archive_needs_all_four_words(client: Client, kini_blitar: KantorContoh) -> None:
    tugas = di_langkah(kini_blitar, 14)
    masuk(client, kini_blitar, tugas)
    jawab = client.post(tugas.get_absolute_url(), {"klasifikasi": "000", "aksi": "teruskan"})
    assert jawab.status_code == 422
    assert "Tempat simpan: " in jawab.content.decode()
    kini_blitar.fill(tugas, kini_blitar.mandat(tugas))
    assert "Lemari 1" in client.get(tugas.get_absolute_url()).content.decode()
