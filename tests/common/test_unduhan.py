"""Tables as files: nothing in them is calculated, figures stay figures."""

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from django.test import RequestFactory
from django.utils.translation import gettext_lazy
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from sakip.common.lembar import Jenis, read_buku
from sakip.common.unduhan import Tabel, defuse, read_bentuk, unduh, write_csv, write_xlsx

JAHAT = ["=1+1", "+62812", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"]


def tabel() -> Tabel:
    """Every kind of value."""
    baris = [("teks", gettext_lazy("Simpan"), 5, Decimal("98.2400"), date(2026, 11, 21), None, "")]
    return Tabel("A/B: *tabel*", [("Teks", 20), *((f"K{n}", 10) for n in range(6))], baris)


@pytest.mark.parametrize("teks", JAHAT)
def test_text_that_would_be_calculated_stays_text(teks: str) -> None:
    jahat = Tabel("T", [(teks, 10)], [[teks]])
    (judul,), (isi,) = csv.reader(io.StringIO(write_csv(jahat).decode("utf-8-sig"), newline=""))
    assert (judul, isi) == (teks, f"'{teks}")
    sel = load_workbook(io.BytesIO(write_xlsx([jahat])))["T"]["A2"]
    assert (sel.data_type, sel.quotePrefix) == ("s", True)
    assert read_buku(write_xlsx([jahat])).lembar[0].at(2, 1).jenis is Jenis.TEKS


def test_text_behind_spaces_is_defused_as_well() -> None:
    assert b"'  =1" in write_csv(Tabel("T", [("K", 1)], [["  =1"]]))


def test_figures_dates_and_gaps_stay_what_they_are() -> None:
    lembar = load_workbook(io.BytesIO(write_xlsx([tabel()]))).worksheets[0]
    assert lembar.title == "A B   tabel "
    assert lembar["A1"].font.b
    assert lembar.freeze_panes == "A2"
    assert [s.value for s in lembar[2]][:4] == ["teks", "Simpan", 5, 98.24]
    assert lembar["E2"].value.date() == date(2026, 11, 21)
    assert lembar["F2"].value is None
    teks = write_csv(tabel()).decode("utf-8-sig").splitlines()
    assert teks[1] == "teks,Simpan,5,98.24,2026-11-21,,"


def test_what_excel_cannot_hold_is_escaped_or_cut() -> None:
    isi = read_buku(write_xlsx([Tabel("T", [("K", 1)], [["a\0b"], ["x" * 40_000]])])).lembar[0]
    assert isi.at(2, 1).teks == "ab"
    bukan = write_xlsx([Tabel("T", [("K\ufffe", 1)], [["c\uffffd"]])])
    assert load_workbook(io.BytesIO(bukan))["T"]["A1"].value == "K"
    assert read_buku(bukan).lembar[0].at(2, 1).teks == "cd"
    assert len(isi.at(3, 1).teks) == 32_767


def test_text_that_looks_like_markup_stays_text() -> None:
    teks = ["<r><t>x</t></r>", "_x0041_", "a & <b>", " tepi "]
    isi = read_buku(write_xlsx([Tabel("T", [("K", 1)], [[t] for t in teks])])).lembar[0]
    assert [isi.at(n, 1).teks for n in range(2, 6)] == [f"{teks[0]} ", *teks[1:]]


def test_each_sheet_has_a_name_of_its_own_that_excel_takes() -> None:
    nama = ["'Bagian'", "bagian", "x" * 40, "x" * 40, "?", "", "\ud800", "\U0001f600" * 20]
    buku = read_buku(write_xlsx([Tabel(n, [("K", 1)], []) for n in nama]))
    judul = ["Bagian", "bagian 2", "x" * 31, f"{'x' * 29} 2", " ", "Lembar", "Lembar 2"]
    judul.append("\U0001f600" * 15)
    assert [s.nama for s in buku.lembar] == judul


@pytest.mark.parametrize(
    ("diminta", "bentuk"), [("xlsx", "xlsx"), ("csv", "csv"), ("exe", ""), ("", "")]
)
def test_only_known_kinds_are_made(diminta: str, bentuk: str) -> None:
    request = RequestFactory().get("/", {"unduh": diminta})
    assert read_bentuk(request) == bentuk


def test_both_kinds_are_handed_over_as_downloads() -> None:
    for bentuk in ("xlsx", "csv"):
        jawaban = unduh([tabel()], "rekap", bentuk)
        assert jawaban["Content-Disposition"] == f'attachment; filename="rekap.{bentuk}"'
        assert jawaban["X-Content-Type-Options"] == "nosniff"


@given(st.text(max_size=40), st.sampled_from(["", " ", "\u00a0", "\t", "\n  "]))
def test_no_text_whatsoever_begins_a_formula(teks: str, depan: str) -> None:
    for awal in ("", "=", "+", "-", "@", "\uff1d", "\uff20"):
        isi = f"{depan}{awal}{teks}"
        hasil = defuse(isi)
        polos = unicodedata.normalize("NFKC", hasil.lstrip()[:1])
        assert polos not in ("=", "+", "-", "@")
        assert hasil in (isi, f"'{isi}")


@given(st.lists(st.text(max_size=20), min_size=1, max_size=4))
def test_every_cell_of_a_workbook_is_text(isi: list[str]) -> None:
    lembar = load_workbook(io.BytesIO(write_xlsx([Tabel("T", [("K", 1)] * len(isi), [isi])])))["T"]
    assert all(sel.data_type != "f" for baris in lembar.iter_rows() for sel in baris)
