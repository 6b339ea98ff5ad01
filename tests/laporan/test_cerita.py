"""The audit trail of one draft: read by its office, printed with its pages, and checked."""

from datetime import datetime

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from laporan.models import Draf, VersiNaskah
from laporan.selectors.cerita import tell_cerita
from laporan.selectors.cetak import build_cetak
from laporan.services.koreksi import answer_catatan, apply_usul, withdraw_catatan
from tests.factories.organisasi import PenugasanFactory
from tests.kekal import tanpa_pemicu
from tests.laporan.koreksi_uji import make_meja
from tests.laporan.meja_tanda import TANDA_SATU, holder, until
from tests.laporan.rute import Kantor, make_kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with one signer."""
    return make_kantor(TANDA_SATU, now)


def test_every_act_is_told_in_order_and_the_chain_holds(
    client: Client, kantor: Kantor, now: datetime
) -> None:
    draf = until(kantor, 3, now)
    client.force_login(holder(kantor, "perencana"))
    halaman = client.get(reverse("laporan:view-jejak", args=[draf.pk])).content.decode()
    assert halaman.index("1. Laporan dimulai") < halaman.index("2. Diselesaikan (langkah 1)")
    assert "Utuh" in halaman
    assert Draf.objects.get().jejak_sidik in halaman
    riwayat = client.get(reverse("laporan:view-riwayat", args=[draf.pk])).content.decode()
    assert reverse("laporan:view-jejak", args=[draf.pk]) in riwayat
    client.force_login(PenugasanFactory().pengguna)
    assert client.get(reverse("laporan:view-jejak", args=[draf.pk])).status_code == 404


def test_notes_and_their_answers_are_told_in_words(now: datetime) -> None:
    meja = make_meja(now)
    usul, biasa, salah = meja.note(usul="Kata lain."), meja.note(1), meja.note(None)
    withdraw_catatan(catatan_id=salah.pk, aktor=meja.pemeriksa, now=now)
    meja.work("tidak")
    apply_usul(catatan_id=usul.pk, aktor=meja.penulis, now=now)
    answer_catatan(catatan_id=biasa.pk, jawaban="", aktor=meja.penulis, now=now, diikuti=True)
    kata = [c.kata for c in tell_cerita(Draf.objects.get()).catatan]
    assert "Usul kalimat diterapkan" in kata
    assert not [k for k in kata if "." in k]


def test_a_broken_chain_is_said_on_the_page(client: Client, kantor: Kantor, now: datetime) -> None:
    draf = until(kantor, 3, now)
    if connection.vendor != "sqlite":
        pytest.fail("forging past the triggers is tried on SQLite only")
    with tanpa_pemicu(), connection.cursor() as kursor:
        kursor.execute("UPDATE organisasi_jejak SET aktor_nama = 'Lain' WHERE urut = 2")
    client.force_login(holder(kantor, "perencana"))
    halaman = client.get(reverse("laporan:view-jejak", args=[draf.pk])).content.decode()
    assert "jejak nomor 2 tidak cocok dengan sidiknya" in halaman


def test_the_head_of_the_chain_is_printed_with_the_approval(kantor: Kantor, now: datetime) -> None:
    until(kantor, 3, now)
    versi = VersiNaskah.objects.select_related(
        "draf__instansi", "draf__versi", "draf__sop", "draf__perjanjian"
    ).get()
    cetak = build_cetak(versi, pada=now)
    html = render_to_string("pdf/_pengesahan.html", {"cetak": cetak})
    akhir = tell_cerita(versi.draf).catatan[-1].jejak
    assert f"nomor {akhir.urut}" in html
    assert cetak.sidik_jejak in html
    assert cetak.sidik_jejak.replace(" ", "") == akhir.sidik
