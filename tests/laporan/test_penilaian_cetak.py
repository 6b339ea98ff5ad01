"""The assessment on paper and as a workbook says just what the rows say."""

import io
from datetime import datetime

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from laporan.models import PenilaianSOP
from laporan.selectors.lembar_penilaian import NAMA_LEMBAR
from laporan.services.penilaian import settle_penilaian
from laporan.views.penilaian import render_penilaian
from sakip.common.lembar import read_buku
from tests.laporan.penilai import answer_all, begin, make_kantor_berkisah, orang
from tests.laporan.rute import Kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with one finished report."""
    return make_kantor_berkisah(now)


def unduh(kantor: Kantor, nama: str, penilaian: PenilaianSOP) -> bytes:
    """The file as the head of the office gets it."""
    klien = Client()
    klien.force_login(orang(kantor, "kepala"))
    jawaban = klien.get(reverse(f"laporan:{nama}", args=[penilaian.pk]))
    assert "attachment" in jawaban.headers["Content-Disposition"]
    return jawaban.content


@pytest.mark.parametrize("jenis", ["monitoring", "evaluasi"])
def test_paper_says_every_row(kantor: Kantor, now: datetime, jenis: str) -> None:
    penilaian = begin(kantor, now, jenis)
    answer_all(penilaian, orang(kantor, "kepala"), now)
    html = render_penilaian(penilaian)
    assert "Sedang diisi, belum ditetapkan" in html
    for b in penilaian.butir.all():
        for teks in (b.pernyataan, b.dasar, b.catatan, b.kata):
            assert teks in html
    assert penilaian.ringkasan in html
    assert ("Paraf penilai" in html) is (jenis == "monitoring")


def test_settled_paper_names_the_assessor(kantor: Kantor, now: datetime) -> None:
    penilaian = begin(kantor, now)
    kepala = orang(kantor, "kepala")
    answer_all(penilaian, kepala, now)
    html = render_penilaian(settle_penilaian(penilaian_id=penilaian.pk, aktor=kepala, now=now))
    assert kepala.nama in html
    assert f"NIP {kepala.nip_berkelompok}" in html
    assert "12 Oktober 2026" in html
    assert "belum ditetapkan" not in html


def test_pdf_is_tagged_and_lies_on_its_side(kantor: Kantor, now: datetime) -> None:
    isi = unduh(kantor, "print-penilaian", begin(kantor, now))
    with pikepdf.open(io.BytesIO(isi)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        _x, _y, lebar, tinggi = (round(float(v)) for v in pdf.pages[0].MediaBox.as_list())
    assert (lebar, tinggi) == (842, 595)


@pytest.mark.parametrize("jenis", ["monitoring", "evaluasi"])
def test_workbook_reads_back(kantor: Kantor, now: datetime, jenis: str) -> None:
    penilaian = begin(kantor, now, jenis)
    penilaian.butir.filter(urut=2).update(catatan='=HYPERLINK("http://x")')
    lembar = read_buku(unduh(kantor, "export-penilaian", penilaian)).get(NAMA_LEMBAR)
    assert lembar is not None
    assert lembar.at(1, 2).teks == kantor.instansi.nama
    awal = next(b for b in range(1, 30) if lembar.at(b, 1).teks == "No")
    for n, b in enumerate(penilaian.butir.order_by("urut"), start=awal + 1):
        baris = [lembar.at(n, k).teks for k in range(1, 6)]
        assert baris == [str(b.urut), b.pernyataan, b.kata, b.dasar, b.catatan]
