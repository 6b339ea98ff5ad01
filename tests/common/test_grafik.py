"""Charts: what is drawn, what is not, and that nothing in them is active."""

import re
from decimal import Decimal as D
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sakip.common.grafik import (
    LEBAR,
    SEMPIT,
    Batang,
    Deret,
    draw_batang,
    draw_dua,
    draw_garis,
    make_sumbu,
    shorten,
)

SVG = "{http://www.w3.org/2000/svg}"
ANGKA = st.decimals(
    min_value=D("-1e12"), max_value=D("1e12"), places=3, allow_nan=False, allow_infinity=False
)


def baca(svg: str) -> ET.Element:
    """The drawing, parsed: our own text, no document type."""
    return ET.fromstring(svg)  # noqa: S314 - made by the code under test


def panjang(svg: str) -> list[D]:
    """Lengths of the coloured bars."""
    return [
        D(r.attrib["width"]) for r in baca(svg).iter(f"{SVG}rect") if r.attrib["fill"] != "#e9edf2"
    ]


def test_bars_are_as_long_as_their_values_and_a_missing_one_is_no_bar() -> None:
    svg = draw_batang(
        "Separuh tercapai",
        [Batang("A", D(100), "100%"), Batang("B", D(50), "50%"), Batang("C", None, "belum diisi")],
    )
    satu, dua = panjang(svg)
    assert satu == 2 * dua
    assert "belum diisi" in svg


def test_reference_line_sets_the_scale_when_no_bar_reaches_it() -> None:
    svg = draw_batang("Rendah", [Batang("A", D(50), "50%")], acuan=D(100))
    assert panjang(svg) == [D("140.0")]
    assert "acuan 100" in svg


def test_zero_and_below_draw_an_empty_bar_and_nothing_at_all_draws_no_bar() -> None:
    assert panjang(draw_batang("Nol", [Batang("A", D(0), "0%"), Batang("B", D(-3), "-3%")])) == [
        D(0),
        D(0),
    ]
    assert panjang(draw_batang("Kosong", [])) == []


def test_words_of_people_stay_words() -> None:
    svg = draw_batang('Judul "<x>"', [Batang("<script>alert(1)</script>", D(1), "<b>")])
    assert baca(svg).attrib["aria-label"] == 'Judul "<x>"'
    assert not re.search(r"<(script|b)\b|style=|on\w+=", svg)


def test_long_label_takes_two_lines_and_then_an_ellipsis() -> None:
    svg = draw_batang("Panjang", [Batang("kata " * 60, D(1), "1%")])
    label = [t.text or "" for t in baca(svg).iter(f"{SVG}text")][:2]
    assert label[1].endswith("…")
    assert all(len(baris) <= 52 for baris in label)


def test_line_breaks_where_a_value_is_missing() -> None:
    svg = draw_garis(
        "Turun", ["2022", "2023", "2024"], [Deret("Nyata", (D(9), None, D(7))), Deret("X", ())]
    )
    akar = baca(svg)
    assert len(list(akar.iter(f"{SVG}circle"))) == 2
    assert not [p for p in akar.iter(f"{SVG}path") if p.attrib["stroke"] == "#1f4b8f"]


def test_target_is_a_dashed_line_and_names_do_not_touch() -> None:
    deret = [Deret("Nyata", (D(8), D(9))), Deret("Target", (D(8), D(9)), "kunyit", putus=True)]
    akar = baca(draw_garis("Tepat", ["I", "II"], deret))
    nama = [t for t in akar.iter(f"{SVG}text") if t.text in ("Nyata", "Target")]
    assert abs(D(nama[0].attrib["y"]) - D(nama[1].attrib["y"])) >= 15
    assert [p.get("stroke-dasharray") for p in akar.iter(f"{SVG}path")][-1] == "5 4"


def test_wide_bars_have_their_label_beside_them_and_nothing_leaves_the_drawing() -> None:
    batang = [Batang("kata " * 30, D(100), "100,00%"), Batang("B", D(50), "50,00%")]
    dua = draw_dua(lambda lebar: draw_batang("Dua", batang, acuan=D(100), lebar=lebar))
    assert [baca(s).attrib["width"] for s in (dua.sempit, dua.lebar)] == [str(SEMPIT), str(LEBAR)]
    for svg in (dua.sempit, dua.lebar):
        akar = baca(svg)
        kanan = [D(r.attrib["x"]) + D(r.attrib["width"]) for r in akar.iter(f"{SVG}rect")]
        assert max(kanan) <= D(akar.attrib["width"]) - 80
        satu, dua_ = panjang(svg)
        assert satu == 2 * dua_
    label = [t for t in baca(dua.lebar).iter(f"{SVG}text") if (t.text or "").startswith("kata")]
    assert {t.attrib["text-anchor"] for t in label} == {"end"}
    assert not draw_dua(lambda lebar: draw_garis("Kosong", ["I"], [], lebar=lebar))


def test_labels_of_an_axis_never_touch_and_the_last_is_always_there() -> None:
    label = [f"Triwulan {n}" for n in range(12)]
    svg = draw_garis("Padat", label, [Deret("A", tuple(D(n) for n in range(12)))])
    letak = [(D(t.attrib["x"]), t.text) for t in baca(svg).iter(f"{SVG}text") if t.text in label]
    assert letak[0][1] == "Triwulan 11"
    assert all(a - b > 11 * D("6.9") for (a, _t), (b, _u) in pairwise(letak))


def test_no_value_no_chart() -> None:
    assert draw_garis("Kosong", ["I"], [Deret("Nyata", (None,))]) == ""


@given(nilai=st.lists(ANGKA, min_size=1, max_size=12))
def test_axis_holds_every_value_with_few_round_steps(nilai: list[D]) -> None:
    sumbu = make_sumbu(min(nilai), max(nilai))
    assert sumbu[0] <= min(nilai)
    assert sumbu[-1] >= max(nilai)
    assert 2 <= len(sumbu) <= 8
    assert {b - a for a, b in pairwise(sumbu)} == {sumbu[1] - sumbu[0]}
    baca(draw_garis("Acak", [str(n) for n, _ in enumerate(nilai)], [Deret("A", tuple(nilai))]))


@pytest.mark.parametrize(
    ("nilai", "teks"),
    [
        (D(1500), "1.500"),
        (D(2_500_000), "2,5 jt"),
        (D("-99.5e9"), "-99,5 M"),
        (D("1e12"), "1 T"),
        (D(0), "0"),
    ],
)
def test_axis_values_are_short(nilai: D, teks: str) -> None:
    assert shorten(nilai) == teks


@pytest.mark.parametrize(
    ("rendah", "tinggi", "bawah", "atas"),
    [
        ("99.25", "99.81", "85", "110"),
        ("81.2", "90", "75", "95"),
        ("5", "5", "4.5", "5.5"),
        ("-99.8", "-99.3", "-110", "-85"),
        ("0", "0", "0", "0.5"),
        ("30", "80", "0", "80"),
    ],
    ids=lambda v: v,
)
def test_small_changes_look_small(rendah: str, tinggi: str, bawah: str, atas: str) -> None:
    sumbu = make_sumbu(D(rendah), D(tinggi))
    assert (sumbu[0], sumbu[-1]) == (D(bawah), D(atas))


def test_axis_without_zero_is_broken_and_says_so() -> None:
    deret = Deret("Realisasi", (D("99.25"), D("99.81")))
    putus = draw_garis("Naik", ["I", "II"], [deret])
    assert "Sumbu tegak tidak mulai dari nol, tetapi dari 85." in putus
    assert "l-5 3l10 4" in putus


def test_percentages_begin_at_zero() -> None:
    deret = Deret("Capaian", (D("99.25"), D("99.81")), dari_nol=True)
    utuh = draw_garis("Naik", ["I", "II"], [deret])
    assert "Sumbu tegak" not in utuh
    assert "l-5 3l10 4" not in utuh
    assert next(t.text for t in baca(utuh).iter(f"{SVG}text")) == "0"
