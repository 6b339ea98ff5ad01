"""Pages of the forms that assess an SOP, by persona and by what can go wrong."""

from datetime import datetime

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from laporan.models import PenilaianSOP
from organisasi.models import Pengguna
from tests.factories.organisasi import PenugasanFactory
from tests.laporan.penilai import answer_all, begin, make_kantor_berkisah, orang
from tests.laporan.rute import Kantor

pytestmark = pytest.mark.django_db


@pytest.fixture
def kantor(now: datetime) -> Kantor:
    """An office with one finished report."""
    return make_kantor_berkisah(now)


@pytest.fixture
def penilaian(kantor: Kantor, now: datetime) -> PenilaianSOP:
    """Its monitoring form, just begun."""
    return begin(kantor, now)


def buka(pengguna: Pengguna, nama: str, *args: int) -> HttpResponse:
    """A page as that person sees it."""
    klien = Client()
    klien.force_login(pengguna)
    jawaban = klien.get(reverse(f"laporan:{nama}", args=args))
    assert isinstance(jawaban, HttpResponse)
    return jawaban


def kirim(pengguna: Pengguna, penilaian: PenilaianSOP, **isian: str) -> HttpResponse:
    """Post the form as it stands in the database, with changes."""
    klien = Client()
    klien.force_login(pengguna)
    data = {"urut": str(PenilaianSOP.objects.get(pk=penilaian.pk).isian_urut)}
    for b in penilaian.butir.all():
        data |= {f"jawaban-{b.pk}": b.jawaban, f"catatan-{b.pk}": b.catatan}
        data |= {f"tindakan-{b.pk}": b.tindakan}
    jawaban = klien.post(reverse("laporan:assess-sop", args=[penilaian.pk]), data | isian)
    assert isinstance(jawaban, HttpResponse)
    return jawaban


def test_a_form_is_begun_from_the_page_of_its_period(kantor: Kantor) -> None:
    kepala, klien = orang(kantor, "kepala"), Client()
    klien.force_login(kepala)
    halaman = klien.get(reverse("laporan:pantau-sop"), {"periode": "2026-s2"})
    assert "Buat dari data" in halaman.content.decode()
    data = {"versi": kantor.versi.pk, "jenis": "monitoring", "periode": "2026-s2"}
    jawaban = klien.post(reverse("laporan:create-penilaian"), data)
    penilaian = PenilaianSOP.objects.get()
    assert jawaban.headers["Location"] == penilaian.get_absolute_url()
    halaman = klien.get(reverse("laporan:pantau-sop"), {"periode": "2026-s2"})
    assert penilaian.get_absolute_url() in halaman.content.decode()
    assert klien.post(reverse("laporan:create-penilaian"), data).status_code == 409
    salah = klien.post(reverse("laporan:create-penilaian"), data | {"periode": "kapan"})
    assert salah.status_code == 422
    asing = klien.post(reverse("laporan:create-penilaian"), data | {"versi": 999_999})
    assert asing.status_code == 404
    staf = Client()
    staf.force_login(orang(kantor, "staf"))
    assert staf.post(reverse("laporan:create-penilaian"), data).status_code == 403


def test_page_by_persona(kantor: Kantor, penilaian: PenilaianSOP) -> None:
    kepala = buka(orang(kantor, "kepala"), "assess-sop", penilaian.pk).content.decode()
    assert "Tetapkan" in kepala
    assert "Usul dari data: Berjalan dengan baik." in kepala
    staf = buka(orang(kantor, "staf"), "assess-sop", penilaian.pk).content.decode()
    assert "<textarea" not in staf
    assert "Belum dinilai" in staf
    asing = PenugasanFactory.create(jabatan__tingkat="kepala").pengguna
    for nama in ("assess-sop", "print-penilaian", "export-penilaian"):
        assert buka(asing, nama, penilaian.pk).status_code == 404
    assert kirim(orang(kantor, "staf"), penilaian).status_code == 403


def test_saving_settling_and_what_lacks(kantor: Kantor, penilaian: PenilaianSOP) -> None:
    kepala, tujuh = orang(kantor, "kepala"), penilaian.butir.get(urut=7)
    assert kirim(kepala, penilaian, **{f"catatan-{tujuh.pk}": "Baik."}).status_code == 302
    assert penilaian.butir.get(urut=7).catatan == "Baik."
    belum = kirim(kepala, penilaian, aksi="tetapkan", **{f"catatan-{tujuh.pk}": "Lebih baik."})
    assert belum.status_code == 422
    assert "Baris 7" in belum.content.decode()
    assert "Lebih baik." in belum.content.decode()
    assert kirim(kepala, penilaian, aksi="perbarui").status_code == 302
    salah = kirim(kepala, penilaian, **{f"jawaban-{tujuh.pk}": "entah"})
    assert salah.status_code == 422
    answer_all(penilaian, kepala, timezone.now())
    assert kirim(kepala, penilaian, aksi="tetapkan").status_code == 302
    selesai = buka(kepala, "assess-sop", penilaian.pk).content.decode()
    assert "Ditetapkan oleh" in selesai
    assert "<textarea" not in selesai
    assert kirim(kepala, penilaian).status_code == 409


def test_words_survive_when_somebody_else_was_first(
    kantor: Kantor, penilaian: PenilaianSOP
) -> None:
    kepala, tujuh = orang(kantor, "kepala"), penilaian.butir.get(urut=7)
    kirim(orang(kantor, "sekretaris"), penilaian, **{f"catatan-{tujuh.pk}": "Milik sekretaris."})
    isian = {f"catatan-{tujuh.pk}": "Milik kepala.", "urut": "0"}
    bentrok = kirim(kepala, penilaian, **isian)
    assert bentrok.status_code == 409
    assert "Milik kepala." in bentrok.content.decode()
    assert 'value="1"' in bentrok.content.decode()
    assert kirim(kepala, penilaian, **(isian | {"urut": "1"})).status_code == 302
    assert penilaian.butir.get(urut=7).catatan == "Milik kepala."


def test_page_costs_the_same_for_any_number_of_rows(
    kantor: Kantor, penilaian: PenilaianSOP, now: datetime
) -> None:
    klien, evaluasi = Client(), begin(kantor, now, "evaluasi")
    klien.force_login(orang(kantor, "kepala"))
    banyak = []
    for formulir in (penilaian, penilaian, evaluasi):
        with CaptureQueriesContext(connection) as kueri:
            klien.get(formulir.get_absolute_url())
        banyak.append(len(kueri))
    assert banyak[1] == banyak[2] <= 14
