"""Reminders: when they are due, to whom, how often, and when they stay silent."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from laporan import tasks
from laporan.models import AturanPengingat, Draf, Pemberitahuan, Pengiriman, Tugas
from laporan.rules.pengingat import Aturan, Jam, Tahap, delay_ulang, list_tahap
from laporan.selectors.pemberitahuan import count_baru
from laporan.services.draf import complete_signed_tugas, suspend_draf
from laporan.services.kunci import lock_draf
from laporan.services.pemberitahuan import kata_batas, mark_dibaca
from laporan.services.pengingat import remind, save_aturan
from organisasi.models import Jejak, Penugasan, Saluran
from sakip.common.errors import AksesDitolak
from sakip.common.waktu import Kalender
from tests.factories.organisasi import InstansiFactory, JabatanFactory, PenugasanFactory
from tests.laporan.meja_tanda import holder
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor, nomor_kini

WIB = InstansiFactory.build().zona_waktu
KALENDER = Kalender(zona=WIB)
SENIN = datetime(2026, 10, 12, 0, 30, tzinfo=UTC)  # 07.30 in WIB
HARI = timedelta(days=1)


def tahap(kini: datetime, *, hari: int = 4, lowong: bool = False, **aturan: int) -> list[Tahap]:
    """Reminders of a turn that began on Monday and has so many working days."""
    jam = Jam(SENIN, SENIN + hari * HARI, kini)
    return list_tahap(jam, kalender=KALENDER, aturan=Aturan(**aturan), lowong=lowong)


def test_reminder_comes_when_a_quarter_is_left() -> None:
    assert tahap(SENIN + 2 * HARI) == []
    assert tahap(SENIN + 3 * HARI) == [Tahap.SEGERA]
    assert tahap(SENIN + 2 * HARI, sisa_persen=50) == [Tahap.SEGERA]


def test_reminder_of_a_long_step_is_not_weeks_early() -> None:
    assert tahap(SENIN + 80 * HARI, hari=100) == []
    assert tahap(SENIN + 98 * HARI, hari=100) == [Tahap.SEGERA]


def test_superior_hears_a_working_day_later_or_at_once_where_nobody_holds_the_post() -> None:
    tenggat = SENIN + 4 * HARI  # a Friday
    assert tahap(tenggat) == [Tahap.TENGGAT]
    assert tahap(tenggat, lowong=True) == [Tahap.TENGGAT, Tahap.ATASAN]
    assert tahap(tenggat + HARI) == [Tahap.TENGGAT, Tahap.ATASAN]
    assert tahap(tenggat + timedelta(hours=2)) == [Tahap.TENGGAT]
    assert tahap(tenggat, atasan_setelah_hari=0) == [Tahap.TENGGAT, Tahap.ATASAN]


def test_attempts_lie_further_and_further_apart() -> None:
    assert [delay_ulang(n) for n in (0, 1, 2, 5, 20)] == [60, 60, 120, 960, 21600]


@pytest.fixture
def kantor(db: None, now: datetime) -> Kantor:
    """The Dinkes-like office; each step has one working day."""
    return make_kantor(DINKES, now)


def until(kantor: Kantor, nomor: int, now: datetime) -> Draf:
    """A draft that lies at step `nomor`."""
    draf = kantor.start(now)
    while nomor_kini(draf) != nomor:
        draf = kantor.work_all(draf, now)
    return draf


def jenis(*, kecuali: tuple[str, ...] = ("giliran",)) -> list[tuple[str, str]]:
    """Kinds of notice and post of their receivers, oldest first."""
    daftar = Pemberitahuan.objects.exclude(jenis__in=kecuali).order_by("pk")
    return [(p.jenis, Penugasan.objects.get(pengguna=p.pengguna).jabatan.kode) for p in daftar]


def test_new_turns_are_told_to_their_holders_in_the_act(kantor: Kantor, now: datetime) -> None:
    draf = kantor.start(now)
    assert not Pemberitahuan.objects.exists()  # the head started it and knows
    kantor.work_all(draf, now)
    kabar = Pemberitahuan.objects.get()
    assert kabar.pengguna == holder(kantor, "sekretaris")
    assert kabar.teks == (
        "Laporan Kinerja Triwulan III Tahun 2026 menunggu Anda: fasilitasi rapat "
        "(langkah 2 dari 8), batas Selasa 13 Okt pukul 16.00."
    )


def test_returned_work_says_so_and_the_end_is_told_to_all_who_worked(
    kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 7, now)
    kantor.work_all(draf, now, "tidak")
    assert jenis() == [("kembali", "perencana")]
    kantor.work_all(draf, now)
    kantor.work_all(draf, now)
    kantor.work_all(draf, now)
    assert [j for j, _k in jenis(kecuali=("giliran", "kembali"))] == ["selesai"] * 3


def test_person_with_two_mandates_is_told_once(kantor: Kantor, now: datetime) -> None:
    sekretaris = Penugasan.objects.get(jabatan__kode="sekretaris")
    PenugasanFactory(jabatan=sekretaris.jabatan, pengguna=sekretaris.pengguna, plh=True)
    kantor.work_all(kantor.start(now), now)
    assert Pemberitahuan.objects.count() == 1


def test_holder_of_one_unit_hears_of_that_unit_only(kantor: Kantor, now: datetime) -> None:
    staf = kantor.instansi.jabatan.get(kode="staf")
    satu = PenugasanFactory(jabatan=staf, unit=kantor.unit["B1"])
    until(kantor, 5, now)
    kabar = Pemberitahuan.objects.filter(tugas__jabatan=staf)
    assert kabar.filter(pengguna=satu.pengguna).count() == 1
    assert kabar.filter(pengguna=holder(kantor, "staf")).count() == 5


@pytest.mark.django_db
def test_signature_is_told_to_all_who_worked(
    kantor_satu: Kantor, di_meja_kepala: Draf, now: datetime
) -> None:
    tugas = aktif(di_meja_kepala)[0]
    tugas.begin_processing()
    tugas.save(update_fields=["status"])
    sebagai = Penugasan.objects.select_related("pengguna").get(jabatan=tugas.jabatan)
    with transaction.atomic():
        draf = lock_draf(pk=di_meja_kepala.pk)
        complete_signed_tugas(draf=draf, tugas_id=tugas.pk, sebagai=sebagai, now=now)
    kabar = Pemberitahuan.objects.filter(jenis="tanda_tangan")
    assert kabar.exists()
    assert not kabar.filter(pengguna=sebagai.pengguna).exists()
    assert kata_batas(draf, Tugas()) == "."


def test_turn_is_reminded_of_before_at_and_after_its_deadline_once_each(
    kantor: Kantor, now: datetime
) -> None:
    until(kantor, 4, now)
    tenggat = aktif(Draf.objects.get())[0].tenggat
    assert tenggat is not None
    assert remind(now=now) == 0
    for kapan, harap in (
        (tenggat - timedelta(hours=1), [("segera", "perencana")]),
        (tenggat, [("tenggat", "perencana")]),
        (tenggat + HARI, [("atasan", "sekretaris")]),
    ):
        assert remind(now=kapan) == len(harap)
        assert jenis()[-len(harap) :] == harap
        assert remind(now=kapan) == 0
    assert Tugas.objects.filter(status="aktif").count() == 1  # nothing was approved


def test_reminders_missed_while_the_house_was_dark_are_not_sent_all_at_once(
    kantor: Kantor, now: datetime
) -> None:
    until(kantor, 4, now)
    assert remind(now=now + 7 * HARI) == 2
    assert jenis() == [("tenggat", "perencana"), ("atasan", "sekretaris")]


def test_new_holder_is_reminded_as_well(kantor: Kantor, now: datetime) -> None:
    until(kantor, 4, now)
    remind(now=now + 7 * HARI)
    PenugasanFactory(
        jabatan__instansi=kantor.instansi, jabatan=aktif(Draf.objects.get())[0].jabatan
    )
    assert remind(now=now + 7 * HARI) == 1


def test_extended_deadline_is_reminded_of_anew(kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 4, now)
    remind(now=now + 2 * HARI)
    Tugas.objects.filter(draf=draf, status="aktif").update(tenggat=now + 4 * HARI)
    assert remind(now=now + 4 * HARI) >= 1


def test_empty_post_is_told_to_the_superior_at_the_deadline(kantor: Kantor, now: datetime) -> None:
    until(kantor, 4, now)
    Penugasan.objects.filter(jabatan__kode="perencana").update(selesai=now + HARI / 24)
    assert remind(now=now + 2 * HARI) == 1
    assert jenis() == [("atasan", "sekretaris")]


def test_superior_who_holds_the_post_himself_is_not_told_twice(
    kantor: Kantor, now: datetime
) -> None:
    until(kantor, 4, now)
    perencana = Penugasan.objects.get(jabatan__kode="perencana")
    perencana.pengguna = holder(kantor, "sekretaris")
    perencana.save()
    assert remind(now=now + 7 * HARI) == 1


@pytest.mark.parametrize("keadaan", ["selesai", "diproses", "ditangguhkan", "tanpa tenggat"])
def test_what_waits_for_nobody_is_silent(kantor: Kantor, now: datetime, keadaan: str) -> None:
    draf = until(kantor, 4, now)
    tugas = aktif(draf)[0]
    if keadaan == "selesai":
        kantor.work(tugas, now)
    elif keadaan == "diproses":
        tugas.begin_processing()
        tugas.save()
    elif keadaan == "ditangguhkan":
        suspend_draf(draf_id=draf.pk, aktor=holder(kantor, "kepala"), alasan="x", now=now)
    else:
        Tugas.objects.filter(pk=tugas.pk).update(tenggat=None)
    Tugas.objects.exclude(pk=tugas.pk).update(tenggat=None)
    assert remind(now=now + 7 * HARI) == 0


def test_turn_finished_while_reminding_is_not_reminded_of(
    kantor: Kantor, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    draf = until(kantor, 4, now)
    tugas = aktif(draf)[0]
    sekali = iter([True])

    def lock(**cari: int) -> Draf:
        if next(sekali, False):
            kantor.work(tugas, now)
        return lock_draf(**cari)

    monkeypatch.setattr("laporan.services.pengingat.lock_draf", lock)
    assert remind(now=now + 7 * HARI) == 0


def test_quiet_round_costs_the_same_for_many_drafts(
    kantor: Kantor, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for ke in (1, 2, 3):
        kantor.work_all(kantor.start(now, periode_ke=ke), now)
        with django_assert_num_queries(6):
            assert remind(now=now) == 0


def test_rule_of_the_office_is_followed_and_leaves_a_trail(kantor: Kantor, now: datetime) -> None:
    kepala = holder(kantor, "kepala")
    save_aturan(instansi_id=kantor.instansi.pk, aturan=Aturan(90, 5, 0), aktor=kepala, now=now)
    until(kantor, 4, now)
    assert remind(now=now + timedelta(hours=2)) == 1
    assert Jejak.objects.get(aksi="laporan.pengingat.atur").data["sisa_persen"] == 90
    with pytest.raises(AksesDitolak):
        save_aturan(
            instansi_id=kantor.instansi.pk,
            aturan=Aturan(),
            aktor=holder(kantor, "staf"),
            now=now,
        )


def test_deliveries_wait_for_working_time_and_follow_the_channels(
    kantor: Kantor, now: datetime, settings: Settings
) -> None:
    settings.SUREL_AKTIF, settings.GERBANG_PESAN = True, "konsol"
    sekretaris = holder(kantor, "sekretaris")
    Saluran.objects.create(pengguna=sekretaris, ponsel="+6281234567890", lewat_pesan=True)
    malam = now + timedelta(hours=10)  # 19.00 in WIB
    kantor.work_all(kantor.start(malam), malam)
    kiriman = Pengiriman.objects.order_by("saluran")
    assert [k.saluran for k in kiriman] == ["pesan", "surel"]
    assert {k.jadwal for k in kiriman} == {datetime(2026, 10, 13, 0, 30, tzinfo=UTC)}


def test_person_who_wants_no_messages_gets_none(
    kantor: Kantor, now: datetime, settings: Settings
) -> None:
    settings.SUREL_AKTIF, settings.GERBANG_PESAN = True, "konsol"
    Saluran.objects.create(pengguna=holder(kantor, "sekretaris"), lewat_surel=False)
    kantor.work_all(kantor.start(now), now)
    assert not Pengiriman.objects.exists()
    assert Pemberitahuan.objects.exists()


def test_office_that_never_works_is_told_in_the_application_only(
    kantor: Kantor, now: datetime, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SUREL_AKTIF = True
    draf = until(kantor, 4, now)
    kosong = Kalender(zona=WIB, jam={})
    monkeypatch.setattr("laporan.services.pengingat.get_kalender", lambda *_a, **_k: kosong)
    Pengiriman.objects.all().delete()
    assert remind(now=now + 9 * HARI) >= 1
    assert not Pengiriman.objects.exists()
    assert draf.is_aktif


def test_task_reminds(kantor: Kantor) -> None:
    lama = timezone.now() - 30 * HARI
    kantor.work_all(kantor.start(lama), lama)
    tasks.ingatkan.run()
    assert ("tenggat", "sekretaris") in jenis()


@pytest.fixture
def kabar(kantor: Kantor, now: datetime) -> Pemberitahuan:
    """A notice to the secretary."""
    kantor.work_all(kantor.start(now), now)
    return Pemberitahuan.objects.get()


def test_bell_counts_until_read(client: Client, kabar: Pemberitahuan, now: datetime) -> None:
    client.force_login(kabar.pengguna)
    daftar = reverse("laporan:list-pemberitahuan")
    isi = client.get(daftar).content.decode()
    assert kabar.teks in isi
    assert "belum dibaca" in isi
    buka = client.post(reverse("laporan:open-pemberitahuan", args=[kabar.pk]))
    assert buka["Location"] == kabar.draf.get_absolute_url()
    assert "belum dibaca" not in client.get(daftar).content.decode()
    Pemberitahuan.objects.update(dibaca_pada=None)
    assert client.post(reverse("laporan:read-pemberitahuan")).status_code == 302
    kabar.refresh_from_db()
    assert kabar.dibaca_pada is not None
    lama = kabar.dibaca_pada
    mark_dibaca(pengguna=kabar.pengguna, now=now)
    kabar.refresh_from_db()
    assert kabar.dibaca_pada == lama


def test_notices_are_of_one_person(client: Client, kantor: Kantor, kabar: Pemberitahuan) -> None:
    alamat = reverse("laporan:open-pemberitahuan", args=[kabar.pk])
    assert client.post(alamat).status_code == 302  # to sign-in
    client.force_login(holder(kantor, "staf"))
    assert client.post(alamat).status_code == 404
    assert client.get(alamat).status_code == 405
    isi = client.get(reverse("laporan:list-pemberitahuan")).content.decode()
    assert "Belum ada pemberitahuan" in isi
    assert "Atur pengingat" not in isi


def test_bell_costs_one_query(
    client: Client, kabar: Pemberitahuan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pengguna = kabar.pengguna
    with django_assert_num_queries(1):
        assert count_baru(pengguna) == 1


def test_rule_is_set_on_its_page(client: Client, kantor: Kantor) -> None:
    alamat = reverse("laporan:manage-pengingat")
    client.force_login(PenugasanFactory(jabatan__instansi=kantor.instansi).pengguna)
    assert client.get(alamat).status_code == 403
    pengelola = JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    client.force_login(PenugasanFactory(jabatan=pengelola).pengguna)
    assert "25" in client.get(alamat).content.decode()
    buruk = {"sisa_persen": "100", "paling_awal_hari": "0", "atasan_setelah_hari": "x"}
    assert client.post(alamat, buruk).status_code == 422
    baik = {"sisa_persen": "30", "paling_awal_hari": "2", "atasan_setelah_hari": "0"}
    assert client.post(alamat, baik).status_code == 302
    assert client.post(alamat, baik | {"sisa_persen": "40"}).status_code == 302
    assert AturanPengingat.objects.get(instansi=kantor.instansi).sisa_persen == 40
