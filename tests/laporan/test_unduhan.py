"""Pemantauan as a file."""

import csv
import io
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse

from tests.laporan.kisah import tell_story
from tests.laporan.rute import DINKES, Kantor, make_kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office whose SOP has gone round."""
    return make_kantor(DINKES, now)


def test_steps_are_downloaded_as_the_page_shows_them(kantor: Kantor, now: datetime) -> None:
    tell_story(kantor, now)
    klien = Client()
    klien.force_login(kantor.orang[kantor.instansi.jabatan.get(kode="kepala").pk])
    alamat = reverse("laporan:pantau-sop")
    assert 'href="?unduh=csv"' in klien.get(alamat).content.decode()
    jawaban = klien.get(alamat, {"unduh": "csv"})
    assert jawaban["Content-Type"].startswith("text/csv")
    baris = list(csv.DictReader(io.StringIO(jawaban.content.decode("utf-8-sig"))))
    assert baris[0]["Langkah"].startswith("1. ")
    assert sum(int(b["Mengembalikan"]) for b in baris) == 1
    assert baris[0]["Median (menit)"].isdigit()
