"""The drawing: every template and every random route without a line through text or symbol."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sakip.common.huruf import BIASA, TEBAL
from sop.rules.bagan.bentuk import KONEKTOR, Garis, Kotak, Label, Panah, Simbol
from sop.rules.bagan.denah import Ruang, build_denah
from sop.rules.bagan.kisi import Kisi
from sop.rules.bagan.label import place_label
from sop.rules.bagan.potong import letter_of
from sop.rules.bagan.susun import Penyusun, arrange
from sop.rules.bagan.svg import Sampul, write_svg
from sop.rules.bagan.tata import build_tata
from sop.rules.bagan.tema import CETAK, LAYAR
from sop.rules.bagan.uji import Susunan, check_susunan
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas, KolomPelaksana
from sop.rules.masalah import list_galat
from sop.rules.matriks import Matriks, build_matriks
from sop.rules.periksa import check_graf
from tests.factories.rute_acak import rute_acak
from tests.factories.sop import JABATAN, baca_berkas, graf_sah, simpul, simpul_pelaksana

KEPALA = {
    nama: nama.capitalize()
    for nama in (
        "no",
        "kegiatan",
        "pelaksana",
        "mutu_baku",
        "kelengkapan",
        "waktu",
        "output",
        "keterangan",
    )
}
SAMPUL = Sampul(KEPALA, "Diagram", "Keterangan")
# Seeds whose routes no orthogonal drawing of four tracks can hold: returns become connectors.
BERKONEKTOR = (471,)


def _bahan(nama: str) -> tuple[Graf, Matriks]:
    berkas = baca_berkas(nama)
    return berkas.graf, build_matriks(berkas.graf, berkas.identitas)


def _gambar_acak(benih: int, *, paling_banyak: int = 30) -> Susunan:
    graf = rute_acak(benih, paling_banyak=paling_banyak)
    assert list_galat(check_graf(graf)) == []
    return arrange(graf, build_matriks(graf, Identitas()))


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_is_drawn_without_a_fault_and_without_connectors(nama: str) -> None:
    susunan = arrange(*_bahan(nama))
    assert check_susunan(susunan) == []
    assert [s for s in susunan.simbol if s.jenis == KONEKTOR] == []


@pytest.mark.parametrize("nama", JABATAN)
def test_every_arrow_of_the_route_is_drawn_and_named(nama: str) -> None:
    graf, matriks = _bahan(nama)
    susunan = arrange(graf, matriks)
    antarbaris = [g.panah for g in susunan.garis if g.panah.hasil or _beda_baris(g.panah)]
    jalur = sum(len(s.ke) - (s.simbol == "akhir") for s in graf.langkah)
    assert len(antarbaris) == jalur
    keputusan = sum(s.is_keputusan for s in graf.langkah)
    assert sorted(x.teks for x in susunan.label) == ["Tidak"] * keputusan + ["Ya"] * keputusan


def _beda_baris(p: Panah) -> bool:
    return p.asal.split(".")[0] != p.tujuan.split(".")[0]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1_000, 100_000))
def test_random_routes_are_drawn_without_a_fault(benih: int) -> None:
    assert check_susunan(_gambar_acak(benih, paling_banyak=18)) == []


@pytest.mark.parametrize("benih", BERKONEKTOR)
def test_a_return_without_a_way_becomes_a_pair_of_equal_letters(benih: int) -> None:
    susunan = _gambar_acak(benih)
    assert check_susunan(susunan) == []
    konektor = [s for s in susunan.simbol if s.jenis == KONEKTOR]
    masuk = {s.teks for s in konektor if s.kunci.endswith(".masuk")}
    keluar = {s.teks for s in konektor if s.kunci.endswith(".keluar")}
    assert masuk == keluar
    assert "A" in masuk


def test_a_terminal_decision_gets_a_closing_symbol_of_its_own() -> None:
    susunan = arrange(*_bahan("kecamatan-dawarblandong"))
    assert [s.kunci for s in susunan.simbol if s.teks == "Selesai"] == ["selesai"]


@pytest.mark.parametrize("tema", [LAYAR, CETAK])
@pytest.mark.parametrize("nama", JABATAN)
def test_the_svg_is_well_formed_and_carries_every_word(nama: str, tema: object) -> None:
    graf, matriks = _bahan(nama)
    svg = write_svg(arrange(graf, matriks), SAMPUL, tema)  # type: ignore[arg-type]  # parametrized
    akar = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    kata = " ".join(t.text or "" for t in akar.iter("{http://www.w3.org/2000/svg}text"))
    polos = re.sub(r"-? ", "", kata)
    for s in graf.langkah:
        for teks in (s.kegiatan, s.waktu_teks, s.output, s.keterangan, *s.kelengkapan):
            assert re.sub(r"\s|-", "", teks) in polos.replace("-", "")
    assert not re.search(r"style=|<script|\son\w+=", svg)


def test_text_from_outside_is_escaped() -> None:
    jahat = '<script>alert(1)</script> & "x"'
    graf = Graf((simpul(1, kegiatan=jahat), simpul(2, simbol="akhir", ke={"lanjut": None})))
    kolom = Identitas(judul_pelaksana=(KolomPelaksana("<b>Staf</b>", ("staf",)),))
    svg = write_svg(arrange(graf, build_matriks(graf, kolom)), Sampul(KEPALA, jahat, jahat))
    assert "<script" not in svg
    assert "<b>" not in svg
    ElementTree.fromstring(svg)  # noqa: S314 - our own text


def test_a_running_draft_colours_what_is_done_and_what_is_open() -> None:
    susunan = arrange(*_bahan("dinkes-mojokerto"))
    polos = write_svg(susunan, SAMPUL)
    hidup = write_svg(susunan, Sampul(KEPALA, "D", "K", {1: "lalu", 2: "kini", 3: "galat"}))
    for warna in (LAYAR.lalu[0], LAYAR.kini[0], LAYAR.galat[0], LAYAR.baris_kini):
        assert warna in hidup
        assert warna not in polos


def test_a_running_draft_tells_rounds_and_what_is_to_be_done_again() -> None:
    susunan = arrange(*_bahan("dinkes-mojokerto"))
    polos = write_svg(susunan, SAMPUL)
    hidup = write_svg(susunan, replace(SAMPUL, keadaan={7: "ulang"}, putaran={6: 2, 5: 1}))
    assert hidup.count(">2×</text>") == 1
    assert ">1×</text>" not in hidup
    assert hidup.count("stroke-dasharray") == polos.count("stroke-dasharray") + 1


def test_returns_are_dashed_on_screen_and_solid_on_paper() -> None:
    susunan = arrange(*_bahan("dinkes-mojokerto"))
    assert "stroke-dasharray" in write_svg(susunan, SAMPUL)
    cetak = write_svg(susunan, SAMPUL, CETAK)
    assert "stroke-dasharray" not in cetak
    assert set(re.findall(r"#[0-9a-f]{6}", cetak)) == {"#000000", "#ffffff"}


def test_a_line_hops_over_the_lines_it_crosses() -> None:
    gambar = (write_svg(_gambar_acak(benih), SAMPUL) for benih in range(6))
    assert any("a4 4 0 0" in svg for svg in gambar)


def test_words_are_wrapped_to_the_column_and_cut_when_too_wide() -> None:
    assert BIASA.wrap("satu dua", 1000, 13) == ["satu dua"]
    assert BIASA.wrap("program/ kegiatan/subkegiatan", 70, 13)[0] == "program/"
    panjang = "pertanggungjawaban" * 3
    baris = BIASA.wrap(f"a {panjang} b", 80, 13)
    assert all(BIASA.measure(b, 13) <= 80 for b in baris)
    assert "".join(b.removesuffix("-") for b in baris).replace(" ", "") == f"a{panjang}b"
    assert BIASA.wrap("", 80, 13) == []
    assert BIASA.wrap("lebar", 1, 13)[0] == "le-"
    assert TEBAL.measure("Kepala", 12) > BIASA.measure("Kepala", 12) > BIASA.measure("Kepal", 12)


def _susunan(**ganti: object) -> Susunan:
    graf = graf_sah()
    tata = build_tata(build_denah(graf, build_matriks(graf, Identitas()), Ruang()))
    kiri = tata.area.kiri
    bawaan: dict[str, object] = {
        "tata": tata,
        "simbol": (Simbol("a", kiri + 40, 300, "proses"),),
        "garis": (),
        "label": (),
    }
    return Susunan(**(bawaan | ganti))  # type: ignore[arg-type]  # free-form test data


def test_the_self_check_finds_each_kind_of_fault() -> None:
    tata = _susunan().tata
    k = tata.area.kiri
    p, q = Panah("x", "y"), Panah("y", "z")
    tegak = Garis(p, ((k + 10, 200), (k + 10, 400)))
    lain = Garis(q, ((k + 10, 300), (k + 10, 350)))
    label = Label("Ya", (k + 5, 310), Kotak(k + 5, 300, k + 20, 311), 0)
    jauh = Label("Ya", (k + 5, 310), Kotak(k + 5, 300, k + 20, 311), 1)
    di_simbol = Label("Ya", (k + 40, 300), Kotak(k + 38, 295, k + 45, 305), 0)
    _, x, y, kotak = tata.list_teks[0]
    lewat_teks = Garis(p, ((x - 5, y - 4), (x + 400, y - 4)))
    dua = (Simbol("a", k + 40, 300, "proses"), Simbol("b", k + 45, 300, "proses"))
    harapan = {
        "tanpa jalan": _susunan(gagal=(p,)),
        "berimpit": _susunan(garis=(tegak, lain)),
        "memotong teks": _susunan(garis=(lewat_teks,)),
        "keluar dari kolom": _susunan(garis=(Garis(p, ((k - 50, 300), (k + 5, 300))),)),
        "menembus simbol": _susunan(garis=(Garis(p, ((k + 1, 300), (k + 90, 300))),)),
        "label Ya dan Ya bertumpuk": _susunan(garis=(tegak, lain), label=(label, jauh)),
        "menimpa simbol": _susunan(garis=(tegak,), label=(di_simbol,)),
        "simbol a dan b bertumpuk": _susunan(simbol=dua),
    }
    assert kotak.kiri == x
    for sebab, susunan in harapan.items():
        assert any(sebab in c.pesan for c in check_susunan(susunan)), sebab
    assert check_susunan(_susunan()) == []


def _rute_berkeputusan(banyak: int, *, berdua: tuple[int, ...] = ()) -> Graf:
    """Decisions from step 2 on, each back to the one before; `berdua`: those with two helpers."""
    langkah = [simpul(1, pelaksana=(simpul_pelaksana("b"),))]
    for n in range(2, banyak):
        orang = [simpul_pelaksana("b")]
        if n in berdua:
            orang += [simpul_pelaksana("a"), simpul_pelaksana("c")]
        ke = {"ya": n + 1, "tidak": n - 1}
        langkah.append(simpul(n, simbol="keputusan", ke=ke, pelaksana=tuple(orang)))
    langkah.append(simpul(banyak, simbol="akhir", ke={"lanjut": None}))
    return Graf(tuple(langkah))


def _berkonektor(graf: Graf, *, hasil: tuple[str, ...] = ("tidak",)) -> Susunan:
    kolom = tuple(KolomPelaksana(k.upper(), (k,)) for k in ("a", "b", "c", "staf"))
    matriks = build_matriks(graf, Identitas(judul_pelaksana=kolom))
    tata = build_tata(build_denah(graf, matriks, Ruang(3, berkonektor=True)))
    return Penyusun(tata, 3, {p for p in tata.panah if p.hasil in hasil}).run()


def test_returns_as_connectors_are_lettered_by_their_target() -> None:
    susunan = _berkonektor(_rute_berkeputusan(5))
    assert check_susunan(susunan) == []
    huruf = [s.teks for s in susunan.simbol if s.jenis == KONEKTOR]
    assert sorted(huruf) == ["A", "A", "B", "B", "C", "C"]
    assert write_svg(susunan, SAMPUL).count(">A</text>") == 3  # and the heading of column A
    assert [x.teks for x in susunan.label].count("Tidak") == 3


def test_two_returns_to_one_step_share_the_letter_there() -> None:
    graf = _rute_berkeputusan(4)
    ke = {"ya": 4, "tidak": 1}
    graf = Graf((*graf.langkah[:2], replace(graf.langkah[2], ke=ke), graf.langkah[3]))
    huruf = [s.kunci for s in _berkonektor(graf).simbol if s.jenis == KONEKTOR]
    assert huruf == ["konektor.A.2.0.keluar", "konektor.A.1.0.masuk", "konektor.A.3.0.keluar"]


def test_a_connector_without_a_free_side_is_reported() -> None:
    susunan = _berkonektor(_rute_berkeputusan(4, berdua=(3,)))
    assert [str(p) for p in susunan.gagal] == ["3.0 ke 2.0"]
    susunan = _berkonektor(_rute_berkeputusan(4), hasil=("ya", "tidak"))
    assert susunan.gagal


def test_a_drawing_that_cannot_be_mended_still_comes_with_its_faults(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Kisi, "route", lambda *_: None)
    susunan = arrange(*_bahan("dinkes-mojokerto"))
    assert check_susunan(susunan)


def test_a_label_without_a_place_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sop.rules.bagan.susun.place_label", lambda *_: None)
    graf, matriks = _bahan("dinkes-mojokerto")
    tata = build_tata(build_denah(graf, matriks, Ruang()))
    assert {p.hasil for p in Penyusun(tata, 2).run().gagal} == {"ya", "tidak"}


def test_a_word_that_fits_nowhere_has_no_place() -> None:
    garis = Garis(Panah("a", "b", "ya"), ((50, 50), (90, 50)))
    assert place_label(0, [garis], (), (), (Kotak(0, 0, 10, 10), ())) is None


def test_letters_go_on_after_z() -> None:
    assert [letter_of(n) for n in (0, 25, 26, 53)] == ["A", "Z", "AA", "BB"]
