"""Many rows written at once hold what one save each would have left."""

from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from kinerja.models import Capaian
from sakip.common.massal import update_massal
from tests.factories.kinerja import make_baris
from tests.factories.organisasi import PenggunaFactory, UnitKerjaFactory

pytestmark = [pytest.mark.django_db, pytest.mark.basisdata]
NILAI = (Decimal("1.25"), None, Decimal("-99999999.999999"))


def test_only_the_named_columns_of_those_rows_are_written(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    baris = make_baris(UnitKerjaFactory(), *[("90", "80")] * 4)
    siapa = PenggunaFactory()
    for c, nilai in zip(baris, NILAI, strict=False):
        c.realisasi, c.penjelasan, c.diisi_oleh = nilai, "O'Neil, “dua”\nbaris {x} %s", siapa
        c.rtl = "tidak ditulis"
    with django_assert_num_queries(1):
        update_massal(baris[:3], ["realisasi", "penjelasan", "diisi_oleh"])
    ada = list(Capaian.objects.order_by("pk"))
    assert [c.realisasi for c in ada] == [*NILAI, 80]
    assert [c.penjelasan for c in ada] == [baris[0].penjelasan] * 3 + [""]
    assert [c.diisi_oleh for c in ada] == [siapa] * 3 + [None]
    assert {c.rtl for c in ada} == {""}


def test_nothing_to_write_asks_nothing(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        update_massal([], ["realisasi"])


def test_only_columns_can_be_written() -> None:
    with pytest.raises(TypeError, match="komponen bukan kolom"):
        update_massal(make_baris(UnitKerjaFactory(), ("90", "80")), ["komponen"])
