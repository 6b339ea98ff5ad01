"""The page that shows what changed from one version to another."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from laporan.models import BabNaskah, Draf
from laporan.selectors.banding_naskah import compare_versi_naskah, get_versi, list_versi
from laporan.services.naskah import IsianBab, save_bab
from tests.factories.organisasi import PenggunaFactory
from tests.laporan.meja_tanda import TANDA_SATU
from tests.laporan.rute import Kantor, aktif, make_kantor

pytestmark = pytest.mark.django_db
JAM = timedelta(hours=1)


def write(kantor: Kantor, draf: Draf, teks: str, now: datetime) -> Draf:
    """The writer puts that into the first chapter and passes it on."""
    (tugas,) = aktif(draf)
    bab = BabNaskah.objects.get(draf=draf, urutan=1)
    aktor = kantor.pelaku(tugas)
    save_bab(bab_id=bab.pk, isian=IsianBab(teks, bab.versi), aktor=aktor, now=now)
    return kantor.work(tugas, now)


@pytest.fixture
def dua_versi(now: datetime) -> tuple[Kantor, Draf]:
    """A draft sent back once and written again, before the corrector."""
    kantor = make_kantor(TANDA_SATU, now)
    draf = write(kantor, kantor.start(now), "<p>Capaian 86,1 persen dari target.</p>", now)
    draf = kantor.work_all(draf, now + JAM, "tidak")
    teks = BabNaskah.objects.get(draf=draf, urutan=1).isi
    return kantor, write(kantor, draf, teks.replace("86,1", "88,7"), now + 2 * JAM)


def test_versions_are_listed_with_their_return(
    dua_versi: tuple[Kantor, Draf],
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    _kantor, draf = dua_versi
    with django_assert_num_queries(2):
        baru, lama = list_versi(draf)
    assert (baru.nomor, baru.kembali) == (2, None)
    assert (lama.nomor, lama.kembali) == (1, now + JAM)


def test_nothing_that_was_stored_badly_is_shown(dua_versi: tuple[Kantor, Draf]) -> None:
    _kantor, draf = dua_versi
    lama, baru = get_versi(draf, 1), get_versi(draf, 2)
    assert lama
    assert baru
    baru.isi[0]["html"] = '<p onclick="x()">Lain<script>y()</script></p>'
    banding = compare_versi_naskah(lama, baru)
    assert "onclick" not in str(banding.bab)
    assert "script" not in str(banding.bab)


def test_page_marks_the_change_and_folds_the_rest(
    dua_versi: tuple[Kantor, Draf],
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    kantor, draf = dua_versi
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    alamat = reverse("laporan:compare-naskah", args=[draf.pk])
    with django_assert_max_num_queries(16):
        halaman = client.get(alamat)
    isi = halaman.content.decode()
    assert "1 perubahan di 1 bagian" in isi
    assert "dihapus: </span>86,1</del>" in isi
    assert "ditambahkan: </span>88,7</ins>" in isi
    assert 'id="ubah-1"' in isi
    assert "Kerjakan" in isi
    terbalik = client.get(alamat, {"dari": "2", "ke": "1"}).content.decode()
    assert "dihapus: </span>88,7</del>" in terbalik
    sama = client.get(alamat, {"dari": "2", "ke": "2"}).content.decode()
    assert "Kata-katanya sama" in sama


@pytest.mark.parametrize("nomor", ["9", "0"])
def test_a_version_that_is_not_there_is_not_found(
    dua_versi: tuple[Kantor, Draf], client: Client, nomor: str
) -> None:
    kantor, draf = dua_versi
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    alamat = reverse("laporan:compare-naskah", args=[draf.pk])
    assert client.get(alamat, {"ke": nomor}).status_code == 404
    assert client.get(alamat, {"ke": "x"}).status_code == 200


def test_one_version_has_nothing_beside_it(now: datetime, client: Client) -> None:
    kantor = make_kantor(TANDA_SATU, now)
    draf = write(kantor, kantor.start(now), "<p>Satu.</p>", now)
    client.force_login(kantor.pelaku(aktif(draf)[0]))
    isi = client.get(reverse("laporan:compare-naskah", args=[draf.pk])).content.decode()
    assert "Baru ada 1 versi" in isi


def test_strangers_do_not_find_it(dua_versi: tuple[Kantor, Draf], client: Client) -> None:
    _kantor, draf = dua_versi
    client.force_login(PenggunaFactory.create())
    assert client.get(reverse("laporan:compare-naskah", args=[draf.pk])).status_code == 404
