"""Letter, copies and archive: recorded, numbered once, sealed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoCaptureOnCommitCallbacks

from kinerja.services.formulir import BelumLengkap
from laporan.models import Draf, Lampiran, Penggandaan, SuratPengantar, Tugas
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.lampiran import attach_lampiran, remove_lampiran
from laporan.services.surat import (
    IsianPenggandaan,
    IsianSalinan,
    NomorTerpakai,
    save_penggandaan,
    save_surat,
)
from sakip.common.errors import IsianTidakSah, TransisiDitolak
from tests.laporan.isi_langkah import isian_surat
from tests.laporan.rute import Baris, Kantor, aktif, make_kantor, satu

pytestmark = pytest.mark.django_db
# A letter that can come back, copies, archive.
SURAT: list[Baris] = [
    (1, "mulai", "disposisi", satu("kepala"), None),
    (2, "proses", "surat", satu("staf"), None),
    (3, "keputusan", "koreksi", satu("sekretaris"), 2),
    (4, "proses", "penggandaan", satu("staf"), None),
    (5, "akhir", "arsip", satu("staf"), None),
]


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office that sends letters."""
    return make_kantor(SURAT, now)


def until(kantor: Kantor, nomor: int, now: datetime, *, periode_ke: int = 3) -> Tugas:
    """The turn at step `nomor` of a new draft."""
    draf = kantor.start(now, periode_ke=periode_ke)
    for _ in range(nomor - 1):
        kantor.work(aktif(draf)[0], now)
    return aktif(draf)[0]


def surat(kantor: Kantor, tugas: Tugas, now: datetime, **isi: object) -> SuratPengantar:
    """Keep a letter."""
    isian = isian_surat(tugas, now, **isi)
    return save_surat(tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now)


def test_a_number_is_used_once_in_an_office_and_year(kantor: Kantor, now: datetime) -> None:
    satu_, dua = until(kantor, 2, now), until(kantor, 2, now, periode_ke=2)
    surat(kantor, satu_, now, nomor="000/7/2026")
    with pytest.raises(NomorTerpakai, match="000/7/2026 sudah dipakai surat tanggal 12 Oktober"):
        surat(kantor, dua, now, nomor="000/7/2026")
    lalu = date(2025, 12, 30)
    assert surat(kantor, dua, now, nomor="000/7/2026", tanggal=lalu).tahun == 2025
    lain = make_kantor(SURAT, now)
    assert surat(lain, until(lain, 2, now), now, nomor="000/7/2026").pk


def test_the_letter_of_the_next_round_takes_the_number_over(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 2, now)
    pertama = surat(kantor, tugas, now, nomor="000/7/2026")
    finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)
    kantor.work(aktif(tugas.draf)[0], now, "tidak")
    ulang = aktif(tugas.draf)[0]
    kedua = surat(kantor, ulang, now, nomor="000/7/2026", tujuan=["Bupati", "Inspektur"])
    assert [t.kepada for t in kedua.tujuan.all()] == ["Bupati", "Inspektur"]
    assert not SuratPengantar.objects.get(pk=pertama.pk).is_berlaku


def test_a_letter_needs_a_number_an_addressee_and_a_day_that_has_come(
    kantor: Kantor, now: datetime
) -> None:
    tugas = until(kantor, 2, now)
    with pytest.raises(IsianTidakSah, match="satu tujuan"):
        surat(kantor, tugas, now, tujuan=[])
    with pytest.raises(IsianTidakSah, match="belum tiba"):
        surat(kantor, tugas, now, tanggal=date(2026, 10, 13))
    surat(kantor, tugas, now, nomor="")
    with pytest.raises(BelumLengkap) as belum:
        finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)
    assert belum.value.masalah == ["Nomor surat: isi dengan nomor dari buku agenda."]


@pytest.mark.parametrize("nomor", [2, 4, 5])
def test_each_step_asks_for_its_record(kantor: Kantor, now: datetime, nomor: int) -> None:
    tugas = until(kantor, nomor, now)
    with pytest.raises(BelumLengkap):
        finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)
    kantor.work(tugas, now)


def test_copies_are_counted_by_receiver(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 4, now)
    isian = IsianPenggandaan(
        "Puput",
        now.date(),
        [IsianSalinan("Bappeda", 2), IsianSalinan("Arsip", 1, penerima="Ani")],
    )
    for _ in range(2):  # mended in place
        save_penggandaan(tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now)
    assert sum(s.jumlah for s in Penggandaan.objects.get().salinan.all()) == 3
    for salah, sebab in (
        (replace(isian, salinan=[]), "satu penerima"),
        (replace(isian, tanggal=date(2027, 1, 1)), "belum tiba"),
    ):
        with pytest.raises(IsianTidakSah, match=sebab):
            save_penggandaan(tugas_id=tugas.pk, isian=salah, aktor=kantor.pelaku(tugas), now=now)


def test_files_of_a_turn_are_kept_once_and_taken_away_while_it_is_open(
    kantor: Kantor,
    now: datetime,
    berkas_sendiri: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    tugas = until(kantor, 4, now)
    aktor, untuk = kantor.pelaku(tugas), Lampiran.Untuk.TANDA_TERIMA

    def unggah(isi: bytes = b"%PDF-1.7\nisi\n") -> Lampiran:
        berkas = SimpleUploadedFile("terima.pdf", isi)
        return attach_lampiran(tugas_id=tugas.pk, untuk=untuk, berkas=berkas, aktor=aktor, now=now)

    satu_, dua = unggah(), unggah()
    assert satu_ == dua
    with pytest.raises(IsianTidakSah, match="kosong"):
        unggah(b"")
    with django_capture_on_commit_callbacks(execute=True):
        remove_lampiran(lampiran_id=satu_.pk, aktor=aktor, now=now)
    assert not default_storage.exists(str(satu_.berkas.name))
    tetap = unggah(b"%PDF-1.7\nlain\n")
    kantor.work(tugas, now)
    with pytest.raises(TransisiDitolak):
        remove_lampiran(lampiran_id=tetap.pk, aktor=aktor, now=now + timedelta(hours=1))
    assert Draf.objects.get(pk=tugas.draf_id).is_aktif
