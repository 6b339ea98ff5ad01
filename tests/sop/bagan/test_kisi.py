"""Routing on a small lattice."""

from sop.rules.bagan.bentuk import BARAT, SELATAN, TIMUR, UTARA, Garis, Kotak, Panah, Simbol
from sop.rules.bagan.kisi import Kisi, list_jalur

KOLOM = [(0, 92), (92, 92), (184, 92)]
BARIS = [(0, 68), (68, 68), (136, 68)]


def _simbol(kunci: str, kolom: int, baris: int, jenis: str = "proses") -> Simbol:
    return Simbol(kunci, 46 + 92 * kolom, 34 + 68 * baris, jenis)


SIMBOL = {
    s.kunci: s
    for s in (
        _simbol("a", 0, 0),
        _simbol("b", 0, 1),
        _simbol("c", 1, 1),
        _simbol("d", 1, 2),
        _simbol("e", 2, 0, "keputusan"),
    )
}
HALANGAN = {s.kunci: s.kotak for s in SIMBOL.values()}


def _kisi() -> Kisi:
    return Kisi(KOLOM, BARIS, 2)


def _rute(kisi: Kisi, asal: str, tujuan: str, *, mundur: bool = False) -> Garis | None:
    panah = Panah(asal, tujuan, mundur=mundur)
    titik = kisi.route(panah, SIMBOL, HALANGAN)
    return Garis(panah, titik) if titik else None


def test_the_next_row_in_the_same_column_is_a_straight_line() -> None:
    garis = _rute(_kisi(), "a", "b")
    assert garis is not None
    assert garis.titik == ((46, 46), (46, 90))


def test_the_next_row_in_another_column_takes_one_bend() -> None:
    garis = _rute(_kisi(), "a", "d")
    assert garis is not None
    assert len(garis.ruas) >= 2
    assert not any(HALANGAN[k].is_cut_by(p, q) for p, q in garis.ruas for k in ("b", "c", "e"))


def test_a_return_enters_from_below_or_from_the_side() -> None:
    garis = _rute(_kisi(), "d", "a", mundur=True)
    assert garis is not None
    assert garis.titik[-1] in {SIMBOL["a"].port(arah) for arah in (SELATAN, TIMUR, BARAT)}


def test_two_lines_never_share_a_piece() -> None:
    kisi = _kisi()
    satu, dua = _rute(kisi, "e", "c"), _rute(kisi, "e", "d")
    assert satu is not None
    assert dua is not None
    assert satu.titik[0] != dua.titik[0]


def test_a_full_target_is_joined_at_a_right_angle_and_else_refused() -> None:
    kisi = _kisi()
    pertama = _rute(kisi, "e", "d")
    assert pertama is not None
    for arah in (UTARA, SELATAN, TIMUR, BARAT):
        kisi.reserve(SIMBOL["d"], arah)
    kedua = _rute(kisi, "a", "d")
    assert kedua is not None
    ujung = kedua.titik[-1]
    assert ujung not in {SIMBOL["d"].port(arah) for arah in (UTARA, SELATAN, TIMUR, BARAT)}
    assert any(_di_atas(ujung, p, q) for p, q in pertama.ruas)


def _di_atas(titik: tuple[int, int], p: tuple[int, int], q: tuple[int, int]) -> bool:
    return Kotak(*map(min, p, q), *map(max, p, q)).contains(titik)


def test_a_source_without_a_free_side_has_no_way() -> None:
    kisi = _kisi()
    for arah in (UTARA, SELATAN, TIMUR, BARAT):
        kisi.reserve(SIMBOL["a"], arah)
    assert _rute(kisi, "a", "b") is None


def test_a_target_without_a_free_side_and_without_a_line_has_no_way() -> None:
    kisi = _kisi()
    for arah in (UTARA, SELATAN, TIMUR, BARAT):
        kisi.reserve(SIMBOL["b"], arah)
    assert _rute(kisi, "a", "b") is None


def test_a_walled_in_source_has_no_way() -> None:
    dinding = {"dinding": Kotak(0, 0, 276, 20), "lain": Kotak(0, 48, 276, 67)}
    sisi = {"kiri": Kotak(0, 0, 18, 68), "kanan": Kotak(74, 0, 276, 68)}
    halangan = dinding | sisi
    assert _kisi().route(Panah("a", "b"), SIMBOL, halangan) is None


def test_lines_cross_and_do_not_bend_on_a_crossing() -> None:
    kisi = _kisi()
    for asal, tujuan in (("a", "d"), ("b", "e"), ("c", "a"), ("d", "e"), ("e", "b"), ("b", "d")):
        _rute(kisi, asal, tujuan, mundur=asal > tujuan)
    assert not kisi.is_free(SIMBOL["b"], TIMUR) or not kisi.is_free(SIMBOL["b"], SELATAN)


def test_connectors_have_lattice_points_of_their_own() -> None:
    biasa, berkonektor = _kisi(), Kisi(KOLOM, BARIS, 2, berkonektor=True)
    assert set(biasa.xs) < set(berkonektor.xs)
    assert 46 + 50 in berkonektor.xs
    assert list_jalur(3) == [6, 13, 20]
