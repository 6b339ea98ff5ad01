"""Gathering figures without a form of one's own: who has sent, who has not, and why go on."""

from datetime import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kinerja.services.formulir import BelumLengkap, open_formulir
from laporan.models import Lampiran, Tugas
from laporan.selectors.himpun import list_kiriman
from laporan.services.draf import Putusan, finish_tugas
from organisasi.models import UnitKerja
from tests.factories.kinerja import IndikatorFactory
from tests.laporan.kantor_contoh import KantorContoh
from tests.laporan.rute import aktif
from tests.laporan.test_lima_sop import start, walk_to

pytestmark = pytest.mark.django_db


@pytest.fixture
def meja(now: datetime) -> tuple[KantorContoh, Tugas]:
    """Banten's planner at the step of gathering."""
    kantor, draf = start("banten-triwulan", now)
    (tugas,) = aktif(walk_to(kantor, draf, 2))
    return kantor, tugas


def add_indikator(kantor: KantorContoh) -> UnitKerja:
    """Let one unit answer for an indikator."""
    unit = UnitKerja.objects.filter(instansi=kantor.instansi).first()
    assert unit
    IndikatorFactory.create(unit=unit, sasaran__tujuan__instansi=kantor.instansi)
    return unit


def test_an_office_without_a_plan_uploads_its_recap(
    client: Client, meja: tuple[KantorContoh, Tugas], berkas_sendiri: Path
) -> None:
    kantor, tugas = meja
    client.force_login(kantor.mandat(tugas).pengguna)
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "Himpun data kinerja" in isi
    assert "belum mempunyai indikator kinerja" in isi
    berkas = {"data": SimpleUploadedFile("rekap.pdf", b"%PDF-1.7\nx\n")}
    kirim = client.post(tugas.get_absolute_url(), {"hasil": "lanjut"} | berkas)
    assert kirim.status_code == 302
    assert Lampiran.objects.get().untuk == Lampiran.Untuk.DATA


def test_the_page_names_who_is_missing_and_going_on_needs_a_word(
    client: Client, meja: tuple[KantorContoh, Tugas], now: datetime
) -> None:
    kantor, tugas = meja
    unit = add_indikator(kantor)
    aktor = kantor.mandat(tugas).pengguna
    client.force_login(aktor)
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert "0 dari 1 unit sudah mengirim" in isi
    assert f"Yth. {unit.nama}." in isi
    with pytest.raises(BelumLengkap) as belum:
        finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=Putusan(), now=now)
    assert unit.nama in belum.value.masalah[0]
    putusan = Putusan(catatan="Data menyusul lewat surat.")
    finish_tugas(tugas_id=tugas.pk, aktor=aktor, putusan=putusan, now=now)


def test_an_open_form_is_linked_and_not_counted_as_sent(
    meja: tuple[KantorContoh, Tugas], now: datetime
) -> None:
    kantor, tugas = meja
    unit = add_indikator(kantor)
    formulir = open_formulir(unit=unit, tahun=2026, triwulan=3, now=now)
    (kiriman,) = list_kiriman(tugas.draf)
    assert (kiriman.url, kiriman.is_terkirim) == (formulir.get_absolute_url(), False)
    assert (kiriman.terisi, kiriman.banyak) == (0, 1)


def test_who_takes_over_inside_the_step_sees_everything_sent(client: Client, now: datetime) -> None:
    kantor, draf = start("kecamatan", now)
    draf = walk_to(kantor, draf, 4)
    for tugas in aktif(draf):
        draf = kantor.work(tugas)
    (himpun,) = aktif(draf)
    client.force_login(kantor.mandat(himpun).pengguna)
    isi = client.get(himpun.get_absolute_url()).content.decode()
    banyak = len(list_kiriman(draf))
    assert f"{banyak} dari {banyak} unit sudah mengirim" in isi
    assert "Teks pengingat" not in isi
    finish_tugas(
        tugas_id=himpun.pk, aktor=kantor.mandat(himpun).pengguna, putusan=Putusan(), now=now
    )
