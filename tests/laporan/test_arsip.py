"""The archive: written once, found again, classed by the office, checked by a command."""

from datetime import date, datetime
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from laporan.models import ArsipDokumen, CatatanArsip, Draf, KelasArsip
from laporan.rules.retensi import Masa, count_retensi, find_masa, kata_retensi
from laporan.selectors.arsip import SaringanArsip, list_arsip
from laporan.selectors.cari import list_kata
from laporan.services.arsip import IsianKelas, save_kelas
from laporan.services.surat import IsianArsip, save_arsip
from organisasi.models import Penugasan
from sakip.common.berkas import BerkasBerubah
from sakip.common.errors import AksesDitolak, IsianTidakSah
from sakip.common.sekali_tulis import store_sekali
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.meja_tanda import run_semua
from tests.laporan.rute import Kantor, aktif, make_kantor
from tests.laporan.test_dokumen import TANPA_TANDA
from tests.laporan.test_surat import SURAT, until
from tests.simpanan import path_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri", "ringkas")]
ISIAN = IsianKelas("000.8.6.3", "Laporan Kinerja", 2, 4, "permanen", "Perbup 10/2024")


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose reports are archived unsigned."""
    return make_kantor(TANPA_TANDA, now)


def archive(kantor: Kantor, now: datetime, periode_ke: int) -> ArsipDokumen:
    """A finished report of that quarter, in the archive."""
    draf = kantor.start(now, periode_ke=periode_ke)
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0], now)
    run_semua(draf)
    return ArsipDokumen.objects.get(dokumen__draf=draf)


def pengelola(kantor: Kantor) -> Penugasan:
    """Who configures that office."""
    jabatan = JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    mandat: Penugasan = PenugasanFactory.create(jabatan=jabatan)
    return mandat


def cari(kantor: Kantor, teks: str = "", **lain: object) -> list[str]:
    """Titles found, in order."""
    daftar = list_arsip(kantor.instansi, SaringanArsip(teks, **lain))  # type: ignore[arg-type]  # test shorthand
    return [a.dokumen.draf.judul.partition("Triwulan ")[2] for a in daftar]


def test_a_file_is_written_once_read_only_and_named_by_its_content(
    kantor: Kantor, now: datetime
) -> None:
    arsip = archive(kantor, now, 1)
    assert arsip.berkas == f"arsip/{arsip.sha256[:2]}/{arsip.sha256}.pdf"
    path = path_of(arsip.berkas)
    assert path.stat().st_mode & 0o777 == 0o444
    assert store_sekali(path.read_bytes(), folder="arsip", akhiran=".pdf") == arsip.berkas
    path.chmod(0o644)
    isi = path.read_bytes()
    path.write_bytes(isi + b"x")
    with pytest.raises(BerkasBerubah):
        store_sekali(isi, folder="arsip", akhiran=".pdf")


def test_the_command_names_what_changed_and_fails(kantor: Kantor, now: datetime) -> None:
    arsip = archive(kantor, now, 1)
    keluar, salah = StringIO(), StringIO()
    periksa = partial(call_command, "periksa_arsip", stdout=keluar, stderr=salah)
    periksa()
    assert "1 berkas arsip utuh" in keluar.getvalue()
    path = path_of(arsip.berkas)
    path.chmod(0o644)
    path.write_bytes(b"lain")
    with pytest.raises(CommandError, match="1 dari 1"):
        periksa()
    assert arsip.berkas in salah.getvalue()
    path.unlink()
    with pytest.raises(CommandError, match="1 dari 1"):
        periksa()


@pytest.mark.basisdata
def test_words_numbers_and_periods_find_a_document_newest_first(
    kantor: Kantor, now: datetime
) -> None:
    for ke in (1, 2, 3):
        archive(kantor, now, ke)
    assert cari(kantor) == ["III Tahun 2026", "II Tahun 2026", "I Tahun 2026"]
    assert cari(kantor, "triwulan 2026") == cari(kantor)
    assert cari(kantor, "riwulan") == []
    assert cari(kantor, "000.8.6 lemari") == cari(kantor)
    for arsip in ArsipDokumen.objects.exclude(dokumen__draf__periode_ke=2):
        arsip.teks += " " + list_kata("nomor 065/12/416-317/2026 tentang Imunisasi balita")
        arsip.save(update_fields=["teks"])
    for kata in ("imun BALITA", "065/12/416-317/2026", "416-317"):
        assert cari(kantor, kata) == ["III Tahun 2026", "I Tahun 2026"]
    assert cari(kantor, "imunisasi lansia") == []
    assert cari(kantor, "' | (") == cari(kantor)
    assert cari(kantor, tahun=2025) == []
    assert len(cari(kantor, tahun=2026, jenis="triwulan")) == 3
    assert cari(make_kantor(TANPA_TANDA, now)) == []


def test_everybody_of_the_office_finds_and_downloads(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    arsip = archive(kantor, now, 1)
    unduh = reverse("laporan:download-arsip", args=[arsip.pk])
    client.force_login(PenugasanFactory(jabatan=JabatanFactory(instansi=kantor.instansi)).pengguna)
    halaman = reverse("laporan:search-arsip")
    isi = client.get(halaman, {"cari": "triwulan", "tahun": "2026", "jenis": ""}).content.decode()
    assert arsip.dokumen.draf.judul in isi
    assert "Lemari 1" in isi
    assert unduh in isi
    assert "Tidak ada dokumen" in client.get(halaman, {"cari": "zzz"}).content.decode()
    jawab = client.get(unduh)
    assert jawab.content == path_of(arsip.berkas).read_bytes()
    assert "attachment" in jawab["Content-Disposition"]
    assert client.get(reverse("laporan:manage-kelas")).status_code == 403
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(unduh).status_code == 404
    assert "Arsip masih kosong" in client.get(halaman).content.decode()


def test_a_class_gives_code_and_retention_and_later_changes_do_not_reach_back(
    now: datetime, client: Client
) -> None:
    kantor = make_kantor(SURAT, now)
    admin = pengelola(kantor)
    simpan = partial(
        save_kelas, instansi_id=kantor.instansi.pk, aktor=admin.pengguna, now=now, isian=ISIAN
    )
    kelas = simpan()
    with pytest.raises(IsianTidakSah, match="sudah ada"):
        simpan()
    tugas = until(kantor, 5, now)
    arsipkan = partial(save_arsip, tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), now=now)
    with pytest.raises(IsianTidakSah, match="Pilih kelas"):
        arsipkan(isian=IsianArsip("", "LKjIP", "Lemari 2", "", kelas=0))
    catatan = arsipkan(isian=IsianArsip("", "LKjIP", "Lemari 2", "", kelas=kelas.pk))
    assert catatan.retensi == "2 tahun aktif, 4 tahun inaktif, lalu permanen"
    assert (catatan.aktif_sampai, catatan.inaktif_sampai) == (
        date(2028, 12, 31),
        date(2032, 12, 31),
    )
    simpan(isian=IsianKelas("1", "Lain", 1, 1, "musnah", is_aktif=False), kelas_id=kelas.pk)
    assert CatatanArsip.objects.get().klasifikasi == "000.8.6.3"
    with pytest.raises(AksesDitolak):
        simpan(aktor=kantor.pelaku(tugas))


def test_the_step_offers_the_classes_of_the_office(client: Client, now: datetime) -> None:
    kantor = make_kantor(SURAT, now)
    kelas = KelasArsip.objects.create(instansi=kantor.instansi, **vars(ISIAN))
    tugas = until(kantor, 5, now)
    client.force_login(kantor.pelaku(tugas))
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "000.8.6.3 Laporan Kinerja (2 tahun aktif, 4 tahun inaktif, lalu permanen)" in isi
    data = {"kelas": kelas.pk, "uraian": "LKjIP", "lokasi": "Lemari 2", "aksi": "simpan"}
    assert client.post(tugas.get_absolute_url(), data).status_code == 302
    assert CatatanArsip.objects.get().kelas == kelas
    assert "Lemari 2" in client.get(tugas.get_absolute_url()).content.decode()
    assert Draf.objects.get().is_aktif


def test_classes_are_kept_on_their_own_page(client: Client, now: datetime) -> None:
    kantor = make_kantor(SURAT, now)
    client.force_login(pengelola(kantor).pengguna)
    baru, daftar = reverse("laporan:create-kelas"), reverse("laporan:manage-kelas")
    assert "Belum ada kelas" in client.get(daftar).content.decode()
    data = {**vars(ISIAN), "is_aktif": "on"}
    assert client.post(baru, data).status_code == 302
    kembar = client.post(baru, data)
    assert kembar.status_code == 422
    assert "sudah ada" in kembar.content.decode()
    ubah = reverse("laporan:edit-kelas", args=[KelasArsip.objects.get().pk])
    assert "000.8.6.3 Laporan Kinerja" in client.get(ubah).content.decode()
    assert client.post(ubah, {**data, "is_aktif": ""}).status_code == 302
    assert "Tidak dipakai" in client.get(daftar).content.decode()


def test_years_of_retention_end_with_the_calendar_year() -> None:
    assert count_retensi(date(2026, 2, 1), aktif=0, inaktif=1) == (
        date(2026, 12, 31),
        date(2027, 12, 31),
    )
    batas = {"aktif_sampai": date(2026, 12, 31), "inaktif_sampai": date(2027, 12, 31)}
    hari = (date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1))
    assert [find_masa(h, **batas) for h in hari] == [Masa.AKTIF, Masa.INAKTIF, Masa.HABIS]
    assert kata_retensi(1, 1, "Musnah") == "1 tahun aktif, 1 tahun inaktif, lalu musnah"


@pytest.mark.basisdata
def test_the_database_keeps_what_was_archived(kantor: Kantor, now: datetime) -> None:
    archive(kantor, now, 1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as kursor:
        kursor.execute("DELETE FROM laporan_arsipdokumen")
    assert path_of(ArsipDokumen.objects.get().berkas).exists()
