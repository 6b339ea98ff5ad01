"""Every office of one government, for its pembina and nobody else."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian
from kinerja.rules.hitung import mean
from kinerja.rules.periode import Periode
from kinerja.selectors.daerah import get_daerah
from tests.factories.kinerja import IndikatorFactory, make_baris
from tests.factories.organisasi import (
    InstansiFactory,
    JabatanFactory,
    PenugasanFactory,
    UnitKerjaFactory,
)
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
TW3 = Periode(2026, 3)
ALAMAT = "/capaian/daerah/?periode=2026-3"


def test_offices_of_the_same_government_stand_side_by_side(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "81"), ("90", None), diajukan=True)
    lain = UnitKerjaFactory(instansi__pemerintah=bidang.instansi.pemerintah)
    make_baris(lain, ("90", "90"), diverifikasi=True)
    make_baris(UnitKerjaFactory(instansi__pemerintah="Pemerintah Lain"), ("90", "90"))
    InstansiFactory(pemerintah=bidang.instansi.pemerintah)
    daerah = get_daerah(bidang.instansi.pemerintah, TW3)
    per_instansi = {b.instansi: b for b in daerah.baris}
    assert set(per_instansi) == {bidang.instansi, lain.instansi}
    satu, dua = per_instansi[bidang.instansi], per_instansi[lain.instansi]
    assert (satu.rerata.warna, satu.rerata.kategori) == ("", "Dari 1 di antara 2 indikator")
    assert (satu.kirim, satu.verifikasi, satu.unit) == (1, 0, 1)
    assert (dua.rerata.warna, dua.verifikasi, daerah.lengkap) == ("daun", 1, 1)


def test_indikator_of_another_renstra_are_not_missing(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "90"), diverifikasi=True)
    IndikatorFactory(
        unit=bidang.kolega.unit,
        sasaran__tujuan__instansi=bidang.instansi,
        sasaran__tujuan__tahun_awal=2020,
        sasaran__tujuan__tahun_akhir=2024,
    )
    (satu,) = get_daerah(bidang.instansi.pemerintah, TW3).baris
    assert (satu.rerata.semua, satu.unit, satu.rerata.warna) == (1, 1, "daun")


def test_an_office_that_is_not_verified_has_no_colour(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "90"), diajukan=True)
    daerah = get_daerah(bidang.instansi.pemerintah, TW3)
    (satu,) = daerah.baris
    assert (satu.rerata.kategori, satu.rerata.warna) == ("Sangat Tinggi", "")
    assert (satu.rerata.catatan, satu.verifikasi) == ("belum diverifikasi", 0)
    assert not any("#1d6b45" in g for g in (daerah.grafik.lebar, daerah.grafik_tren.lebar))
    assert "setelah semua angkanya diverifikasi" in daerah.grafik.lebar


def test_usual_rows_and_others_are_reckoned_as_by_the_engine(bidang: Bidang) -> None:
    lama = make_baris(bidang.unit, ("90", "45"), triwulan=2, dikembalikan=True)
    make_baris(bidang.unit, ("90", "72"), triwulan=2, putaran=2, diajukan=True)
    nilai = [("90", "81"), ("90", "270"), ("0", "5"), ("90", None), ("90", "81")]
    baris = make_baris(bidang.unit, *nilai, diajukan=True)
    Capaian.objects.filter(pk=baris[1].pk).update(batas=120)
    Capaian.objects.filter(pk=baris[4].pk).update(rumus="stabil")
    rentang = make_baris(bidang.kolega.unit, ("80", "95"), ("90", "-9"), diajukan=True)  # type: ignore[arg-type]
    Capaian.objects.filter(pk=rentang[0].pk).update(target_atas=90)
    Capaian.objects.filter(pk=rentang[1].pk).update(lantai=None)
    daerah = get_daerah(bidang.instansi.pemerintah, TW3)
    (satu,) = daerah.baris
    semua = [c.hasil.persen for c in Capaian.objects.filter(formulir__triwulan=3)]
    ada = [n for n in semua if n is not None]
    assert len(ada) == 5
    assert satu.rerata.persen == mean(ada)
    assert satu.lalu.teks == "80,00%"
    assert lama[0].pk
    assert [
        (t.periode.triwulan, t.ringkasan.banyak, t.ringkasan.tak_terhitung)
        for t in daerah.tren[-2:]
    ] == [
        (2, 1, 0),
        (3, 5, 2),
    ]
    assert "dari 80,00% menjadi" in daerah.grafik_tren.sempit


def test_costs_the_same_for_every_number_of_offices(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(12):
        unit = UnitKerjaFactory(instansi__pemerintah="Kabupaten")
        make_baris(unit, *[("90", "81")] * (n + 1), diajukan=True)
    with django_assert_num_queries(5):
        assert len(get_daerah("Kabupaten", TW3).baris) == 12


def test_page_is_for_the_pembina(client: Client, bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "81"), diajukan=True)
    client.force_login(bidang.perencana.pengguna)
    assert client.get(ALAMAT).status_code == 403
    setda = InstansiFactory(pemerintah=bidang.instansi.pemerintah)
    pembina = PenugasanFactory.create(
        jabatan=JabatanFactory(instansi=setda, tingkat="pembina")
    ).pengguna
    client.force_login(pembina)
    assert bidang.instansi.nama_pendek in client.get(ALAMAT).content.decode()
    assert "Seluruh perangkat daerah" in client.get("/capaian/rekap/").content.decode()


def test_without_any_plan_the_page_says_so(client: Client) -> None:
    pembina = PenugasanFactory.create(jabatan=JabatanFactory(tingkat="pembina")).pengguna
    client.force_login(pembina)
    assert "Belum ada perangkat daerah" in client.get(ALAMAT).content.decode()
