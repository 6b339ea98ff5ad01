"""Publishing rules: each fault is named, with its step, its column and what to do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.masalah import Masalah, Tingkat, list_galat
from sop.rules.periksa import check_graf
from tests.factories.sop import JABATAN, baca_berkas, graf_sah, simpul, simpul_pelaksana

AKHIR = simpul(4, simbol="akhir", ke={"lanjut": None})
SEBAR = simpul_pelaksana("kasi", per_unit=("seksi",))


def _dengan(*ganti: SimpulLangkah) -> Graf:
    """The sound route with some steps replaced or added, by nomor."""
    langkah = {s.nomor: s for s in (*graf_sah().langkah, *ganti)}
    return Graf(tuple(langkah[n] for n in sorted(langkah)))


def _temuan(graf: Graf) -> list[tuple[str, int | None, str]]:
    return [(m.kode, m.langkah, m.kolom) for m in list_galat(check_graf(graf))]


def test_a_sound_route_has_no_finding() -> None:
    assert check_graf(graf_sah()) == []


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_can_be_published(nama: str) -> None:
    assert list_galat(check_graf(baca_berkas(nama).graf)) == []


GALAT: dict[str, tuple[Graf, list[tuple[str, int | None, str]]]] = {
    "no steps": (Graf(()), [("tanpa-langkah", None, "")]),
    "no start": (_dengan(simpul(1, simbol="proses")), [("tanpa-mulai", None, "")]),
    "two starts": (_dengan(simpul(2, simbol="mulai")), [("mulai-ganda", 2, "simbol")]),
    "start not first": (
        _dengan(simpul(1, simbol="proses"), simpul(2, simbol="mulai")),
        [("mulai-bukan-pertama", 2, "simbol")],
    ),
    "number twice": (
        Graf(
            (*graf_sah().langkah[:2], replace(graf_sah().langkah[1], id=9), *graf_sah().langkah[2:])
        ),
        [("nomor-ganda", 2, "nomor"), ("tak-terjangkau", 2, "")],
    ),
    "unreachable": (
        _dengan(simpul(2, ke={"lanjut": 4}), simpul(3)),
        [("tak-terjangkau", 3, "")],
    ),
    "no actor": (_dengan(simpul(2, pelaksana=())), [("tanpa-pelaksana", 2, "pelaksana")]),
    "actor twice": (
        _dengan(simpul(2, pelaksana=(simpul_pelaksana(), simpul_pelaksana()))),
        [("pelaksana-ganda", 2, "pelaksana")],
    ),
    "two sets of units": (
        _dengan(simpul(2, pelaksana=(SEBAR, simpul_pelaksana("staf", per_unit=("bidang",))))),
        [("jenis-unit-berbeda", 2, "pelaksana")],
    ),
    "unknown kind of unit": (
        _dengan(simpul(2, pelaksana=(simpul_pelaksana(per_unit=("rt",)),))),
        [("jenis-unit-asing", 2, "pelaksana")],
    ),
    "per-unit decision with two actors": (
        _dengan(replace(graf_sah().langkah[2], pelaksana=(SEBAR, simpul_pelaksana(urutan=2)))),
        [("keputusan-sebar", 3, "pelaksana")],
    ),
    "decision without Tidak": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 4})),
        [("jalan-buntu", 3, "tidak")],
    ),
    "decision with Lanjut": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 4, "tidak": 2, "lanjut": 4})),
        [("jalur-berlebih", 3, "lanjut")],
    ),
    "dead end": (
        _dengan(simpul(3, ke={})),
        [("tak-terjangkau", 4, ""), ("jalan-buntu", 3, "lanjut")],
    ),
    "arrow out of the route": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 77, "tidak": 2})),
        [("tak-terjangkau", 4, ""), ("tujuan-tak-ada", 3, "ya")],
    ),
    "Tidak forward": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 4, "tidak": 4})),
        [("tidak-maju", 3, "tidak")],
    ),
    "Tidak to itself": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 4, "tidak": 3})),
        [("tidak-maju", 3, "tidak")],
    ),
    "Tidak to the end": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 4, "tidak": None})),
        [("tidak-selesai", 3, "tidak")],
    ),
    "Lanjut back": (
        _dengan(simpul(3, ke={"lanjut": 2})),
        [("tak-terjangkau", 4, ""), ("putaran", 2, "lanjut"), ("lanjut-mundur", 3, "lanjut")],
    ),
    "Ya back": (
        _dengan(simpul(3, simbol="keputusan", ke={"ya": 1, "tidak": 2})),
        [("tak-terjangkau", 4, ""), ("putaran", 1, "lanjut"), ("lanjut-mundur", 3, "ya")],
    ),
    "process that ends": (
        _dengan(simpul(4, ke={"lanjut": None})),
        [("akhir-tanpa-simbol", 4, "simbol")],
    ),
    "end that goes on": (
        _dengan(simpul(2, simbol="akhir")),
        [("akhir-berlanjut", 2, "lanjut")],
    ),
    "unknown words": (
        _dengan(
            simpul(2, kegiatan=" ", simbol="belah", tindakan="main", periode="windu", efek=("a",))
        ),
        [
            ("periode-terputus", 3, "periode"),
            ("tanpa-kegiatan", 2, "kegiatan"),
            ("simbol-tak-dikenal", 2, "simbol"),
            ("tindakan-tak-dikenal", 2, "tindakan"),
            ("periode-tak-dikenal", 2, "periode"),
            ("efek-tak-dikenal", 2, "efek"),
        ],
    ),
    "another person than a later step": (
        _dengan(simpul(2, beda_orang_dari=(1, 3))),
        [("beda-orang", 2, "beda_orang_dari")],
    ),
}


@pytest.mark.parametrize("sebab", GALAT)
def test_each_fault_is_named_with_its_place(sebab: str) -> None:
    graf, harapan = GALAT[sebab]
    assert _temuan(graf) == harapan


def test_a_period_that_is_torn_apart_is_a_fault() -> None:
    periode = ["triwulan", "semester", "triwulan", "triwulan"]
    langkah = [replace(s, periode=p) for s, p in zip(graf_sah().langkah, periode, strict=True)]
    assert ("periode-terputus", 3, "periode") in _temuan(Graf(tuple(langkah)))


def test_a_terminal_decision_is_legal() -> None:
    langkah = (simpul(1), simpul(2), simpul(3, simbol="keputusan", ke={"ya": None, "tidak": 2}))
    assert check_graf(Graf(langkah)) == []


def test_doubts_warn_and_do_not_block() -> None:
    ragu = simpul(
        2,
        perlu_konfirmasi=("output", "waktu"),
        catatan_sumber={"output": "Terpotong."},
        waktu=None,
        waktu_per_unit=True,
    )
    temuan = check_graf(_dengan(ragu))
    assert {m.tingkat for m in temuan} == {Tingkat.PERINGATAN}
    assert [(m.kode, m.kolom) for m in temuan] == [
        ("perlu-konfirmasi", "output"),
        ("perlu-konfirmasi", "waktu"),
        ("tanpa-waktu", "waktu"),
        ("waktu-per-unit", "waktu"),
    ]
    assert temuan[0].pesan == "Terpotong."


def test_a_post_that_configures_gets_no_turn() -> None:
    admin = replace(simpul_pelaksana(), tingkat="pengelola", jabatan_nama="Admin SAKIP")
    (temuan,) = check_graf(_dengan(simpul(2, pelaksana=(admin,))))
    assert (temuan.kode, temuan.is_galat) == ("pelaksana-pengelola", True)
    assert "Admin SAKIP" in temuan.pesan


def test_a_return_into_another_period_warns() -> None:
    periode = ["", "", "tahunan", "tahunan"]
    langkah = [replace(s, periode=p) for s, p in zip(graf_sah().langkah, periode, strict=True)]
    assert [m.kode for m in check_graf(Graf(tuple(langkah)))] == ["tidak-lintas-periode"]


def test_a_finding_reads_as_a_sentence_with_its_place() -> None:
    assert str(Masalah("x", 6, "tidak", "Perbaiki.")) == "langkah 6, tidak: Perbaiki."
    assert str(Masalah("x", None, "", "Perbaiki.")) == "Perbaiki."
    assert str(Masalah("x", None, "kop", "Perbaiki.")) == "kop: Perbaiki."


panah = st.dictionaries(
    st.sampled_from(["lanjut", "ya", "tidak"]), st.none() | st.integers(0, 8), max_size=3
)
langkah_acak = st.lists(
    st.tuples(st.sampled_from(["mulai", "proses", "keputusan", "akhir"]), panah),
    min_size=1,
    max_size=7,
)


@given(langkah_acak)
def test_a_route_without_galat_always_reaches_its_end(
    bahan: list[tuple[str, dict[str, int | None]]],
) -> None:
    graf = Graf(tuple(simpul(n, simbol=s, ke=ke) for n, (s, ke) in enumerate(bahan, start=1)))
    if list_galat(check_graf(graf)):
        return
    for awal in graf.langkah:
        kini: SimpulLangkah | None = awal
        for _ in range(len(graf.langkah) + 1):
            if kini is None:
                break
            kini = graf.next_langkah(kini.id, "ya" if kini.is_keputusan else "lanjut")
        assert kini is None
