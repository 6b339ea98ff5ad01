"""The outbox of notices: sent once where all goes well, again where not, never at night."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from laporan import tasks
from laporan.models import Draf, Pemberitahuan, Pengiriman, Tugas
from laporan.services.draf import suspend_draf
from laporan.services.pengiriman import retry_pengiriman, send_antrean
from organisasi.models import Pengguna, Penugasan, Saluran
from sakip.common.errors import AksesDitolak, TransisiDitolak
from sakip.common.gerbang import Hasil, Nasib
from tests.factories.organisasi import JabatanFactory, PenugasanFactory
from tests.laporan.meja_tanda import holder
from tests.laporan.rute import DINKES, Kantor, aktif, make_kantor

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
MENIT = timedelta(minutes=1)
NOMOR = "+6281234567890"


@dataclass
class Tiruan:
    """A gateway that answers as told and remembers what it got."""

    hasil: Hasil = field(default_factory=lambda: Hasil(Nasib.TERKIRIM))
    datang: list[tuple[str, str, str]] = field(default_factory=list)

    def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
        """Remember and answer."""
        self.datang.append((tujuan, teks, kunci))
        return self.hasil


@pytest.fixture
def kantor(now: datetime, settings: Settings) -> Kantor:
    """An office whose secretary wants both channels and has one turn waiting."""
    settings.SUREL_AKTIF, settings.GERBANG_PESAN = True, "konsol"
    kantor = make_kantor(DINKES, now)
    Saluran.objects.create(
        pengguna=holder(kantor, "sekretaris"), ponsel=NOMOR, lewat_pesan=True, lewat_surel=False
    )
    kantor.work_all(kantor.start(now), now)
    return kantor


@pytest.fixture
def gerbang() -> Tiruan:
    """The gateway for messages."""
    return Tiruan()


def send(gerbang: Tiruan, now: datetime) -> int:
    """One round of the sender."""
    return send_antrean(gerbang={"pesan": gerbang, "surel": gerbang}, jam=lambda: now)


def kiriman() -> Pengiriman:
    """The only delivery."""
    return Pengiriman.objects.get()


def test_message_names_the_turn_and_the_way_there_and_nothing_else(
    kantor: Kantor, gerbang: Tiruan, now: datetime, settings: Settings
) -> None:
    assert send(gerbang, now) == 1
    ((tujuan, teks, kunci),) = gerbang.datang
    assert tujuan == NOMOR
    assert kunci == f"sakip:{kiriman().pk}:pesan"
    draf = Draf.objects.get()
    assert teks == (
        f"{Pemberitahuan.objects.get().teks}\n\n"
        f"Buka: {settings.ALAMAT_PUBLIK}{draf.get_absolute_url()}\n"
    )
    assert kiriman().status == "terkirim"
    assert send(gerbang, now) == 0
    assert len(gerbang.datang) == 1


def test_mail_goes_to_the_address_of_the_account(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    Saluran.objects.update(lewat_surel=True)
    Pengiriman.objects.update(saluran="surel")
    assert send(gerbang, now) == 1
    assert gerbang.datang[0][0] == holder(kantor, "sekretaris").surel


def test_two_messages_go_out_in_one_round(kantor: Kantor, gerbang: Tiruan, now: datetime) -> None:
    Saluran.objects.update(lewat_surel=True)
    satu = kiriman()
    Pengiriman.objects.create(pemberitahuan=satu.pemberitahuan, saluran="surel", jadwal=satu.jadwal)
    assert send(gerbang, now) == 2


def test_failing_gateway_is_asked_later_and_then_given_up(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    gerbang.hasil = Hasil(Nasib.COBA_LAGI, "Gerbang pesan menjawab 503.")
    pada = now
    for ke in range(1, Pengiriman.MAKS_PERCOBAAN + 1):
        assert send(gerbang, pada) == 0
        assert kiriman().percobaan == ke
        assert send(gerbang, pada) == 0  # not again at once
        pada = kiriman().jadwal
    assert (kiriman().status, kiriman().galat) == ("gagal", "Gerbang pesan menjawab 503.")
    assert len({kunci for _t, _s, kunci in gerbang.datang}) == 1
    assert send(gerbang, now + timedelta(days=1)) == 0


def test_wish_to_wait_is_honoured(kantor: Kantor, gerbang: Tiruan, now: datetime) -> None:
    gerbang.hasil = Hasil(Nasib.COBA_LAGI, "429", tunggu=600)
    send(gerbang, now)
    assert kiriman().jadwal == now + 10 * MENIT


def test_refusal_is_not_repeated_until_somebody_asks(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    gerbang.hasil = Hasil(Nasib.DITOLAK, "Gerbang pesan menjawab 400.")
    send(gerbang, now)
    assert kiriman().status == "gagal"
    ulang = {"pengiriman_id": kiriman().pk, "instansi_id": kantor.instansi.pk}
    with pytest.raises(AksesDitolak):
        retry_pengiriman(**ulang, aktor=holder(kantor, "staf"), now=now)
    retry_pengiriman(**ulang, aktor=holder(kantor, "kepala"), now=now)
    with pytest.raises(TransisiDitolak):
        retry_pengiriman(**ulang, aktor=holder(kantor, "kepala"), now=now)
    gerbang.hasil = Hasil(Nasib.TERKIRIM)
    assert send(gerbang, now) == 1


@pytest.mark.parametrize(
    "sebab", ["selesai", "ditangguhkan", "bukan pemegang", "saluran mati", "akun mati"]
)
def test_what_nobody_needs_any_more_is_dropped(
    kantor: Kantor, gerbang: Tiruan, now: datetime, sebab: str
) -> None:
    draf, sekretaris = Draf.objects.get(), holder(kantor, "sekretaris")
    awal = Pengiriman.objects.filter(pk=kiriman().pk)
    if sebab == "selesai":
        kantor.work(aktif(draf)[0], now)
    elif sebab == "ditangguhkan":
        suspend_draf(draf_id=draf.pk, aktor=holder(kantor, "kepala"), alasan="x", now=now)
    elif sebab == "bukan pemegang":
        Penugasan.objects.filter(pengguna=sekretaris).update(selesai=now)
    elif sebab == "saluran mati":
        Saluran.objects.update(lewat_pesan=False)
    else:
        Pengguna.objects.filter(pk=sekretaris.pk).update(is_active=False)
    send(gerbang, now)
    assert awal.get().status == "gugur"
    # A halt is news of its own; that the turn waits is none any more.
    assert awal.get().kunci not in [k for _t, _s, k in gerbang.datang]


def test_news_of_the_end_is_sent_though_no_turn_is_open(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    Pemberitahuan.objects.update(jenis="selesai")
    Tugas.objects.filter(status="aktif").update(tenggat=None)
    assert send(gerbang, now) == 1


def test_superior_is_told_though_the_turn_is_not_his(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    Pemberitahuan.objects.update(jenis="atasan", pengguna=holder(kantor, "kepala"))
    Saluran.objects.update(pengguna=holder(kantor, "kepala"))
    assert send(gerbang, now) == 1


def test_nothing_leaves_at_night(kantor: Kantor, gerbang: Tiruan, now: datetime) -> None:
    malam = now + timedelta(hours=10)
    assert send(gerbang, malam) == 0
    assert gerbang.datang == []
    assert kiriman().jadwal == datetime.fromisoformat("2026-10-13T00:30:00Z")
    assert kiriman().percobaan == 0


def test_channel_that_is_not_there_waits(kantor: Kantor, now: datetime) -> None:
    assert send_antrean(gerbang={}, jam=lambda: now) == 0
    assert kiriman().jadwal > now


def test_dead_worker_leaves_the_row_to_the_next_with_the_same_key(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    class Mati(Tiruan):
        def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
            super().kirim(tujuan, teks, kunci)
            raise KeyboardInterrupt

    mati = Mati()
    with pytest.raises(KeyboardInterrupt):
        send(mati, now)
    assert kiriman().status == "jalan"
    assert send(gerbang, now + MENIT) == 0
    assert send(gerbang, now + 3 * MENIT) == 1
    assert mati.datang[0][2] == gerbang.datang[0][2]


def test_slow_worker_does_not_overwrite_what_another_did(
    kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    class Lambat(Tiruan):
        def kirim(self, tujuan: str, teks: str, kunci: str) -> Hasil:
            assert send(gerbang, now + 3 * MENIT) == 1
            return Hasil(Nasib.COBA_LAGI, "terlambat")

    assert send(Lambat(), now) == 0
    assert (kiriman().status, kiriman().galat) == ("terkirim", "")


def test_row_taken_in_between_is_left_alone(kantor: Kantor, gerbang: Tiruan, now: datetime) -> None:
    jam: Iterator[datetime] = iter([now, now - timedelta(days=1)])
    assert send_antrean(gerbang={"pesan": gerbang}, jam=lambda: next(jam)) == 0
    assert gerbang.datang == []


def test_task_sends_through_the_ways_of_the_installation(
    kantor: Kantor, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, now: datetime
) -> None:
    monkeypatch.setattr(timezone, "now", lambda: now)
    with caplog.at_level("INFO"):
        tasks.kirim_pemberitahuan.run()
    assert kiriman().status == "terkirim"
    assert "pesan_konsol tujuan=+62•••90" in caplog.text
    assert NOMOR not in caplog.text


def test_dead_letters_are_seen_and_sent_again_by_who_manages(
    client: Client, kantor: Kantor, gerbang: Tiruan, now: datetime
) -> None:
    gerbang.hasil = Hasil(Nasib.DITOLAK, "Gerbang pesan menjawab 400.")
    send(gerbang, now)
    pengelola = PenugasanFactory(
        jabatan=JabatanFactory(instansi=kantor.instansi, tingkat="pengelola")
    )
    client.force_login(pengelola.pengguna)
    isi = client.get(reverse("laporan:manage-pengingat")).content.decode()
    assert "Gerbang pesan menjawab 400." in isi
    assert NOMOR not in isi
    alamat = reverse("laporan:retry-pengiriman", args=[kiriman().pk])
    assert client.post(alamat).status_code == 302
    assert client.post(alamat).status_code == 409
    lain = PenugasanFactory(jabatan=JabatanFactory(tingkat="pengelola"))
    client.force_login(lain.pengguna)
    assert client.post(alamat).status_code == 404
