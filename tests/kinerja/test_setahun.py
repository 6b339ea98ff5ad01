"""The year so far of a share: of the sums of its parts, never a sum or a mean of percentages."""

from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian, FormulirCapaian, Indikator, KomponenCapaian
from kinerja.rules.periode import Periode
from kinerja.selectors.banding import list_banding
from kinerja.selectors.setahun import list_setahun
from tests.factories.kinerja import CapaianFactory, FormulirFactory, IndikatorFactory
from tests.kinerja.conftest import Bidang

pytestmark = pytest.mark.django_db
DUA = ((1, 20, 40), (2, 90, 100))


def make_bagi(
    i: Indikator, triwulan: int, atas: int | None, bawah: int | None, **isi: Any
) -> Capaian:
    """A row made of a numerator and a denominator; without parts where both are None."""
    formulir = FormulirCapaian.objects.filter(unit=i.unit, triwulan=triwulan).first()
    c = CapaianFactory.create(
        formulir=formulir or FormulirFactory(unit=i.unit, triwulan=triwulan, diajukan=True),
        indikator=i,
        susunan="bagi",
        target_nilai=Decimal(80),
        **isi,
    )
    for urutan, (peran, nilai) in enumerate((("pembilang", atas), ("penyebut", bawah)), 1):
        if nilai is not None:
            KomponenCapaian.objects.create(
                capaian=c, urutan=urutan, nama=peran, peran=peran, nilai=nilai
            )
    return c


@pytest.mark.parametrize("cara", ["jumlah", "rerata"])
def test_shares_of_a_year_are_of_the_sums_of_their_parts(bidang: Bidang, cara: str) -> None:
    """20 of 40, then 90 of 100: 110 of 140, neither 140 nor the mean of 50 and 90."""
    i = IndikatorFactory.create(unit=bidang.unit, agregasi=cara, susunan="bagi")
    for triwulan, atas, bawah in DUA:
        nilai = Decimal(100 * atas) / bawah
        c = make_bagi(i, triwulan, atas, bawah, target_tahun=Decimal(85), realisasi=nilai)
    setahun = list_setahun(c.formulir, [c])[c.pk]
    assert setahun.cara == "jumlah pembilang ÷ jumlah penyebut"
    assert setahun.terhadap_tahun.alasan == (
        "110 ÷ 140 × 100 = 78,571429. 78,571429 ÷ 85 × 100 = 92,44%."
    )
    assert setahun.sampai_kini == setahun.terhadap_tahun
    kini = list_banding([i], Periode(2026, 2))[i.pk].kini
    assert (kini.realisasi, kini.target) == (Decimal("78.571429"), 85)
    assert kini.hasil == setahun.terhadap_tahun


def test_without_a_target_of_the_year_the_last_one_counts(bidang: Bidang) -> None:
    i = IndikatorFactory.create(unit=bidang.unit, agregasi="jumlah", susunan="bagi")
    for triwulan, atas, bawah in DUA:
        c = make_bagi(i, triwulan, atas, bawah, realisasi=Decimal(50))
    hasil = list_setahun(c.formulir, [c])[c.pk]
    assert hasil.sampai_kini.alasan.endswith("78,571429 ÷ 80 × 100 = 98,21%.")
    assert hasil.terhadap_tahun.persen is None


def test_the_last_share_of_a_position_stays_the_last(bidang: Bidang) -> None:
    i = IndikatorFactory.create(unit=bidang.unit, agregasi="terakhir", susunan="bagi")
    for triwulan, atas, bawah in DUA:
        c = make_bagi(i, triwulan, atas, bawah, realisasi=Decimal(100 * atas) / bawah)
    assert list_setahun(c.formulir, [c])[c.pk].sampai_kini.persen == Decimal("112.5")


def test_a_year_of_shares_without_parts_says_so(bidang: Bidang) -> None:
    i = IndikatorFactory.create(unit=bidang.unit, agregasi="jumlah", susunan="bagi")
    c = make_bagi(i, 1, None, None, realisasi=Decimal(50))
    hasil = list_setahun(c.formulir, [c])[c.pk].sampai_kini
    assert (hasil.persen, hasil.alasan) == (None, "Ada triwulan tanpa pembilang dan penyebut.")


def test_a_year_of_shares_without_a_figure_is_not_zero(bidang: Bidang) -> None:
    i = IndikatorFactory.create(unit=bidang.unit, agregasi="jumlah", susunan="bagi")
    c = make_bagi(i, 1, None, None)
    assert list_setahun(c.formulir, [c])[c.pk].sampai_kini.alasan == "Realisasi belum diisi."


def test_shares_cost_one_query_more(
    bidang: Bidang, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(1, 9):
        i = IndikatorFactory.create(unit=bidang.unit, agregasi="jumlah", susunan="bagi")
        baris = [make_bagi(i, t, a, b, realisasi=Decimal(n)) for t, a, b in DUA[: n % 2 + 1]]
    semua = list(Capaian.objects.filter(formulir=baris[-1].formulir))
    with django_assert_num_queries(2):
        list_setahun(baris[-1].formulir, semua)
