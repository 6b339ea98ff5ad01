"""The review by the internal auditor: recorded, complete, closed, and stated on paper."""

import io
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kinerja.services.formulir import BelumLengkap
from laporan.models import ButirReviu, Lampiran, ReviuAPIP, Tugas
from laporan.rules.reviu import BUTIR, Jawaban, list_kurang
from laporan.selectors.reviu import get_pernyataan
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.lampiran import attach_lampiran
from laporan.services.reviu import IsianReviu, save_reviu
from sakip.common.errors import IsianTidakSah
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu
from tests.laporan.test_surat import until

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("berkas_sendiri")]
RUTE: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "keputusan", "reviu", satu("perencana"), 1),
    (3, "akhir", "disposisi", satu("kepala"), None),
]
SEMUA = [Jawaban(kode, "sesuai") for kode, _kelompok, _teks in BUTIR]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose reports are reviewed."""
    return make_kantor(RUTE, now)


def isian(now: datetime) -> IsianReviu:
    """A review without remarks."""
    return IsianReviu(
        "Inspektorat Kabupaten Uji",
        now.date(),
        "Dra. Sri",
        "Inspektur",
        "tanpa",
        SEMUA,
        "700/9/2026",
    )


def unggah(kantor: Kantor, tugas: Tugas, now: datetime) -> Lampiran:
    """Bring the signed paper along."""
    return attach_lampiran(
        tugas_id=tugas.pk,
        untuk=Lampiran.Untuk.REVIU,
        berkas=SimpleUploadedFile("chr.pdf", b"%PDF-1.7\nchr\n"),
        aktor=kantor.pelaku(tugas),
        now=now,
    )


def test_every_answer_reply_and_the_paper_are_asked_for() -> None:
    assert list_kurang(SEMUA, berkas=True) == []
    assert list_kurang([], berkas=False)[0].startswith("Daftar periksa: jawab butir 1, 2, 3")
    assert "Catatan Hasil Reviu" in list_kurang(SEMUA, berkas=False)[0]
    salah = [Jawaban(BUTIR[0][0], "tidak", "Tanpa IKU"), *SEMUA[1:]]
    assert list_kurang(salah, berkas=True) == ["Daftar periksa: isi tanggapan kantor pada butir 1."]
    assert list_kurang([replace(salah[0], tanggapan="Ditambahkan"), *SEMUA[1:]], berkas=True) == []


def test_a_review_closes_with_its_step_and_becomes_a_statement(
    kantor: Kantor, now: datetime
) -> None:
    tugas = until(kantor, 2, now)
    selesai = partial(
        finish_tugas,
        tugas_id=tugas.pk,
        aktor=kantor.pelaku(tugas),
        putusan=Putusan(hasil="ya"),
        now=now,
    )
    with pytest.raises(BelumLengkap) as belum:
        selesai()
    assert belum.value.masalah == ["Isi dan simpan hasil reviu lebih dahulu."]
    simpan = partial(save_reviu, tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), now=now)
    for _ in range(2):
        simpan(isian=isian(now))
    assert ButirReviu.objects.count() == len(BUTIR)
    with pytest.raises(BelumLengkap):
        selesai()
    berkas = unggah(kantor, tugas, now)
    assert get_pernyataan(tugas.draf) is None
    selesai()
    pernyataan = get_pernyataan(tugas.draf)
    assert pernyataan is not None
    assert pernyataan.bersih
    assert (pernyataan.nama, pernyataan.berkas_sidik) == ("Dra. Sri", [berkas.sha256])


def test_a_review_that_sends_back_is_no_statement(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 2, now)
    dengan = replace(isian(now), simpulan="dengan", catatan="Lengkapi tabel 3.1")
    save_reviu(tugas_id=tugas.pk, isian=dengan, aktor=kantor.pelaku(tugas), now=now)
    kantor.work(tugas, now, "tidak")
    assert get_pernyataan(tugas.draf) is None
    kantor.work(aktif(tugas.draf)[0], now)
    assert aktif(tugas.draf)[0].kunjungan.iterasi == 2


def test_remarks_that_are_announced_are_written(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 2, now)
    simpan = partial(save_reviu, tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), now=now)
    with pytest.raises(IsianTidakSah, match="perlu diperhatikan"):
        simpan(isian=replace(isian(now), simpulan="dengan"))
    with pytest.raises(IsianTidakSah, match="belum tiba"):
        simpan(isian=replace(isian(now), tanggal=now.date() + timedelta(days=1)))
    assert not ReviuAPIP.objects.exists()


@pytest.mark.basisdata
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE laporan_reviuapip SET nama = 'x'",
        "DELETE FROM laporan_reviuapip",
        "UPDATE laporan_butirreviu SET jawaban = 'tidak'",
        "DELETE FROM laporan_butirreviu",
    ],
    ids=["ubah", "hapus", "butir", "butir-hapus"],
)
def test_the_database_refuses_to_change_a_closed_review(
    kantor: Kantor, now: datetime, sql: str
) -> None:
    tugas = until(kantor, 2, now)
    save_reviu(tugas_id=tugas.pk, isian=isian(now), aktor=kantor.pelaku(tugas), now=now)
    unggah(kantor, tugas, now)
    kantor.work(tugas, now, "ya")
    with (
        pytest.raises(DatabaseError, match="sudah ditutup"),
        transaction.atomic(),
        connection.cursor() as kursor,
    ):
        kursor.execute(sql)
    assert ReviuAPIP.objects.get().nama == "Dra. Sri"


def test_the_page_keeps_what_was_typed_and_prints_the_statement(
    client: Client, berkas_sendiri: Path
) -> None:
    kini = timezone.now()
    kantor = make_kantor(RUTE, kini)
    tugas = until(kantor, 2, kini)
    client.force_login(kantor.pelaku(tugas))
    alamat = tugas.get_absolute_url()
    cetak = reverse("laporan:print-pernyataan-reviu", args=[tugas.draf_id])
    assert "Daftar periksa: Substansi (9 butir)" in client.get(alamat).content.decode()
    assert client.get(cetak).status_code == 404
    data = {
        "aksi": "simpan",
        "hasil": "ya",
        "pereviu": "Inspektorat Kabupaten Uji",
        "nomor": "",
        "tanggal": timezone.localdate().isoformat(),
        "nama": "Dra. Sri",
        "jabatan": "Inspektur",
        "nip": "19700101 199503 2 001",
        "simpulan": "dengan",
        "catatan": "Lengkapi tabel 3.1",
        **{f"jawaban-{kode}": "sesuai" for kode, _g, _t in BUTIR},
    }
    tolak = client.post(alamat, {**data, "nip": "123"})
    assert tolak.status_code == 422
    assert "18 angka" in tolak.content.decode()
    assert "Lengkapi tabel 3.1" in tolak.content.decode()
    berkas = SimpleUploadedFile("chr.pdf", b"%PDF-1.7\nchr\n")
    assert client.post(alamat, {**data, "reviu": berkas}).status_code == 302
    isi = client.get(alamat).content.decode()
    assert "chr.pdf" in isi
    assert 'value="197001011995032001"' in isi
    assert client.post(alamat, {**data, "aksi": "teruskan"}).status_code == 302
    riwayat = client.get(reverse("laporan:view-riwayat", args=[tugas.draf_id])).content.decode()
    assert "0 dari 21 butir tidak sesuai" in riwayat
    assert cetak in riwayat
    with pikepdf.open(io.BytesIO(client.get(cetak).content)) as pdf:
        assert len(pdf.pages) == 1
