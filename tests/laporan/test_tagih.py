"""Reminding units of figures they owe: whom, how often, at whose word."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from kinerja.rules.periode import Periode
from laporan.models import Draf, Pemberitahuan, Tugas
from laporan.services.draf import LaporanBaru, suspend_draf
from laporan.services.tagih import remind_unit
from organisasi.models import Jejak, Pengguna
from organisasi.selectors import list_pemegang
from sakip.common.errors import AksesDitolak
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.invarian import assert_invarian
from tests.laporan.kantor_contoh import KantorContoh, load_kantor
from tests.laporan.rute import aktif
from tests.laporan.test_pemeriksaan import walk_to

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
TW3 = Periode(2026, 3)


@pytest.fixture
def kantor(now: datetime) -> KantorContoh:
    """DPRKP2, which collects at step 4."""
    return load_kantor("dprkp2-mojokerto", now)


@pytest.fixture
def draf(kantor: KantorContoh) -> Draf:
    """A report that collects, one of its three units done."""
    draf = walk_to(kantor, kantor.start(LaporanBaru("triwulan", 2026, 3)), 4)
    return kantor.work(aktif(draf)[0])


@pytest.fixture
def perencana(kantor: KantorContoh) -> Pengguna:
    """Who waits for the figures."""
    jabatan = kantor.instansi.jabatan.filter(tingkat="perencana").values_list("pk", flat=True)
    return list_pemegang(jabatan_ids=list(jabatan), pada=kantor.now)[0].pengguna


def remind(kantor: KantorContoh, aktor: Pengguna, now: datetime) -> list[str]:
    """Remind the units of triwulan III."""
    return remind_unit(instansi_id=kantor.instansi.pk, periode=TW3, aktor=aktor, now=now)


def test_units_that_owe_are_told_once_a_day_and_the_trail_says_by_whom(
    kantor: KantorContoh, draf: Draf, perencana: Pengguna
) -> None:
    belum = [str(t.unit) for t in aktif(draf)]
    assert remind(kantor, perencana, kantor.now) == belum
    assert remind(kantor, perencana, kantor.now + timedelta(minutes=5)) == []
    kabar = Pemberitahuan.objects.filter(kunci__startswith="tagih:")
    assert {k.tugas_id for k in kabar} == {t.pk for t in aktif(draf)}
    assert f"capaian {belum[-1]} untuk {draf.judul} belum dikirim, batas" in kabar[0].teks
    jejak = Jejak.objects.get(aksi="laporan.capaian.ingatkan")
    assert jejak.data["unit"] == belum
    assert "Perencana" in jejak.sebagai
    assert_invarian(draf.pk)
    assert remind(kantor, perencana, kantor.now + timedelta(days=1)) == belum


def test_late_turns_are_told_as_late_and_nobody_tells_himself(
    kantor: KantorContoh, draf: Draf, perencana: Pengguna
) -> None:
    tugas = aktif(draf)[0]
    PenugasanFactory(pengguna=perencana, jabatan=tugas.jabatan, unit=tugas.unit, mulai=kantor.now)
    Tugas.objects.filter(pk=tugas.pk).update(tenggat=kantor.now)
    remind(kantor, perencana, kantor.now)
    kabar = Pemberitahuan.objects.filter(kunci__startswith="tagih:")
    assert {k.jenis for k in kabar.filter(tugas=tugas)} == {"tenggat"}
    assert {k.jenis for k in kabar.exclude(tugas=tugas)} == {"segera"}
    assert not kabar.filter(pengguna=perencana).exists()


def test_other_periods_and_halted_reports_are_silent(
    kantor: KantorContoh, draf: Draf, perencana: Pengguna
) -> None:
    lain = remind_unit(
        instansi_id=kantor.instansi.pk, periode=Periode(2026, 2), aktor=perencana, now=kantor.now
    )
    assert lain == []
    kepala = list_pemegang(
        jabatan_ids=[draf.versi.langkah.get(nomor=1).pelaksana.get().jabatan_id], pada=kantor.now
    )[0].pengguna
    suspend_draf(draf_id=draf.pk, aktor=kepala, alasan="Dinas luar.", now=kantor.now)
    assert remind(kantor, perencana, kantor.now) == []
    assert not Jejak.objects.filter(aksi="laporan.capaian.ingatkan").exists()


def test_only_who_waits_for_figures_reminds(kantor: KantorContoh, draf: Draf) -> None:
    with pytest.raises(AksesDitolak, match="kepala, sekretaris, atau perencana"):
        remind(kantor, kantor.mandat(aktif(draf)[0]).pengguna, kantor.now)
    with pytest.raises(AksesDitolak):
        remind(kantor, PenugasanFactory(jabatan__tingkat="perencana").pengguna, kantor.now)


def test_the_button_tells_and_comes_back_to_the_matrix(
    client: Client, kantor: KantorContoh, draf: Draf, perencana: Pengguna
) -> None:
    alamat = reverse("laporan:remind-capaian")
    client.force_login(perencana)
    jawab = client.post(alamat, {"periode": "2026-3"}, follow=True)
    assert jawab.redirect_chain[0][0].endswith("?periode=2026-3")
    assert "Pengingat terkirim: " in jawab.content.decode()
    jawab = client.post(alamat, {"periode": "2026-3"}, follow=True)
    assert "sudah diingatkan hari ini" in jawab.content.decode()
    assert client.post(alamat, {"periode": "kapan"}).status_code == 422
    assert client.get(alamat).status_code == 405
