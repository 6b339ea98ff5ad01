"""Which actor stands in which column."""

import pytest

from sop.rules.graf import Graf
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.matriks import Tempat, build_matriks
from tests.factories.sop import JABATAN, baca_berkas, simpul, simpul_pelaksana


def _kolom(nama: str, nomor: int) -> list[tuple[str, int]]:
    berkas = baca_berkas(nama)
    matriks = build_matriks(berkas.graf, berkas.identitas)
    return [(matriks.kolom[t.kolom].judul, t.urutan) for t in matriks.tempat[nomor - 1]]


def test_each_actor_stands_under_its_printed_heading() -> None:
    assert _kolom("dinkes-mojokerto", 1) == [("Kepala Dinas", 1)]
    assert _kolom("dinkes-mojokerto", 5) == [("Staf", 1)]
    assert _kolom("dinkes-banten", 9) == [("Staf Penyusun Evaluasi Kinerja", 1)]


def test_a_hand_over_inside_the_row_takes_two_columns_in_order() -> None:
    umum = "Kepala Sub Bagian Umum dan Kepegawaian"
    assert _kolom("kecamatan-dawarblandong", 4) == [("Kasi", 1), (umum, 2)]


def test_joint_actors_take_their_shared_column_or_one_each() -> None:
    bersama = "Kasubag Penyusunan Program dan Keuangan, Kasubag Umum dan Kepegawaian"
    assert _kolom("kecamatan-dawarblandong", 6) == [(bersama, 1)]
    assert _kolom("kota-blitar", 5) == [("Sekretaris", 1), ("Jabfung", 1)]


@pytest.mark.parametrize("nama", JABATAN)
def test_the_five_need_no_column_beyond_their_own(nama: str) -> None:
    berkas = baca_berkas(nama)
    assert build_matriks(berkas.graf, berkas.identitas).kolom == berkas.identitas.judul_pelaksana


def test_a_post_without_a_column_gets_one_at_the_right() -> None:
    graf = Graf(
        (
            simpul(1, pelaksana=(simpul_pelaksana("a"),)),
            simpul(2, pelaksana=(simpul_pelaksana("baru", per_unit=("bidang",)),)),
            simpul(3, pelaksana=(simpul_pelaksana("baru"),)),
        )
    )
    identitas = Identitas(judul_pelaksana=(KolomPelaksana("A dan B", ("a", "b")),))
    matriks = build_matriks(graf, identitas)
    assert matriks.kolom[1:] == (KolomPelaksana("baru", ("baru",), tercetak=False),)
    assert matriks.tempat == (
        (Tempat(0, 1, simbol="mulai"),),
        (Tempat(1, 1, ("bidang",)),),
        (Tempat(1, 1),),
    )


def test_the_symbol_of_a_decision_belongs_to_the_last_turn_and_of_a_start_to_the_first() -> None:
    baris = (
        simpul_pelaksana("b", urutan=2),
        simpul_pelaksana("a"),
        simpul_pelaksana("c", urutan=2),
    )
    graf = Graf(
        (
            simpul(1, pelaksana=baris),
            simpul(2, pelaksana=baris, simbol="keputusan"),
            simpul(3, pelaksana=()),
        )
    )
    tempat = build_matriks(graf, Identitas()).tempat
    assert [t.simbol for t in tempat[0]] == ["mulai", "proses", "proses"]
    assert [t.simbol for t in tempat[1]] == ["proses", "keputusan", "proses"]
    assert tempat[2] == ()


def test_two_turns_in_one_column_are_drawn_once() -> None:
    baris = (simpul_pelaksana("a"), simpul_pelaksana("b", urutan=2))
    identitas = Identitas(judul_pelaksana=(KolomPelaksana("A dan B", ("a", "b")),))
    graf = Graf((simpul(1, pelaksana=baris, simbol="keputusan"), simpul(2, pelaksana=baris)))
    assert build_matriks(graf, identitas).tempat == (
        (Tempat(0, 1, simbol="keputusan"),),
        (Tempat(0, 1),),
    )


def test_columns_that_nobody_named_are_the_posts_and_none_is_missing() -> None:
    graf = Graf((simpul(1, pelaksana=(simpul_pelaksana("a"), simpul_pelaksana("b"))),))
    assert build_matriks(graf, Identitas()).kolom == (
        KolomPelaksana("a", ("a",)),
        KolomPelaksana("b", ("b",)),
    )
