"""Editing a route as values."""

from dataclasses import replace

import pytest

from sakip.common.waktu import Durasi, SatuanWaktu
from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.identitas import Identitas
from sop.rules.masalah import list_galat
from sop.rules.periksa import check_graf
from sop.rules.sunting import (
    IsianLangkah,
    apply_isian,
    compute_sidik_identitas,
    compute_sidik_langkah,
    list_berubah,
    list_menuju,
    pick_jalur,
    read_satuan,
    read_waktu,
    remove,
    reorder,
    splice,
)
from tests.factories.sop import graf_sah, simpul, simpul_pelaksana


def isian_dari(s: SimpulLangkah) -> IsianLangkah:
    """What the form of that step would send unchanged."""
    return IsianLangkah(
        kegiatan=s.kegiatan,
        simbol=s.simbol,
        tindakan=s.tindakan,
        pelaksana=s.pelaksana,
        jalur=s.ke,
        waktu_teks=s.waktu_teks,
        beda_orang=s.beda_orang_dari,
    )


def _ragu(graf: Graf, nomor: int, **isi: object) -> Graf:
    return Graf(tuple(replace(s, **isi) if s.nomor == nomor else s for s in graf.langkah))  # type: ignore[arg-type]  # free-form test data


@pytest.mark.parametrize(
    ("simbol", "jalur"),
    [
        ("akhir", {"lanjut": None}),
        ("keputusan", {"ya": 4, "tidak": 2}),
        ("proses", {"lanjut": 3}),
    ],
)
def test_arrows_fit_the_symbol(simbol: str, jalur: dict[str, int | None]) -> None:
    assert pick_jalur(simbol, {"lanjut": 3, "ya": 4, "tidak": 2}) == jalur


def test_an_unreadable_time_is_kept_as_text_and_named_as_galat() -> None:
    assert read_waktu("segera", None) == (None, False)
    assert read_waktu("2 jam/bidang", None) == (Durasi(2, SatuanWaktu.JAM), True)
    graf = graf_sah()
    isian = replace(isian_dari(graf.langkah[1]), waktu_teks="3 - 5 hari")
    baru = apply_isian(graf, 2, isian, None)
    assert (baru.langkah[1].waktu_teks, baru.langkah[1].waktu) == ("3 - 5 hari", None)
    (galat,) = list_galat(check_graf(baru))
    assert (galat.kode, galat.langkah, galat.kolom) == ("waktu-tak-terbaca", 2, "waktu")
    assert "3 - 5 hari" in galat.pesan


def test_the_heading_gives_bare_numbers_their_unit() -> None:
    assert read_satuan(Identitas(judul_kolom={"waktu": "Waktu (menit)"})) == SatuanWaktu.MENIT
    assert read_satuan(Identitas(judul_kolom={"waktu": "Waktu (Hari Kerja)"})) is not None
    assert read_satuan(Identitas()) is None
    baru = apply_isian(
        graf_sah(),
        2,
        replace(isian_dari(graf_sah().langkah[1]), waktu_teks="480"),
        SatuanWaktu.MENIT,
    )
    assert baru.langkah[1].waktu == Durasi(480, SatuanWaktu.MENIT)


def test_only_a_changed_time_is_read_anew() -> None:
    graf = _ragu(graf_sah(), 2, waktu=Durasi(9, SatuanWaktu.HARI_KALENDER))
    assert apply_isian(graf, 2, isian_dari(graf.langkah[1]), None) == graf


def test_a_changed_cell_settles_its_doubt_and_no_other() -> None:
    graf = _ragu(graf_sah(), 3, perlu_konfirmasi=("waktu", "tidak", "output"))
    isian = replace(
        isian_dari(graf.langkah[2]),
        waktu_teks="2 hari",
        jalur={"ya": 4, "tidak": 1},
        beda_orang=(9,),
    )
    baru = apply_isian(graf, 3, isian, None)
    assert baru.langkah[2].perlu_konfirmasi == ("output",)
    assert list_berubah(graf.langkah[2], baru.langkah[2]) == ["waktu", "tidak"]


def test_changes_of_actors_and_of_separation_are_named() -> None:
    graf = graf_sah()
    isian = replace(
        isian_dari(graf.langkah[3]),
        pelaksana=(simpul_pelaksana("camat"),),
        beda_orang=(2,),
    )
    baru = apply_isian(graf, 4, isian, None)
    assert list_berubah(graf.langkah[3], baru.langkah[3]) == ["pelaksana", "beda_orang_dari"]
    assert baru.langkah[3].beda_orang_dari == (2,)


def test_routes_and_separations_follow_their_steps() -> None:
    graf = _ragu(graf_sah(), 4, beda_orang_dari=(3,))
    baru = reorder(graf, [1, 3, 2, 4])
    assert [(s.id, s.nomor) for s in baru.langkah] == [(1, 1), (3, 2), (2, 3), (4, 4)]
    assert baru.menurut_id[3].ke == {"ya": 4, "tidak": 2}
    assert baru.menurut_id[4].beda_orang_dari == (2,)


def test_a_removed_step_leaves_its_arrows_open_and_its_separations_named() -> None:
    graf = _ragu(graf_sah(), 4, beda_orang_dari=(2,))
    assert list_menuju(graf, 2) == [(1, "lanjut"), (3, "tidak")]
    sisa = remove(graf, 2)
    assert [s.nomor for s in sisa.langkah] == [1, 2, 3]
    galat = {(m.kode, m.langkah, m.kolom) for m in list_galat(check_graf(sisa))}
    assert {
        ("jalan-buntu", 1, "lanjut"),
        ("jalan-buntu", 2, "tidak"),
        ("beda-orang", 3, "beda_orang_dari"),
    } <= galat


@pytest.mark.parametrize(
    ("setelah", "ke_baru", "ke_asal"),
    [
        (0, {"lanjut": 1}, None),
        (1, {"lanjut": 2}, {"lanjut": 9}),
        (3, {"lanjut": 4}, {"ya": 9, "tidak": 2}),
        (4, {}, {"lanjut": None}),
    ],
)
def test_a_new_step_is_led_into_the_way_that_ran_past(
    setelah: int, ke_baru: dict[str, int], ke_asal: dict[str, int | None] | None
) -> None:
    langkah = list(graf_sah().langkah)
    langkah.insert(setelah, simpul(9, ke={}))
    baru = splice(Graf(tuple(langkah)), 9)
    assert baru.menurut_id[9].ke == ke_baru
    if setelah:
        assert baru.menurut_id[setelah].ke == ke_asal


def test_a_new_last_step_takes_the_open_end_and_leaves_chosen_ways_alone() -> None:
    buntu = Graf((simpul(1, ke={}), simpul(9, ke={})))
    assert splice(buntu, 9).langkah[0].ke == {"lanjut": 9}
    lompat = Graf((simpul(1, ke={"lanjut": 3}), simpul(9, ke={}), simpul(2), simpul(3)))
    assert splice(lompat, 9).langkah[0].ke == {"lanjut": 3}


def test_the_fingerprint_of_a_step_ignores_its_place_and_sees_its_content() -> None:
    graf = _ragu(graf_sah(), 4, beda_orang_dari=(3,))
    sidik = compute_sidik_langkah(graf, 4)
    assert compute_sidik_langkah(reorder(graf, [1, 3, 2, 4]), 4) == sidik
    assert compute_sidik_langkah(_ragu(graf, 4, output="lain"), 4) != sidik
    assert compute_sidik_langkah(_ragu(graf, 4, beda_orang_dari=()), 4) != sidik
    assert compute_sidik_langkah(remove(graf, 3), 4) != sidik


def test_the_fingerprint_of_the_identity_page_sees_every_field() -> None:
    assert compute_sidik_identitas(Identitas()) != compute_sidik_identitas(Identitas(kop=("A",)))
