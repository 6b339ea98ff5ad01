"""Small promises of the pages that newcomers stumbled over."""

from datetime import datetime
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from kinerja.models import Bukti, Capaian
from tests.factories.kinerja import BuktiFactory
from tests.laporan.rute import aktif
from tests.laporan.test_lima_sop import start, walk_to

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kode", ["abc", "ABC-123", "kode salah", "x" * 60], ids=str)
def test_a_wrong_code_is_said_to_be_unknown(client: Client, kode: str) -> None:
    jawab = client.get(f"/v/{kode}/")
    assert jawab.status_code == 404
    assert "Kode tidak ditemukan" in jawab.content.decode()


def test_the_icon_is_found_under_its_usual_name(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith(".svg")


def test_typed_text_is_named_in_words(client: Client) -> None:
    isian = [{"nama": "isi-12", "nilai": "Teks"}, {"nama": "salinan-0-untuk", "nilai": "A"}]
    isian.append({"nama": "penanda", "nilai": "12"})
    teks = render_to_string("partials/isian_salin.html", {"isian": isian})
    assert "<dt>Isi bab</dt>" in teks
    assert "<dt>Salinan untuk</dt>" in teks
    assert "12</dd>" not in teks


def test_evidence_is_taken_away_without_script_after_a_question(
    client: Client, now: datetime, berkas_sendiri: Path
) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    tugas = aktif(walk_to(kantor, draf, 4))[0]
    baris = Capaian.objects.filter(formulir=tugas.formulir_id).first()
    bukti = BuktiFactory.create(capaian=baris)
    client.force_login(kantor.mandat(tugas).pengguna)
    alamat = reverse("kinerja:remove-bukti", args=[bukti.pk])
    assert alamat in client.get(tugas.get_absolute_url()).content.decode()
    assert "akan dihapus" in client.get(alamat).content.decode()
    assert client.post(alamat).status_code == 302
    assert not Bukti.objects.exists()


def test_judges_see_words_and_evidence_beside_each_figure(
    client: Client, now: datetime, berkas_sendiri: Path
) -> None:
    kantor, draf = start("dprkp2-mojokerto", now)
    for tugas in aktif(walk_to(kantor, draf, 4)):
        baris = Capaian.objects.filter(formulir=tugas.formulir_id).first()
        BuktiFactory.create(capaian=baris, nama_asli="foto lapangan.pdf")
        draf = kantor.work(tugas)
    (tugas,) = aktif(draf)
    client.force_login(kantor.mandat(tugas).pengguna)
    for alamat in (tugas.get_absolute_url(), draf.get_absolute_url()):
        isi = client.get(alamat).content.decode()
        assert "Isian putaran 1 dikarang untuk uji." in isi
        assert "foto lapangan.pdf" in isi
