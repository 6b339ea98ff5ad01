"""Rekap of an office and the page of one indikator."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import FormulirCapaian, SkalaKategori
from kinerja.rules.periode import Periode, find_periode, parse_periode, step_periode
from kinerja.selectors.gambar import draw_indikator
from kinerja.selectors.rekap import get_rekap, list_riwayat_indikator, list_tren
from tests.factories.kinerja import (
    CapaianFactory,
    FormulirFactory,
    IndikatorFactory,
    TargetFactory,
    make_baris,
)
from tests.factories.organisasi import PenugasanFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
TW3 = Periode(2026, 3)


def test_mean_of_a_complete_sasaran_has_a_category(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "88.2"), ("100", "90"), diverifikasi=True)
    rekap = get_rekap(bidang.instansi, TW3)
    assert (rekap.keseluruhan.teks, rekap.keseluruhan.kategori) == ("94,00%", "Sangat Tinggi")
    assert (rekap.keseluruhan.warna, rekap.keseluruhan.belum) == ("daun", 0)
    assert (rekap.unit_lengkap, rekap.unit_semua) == (1, 1)
    assert "0 dari 1 sasaran mencapai 100%" in rekap.grafik.lebar
    assert "0 dari 1 sasaran mencapai 100%" in rekap.grafik.sempit


def test_what_is_incomplete_has_no_colour_and_says_over_how_many_it_is(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "90"), ("90", None), diajukan=True)
    rekap = get_rekap(bidang.instansi, TW3)
    (sasaran,) = rekap.sasaran
    assert (sasaran.rerata.teks, sasaran.rerata.warna) == ("100,00%", "")
    assert sasaran.rerata.kategori == "Dari 1 di antara 2 indikator"
    assert rekap.unit_lengkap == 0


def test_without_any_figure_nothing_is_zero(bidang: Bidang) -> None:
    TargetFactory(indikator__unit=bidang.unit)
    rekap = get_rekap(bidang.instansi, TW3)
    assert (rekap.keseluruhan.persen, rekap.keseluruhan.teks) == (None, "–")
    assert rekap.keseluruhan.kategori == "Belum ada capaian"
    assert not rekap.grafik_tren


def test_low_figures_are_counted(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "30"), ("90", "90"), diajukan=True)
    assert get_rekap(bidang.instansi, TW3).rendah == 1


def test_trend_takes_the_last_round_of_each_triwulan_and_leaves_gaps(bidang: Bidang) -> None:
    (lama,) = make_baris(bidang.unit, ("100", "50"), tahun=2025, triwulan=4, dikembalikan=True)
    for tahun, triwulan, putaran, nilai in ((2025, 4, 2, "80"), (2026, 3, 1, "90")):
        CapaianFactory(
            formulir=FormulirFactory(
                unit=bidang.unit, tahun=tahun, triwulan=triwulan, putaran=putaran, diajukan=True
            ),
            indikator=lama.indikator,
            target_nilai=Decimal(100),
            realisasi=Decimal(nilai),
        )
    tren = {t.periode: t for t in list_tren(bidang.instansi, TW3)}
    assert len(tren) == 8
    assert tren[Periode(2025, 4)].persen == 80
    assert tren[TW3].persen == 90
    assert tren[Periode(2026, 1)].persen is None
    assert "dari 80,00% menjadi 90,00%" in get_rekap(bidang.instansi, TW3).grafik_tren.lebar


def test_means_and_rows_are_judged_by_the_scale_of_the_office(bidang: Bidang) -> None:
    make_baris(bidang.unit, ("90", "81"), diverifikasi=True)
    for batas, label in ((80, "Baik"), (0, "Kurang")):
        SkalaKategori.objects.create(
            instansi=bidang.instansi, batas=batas, label=label, warna="daun"
        )
    rekap = get_rekap(bidang.instansi, TW3)
    (sasaran,) = rekap.sasaran
    assert {rekap.keseluruhan.kategori, sasaran.rerata.kategori, sasaran.baris[0].kategori} == {
        "Baik"
    }


def test_rekap_costs_the_same_however_large_the_office(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for jumlah in (1, 30):
        for triwulan in (2, 3):
            nilai = [("90", "80")] * jumlah
            make_baris(bidang.unit, *nilai, triwulan=triwulan, putaran=jumlah, diajukan=True)
        with django_assert_num_queries(15):
            get_rekap(bidang.instansi, TW3)


def test_indikator_shows_plan_and_figures_side_by_side(bidang: Bidang) -> None:
    indikator = IndikatorFactory(unit=bidang.unit)
    TargetFactory(indikator=indikator, triwulan=2, nilai=Decimal(85))
    CapaianFactory(
        formulir=FormulirFactory(unit=bidang.unit, diajukan=True),
        indikator=indikator,
        target_nilai=Decimal(90),
        realisasi=Decimal(81),
    )
    titik = {t.periode: t for t in list_riwayat_indikator(indikator, TW3)}
    assert (titik[Periode(2026, 2)].target, titik[Periode(2026, 2)].persen) == (85, None)
    assert (titik[TW3].target, titik[TW3].realisasi, titik[TW3].persen) == (90, 81, 90)
    assert Periode(2026, 1) not in titik
    (kosong,) = list_riwayat_indikator(IndikatorFactory(unit=bidang.unit), TW3)
    assert (kosong.periode, kosong.target) == (TW3, None)


def test_pages_show_the_office_of_the_reader_only(client: Client, bidang: Bidang) -> None:
    (c, _kosong) = make_baris(bidang.unit, ("90", "81"), ("90", None), diajukan=True)
    alamat = f"/capaian/indikator/{c.indikator_id}/?periode=2026-3"
    client.force_login(bidang.perencana.pengguna)
    isi = client.get("/capaian/rekap/?periode=2026-3").content.decode()
    assert "Dari 1 di antara 2 indikator" in isi
    assert c.indikator.nama in isi
    assert "81 ÷ 90 × 100 = 90,00%" in client.get(alamat).content.decode()
    client.force_login(PenugasanFactory.create().pengguna)
    assert c.indikator.nama not in client.get("/capaian/rekap/?periode=2026-3").content.decode()
    assert client.get(alamat).status_code == 404


def test_rekap_opens_on_the_triwulan_that_has_ended_whatever_is_asked(
    client: Client, bidang: Bidang
) -> None:
    client.force_login(bidang.perencana.pengguna)
    for tanya in ("", "?periode=2026-9", "?periode=x"):
        isi = client.get(f"/capaian/rekap/{tanya}")
        assert isi.status_code == 200
        assert "Belum ada capaian" in isi.content.decode()


@pytest.mark.parametrize(
    ("banyak", "hasil"), [(0, TW3), (1, Periode(2026, 4)), (2, Periode(2027, 1)), (-7, "2024-4")]
)
def test_stepping_over_years(banyak: int, hasil: Periode | str) -> None:
    assert step_periode(TW3, banyak) == (parse_periode(hasil) if isinstance(hasil, str) else hasil)
    assert parse_periode(step_periode(TW3, banyak).kode) == step_periode(TW3, banyak)
    assert find_periode(step_periode(TW3, banyak).awal) == step_periode(TW3, banyak)


def test_figures_have_no_colour_before_they_are_verified(
    client: Client, bidang: Bidang, now: datetime
) -> None:
    make_baris(bidang.unit, ("90", "90"), ("90", "95"), diajukan=True)
    rekap = get_rekap(bidang.instansi, TW3)
    (sasaran,) = rekap.sasaran
    assert {rekap.keseluruhan.warna, sasaran.rerata.warna} == {""}
    assert {b.kategori_warna for b in sasaran.baris} == {""}
    assert rekap.keseluruhan.kategori == "Sangat Tinggi"
    assert rekap.keseluruhan.catatan == "belum diverifikasi"
    hijau = "#1d6b45"
    gambar = (rekap.grafik.lebar, rekap.grafik.sempit, rekap.grafik_tren.lebar)
    assert not any(hijau in g for g in gambar)
    assert "Warna kategori tampil setelah semua angkanya diverifikasi" in rekap.grafik.lebar
    client.force_login(bidang.perencana.pengguna)
    isi = client.get("/capaian/rekap/?periode=2026-3").content.decode().partition("<main")[2]
    assert "tanda--daun" not in isi
    assert "belum diverifikasi" in isi
    formulir = FormulirCapaian.objects.get()
    formulir.verify(now=now)
    formulir.save()
    isi = client.get("/capaian/rekap/?periode=2026-3").content.decode().partition("<main")[2]
    assert "tanda--daun" in isi
    assert "belum diverifikasi" not in isi
    assert hijau in get_rekap(bidang.instansi, TW3).grafik.lebar


def test_the_dot_of_a_figure_that_is_not_verified_is_hollow(bidang: Bidang) -> None:
    (c,) = make_baris(bidang.unit, ("90", "90"), triwulan=2, diverifikasi=True)
    CapaianFactory(
        formulir=FormulirFactory(unit=bidang.unit, diajukan=True), indikator=c.indikator,
        realisasi=Decimal(80),
    )  # fmt: skip
    dua, tiga = list_riwayat_indikator(c.indikator, TW3)
    assert (dua.keadaan, tiga.keadaan) == ("Diverifikasi", "Belum diverifikasi")
    gambar = [draw_indikator("I", [dua, tiga]), get_rekap(bidang.instansi, TW3).grafik_tren]
    for g in gambar:
        assert (g.lebar.count('fill="#ffffff" stroke'), g.lebar.count("<circle")) == (1, 2)
        assert "Titik berongga" in g.lebar
        assert "Titik berongga" in g.sempit
    assert "berongga" not in draw_indikator("I", [dua, dua]).lebar


def test_a_value_over_time_is_written_as_its_kind(client: Client, bidang: Bidang) -> None:
    indikator = IndikatorFactory(
        unit=bidang.unit, jenis_nilai="ordinal", tingkatan="WTP = 4\nWDP = 3"
    )
    TargetFactory(indikator=indikator, nilai=Decimal(4))
    client.force_login(bidang.perencana.pengguna)
    isi = client.get(f"/capaian/indikator/{indikator.pk}/?periode=2026-3").content.decode()
    assert '<td class="angka" data-judul="Target">WTP</td>' in isi
