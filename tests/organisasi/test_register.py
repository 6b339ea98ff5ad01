"""Giving numbers: in order, once, kept in the book whatever becomes of them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from django.db import DatabaseError, connection, transaction

from organisasi.models import Jejak, NomorRegister, Penugasan, Register
from organisasi.selectors_register import Saringan, guess_nomor, list_nomor
from organisasi.services.register import (
    IsianRegister,
    NomorMundur,
    Pesanan,
    cancel_nomor,
    cancel_nomor_manual,
    save_register,
    take_nomor,
    take_nomor_manual,
    use_nomor,
)
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.test_balapan import race

ISIAN = IsianRegister(
    "Surat keluar", "surat", "{klasifikasi}/{nomor:03}/{tahun}", "tahun", "065", mulai_dari=102
)
HARI = date(2026, 10, 12)


@pytest.fixture
def pengelola() -> Penugasan:
    """Who configures an office."""
    return PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pengelola"))


@pytest.fixture
def buat(pengelola: Penugasan, now: datetime) -> Callable[..., Register]:
    """Make or change a register of that office."""

    def save(isian: IsianRegister = ISIAN, register_id: int | None = None) -> Register:
        return save_register(
            instansi_id=pengelola.jabatan.instansi_id,
            isian=isian,
            aktor=pengelola.pengguna,
            now=now,
            register_id=register_id,
        )

    return save


def ambil(register: Register, now: datetime, hari: date = HARI, alasan: str = "") -> NomorRegister:
    """Take one number."""
    return take_nomor(
        register_id=register.pk,
        pesanan=Pesanan(hari, "Penyampaian laporan", "Bupati", alasan),
        aktor=None,
        now=now,
    )


@pytest.mark.django_db
def test_numbers_follow_the_agenda_and_begin_again_with_the_year(
    buat: Callable[..., Register], now: datetime
) -> None:
    register = buat()
    assert guess_nomor(register, HARI) == "065/102/2026"
    assert [ambil(register, now).nomor for _ in range(2)] == ["065/102/2026", "065/103/2026"]
    assert guess_nomor(register, HARI) == "065/104/2026"
    depan = now + timedelta(days=100)
    assert guess_nomor(register, depan.date()) == "065/001/2027"
    assert ambil(register, depan, depan.date()).nomor == "065/001/2027"


@pytest.mark.django_db
def test_a_day_that_has_passed_needs_a_number_put_in_between(
    buat: Callable[..., Register], now: datetime
) -> None:
    register = buat()
    ambil(register, now, date(2026, 10, 5))
    ambil(register, now)
    with pytest.raises(NomorMundur, match="065/103/2026, bertanggal 12 Oktober 2026"):
        ambil(register, now, date(2026, 10, 6))
    sisip = [ambil(register, now, date(2026, 10, 6), "Surat tercecer").nomor for _ in range(2)]
    assert sisip == ["065/102.a/2026", "065/102.b/2026"]
    assert ambil(register, now).nomor == "065/104/2026"
    with pytest.raises(IsianTidakSah, match="dapat disisipi"):
        ambil(register, now, date(2026, 1, 2), "Surat tercecer")
    with pytest.raises(IsianTidakSah, match="belum tiba"):
        ambil(register, now, date(2026, 10, 13))


@pytest.mark.django_db
def test_a_number_can_be_put_in_twenty_six_times(
    buat: Callable[..., Register], now: datetime
) -> None:
    register = buat()
    ambil(register, now)
    for _ in range(26):
        ambil(register, now, HARI, "Tercecer")
    with pytest.raises(IsianTidakSah, match="sampai z"):
        ambil(register, now, HARI, "Tercecer")


@pytest.mark.django_db
def test_a_cancelled_number_stays_in_the_book_and_is_not_given_again(
    buat: Callable[..., Register], pengelola: Penugasan, now: datetime
) -> None:
    register = buat()
    nomor = ambil(register, now)
    use_nomor(nomor, now=now)
    use_nomor(nomor, now=now)
    assert nomor.status == NomorRegister.Status.TERPAKAI
    batal = partial(
        cancel_nomor_manual,
        instansi_id=register.instansi_id,
        nomor_id=nomor.pk,
        alasan="Salah alamat",
        aktor=pengelola.pengguna,
        now=now,
    )
    assert batal().alasan_batal == "Salah alamat"
    with pytest.raises(TransisiDitolak, match="sudah batal"):
        batal()
    cancel_nomor(NomorRegister.objects.get(), alasan="Lain", now=now)
    assert NomorRegister.objects.get().alasan_batal == "Salah alamat"
    assert ambil(register, now).urut == nomor.urut + 1
    assert [n.status for n in list_nomor(register, Saringan())] == ["dipesan", "batal"]
    assert Jejak.objects.filter(aksi="organisasi.register.batal").exists()


@pytest.mark.django_db
def test_one_active_register_numbers_one_kind_of_document(buat: Callable[..., Register]) -> None:
    lama = buat()
    with pytest.raises(IsianTidakSah, match="Surat keluar sudah dipakai untuk itu"):
        buat()
    buat(IsianRegister("Lain", "lain", "{nomor}", "tidak"))
    buat(IsianRegister("Lain 2", "lain", "{nomor}", "tidak"))
    buat(IsianRegister(**{**vars(ISIAN), "is_aktif": False}), lama.pk)
    assert buat().pk != lama.pk


@pytest.mark.django_db
def test_a_register_in_use_keeps_its_count(buat: Callable[..., Register], now: datetime) -> None:
    register = buat()
    ambil(register, now)
    with pytest.raises(IsianTidakSah, match="urutannya tidak dapat diubah"):
        buat(IsianRegister(**{**vars(ISIAN), "mulai_dari": 1}), register.pk)
    buat(IsianRegister(**{**vars(ISIAN), "pola": "B-{nomor}/{tahun}"}), register.pk)
    assert ambil(register, now).nomor == "B-103/2026"
    with pytest.raises(IsianTidakSah, match="tidak dikenal"):
        buat(IsianRegister(**{**vars(ISIAN), "pola": "{nomer}/{nomor}/{tahun}"}), register.pk)
    buat(IsianRegister(**{**vars(ISIAN), "is_aktif": False}), register.pk)
    with pytest.raises(TransisiDitolak, match="tidak aktif"):
        ambil(register, now)


@pytest.mark.django_db
def test_only_who_configures_the_office_takes_by_hand(
    buat: Callable[..., Register], pengelola: Penugasan, now: datetime
) -> None:
    register = buat()
    staf = PenugasanFactory(jabatan=JabatanFactory(instansi=register.instansi))
    ambil_sendiri = partial(
        take_nomor_manual,
        instansi_id=register.instansi_id,
        register_id=register.pk,
        pesanan=Pesanan(HARI, "Undangan"),
        now=now,
    )
    with pytest.raises(AksesDitolak):
        ambil_sendiri(aktor=staf.pengguna)
    nomor = ambil_sendiri(aktor=pengelola.pengguna)
    assert nomor.status == NomorRegister.Status.TERPAKAI
    with pytest.raises(Register.DoesNotExist):
        ambil_sendiri(aktor=pengelola.pengguna, register_id=0)


@pytest.mark.basisdata
@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_in_a_row(
    buat: Callable[..., Register], now: datetime
) -> None:
    register = buat()

    def take() -> NomorRegister:
        with transaction.atomic():
            return ambil(register, now)

    hasil = race([take for _ in range(20)])
    assert all(isinstance(h, NomorRegister) for h in hasil)
    assert sorted(n.urut for n in NomorRegister.objects.all()) == list(range(102, 122))


@pytest.mark.basisdata
@pytest.mark.django_db(transaction=True)
def test_a_failed_act_gives_its_number_back(buat: Callable[..., Register], now: datetime) -> None:
    register = buat()

    def gagal() -> None:
        with transaction.atomic():
            ambil(register, now)
            raise IsianTidakSah("gagal")

    with pytest.raises(IsianTidakSah, match="gagal"):
        gagal()
    assert ambil_dalam(register, now).urut == 102


def ambil_dalam(register: Register, now: datetime) -> NomorRegister:
    """Take one number in a transaction of its own."""
    with transaction.atomic():
        return ambil(register, now)


@pytest.mark.basisdata
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE organisasi_nomorregister SET nomor = 'x'",
        "UPDATE organisasi_nomorregister SET tanggal = '2020-01-01'",
        "DELETE FROM organisasi_nomorregister",
    ],
    ids=["nomor", "tanggal", "hapus"],
)
def test_the_database_refuses_to_change_a_given_number(
    buat: Callable[..., Register], now: datetime, sql: str
) -> None:
    nomor = ambil_dalam(buat(), now)
    with (
        pytest.raises(DatabaseError, match="tidak dapat diubah"),
        transaction.atomic(),
        connection.cursor() as kursor,
    ):
        kursor.execute(sql)
    with pytest.raises(TypeError):
        nomor.delete()
    with pytest.raises(TypeError):
        NomorRegister.objects.all().delete()
    nomor.refresh_from_db()
    assert nomor.nomor == "065/102/2026"
