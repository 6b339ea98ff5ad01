"""Meetings: invited, held, recorded; never recorded before they begin."""

from datetime import datetime, timedelta

import pytest

from kinerja.services.formulir import BelumLengkap
from laporan.models import Draf, Rapat, Tugas, Undangan
from laporan.rules.rapat import check_waktu, parse_orang
from laporan.services.draf import Putusan, finish_tugas
from laporan.services.rapat import MAKS_NOTULEN, IsianRapat, save_rapat, save_undangan
from organisasi.models import Penugasan
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from tests.laporan.invarian import assert_invarian
from tests.laporan.isi_langkah import isian_undangan
from tests.laporan.kantor_contoh import KantorContoh
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor
from tests.laporan.test_lima_sop import start, walk_to

pytestmark = pytest.mark.django_db
NOTULEN = IsianRapat("Budi", "<p>Sepakat.<script>x()</script></p>", [], [("Tamu", "Camat")])


@pytest.fixture
def meja(now: datetime) -> tuple[Kantor, Tugas]:
    """The meeting of the Dinkes-like office, waiting to be called."""
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    kantor.work_all(draf, now)
    return kantor, aktif(draf)[0]


def undang(kantor: Kantor, tugas: Tugas, now: datetime, **isi: object) -> Undangan:
    """Send an invitation."""
    return save_undangan(
        tugas_id=tugas.pk,
        isian=isian_undangan(now, **isi),
        aktor=kantor.pelaku(tugas),
        now=now,
    )


def catat(kantor: Kantor, tugas: Tugas, now: datetime, isian: IsianRapat = NOTULEN) -> Rapat:
    """Keep the minutes."""
    return save_rapat(tugas_id=tugas.pk, isian=isian, aktor=kantor.pelaku(tugas), now=now)


def selesai(kantor: Kantor, tugas: Tugas, now: datetime) -> Draf:
    """Finish the turn without filling anything in."""
    return finish_tugas(tugas_id=tugas.pk, aktor=kantor.pelaku(tugas), putusan=Putusan(), now=now)


def test_a_meeting_is_invited_to_held_and_sealed(meja: tuple[Kantor, Tugas], now: datetime) -> None:
    kantor, tugas = meja
    pejabat = Penugasan.objects.get(pengguna=kantor.pelaku(tugas))
    undangan = undang(kantor, tugas, now, pejabat=[pejabat.pk], penanda=pejabat.pk)
    orang = list(undangan.peserta.values_list("nama", flat=True))
    assert orang == [pejabat.pengguna.nama, "Budi", "Sari"]
    assert undangan.penanda_nip == pejabat.pengguna.nip
    hadir = [undangan.peserta.all()[1].pk]
    rapat = catat(kantor, tugas, now, IsianRapat("Budi", NOTULEN.notulen, hadir, [("Tamu", "")]))
    assert rapat.notulen == "<p>Sepakat.</p>"
    daftar = [(k.nama, k.is_hadir) for k in rapat.kehadiran.all()]
    assert daftar[1:] == [("Budi", True), ("Sari", False), ("Tamu", True)]
    draf = selesai(kantor, tugas, now)
    assert_invarian(draf.pk)
    for baris in (Rapat.objects.get(), Undangan.objects.get()):
        assert baris.ditutup_pada == now
        with pytest.raises(TypeError):
            baris.save()
        with pytest.raises(TypeError):
            baris.delete()
    with pytest.raises(TransisiDitolak):
        catat(kantor, tugas, now)


def test_an_invitation_can_be_changed_until_there_are_minutes(
    meja: tuple[Kantor, Tugas], now: datetime
) -> None:
    kantor, tugas = meja
    undang(kantor, tugas, now, mulai=now + timedelta(days=2))
    undang(kantor, tugas, now, tempat="", tautan="https://rapat.contoh.go.id/1")
    assert Undangan.objects.get().tempat == ""
    catat(kantor, tugas, now)
    catat(kantor, tugas, now)  # minutes are mended in place
    assert Rapat.objects.count() == 1
    with pytest.raises(IsianTidakSah, match="undangannya tidak berubah"):
        undang(kantor, tugas, now)


def test_nothing_is_recorded_of_a_meeting_that_has_not_begun(
    meja: tuple[Kantor, Tugas], now: datetime
) -> None:
    kantor, tugas = meja
    with pytest.raises(IsianTidakSah, match="Simpan undangan rapat lebih dahulu"):
        catat(kantor, tugas, now)
    undang(kantor, tugas, now, mulai=now + timedelta(hours=1))
    with pytest.raises(IsianTidakSah, match="belum berlangsung"):
        catat(kantor, tugas, now)
    with pytest.raises(BelumLengkap):
        selesai(kantor, tugas, now)
    catat(kantor, tugas, now + timedelta(hours=2))
    with pytest.raises(BelumLengkap) as belum:  # a clock set back
        selesai(kantor, tugas, now)
    assert belum.value.masalah == ["Rapat ini belum berlangsung. Selesaikan langkah sesudah rapat."]
    selesai(kantor, tugas, now + timedelta(hours=2))


def test_what_is_missing_is_named(meja: tuple[Kantor, Tugas], now: datetime) -> None:
    kantor, tugas = meja
    with pytest.raises(IsianTidakSah, match="paling sedikit satu orang"):
        undang(kantor, tugas, now, lain=[])
    with pytest.raises(IsianTidakSah, match="sesudah jam mulai"):
        undang(kantor, tugas, now, selesai=now - timedelta(hours=2))
    undang(kantor, tugas, now)
    catat(kantor, tugas, now, IsianRapat("Budi", "<p> </p>", []))
    with pytest.raises(BelumLengkap) as belum:
        selesai(kantor, tugas, now)
    assert [m.split(":")[0] for m in belum.value.masalah] == ["Notulen", "Daftar hadir"]
    with pytest.raises(IsianTidakSah, match="terlalu panjang"):
        catat(kantor, tugas, now, IsianRapat("Budi", "x" * (MAKS_NOTULEN + 1), []))
    lain = next(o for o in kantor.orang.values() if o != kantor.pelaku(tugas))
    with pytest.raises(AksesDitolak):
        save_rapat(tugas_id=tugas.pk, isian=NOTULEN, aktor=lain, now=now)


def test_one_step_invites_and_the_next_one_holds_the_meeting(now: datetime) -> None:
    kantor, draf = start("kota-blitar", now)
    draf = walk_to(kantor, draf, 4)
    (tugas,) = aktif(draf)
    with pytest.raises(BelumLengkap) as belum:
        kantor.finish(tugas, kantor.mandat(tugas))
    assert "simpan undangan" in belum.value.masalah[0]
    isian = isian_undangan(now, mulai=now + timedelta(days=1))
    aktor = kantor.mandat(tugas).pengguna
    undangan = save_undangan(tugas_id=tugas.pk, isian=isian, aktor=aktor, now=now)
    draf = kantor.finish(tugas, kantor.mandat(tugas))  # inviting needs no past meeting
    besok = KantorContoh(kantor.instansi, kantor.versi, now + timedelta(days=2))
    satu, dua = aktif(draf)  # joint: the second finds what the first wrote
    draf = besok.work(satu)
    rapat = Rapat.objects.get()
    assert rapat.undangan == undangan
    assert rapat.ditutup_pada is None
    draf = besok.work(dua)
    assert Rapat.objects.get().ditutup_pada == besok.now
    assert Undangan.objects.count() == 1


def test_a_meeting_put_off_gets_an_invitation_of_its_own(now: datetime) -> None:
    kantor, draf = start("kota-blitar", now)
    draf = walk_to(kantor, draf, 5)
    tugas = aktif(draf)[0]
    aktor = kantor.mandat(tugas).pengguna
    baru = save_undangan(
        tugas_id=tugas.pk, isian=isian_undangan(now, acara="Ditunda"), aktor=aktor, now=now
    )
    kantor.work(tugas)
    assert Rapat.objects.get().undangan == baru


def test_time_and_people_are_read_as_typed(now: datetime) -> None:
    assert check_waktu(now, now + timedelta(hours=1), now=now) == {}
    assert "tanggal" in check_waktu(now + timedelta(days=400), None, now=now)
    assert parse_orang(" Budi, S.T. ;  Camat \n\n Sari\n;x") == [
        ("Budi, S.T.", "Camat"),
        ("Sari", ""),
    ]
