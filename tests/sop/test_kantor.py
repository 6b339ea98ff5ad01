"""What a route asks of its office."""

from datetime import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from sop.rules.graf import Graf, SimpulPelaksana
from sop.rules.kantor import Kantor, check_kantor
from sop.selectors import list_jabatan, read_kantor
from tests.factories.organisasi import JabatanFactory, PenugasanFactory, UnitKerjaFactory
from tests.factories.sop import simpul

STAF, KEPALA = 7, 8
BIDANG = {1: "Bidang A", 2: "Bidang B", 3: "Bidang C", 4: "Bidang D", 5: "Bidang E"}


def _graf(jabatan: int, per_unit: tuple[str, ...] = ()) -> Graf:
    pelaksana = SimpulPelaksana(0, jabatan, "staf", "Staf", "staf", 1, per_unit)
    return Graf((simpul(1, pelaksana=(pelaksana,)),))


def _temuan(graf: Graf, kantor: Kantor) -> list[tuple[str, bool]]:
    return [(m.kode, m.is_galat) for m in check_kantor(graf, kantor)]


def test_a_post_that_nobody_holds_blocks() -> None:
    kantor = Kantor(frozenset({(STAF, None)}))
    assert _temuan(_graf(STAF), kantor) == []
    assert _temuan(_graf(KEPALA), kantor) == [("tanpa-pemegang", True)]


def test_a_fan_out_needs_units_and_warns_of_those_without_holder() -> None:
    kantor = Kantor(frozenset({(STAF, 1)}), {"bidang": BIDANG})
    assert _temuan(_graf(STAF, ("seksi",)), kantor) == [("tanpa-unit", True)]
    (masalah,) = check_kantor(_graf(STAF, ("bidang",)), kantor)
    assert not masalah.is_galat
    assert "Bidang B, Bidang C, Bidang D, dan 1 lainnya" in masalah.pesan
    (satu,) = check_kantor(
        _graf(STAF, ("bidang",)), Kantor(kantor.pemegang, {"bidang": {1: "A", 2: "B"}})
    )
    assert "pada B." in satu.pesan
    assert (
        _temuan(_graf(STAF, ("bidang",)), Kantor(frozenset({(STAF, None)}), {"bidang": BIDANG}))
        == []
    )


@pytest.mark.django_db
def test_the_office_is_read_in_two_queries(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = UnitKerjaFactory.create()
    jabatan = JabatanFactory.create(instansi=unit.instansi)
    PenugasanFactory.create(jabatan=jabatan, unit=unit)
    PenugasanFactory.create(jabatan=jabatan, berakhir=True)
    with django_assert_num_queries(2):
        kantor = read_kantor(unit.instansi, pada=now)
    assert kantor == Kantor(frozenset({(jabatan.pk, unit.pk)}), {"bidang": {unit.pk: unit.nama}})


@pytest.mark.django_db
def test_posts_that_configure_are_not_offered_as_actors() -> None:
    staf = JabatanFactory.create()
    JabatanFactory.create(instansi=staf.instansi, tingkat="pengelola")
    assert list_jabatan(staf.instansi) == [staf]
