"""Pages of a drawing: where it is cut, and that every line comes together again."""

from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from sop.rules.bagan.bentuk import Panah, Simbol
from sop.rules.bagan.denah import SELESAI, Denah, Ruang, build_denah
from sop.rules.bagan.kisi import Kisi
from sop.rules.bagan.lembar import Lembar, Sambungan
from sop.rules.bagan.potong import letter_of, split_lembar
from sop.rules.bagan.susun import Berlembar, Kertas, Penyusun, arrange_pages
from sop.rules.bagan.svg import write_jalan
from sop.rules.bagan.tata import build_tata
from sop.rules.bagan.uji import check_lembar
from sop.rules.graf import Graf
from sop.rules.identitas import Identitas
from sop.rules.matriks import Matriks, build_matriks
from tests.factories.rute_acak import rute_acak
from tests.factories.sop import JABATAN, baca_berkas, graf_sah, simpul, simpul_pelaksana

KERTAS = Kertas(1068, 700)
PANJANG = 16


def _lembar(graf: Graf, kertas: Kertas = KERTAS) -> Berlembar:
    return arrange_pages(graf, build_matriks(graf, Identitas()), kertas, Ruang())


def _denah(graf: Graf, ruang: Ruang | None = None) -> Denah:
    return build_denah(graf, build_matriks(graf, Identitas()), ruang or Ruang())


def rute_panjang(banyak: int = 40) -> Graf:
    """A route of that many steps by four posts; every seventh step sends back three steps."""
    kode = ("kepala", "sekretaris", "perencana", "staf")
    langkah = []
    for n in range(1, banyak + 1):
        isi: dict[str, object] = {"pelaksana": (simpul_pelaksana(kode[n * 3 // 2 % 4]),)}
        if n == banyak:
            isi |= {"simbol": "akhir", "ke": {"lanjut": None}}
        elif n % 7 == 0:
            isi |= {"simbol": "keputusan", "ke": {"ya": n + 1, "tidak": n - 3}}
        langkah.append(simpul(n, **isi))
    return Graf(tuple(langkah))


def test_forty_steps_make_pages_that_are_equally_full_and_fit() -> None:
    hasil = _lembar(rute_panjang())
    assert hasil.cacat == []
    assert len(hasil.lembar) == 5
    banyak = [b.akhir - b.mulai for b in hasil.lembar]
    assert max(banyak) - min(banyak) <= 2
    for susunan in hasil.susunan:
        assert susunan.tata.tinggi * KERTAS.lebar <= KERTAS.tinggi * susunan.tata.x["kanan"]


def test_every_row_stands_on_exactly_one_page_in_order() -> None:
    lembar = _lembar(rute_panjang()).lembar
    assert [b.akhir for b in lembar[:-1]] == [b.mulai for b in lembar[1:]]
    assert (lembar[0].mulai, lembar[-1].akhir) == (0, 40)


def test_a_cut_line_ends_in_a_letter_and_goes_on_from_it_in_the_same_column() -> None:
    hasil = _lembar(rute_panjang())
    ujung = [s for b in hasil.lembar for s in b.sambungan]
    for huruf in {s.huruf for s in ujung}:
        satu, dua = (s for s in ujung if s.huruf == huruf)
        assert satu.panah == dua.panah
        assert satu.kolom == dua.kolom
        assert {satu.masuk, dua.masuk} == {True, False}
    assert [letter_of(n) for n in range(len(ujung) // 2)] == sorted({s.huruf for s in ujung})


def test_a_line_that_goes_on_downwards_leaves_below_and_a_return_leaves_above() -> None:
    for depan, belakang in pairwise(_lembar(rute_panjang()).lembar):
        assert all(s.masuk == s.panah.mundur for baris in depan.bawah for s in baris)
        assert all(s.masuk != s.panah.mundur for baris in belakang.atas for s in baris)


def test_the_connector_row_says_where_the_line_comes_from_and_goes_to() -> None:
    hasil = _lembar(rute_panjang())
    teks = " ".join(t for t, *_ in hasil.susunan[0].tata.list_teks)
    keluar = next(s for s in hasil.lembar[0].sambungan if not s.masuk)
    assert f"{keluar.huruf} ke langkah {keluar.nomor}" in teks


@pytest.mark.parametrize("nama", JABATAN)
def test_each_of_the_five_is_paged_without_a_fault_or_a_fallback(nama: str) -> None:
    berkas = baca_berkas(nama)
    matriks = build_matriks(berkas.graf, berkas.identitas)
    hasil = arrange_pages(berkas.graf, matriks, KERTAS, Ruang(kata_ragu="perlu konfirmasi"))
    assert hasil.cacat == []
    assert not any(s.jenis == "konektor" and s.nomor for p in hasil.susunan for s in p.simbol)
    assert len(hasil.lembar) <= 2


@pytest.mark.parametrize("benih", [*range(40)])
def test_random_routes_are_paged_without_a_fault(benih: int) -> None:
    assert _lembar(rute_acak(benih)).cacat == []


def test_a_short_route_stays_on_one_page_without_connectors() -> None:
    assert _lembar(graf_sah()).lembar == (Lembar(0, 4),)


def test_a_little_smaller_is_preferred_to_another_page() -> None:
    graf = rute_panjang(10)
    penuh = _denah(graf).tinggi
    tinggi = sum(penuh) + 56
    assert len(split_lembar(_denah(graf, Ruang(lebar=1068)), tinggi - 1)) == 2
    assert len(_lembar(graf, Kertas(1068, tinggi - 1)).lembar) == 1


def test_the_closing_symbol_stays_with_its_decision() -> None:
    langkah = [*rute_panjang(6).langkah[:-1]]
    langkah.append(simpul(6, simbol="keputusan", ke={"ya": None, "tidak": 4}))
    denah = _denah(Graf(tuple(langkah)))
    assert SELESAI in denah.letak
    for tinggi in range(200, 700, 20):
        lembar = split_lembar(denah, tinggi)
        assert lembar[-1].akhir - lembar[-1].mulai >= 2


def test_a_row_that_is_too_high_by_itself_gets_its_own_page() -> None:
    banyak = list(graf_sah().langkah)
    banyak[1] = replace(banyak[1], kegiatan="kata " * 400)
    lembar = split_lembar(_denah(Graf(tuple(banyak))), 500)
    assert Lembar(1, 2, lembar[1].atas, lembar[1].bawah) in lembar


def test_connectors_that_do_not_fit_into_a_row_take_another_one() -> None:
    ke = [{"ya": n + 1, "tidak": 1} for n in range(2, 9)]
    langkah = [simpul(1)]
    langkah += [simpul(n, simbol="keputusan", ke=k) for n, k in enumerate(ke, start=2)]
    langkah.append(simpul(9, simbol="akhir", ke={"lanjut": None}))
    lembar = split_lembar(_denah(Graf(tuple(langkah))), 600)
    assert max(len(b.bawah) for b in lembar) > 1


def test_on_paper_text_columns_fill_the_page_and_give_way_to_many_actors() -> None:
    sempit, lebar = (_denah(graf_sah(), Ruang(lebar=n)) for n in (0, 1068))
    assert lebar.lebar > sempit.lebar
    assert 1050 < lebar.lebar <= 1068
    banyak = Graf(
        (
            *(simpul(n, pelaksana=(simpul_pelaksana(f"j{n}"),)) for n in range(1, 9)),
            simpul(9, simbol="akhir", ke={"lanjut": None}),
        )
    )
    layar, kertas = (_denah(banyak, Ruang(lebar=n)) for n in (0, 1068))
    assert kertas.lebar < layar.lebar


def test_doubtful_cells_carry_the_word_for_it() -> None:
    graf = graf_sah()
    ragu = replace(graf.langkah[1], perlu_konfirmasi=("output", "tidak", "simbol"))
    denah = _denah(Graf((graf.langkah[0], ragu, *graf.langkah[2:])), Ruang(kata_ragu="ragu"))
    assert denah.isi[1]["output"] == ("ragu",)
    assert denah.isi[1]["kegiatan"] == ("Kegiatan 2 ragu",)
    assert "ragu" not in denah.isi[2]["output"]


def _cacat(lembar: tuple[Lembar, ...], denah: Denah) -> list[str]:
    susunan = [Penyusun(build_tata(denah, b), 2).run() for b in lembar]
    return [c.pesan for c in check_lembar(lembar, susunan, denah.panah)]


def test_the_check_finds_what_is_wrong_between_pages() -> None:
    denah = _denah(rute_panjang(PANJANG))
    utuh = split_lembar(denah, 600)
    assert _cacat(utuh, denah) == []
    assert any("tidak digambar tepat satu kali" in c for c in _cacat(utuh[:1], denah))

    def ganti(s: Sambungan, **isi: object) -> tuple[Lembar, ...]:
        baru = replace(s, **isi)  # type: ignore[arg-type]  # free-form test data
        atas = tuple(tuple(baru if x == s else x for x in baris) for baris in utuh[1].atas)
        return (utuh[0], replace(utuh[1], atas=atas), *utuh[2:])

    satu = utuh[1].atas[0][0]
    assert any("tidak berpasangan" in c for c in _cacat(ganti(satu, huruf="Z"), denah))
    assert any("huruf Z ada 1 kali" in c for c in _cacat(ganti(satu, huruf="Z"), denah))
    lain = next(k for k in range(4) if k != satu.kolom)
    assert any("tidak berpasangan" in c for c in _cacat(ganti(satu, kolom=lain), denah))


def test_a_letter_of_a_page_may_not_also_lead_to_another_page() -> None:
    hasil = _lembar(rute_panjang())
    susunan = hasil.susunan[0]
    kembar = Simbol("konektor.A.3.0.keluar", 0, 0, "konektor", 3, "A")
    susunan = replace(susunan, simbol=(*susunan.simbol, kembar))
    cacat = check_lembar(hasil.lembar, (susunan, *hasil.susunan[1:]), hasil.panah)
    assert "huruf A dipakai dua hal" in [c.pesan for c in cacat]


def test_a_page_without_a_way_for_its_lines_tries_letters_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asli = Kisi.route

    def buntu(kisi: Kisi, panah: Panah, *sisa: object) -> object:
        return None if panah.hasil == "tidak" else asli(kisi, panah, *sisa)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Kisi, "route", buntu)
    hasil = _lembar(rute_panjang(PANJANG))
    setempat = {
        s.teks for p in hasil.susunan for s in p.simbol if s.jenis == "konektor" and s.nomor
    }
    lain = {s.huruf for b in hasil.lembar for s in b.sambungan}
    assert setempat
    assert not setempat & lain


def test_lines_alone_are_well_formed_and_named_for_who_cannot_see_them() -> None:
    svg = write_jalan(_lembar(graf_sah()).susunan[0], "Alur <1>")
    akar = ElementTree.fromstring(svg)  # noqa: S314 - our own text
    assert akar[0].text == "Alur <1>"
    assert "Kegiatan 2" not in svg


def test_lines_alone_show_the_connectors_to_other_pages() -> None:
    hasil = _lembar(rute_panjang())
    for lembar, susunan in zip(hasil.lembar, hasil.susunan, strict=True):
        svg = write_jalan(susunan, "Alur")
        assert lembar.sambungan
        assert all(f">{s.huruf}</text>" in svg for s in lembar.sambungan)


def test_a_word_on_its_own_line_gets_a_white_plate() -> None:
    susunan = _lembar(graf_sah()).susunan[0]
    label = replace(susunan.label[0], berpelat=True)
    polos, berpelat = (
        write_jalan(replace(susunan, label=(x,)), "Alur") for x in (susunan.label[0], label)
    )
    assert berpelat.count("<rect") == polos.count("<rect") + 1


def test_matrices_without_steps_have_no_symbols() -> None:
    assert build_denah(Graf(()), Matriks((), ()), Ruang()).letak == {}
