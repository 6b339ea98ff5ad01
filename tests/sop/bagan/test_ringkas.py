"""The narrow drawing beside the editor: any route is drawn, faults and all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sop.rules.bagan.ringkas import BELUM, Ringkas, make_tergambar, write_ringkas
from sop.rules.bagan.susun import arrange
from sop.rules.bagan.svg import Sampul
from sop.rules.bagan.tema import LAYAR
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.rules.matriks import build_matriks
from tests.factories.sop import JABATAN, baca_berkas, graf_sah, simpul

KEPALA = {"no": "No", "pelaksana": "Pelaksana", "waktu": "Waktu"}


def _gambar(graf: Graf, **lain: object) -> str:
    bersih = make_tergambar(graf, "Belum ditentukan")
    susunan = arrange(bersih, build_matriks(bersih, Identitas()))
    sampul = Sampul(KEPALA, "Judul <b>", "Keterangan", keadaan={2: "galat"})
    return write_ringkas(susunan, Ringkas(sampul, **lain))  # type: ignore[arg-type]  # free-form test data


def test_the_drawing_names_steps_actors_and_times_and_marks_the_fault() -> None:
    svg = _gambar(graf_sah(), waktu={1: "1 jam/ bidang"}, sunting=3)
    assert "Judul &lt;b&gt;" in svg
    for teks in (">staf<", ">Mulai<", ">Selesai<", ">Ya<", ">Tidak<", ">1 jam/<", ">bidang<"):
        assert teks in svg
    assert LAYAR.galat[0] in svg
    assert svg.count(LAYAR.baris_kini) == 1
    assert LAYAR.baris_kini not in _gambar(graf_sah())


def test_faulty_steps_are_drawn_as_far_as_they_can_be() -> None:
    graf = Graf(
        (
            simpul(1, pelaksana=(), ke={"lanjut": 9}),
            simpul(2, ke={"lanjut": 2}),
            simpul(3, simbol="keputusan", ke={"ya": None, "tidak": 1}),
        )
    )
    bersih = make_tergambar(graf, "Belum ditentukan")
    assert [dict(s.ke) for s in bersih.langkah] == [{}, {}, {"ya": None, "tidak": 1}]
    assert bersih.langkah[0].pelaksana[0].jabatan_kode == BELUM
    assert ">Belum<" in _gambar(graf)


@pytest.mark.parametrize("nama", JABATAN)
def test_the_five_are_drawn_narrow(nama: str) -> None:
    assert _gambar(baca_berkas(nama).graf).startswith("<svg")


ke = st.dictionaries(
    st.sampled_from(["lanjut", "ya", "tidak"]), st.none() | st.integers(0, 7), max_size=3
)
acak = st.lists(
    st.tuples(st.sampled_from(["mulai", "proses", "keputusan", "akhir"]), ke),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(acak)
def test_no_route_is_too_faulty_to_be_drawn(
    bahan: list[tuple[str, dict[str, int | None]]],
) -> None:
    graf = Graf(tuple(simpul(n, simbol=s, ke=ke) for n, (s, ke) in enumerate(bahan, start=1)))
    assert _gambar(graf).endswith("</g></svg>")
