"""The paper with what changed in it: marked against an earlier version, or clean."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from laporan.services.dibaca import mark_dibaca
from organisasi.models import Pengguna
from sakip.common.blok import split_blok
from tests.laporan.koreksi_uji import MejaKoreksi, make_meja
from tests.laporan.rute import aktif

pytestmark = pytest.mark.django_db
HAPUS, TAMBAH = "86,1</del>", "88,7</ins>"


@pytest.fixture
def meja(now: datetime) -> MejaKoreksi:
    """Three versions: 86,1, then 88,7, then without the paragraph about vaccines."""
    meja = make_meja(now)
    mark_dibaca(draf_id=meja.draf.pk, nomor=1, aktor=meja.pemeriksa, now=now)
    for lama, baru in (("86,1", "88,7"), (meja.blok(1).html, "")):
        meja.work("tidak")
        meja.write(meja.bab.isi.replace(lama, baru))
        meja.work()
    return meja


def kertas(meja: MejaKoreksi, orang: Pengguna, kueri: str = "", alamat: str = "") -> str:
    """The page of the open turn, or another, as that person sees it."""
    client = Client()
    client.force_login(orang)
    alamat = alamat or aktif(meja.draf)[0].get_absolute_url()
    return client.get(f"{alamat}{kueri}").content.decode()


def test_examiner_sees_marked_what_changed_since_he_read(meja: MejaKoreksi) -> None:
    isi = kertas(meja, meja.pemeriksa)
    assert "Versi 1 (terakhir Anda baca)" in isi
    assert "2 perubahan di 1 bagian" in isi
    assert HAPUS in isi
    assert TAMBAH in isi
    assert "Kendala" in isi
    assert f'href="#b-{meja.bab.kode}-{meja.blok().kode}" data-lompat="1"' in isi
    dihapus = split_blok(meja.draf.versi_naskah.get(nomor=1).isi[0]["html"])[1].kode
    assert f'id="b-{meja.bab.kode}-{dihapus}" data-henti="ubah" tabindex="-1">' in isi


def test_another_version_is_chosen_and_a_clean_paper_asked_for(meja: MejaKoreksi) -> None:
    isi = kertas(meja, meja.pemeriksa, "?banding=2&tampil=perubahan")
    assert "1 perubahan di 1 bagian" in isi
    assert HAPUS not in isi
    bersih = kertas(meja, meja.pemeriksa, "?banding=2&tampil=bersih")
    assert "Kendala" not in bersih
    assert "perubahan di" not in bersih
    assert '<option value="2" selected>' in bersih


@pytest.mark.parametrize("aneh", ["0", "9", "x", "-1"])
def test_a_version_that_is_not_there_changes_nothing(meja: MejaKoreksi, aneh: str) -> None:
    assert "perubahan di 1 bagian" in kertas(meja, meja.pemeriksa, f"?banding={aneh}")


def test_readers_see_a_clean_paper_and_may_mark_it(
    meja: MejaKoreksi, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    alamat = meja.draf.get_absolute_url()
    with django_assert_max_num_queries(60) as bersih:
        assert TAMBAH not in kertas(meja, meja.kepala, alamat=alamat)
    with django_assert_max_num_queries(len(bersih) + 1):
        isi = kertas(meja, meja.kepala, "?banding=1&tampil=perubahan", alamat)
    assert TAMBAH in isi
    assert "data-catat" not in isi


def test_notes_stand_beside_marked_words_and_in_the_outline(meja: MejaKoreksi) -> None:
    catatan = meja.note()
    isi = kertas(meja, meja.pemeriksa)
    assert isi.index(TAMBAH) < isi.index(f'id="c-{catatan.pk}"')
    assert '<span class="jml">1<span' in isi


def test_a_first_version_has_nothing_to_be_compared_with(now: datetime) -> None:
    meja = make_meja(now)
    assert "Bandingkan dengan" not in kertas(meja, meja.pemeriksa)
