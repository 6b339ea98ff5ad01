"""The route as values."""

import pytest

from sop.rules.graf import Graf, JalurBuntu
from sop.rules.istilah import JenisUnit, join_per_unit, list_per_unit_sah, split_per_unit
from tests.factories.sop import graf_sah, simpul, simpul_pelaksana


@pytest.mark.parametrize(
    ("posisi", "hasil", "tujuan"),
    [(1, "lanjut", 2), (3, "ya", 4), (3, "tidak", 2), (4, "lanjut", None)],
)
def test_each_outcome_leads_where_its_arrow_points(
    posisi: int, hasil: str, tujuan: int | None
) -> None:
    langkah = graf_sah().next_langkah(posisi, hasil)
    assert (langkah.nomor if langkah else None) == tujuan


@pytest.mark.parametrize(
    ("posisi", "hasil", "sebab"),
    [(2, "ya", "Langkah 2 tidak punya jalur ya"), (99, "lanjut", "Langkah 99 tidak punya jalur")],
)
def test_an_outcome_without_an_arrow_is_a_dead_end(posisi: int, hasil: str, sebab: str) -> None:
    with pytest.raises(JalurBuntu, match=sebab):
        graf_sah().next_langkah(posisi, hasil)


def test_an_arrow_out_of_the_route_is_a_dead_end() -> None:
    with pytest.raises(JalurBuntu, match="menuju langkah yang tidak ada"):
        Graf((simpul(1),)).next_langkah(1)


def test_a_draft_starts_at_the_first_step_of_its_period() -> None:
    graf = Graf((simpul(1, periode="triwulan"), simpul(2, periode="semester")))
    assert graf.langkah_awal().nomor == 1
    assert graf.langkah_awal("semester").nomor == 2
    with pytest.raises(JalurBuntu, match="periode tahunan"):
        graf.langkah_awal("tahunan")
    with pytest.raises(JalurBuntu, match="apa pun"):
        Graf(()).langkah_awal()


def test_a_step_knows_its_units_its_first_actors_and_whether_it_archives() -> None:
    baris = (simpul_pelaksana(urutan=2), simpul_pelaksana("kasi", urutan=1, per_unit=("seksi",)))
    langkah = simpul(1, pelaksana=baris, efek=("arsip",))
    assert (langkah.per_unit, langkah.urutan_awal, langkah.arsipkan) == (("seksi",), 1, True)
    assert simpul(1, tindakan="arsip").arsipkan
    assert simpul(1).per_unit == ()
    assert not simpul(1).arsipkan
    assert graf_sah().langkah[2].is_keputusan


def test_numbers_of_steps_are_found_by_id() -> None:
    graf = graf_sah()
    assert [graf.nomor(3), graf.nomor(None), graf.nomor(77)] == [3, None, None]
    assert graf.menurut_nomor[2].id == 2


def test_a_set_of_unit_kinds_has_one_stored_form() -> None:
    assert join_per_unit(["sekretariat", "bidang", "bidang"]) == "bidang+sekretariat"
    assert split_per_unit("bidang+sekretariat") == ("bidang", "sekretariat")
    assert split_per_unit("") == ()
    sah = list_per_unit_sah()
    assert len(sah) == len(set(sah)) == 2 ** len(JenisUnit)
    assert all(join_per_unit(split_per_unit(s)) == s for s in sah)
