"""Numbers of a draft: from the register, kept over rounds, used at the end, cancelled with it."""

from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from laporan.models import Draf, NomorLaporan, SuratPengantar, Tugas
from laporan.services.draf import Putusan, cancel_draf, finish_tugas
from laporan.services.kunci import lock_draf
from laporan.services.nomor import reserve_nomor_laporan
from laporan.services.surat import save_surat
from organisasi.models import NomorRegister, Register
from organisasi.services.register import NomorMundur, cancel_nomor
from sakip.common.errors import IsianTidakSah
from tests.laporan.isi_langkah import isian_surat
from tests.laporan.rute import Kantor, aktif, make_kantor
from tests.laporan.test_surat import SURAT, surat, until

pytestmark = pytest.mark.django_db


def make_register(kantor: Kantor, untuk: str = "surat", mulai_dari: int = 7) -> Register:
    """A register of that office."""
    return Register.objects.create(
        instansi=kantor.versi.sop.instansi,
        nama="Register",
        untuk=untuk,
        pola="{nomor}/{tahun}",
        reset="tahun",
        mulai_dari=mulai_dari,
    )


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office that numbers its letters in a register."""
    kantor = make_kantor(SURAT, now)
    make_register(kantor)
    return kantor


def status(nomor: str) -> str:
    """What became of a number."""
    return NomorRegister.objects.get(nomor=nomor).status


def test_a_letter_put_by_takes_no_number_and_one_sent_takes_one(
    kantor: Kantor, now: datetime
) -> None:
    tugas = until(kantor, 2, now)
    isian = isian_surat(tugas, now, nomor="")
    simpan = partial(
        save_surat, tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now
    )
    assert simpan(bernomor=False).nomor == ""
    assert not NomorRegister.objects.exists()
    for _ in range(2):
        assert simpan().nomor == "7/2026"
    assert NomorRegister.objects.get().tujuan == "Bupati"
    assert status("7/2026") == "dipesan"
    finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)
    assert status("7/2026") == "terpakai"


def test_the_number_goes_with_the_letter_into_the_next_round(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 2, now)
    surat(kantor, tugas, now)
    finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)
    kantor.work(aktif(tugas.draf)[0], now, "tidak")
    kedua = surat(kantor, aktif(tugas.draf)[0], now)
    assert kedua.nomor == "7/2026"
    assert NomorRegister.objects.count() == 1


def test_the_day_of_a_number_is_the_day_of_its_letter(kantor: Kantor, now: datetime) -> None:
    tugas = until(kantor, 2, now)
    surat(kantor, tugas, now)
    with pytest.raises(IsianTidakSah, match="7/2026 diambil untuk tanggal 12 Oktober 2026"):
        surat(kantor, tugas, now, tanggal=date(2026, 10, 11))
    cancel_nomor(NomorRegister.objects.get(), alasan="Salah tanggal", now=now)
    with pytest.raises(NomorMundur):
        surat(kantor, tugas, now, tanggal=date(2026, 10, 11))
    with pytest.raises(IsianTidakSah, match="dapat disisipi"):
        surat(kantor, tugas, now, tanggal=date(2026, 10, 11), alasan_sisipan="Terlambat dicatat")
    assert surat(kantor, tugas, now).nomor == "8/2026"


def test_a_letter_of_a_day_that_has_passed_is_put_in_between(kantor: Kantor, now: datetime) -> None:
    lama, baru = until(kantor, 2, now), until(kantor, 2, now, periode_ke=2)
    surat(kantor, lama, now)
    esok = now + timedelta(days=1)
    surat(kantor, baru, esok)
    sisip = until(kantor, 2, esok, periode_ke=1)
    nomor = surat(kantor, sisip, esok, tanggal=now.date(), alasan_sisipan="Terlambat dicatat").nomor
    assert nomor == "7.a/2026"


def test_a_draft_given_up_leaves_its_numbers_in_the_book(kantor: Kantor, now: datetime) -> None:
    make_register(kantor, "laporan", 31)
    tugas = until(kantor, 2, now)
    surat(kantor, tugas, now)
    with transaction.atomic():
        reserve_nomor_laporan(lock_draf(pk=tugas.draf_id), now=now)
    kepala = Tugas.objects.get(draf=tugas.draf, kunjungan__langkah__nomor=1).oleh
    assert kepala is not None
    cancel_draf(draf_id=tugas.draf_id, aktor=kepala, alasan="Salah periode", now=now)
    assert {n.status for n in NomorRegister.objects.all()} == {"batal"}
    assert {n.alasan_batal for n in NomorRegister.objects.all()} == {"Dibatalkan: Salah periode"}


def test_a_report_keeps_the_number_it_was_frozen_with(kantor: Kantor, now: datetime) -> None:
    make_register(kantor, "laporan", 31)
    draf = kantor.start(now)
    for _ in range(2):
        with transaction.atomic():
            nomor = reserve_nomor_laporan(lock_draf(pk=draf.pk), now=now)
        assert nomor is not None
        assert nomor.nomor == "31/2026"
    cancel_nomor(NomorRegister.objects.get(), alasan="Salah cetak", now=now)
    with transaction.atomic():
        ganti = reserve_nomor_laporan(lock_draf(pk=draf.pk), now=now)
    assert str(NomorLaporan.objects.get()) == "32/2026" == str(ganti)
    while draf.is_aktif:
        draf = kantor.work(aktif(draf)[0], now)
    assert status("32/2026") == "terpakai"


def test_without_a_register_a_report_has_no_number(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    assert reserve_nomor_laporan(draf, now=now) is None
    draf.menghasilkan = "rencana_aksi"
    assert reserve_nomor_laporan(draf, now=now) is None


def test_the_page_offers_the_next_number(client: Client, berkas_sendiri: Path) -> None:
    kini = timezone.now()
    kantor = make_kantor(SURAT, kini)
    make_register(kantor)
    tugas = until(kantor, 2, kini)
    client.force_login(kantor.pelaku(tugas))
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert f"<b>7/{timezone.localdate().year}</b>" in isi
    assert "Nomor surat</label>" not in isi
    data = {
        "aksi": "nomor",
        "hasil": "lanjut",
        "tanggal": timezone.localdate().isoformat(),
        "sifat": "segera",
        "tujuan": "Bupati",
        "perihal": "Penyampaian",
        "isi": "Bersama ini",
        "penanda": str(_penanda(isi)),
    }
    assert client.post(tugas.get_absolute_url(), data).status_code == 302
    surat_ = SuratPengantar.objects.get()
    assert surat_.sifat == "segera"
    isi = client.get(tugas.get_absolute_url()).content.decode()
    assert f"Nomor surat <b>{surat_.nomor}</b>" in isi
    assert "Ambil nomor</button>" not in isi


def _penanda(isi: str) -> str:
    return isi.partition('name="penanda"')[2].partition('<option value="')[2].partition('"')[0]


TERTUTUP = [
    "UPDATE laporan_suratpengantar SET isi = 'x' WHERE ditutup_pada IS NOT NULL",
    "DELETE FROM laporan_suratpengantar",
    "UPDATE laporan_tujuansurat SET kepada = 'x'",
    "DELETE FROM laporan_tujuansurat",
    "INSERT INTO laporan_tujuansurat (surat_id, urutan, kepada) "
    "SELECT id, 9, 'x' FROM laporan_suratpengantar",
]


@pytest.mark.basisdata
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("sql", TERTUTUP, ids=["ubah", "hapus", "anak", "anak-hapus", "anak-baru"])
def test_the_database_refuses_to_change_what_is_closed(now: datetime, sql: str) -> None:
    kantor = make_kantor(SURAT, now)
    tugas = until(kantor, 2, now)
    kantor.work(tugas, now)
    with (
        pytest.raises(DatabaseError, match="sudah ditutup"),
        transaction.atomic(),
        connection.cursor() as kursor,
    ):
        kursor.execute(sql)
    assert SuratPengantar.objects.filter(pk__gt=0).update(is_berlaku=False) == 1
    assert Draf.objects.get().is_aktif
    assert Tugas.objects.filter(status="aktif").exists()
