"""The workflow: walking, returning, joining, refusing."""

from datetime import datetime

import pytest

from laporan.models import Draf, Kunjungan, Tugas
from laporan.services.draf import (
    LaporanBaru,
    Putusan,
    cancel_draf,
    finish_tugas,
    resume_draf,
    start_draf,
    suspend_draf,
)
from organisasi.models import Jejak, UnitKerja
from sakip.common.errors import AksesDitolak, IsianTidakSah, TransisiDitolak
from sop.models import VersiSOP
from tests.factories.organisasi import PenggunaFactory, PenugasanFactory, UnitKerjaFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.rute import (
    DINKES,
    SINTETIS,
    Baris,
    aktif,
    make_kantor,
    nomor_kini,
    publish_rute,
)

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]


def test_dinkes_route_climbs_down_and_up_again(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    meja = [draf.meja]
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
        assert_invarian(draf.pk)
        meja.append(draf.meja)
    assert draf.status == Draf.Status.SELESAI
    assert meja == [
        "kepala",
        "sekretaris",
        "sekretaris",
        "perencana",
        "staf",
        "perencana",
        "sekretaris",
        "kepala",
        "usai",
    ]


def test_fan_out_waits_for_every_unit(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 5:
        draf = kantor.work_all(draf, now)
    assert len(aktif(draf)) == 5
    for tugas in aktif(draf)[:-1]:
        draf = kantor.work(tugas, now)
        assert nomor_kini(draf) == 5
    draf = kantor.work_all(draf, now)
    assert nomor_kini(draf) == 6


def test_tidak_opens_a_new_round_and_keeps_the_old_one(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 7:
        draf = kantor.work_all(draf, now)
    lama = Tugas.objects.get(draf=draf, kunjungan__langkah__nomor=6)
    draf = kantor.work_all(draf, now, "tidak")
    assert (nomor_kini(draf), draf.status) == (6, "perbaikan")
    baru = Tugas.objects.get(draf=draf, kunjungan__langkah__nomor=6, kunjungan__iterasi=2)
    assert baru.kunjungan.pengirim is not None
    assert baru.kunjungan.pengirim.catatan == "Perbaiki angka."
    assert Tugas.objects.get(pk=lama.pk).status == "selesai"
    draf = kantor.work_all(draf, now)
    assert (nomor_kini(draf), draf.status) == (7, "perbaikan")
    draf = kantor.work_all(draf, now)
    assert (nomor_kini(draf), draf.status) == (8, "berjalan")
    assert_invarian(draf.pk)


def test_per_unit_decision_returns_only_the_units_at_fault(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 3:
        draf = kantor.work_all(draf, now)
    salah, *benar = aktif(draf)
    kantor.work(salah, now, "tidak")
    for tugas in benar:
        draf = kantor.work(tugas, now, "ya")
    assert nomor_kini(draf) == 2
    assert [t.unit_id for t in aktif(draf)] == [salah.unit_id]
    draf = kantor.work_all(kantor.work_all(draf, now), now)
    assert [t.unit_id for t in aktif(draf)] == [salah.unit_id]
    assert_invarian(draf.pk)


def test_decider_may_name_the_units_a_return_is_for(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    dipilih = kantor.unit["B2"].pk
    draf = kantor.work(aktif(draf)[0], now, "tidak", unit=(dipilih,))
    assert [t.unit_id for t in aktif(draf)] == [dipilih]
    assert_invarian(draf.pk)


def test_return_for_an_unknown_unit_is_refused_and_changes_nothing(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    urut = draf.jejak_urut
    with pytest.raises(IsianTidakSah, match="Pilih unit dari daftar"):
        kantor.work(aktif(draf)[0], now, "tidak", unit=(999_999,))
    assert Draf.objects.get(pk=draf.pk).jejak_urut == urut
    assert_invarian(draf.pk)


def test_first_tidak_of_joint_deciders_closes_the_row(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    satu, dua = aktif(draf)
    draf = kantor.work(satu, now, "tidak")
    assert nomor_kini(draf) == 2
    assert Tugas.objects.get(pk=dua.pk).status == "gugur"


def test_hand_over_inside_a_row_waits_for_the_first_turns(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.work_all(kantor.start(now), now)
    menunggu = Tugas.objects.get(draf=draf, status="menunggu")
    assert menunggu.tenggat is None
    draf = kantor.work_all(draf, now)
    assert [t.pk for t in aktif(draf)] == [menunggu.pk]
    assert draf.meja == "perencana"


def test_terminal_decision_ends_the_route_on_ya(now: datetime) -> None:
    kantor = make_kantor(SINTETIS, now)
    draf = kantor.start(now)
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
    assert draf.status == "selesai"
    assert draf.selesai_pada == now


def test_same_form_sent_twice_acts_once(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(kantor.start(now))[0]
    kunci = "klik-ganda-1"
    draf = kantor.work(tugas, now, kunci=kunci)
    lagi = kantor.work(tugas, now, kunci=kunci)
    assert lagi.jejak_urut == draf.jejak_urut
    assert Jejak.objects.filter(kunci=kunci).count() == 1


def test_second_actor_is_told_who_was_first(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(kantor.start(now))[0]
    kantor.work(tugas, now)
    with pytest.raises(TransisiDitolak, match=r"sudah diputuskan oleh Pegawai .* pukul 09.00"):
        kantor.work(tugas, now)


def test_tidak_without_a_reason_is_refused(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 7:
        draf = kantor.work_all(draf, now)
    with pytest.raises(IsianTidakSah, match="wajib disertai alasan"):
        kantor.work(aktif(draf)[0], now, "tidak", catatan="  ")


@pytest.mark.parametrize(
    ("nomor", "hasil"), [(1, "ya"), (1, "tidak"), (7, "lanjut"), (7, "mungkin")]
)
def test_outcome_must_fit_the_symbol(now: datetime, nomor: int, hasil: str) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    with pytest.raises(IsianTidakSah, match="tidak tersedia"):
        kantor.work(aktif(draf)[0], now, hasil, catatan="x")


def test_somebody_elses_turn_is_refused(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(kantor.start(now))[0]
    lain = kantor.orang[next(j for j in kantor.orang if j != tugas.jabatan_id)]
    with pytest.raises(AksesDitolak, match="dikerjakan oleh"):
        finish_tugas(tugas_id=tugas.pk, aktor=lain, putusan=Putusan(), now=now)


def test_administrator_passes_no_actors_step(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(kantor.start(now))[0]
    admin = PenggunaFactory(is_superuser=True, is_staff=True)
    with pytest.raises(AksesDitolak):
        finish_tugas(tugas_id=tugas.pk, aktor=admin, putusan=Putusan(), now=now)


def test_expired_mandate_is_refused_and_plh_is_printed(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    tugas = aktif(kantor.start(now))[0]
    lama = PenggunaFactory()
    PenugasanFactory(pengguna=lama, jabatan=tugas.jabatan, berakhir=True)
    with pytest.raises(AksesDitolak):
        finish_tugas(tugas_id=tugas.pk, aktor=lama, putusan=Putusan(), now=now)
    pengganti = PenggunaFactory()
    PenugasanFactory(pengguna=pengganti, jabatan=tugas.jabatan, plh=True)
    putusan = Putusan(catatan="Laksanakan.")
    finish_tugas(tugas_id=tugas.pk, aktor=pengganti, putusan=putusan, now=now)
    assert Tugas.objects.get(pk=tugas.pk).pelaku_sebutan == f"Plh. {tugas.jabatan.nama}"


def test_unit_mandate_covers_its_own_unit_only(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 5:
        draf = kantor.work_all(draf, now)
    milik, lain, *_ = aktif(draf)
    staf = PenggunaFactory()
    PenugasanFactory(pengguna=staf, jabatan=milik.jabatan, unit=milik.unit)
    with pytest.raises(AksesDitolak):
        finish_tugas(tugas_id=lain.pk, aktor=staf, putusan=Putusan(), now=now)
    finish_tugas(tugas_id=milik.pk, aktor=staf, putusan=Putusan(), now=now)


def test_decision_on_text_that_changed_meanwhile_is_refused(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    while nomor_kini(draf) != 7:
        draf = kantor.work_all(draf, now)
    with pytest.raises(TransisiDitolak, match="sudah berubah sejak Anda buka"):
        kantor.work(aktif(draf)[0], now, "ya", naskah_urut=draf.naskah_urut + 1)


def test_units_founded_later_do_not_join_a_running_draft(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    UnitKerjaFactory(instansi=kantor.instansi, kode="BARU")
    while nomor_kini(draf) != 5:
        draf = kantor.work_all(draf, now)
    assert len(aktif(draf)) == 5


def test_office_without_units_gets_told_at_the_fan_out(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    UnitKerja.objects.filter(instansi=kantor.instansi).delete()
    draf = kantor.start(now)
    while nomor_kini(draf) != 4:
        draf = kantor.work_all(draf, now)
    with pytest.raises(IsianTidakSah, match="Lengkapi daftar unit kerja"):
        kantor.work_all(draf, now)
    assert nomor_kini(draf) == 4


def test_running_draft_finishes_on_its_own_version(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    jabatan = {j.kode: j for j in kantor.instansi.jabatan.all()}
    pendek: list[Baris] = [DINKES[0], (2, "akhir", "arsip", DINKES[1][3], None)]
    baru = publish_rute(kantor.versi.sop, pendek, jabatan, now)
    assert VersiSOP.objects.get(pk=kantor.versi.pk).status == "dicabut"
    while draf.is_aktif:
        draf = kantor.work_all(draf, now)
    assert Kunjungan.objects.filter(draf=draf).count() == 8
    with pytest.raises(TransisiDitolak, match="tidak berlaku lagi"):
        kantor.start(now, periode_ke=4)
    kantor.versi = baru
    assert kantor.start(now, periode_ke=4).versi_id == baru.pk


def test_one_report_per_period(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    with pytest.raises(TransisiDitolak, match="sudah ada"):
        kantor.start(now)
    kepala = kantor.pelaku(aktif(draf)[0])
    cancel_draf(draf_id=draf.pk, aktor=kepala, alasan="Salah periode.", now=now)
    assert kantor.start(now).pk != draf.pk


@pytest.mark.parametrize(
    ("jenis", "ke"), [("triwulan", 5), ("tahunan", 1), ("mingguan", 1), ("bulanan", 0)]
)
def test_periods_that_do_not_exist_are_refused(now: datetime, jenis: str, ke: int) -> None:
    kantor = make_kantor(DINKES, now)
    aktor = next(iter(kantor.orang.values()))
    with pytest.raises(IsianTidakSah, match="Periode itu tidak ada"):
        start_draf(versi=kantor.versi, laporan=LaporanBaru(jenis, 2026, ke), aktor=aktor, now=now)


def test_only_the_first_actor_starts_a_report(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    with pytest.raises(AksesDitolak, match="langkah pertama"):
        start_draf(
            versi=kantor.versi,
            laporan=LaporanBaru("triwulan", 2026, 3),
            aktor=PenggunaFactory(),
            now=now,
        )


def test_halted_draft_takes_no_work_until_resumed(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    tugas = aktif(draf)[0]
    kepala = kantor.pelaku(tugas)
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Menunggu data pusat.", now=now)
    assert_invarian(draf.pk)
    with pytest.raises(TransisiDitolak, match="ditangguhkan"):
        kantor.work(tugas, now)
    with pytest.raises(TransisiDitolak):
        suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Lagi.", now=now)
    resume_draf(draf_id=draf.pk, aktor=kepala, alasan="Data sudah ada.", now=now)
    draf = kantor.work(tugas, now)
    assert nomor_kini(draf) == 2
    assert_invarian(draf.pk)


def test_cancelling_needs_a_reason_and_the_first_actor(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    draf = kantor.start(now)
    kepala = kantor.pelaku(aktif(draf)[0])
    with pytest.raises(IsianTidakSah, match="alasannya"):
        cancel_draf(draf_id=draf.pk, aktor=kepala, alasan=" ", now=now)
    with pytest.raises(AksesDitolak):
        cancel_draf(draf_id=draf.pk, aktor=PenggunaFactory(), alasan="Iseng.", now=now)
    draf = cancel_draf(draf_id=draf.pk, aktor=kepala, alasan="Salah tahun.", now=now)
    assert_invarian(draf.pk)
    with pytest.raises(TransisiDitolak):
        cancel_draf(draf_id=draf.pk, aktor=kepala, alasan="Lagi.", now=now)


def test_deadline_counts_working_days(now: datetime) -> None:
    kantor = make_kantor(DINKES, now)
    jumat = now.replace(day=16)
    tugas = aktif(kantor.start(jumat))[0]
    assert tugas.tenggat is not None
    wib = tugas.tenggat.astimezone(kantor.instansi.zona_waktu)
    assert f"{wib:%Y-%m-%d %H:%M}" == "2026-10-19 16:00"
