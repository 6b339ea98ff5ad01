"""One indikator beside its past, its Renstra and the figures of others."""

from decimal import Decimal as D
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kinerja.models import AngkaPembanding, Capaian, Indikator, TargetRenstra
from kinerja.rules.banding import Arah, compare, describe_letak, describe_perubahan, reckon_kemajuan
from kinerja.rules.capaian import Polaritas, Rumus, Setelan
from kinerja.rules.periode import Periode
from kinerja.selectors.banding import Banding, list_banding
from kinerja.selectors.gambar import draw_banding
from tests.factories.kinerja import CapaianFactory, FormulirFactory, IndikatorFactory, TargetFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
TW3 = Periode(2026, 3)


@pytest.mark.parametrize(
    ("kini", "lain", "polaritas", "arah"),
    [
        ("5", "3", Polaritas.NAIK, Arah.BAIK),
        ("3", "5", Polaritas.NAIK, Arah.BURUK),
        ("5", "3", Polaritas.TURUN, Arah.BURUK),
        ("3", "5", Polaritas.TURUN, Arah.BAIK),
        ("5", "3", Polaritas.TETAP, Arah.BEDA),
        ("3", "3", Polaritas.TURUN, Arah.SAMA),
    ],
)
def test_better_follows_the_direction(
    kini: str, lain: str, polaritas: Polaritas, arah: Arah
) -> None:
    selisih = compare(D(kini), D(lain), polaritas)
    assert (selisih.nilai, selisih.arah) == (D(kini) - D(lain), arah)


@pytest.mark.parametrize(
    ("kini", "polaritas", "perubahan", "letak"),
    [
        ("5", Polaritas.NAIK, "naik 1,5, membaik", "1,5 lebih tinggi, lebih baik"),
        ("2", Polaritas.NAIK, "turun 1,5, memburuk", "1,5 lebih rendah, belum sebaik itu"),
        ("2", Polaritas.TURUN, "turun 1,5, membaik", "1,5 lebih rendah, lebih baik"),
        ("2", Polaritas.TETAP, "turun 1,5", "1,5 lebih rendah"),
        ("3.5", Polaritas.NAIK, "tetap", "sama"),
    ],
)
def test_differences_are_said_in_words(
    kini: str, polaritas: Polaritas, perubahan: str, letak: str
) -> None:
    selisih = compare(D(kini), D("3.5"), polaritas)
    assert (describe_perubahan(selisih), describe_letak(selisih)) == (perubahan, letak)


@pytest.mark.parametrize(
    ("rumus", "realisasi", "teks", "sisa"),
    [
        (Rumus.PER_TARGET, "60", "75,00%", "20"),
        (Rumus.PER_TARGET, "90", "112,50%", "0"),
        (Rumus.CERMIN, "100", "75,00%", "20"),
        (Rumus.KEBALIKAN, "40", "200,00%", "0"),
        (Rumus.STABIL, "100", "75,00%", "20"),
    ],
)
def test_way_to_the_end_of_the_renstra(rumus: Rumus, realisasi: str, teks: str, sisa: str) -> None:
    maju = reckon_kemajuan(D(80), D(realisasi), Setelan(rumus, atas=D(200)))
    assert (maju.hasil.teks, maju.sisa) == (teks, D(sisa))


def isi(bidang: Bidang, i: Indikator, tahun: int, *nilai: str, **lain: Any) -> list[Capaian]:
    """Rows of the triwulan of a year from the first on, each against target 100."""
    return [
        CapaianFactory(
            formulir=FormulirFactory(
                unit=bidang.unit, tahun=tahun, triwulan=tw, **{"diajukan": True, **lain}
            ),
            indikator=i,
            target_nilai=D(100),
            realisasi=D(n),
        )
        for tw, n in enumerate(nilai, 1)
    ]


def banding(i: Indikator, periode: Periode = TW3) -> Banding:
    """Of one indikator."""
    return list_banding([i], periode)[i.pk]


@pytest.fixture
def indikator(bidang: Bidang) -> Indikator:
    """Higher is better, positions."""
    return IndikatorFactory(unit=bidang.unit)


def pembanding(i: Indikator, tahun: int, tingkat: str, nilai: str, wilayah: str = "") -> None:
    """A figure with a source."""
    AngkaPembanding.objects.create(
        indikator=i,
        tahun=tahun,
        tingkat=tingkat,
        nilai=D(nilai),
        sumber="Publikasi",
        wilayah=wilayah,
    )


def test_years_stand_beside_each_other_with_gaps_kept(bidang: Bidang, indikator: Indikator) -> None:
    pembanding(indikator, 2023, "sendiri", "40")
    isi(bidang, indikator, 2025, "20", "40", "60", "80")
    isi(bidang, indikator, 2026, "30", "50", "70", "99")
    b = banding(indikator)
    assert [(t.label, t.realisasi, t.teks) for t in b.tahun] == [
        ("2023", 40, "–"),
        ("2024", None, "–"),
        ("2025", 80, "80,00%"),
        ("2026 s.d. TW III", 70, "70,00%"),
    ]
    assert b.sama is not None
    assert (b.sama.label, b.sama.realisasi) == ("2025 s.d. TW III", 60)
    assert b.perubahan == "naik 10, membaik"
    penuh = banding(indikator, Periode(2026, 4))
    assert (penuh.sama, penuh.perubahan) == (None, "naik 19, membaik")


def test_sums_are_of_the_triwulan_up_to_the_period(bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit, agregasi="jumlah")
    isi(bidang, i, 2026, "30", "50", "70", "99")
    kini = banding(i).kini
    assert (kini.realisasi, kini.target, kini.teks) == (150, 300, "50,00%")
    assert "150 ÷ 300" in kini.alasan


def test_work_sent_back_or_unsent_does_not_count(bidang: Bidang, indikator: Indikator) -> None:
    isi(bidang, indikator, 2025, "20", dikembalikan=True, diajukan=False)
    isi(bidang, indikator, 2026, "30", diajukan=False)
    b = banding(indikator)
    assert not b.berisi
    assert (b.kini.realisasi, b.kini.label, b.kini.alasan) == (None, "2026 s.d. TW III", "")
    assert (b.perubahan, b.sama) == ("", None)


def test_own_typed_figure_counts_where_the_year_has_no_end_here(
    bidang: Bidang, indikator: Indikator
) -> None:
    TargetRenstra.objects.create(indikator=indikator, tahun=2024, nilai=D(50))
    pembanding(indikator, 2024, "sendiri", "40")
    pembanding(indikator, 2025, "sendiri", "77")
    isi(bidang, indikator, 2025, "20", "40", "60", "80")
    tahun = {t.tahun: t for t in banding(indikator).tahun}
    assert (tahun[2024].realisasi, tahun[2024].teks) == (40, "80,00%")
    assert tahun[2024].sumber == "Publikasi"
    assert (tahun[2025].realisasi, tahun[2025].sumber) == (80, "")
    Capaian.objects.filter(formulir__tahun=2025, formulir__triwulan=4).delete()
    assert banding(indikator).tahun[-2].realisasi == 77


def test_others_stand_in_order_with_their_latest_figure(
    bidang: Bidang, indikator: Indikator
) -> None:
    isi(bidang, indikator, 2026, "30", "50", "70")
    for tahun, tingkat, nilai, wilayah in (
        (2024, "nasional", "60", ""),
        (2025, "nasional", "65", ""),
        (2027, "nasional", "99", ""),
        (2025, "daerah_lain", "75", "Kabupaten Jombang"),
        (2025, "provinsi", "70", ""),
        (2025, "sendiri", "1", ""),
    ):
        pembanding(indikator, tahun, tingkat, nilai, wilayah)
    assert [(n.nama, n.tahun, n.nilai_teks, n.letak) for n in banding(indikator).lain] == [
        ("Nasional", 2025, "65", "5 lebih tinggi, lebih baik"),
        ("Provinsi", 2025, "70", "sama"),
        ("Kabupaten Jombang", 2025, "75", "5 lebih rendah, belum sebaik itu"),
    ]


def test_renstra_says_what_is_reached_and_what_remains(
    bidang: Bidang, indikator: Indikator
) -> None:
    for tahun, nilai in ((2026, 90), (2029, 140)):
        TargetRenstra.objects.create(indikator=indikator, tahun=tahun, nilai=D(nilai))
    kosong = banding(indikator).renstra
    assert kosong is not None
    assert (kosong.teks, kosong.sisa, kosong.alasan) == ("–", "", "Realisasi belum diisi.")
    isi(bidang, indikator, 2026, "30", "50", "70")
    r = banding(indikator).renstra
    assert r is not None
    assert (r.tahun, r.target_teks, r.teks, r.sisa) == (2029, "140", "50,00%", "70 persen")
    Capaian.objects.update(realisasi=D(150))
    lewat = banding(indikator).renstra
    assert lewat is not None
    assert lewat.sisa == "sudah tercapai"


def test_levels_are_compared_by_percentage_only(bidang: Bidang) -> None:
    i = IndikatorFactory(unit=bidang.unit, jenis_nilai="ordinal", tingkatan="WTP = 4\nWDP = 3")
    pembanding(i, 2025, "sendiri", "3")
    pembanding(i, 2025, "nasional", "4")
    TargetRenstra.objects.create(indikator=i, tahun=2029, nilai=D(4))
    isi(bidang, i, 2026, "3")
    b = banding(i)
    assert (b.perubahan, b.lain[0].letak, b.lain[0].nilai_teks) == ("", "", "WTP")
    assert b.renstra is not None
    assert b.renstra.sisa == ""


def test_chart_runs_to_the_end_of_the_renstra(bidang: Bidang, indikator: Indikator) -> None:
    TargetFactory(indikator=indikator, tahun=2025, triwulan=4, nilai=D(85))
    TargetRenstra.objects.create(indikator=indikator, tahun=2029, nilai=D(140))
    isi(bidang, indikator, 2026, "30")
    grafik = draw_banding(banding(indikator))
    for svg in (grafik.sempit, grafik.lebar):
        assert ">2025<" in svg
        assert ">2029<" in svg
        assert ">2024<" not in svg
    kosong = draw_banding(banding(IndikatorFactory(unit=bidang.unit)))
    assert not kosong


def test_costs_the_same_for_every_number_of_indikator(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    daftar = [IndikatorFactory(unit=bidang.unit) for _ in range(12)]
    for n, i in enumerate(daftar):
        pembanding(i, 2025, "nasional", "60")
        CapaianFactory(
            formulir=FormulirFactory(unit=bidang.unit, putaran=n + 1, diajukan=True),
            indikator=i,
            realisasi=D(5),
        )
    for sebagian in (daftar[:1], daftar):
        with django_assert_num_queries(4):
            assert len(list_banding(sebagian, TW3)) == len(sebagian)


def test_page_shows_every_comparison_with_its_reckoning(
    client: Client, bidang: Bidang, indikator: Indikator
) -> None:
    client.force_login(bidang.kolega.pengguna)
    alamat = f"/capaian/indikator/{indikator.pk}/?periode=2026-3"
    assert "Belum ada tahun lalu" in client.get(alamat).content.decode()
    TargetRenstra.objects.create(indikator=indikator, tahun=2029, nilai=D(140))
    pembanding(indikator, 2025, "nasional", "65")
    isi(bidang, indikator, 2025, "20", "40", "60", "80")
    isi(bidang, indikator, 2026, "30", "50", "70")
    teks = " ".join(client.get(alamat).content.decode().split())
    for kalimat in (
        "Naik 10, membaik",
        "tercapai 50,00%",
        "70 ÷ 140 × 100 = 50,00%.",
        "kita 5 lebih tinggi, lebih baik",
        "Sumber: Publikasi",
    ):
        assert kalimat in teks


def test_an_indikator_of_an_ended_renstra_ends_with_it(client: Client, bidang: Bidang) -> None:
    i = IndikatorFactory(
        unit=bidang.unit,
        sasaran__tujuan__instansi=bidang.instansi,
        sasaran__tujuan__tahun_awal=2020,
        sasaran__tujuan__tahun_akhir=2024,
    )
    client.force_login(bidang.perencana.pengguna)
    isi = client.get(f"/capaian/indikator/{i.pk}/?periode=2026-3").content.decode()
    assert "Triwulan IV Tahun 2024" in isi
    assert "2025" not in isi
