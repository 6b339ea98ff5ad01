"""Reading a sheet by patterns gives what the parser gives, or leaves it to the parser."""

import io
import zipfile
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from xml.parsers import expat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.comments import Comment

from sakip.common.lembar import Batas
from sakip.common.lembar_anak import baca
from sakip.common.lembar_anak.arsip import Tolak
from sakip.common.lembar_anak.cepat import TidakBiasa, split_lembar
from sakip.common.unduhan import Nilai, Tabel, write_xlsx

BATAS = asdict(Batas(baris=60, kolom=30, sel=200))
LEMBAR = "xl/worksheets/sheet1.xml"
teks = st.text(
    st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"),
    max_size=12,
)
nilai = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**17), 10**17), teks, st.dates(date(1990, 1, 1)),
    st.floats(allow_nan=False, allow_infinity=False), st.sampled_from(["#REF!", "007", "a & <b>"]),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)),  # noqa: DTZ001 - Excel knows no zones
)  # fmt: skip
bentuk = st.sampled_from(["General", "0.00%", "#,##0.######", "yyyy-mm-dd", "[h]:mm"])


def outcome(isi: bytes, monkeypatch: pytest.MonkeyPatch, *, cepat: bool) -> object:
    """What the child says of a workbook, with patterns or without."""

    def refuse(_isi: bytes) -> None:
        raise TidakBiasa

    with monkeypatch.context() as ganti:
        if not cepat:
            ganti.setattr(baca, "split_lembar", refuse)
        try:
            return baca.read(isi, BATAS)
        except Tolak as tolak:
            return tolak.isi
        except (expat.ExpatError, ValueError, IndexError) as galat:
            return type(galat).__name__


def put_data(data: str) -> bytes:
    """A workbook whose first sheet has this data."""
    asal = io.BytesIO(write_xlsx([Tabel("T", [("K", 1)], [])]))
    keluar = io.BytesIO()
    with zipfile.ZipFile(asal) as lama, zipfile.ZipFile(keluar, "w") as baru:
        for nama in lama.namelist():
            isi = lama.read(nama).decode()
            if nama == LEMBAR:
                isi = f"{isi.partition('<sheetData>')[0]}<sheetData>{data}</sheetData></worksheet>"
            baru.writestr(nama, isi.encode("utf-8", "surrogateescape"))
    return keluar.getvalue()


@settings(max_examples=40, deadline=None)
@given(
    tabel=st.lists(st.lists(st.tuples(nilai, bentuk), max_size=5), max_size=6),
    is_bergabung=st.booleans(),
)
def test_both_readers_see_the_same_cells(
    *, tabel: list[list[tuple[Any, str]]], is_bergabung: bool
) -> None:
    buku = Workbook()
    lembar = buku.worksheets[0]
    for b, baris in enumerate(tabel, 2):
        for k, (isi, rupa) in enumerate(baris, 1):
            sel = lembar.cell(b, k)
            sel.value = isi
            sel.number_format = rupa
    if is_bergabung:
        lembar.merge_cells("B2:C4")
        lembar.row_dimensions[3].hidden = True
        lembar["A3"].comment = Comment("Catatan", "Rina")
    keluar = io.BytesIO()
    buku.save(keluar)
    with pytest.MonkeyPatch.context() as monkeypatch:
        cepat = outcome(keluar.getvalue(), monkeypatch, cepat=True)
        assert cepat == outcome(keluar.getvalue(), monkeypatch, cepat=False)


def test_an_ordinary_workbook_is_read_by_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_isi: object) -> None:
        raise AssertionError

    baris: list[list[Nilai]] = [["K1", Decimal("98.24"), date(2026, 11, 21)], ["é", 7, None]]
    isi = write_xlsx([Tabel("T", [("A", 1), ("B", 1), ("C", 1)], baris)])
    monkeypatch.setattr(baca, "walk", refuse)
    monkeypatch.setattr(baca, "check_xml", lambda _arsip: None)
    (lembar,) = baca.read(isi, BATAS)["lembar"]
    assert lembar["teks"] == ["A", "B", "C", "K1", "98.24", "2026-11-21", "é", "7"]
    assert lembar["jenis"][3:6] == ["teks", "angka", "tanggal"]


SATU = '<row r="1"><c r="A1"><v>1</v></c></row>'
BIASA = [
    SATU,
    '<row r="2" spans="1:2" hidden="1"/><row r="3"><c r="B3" s="0" t="str"><v>x</v></c></row>',
    '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> x </t></is></c></row>',
    '<row r="1"><c r="A1" t="b"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"/></row>',
    '<row r="1"><c r="A1"><v>1E400</v></c><c r="B1"><v>9007199254740993</v></c></row>',
    '<row r="1"><c r="A1"><v>satu</v></c></row>',
    '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    '<row r="1"><c r="A1"><v>\u0663</v></c><c r="B1"><v>0012.50</v></c></row>',
    "",
]
ANEH = [
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a &amp; b</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v><![CDATA[<x>]]></v></c></row>',
    f"<!-- x -->{SATU}",
    f"{SATU}<row r='2'/>",
    f" {SATU}",
    '<row r="2"><c r="A2"><v>2</v></c></row>' + SATU,
    '<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="A1"><v>3</v></c></row>',
    '<row r="1"><c r="A7"><v>1</v></c></row>',
    "<row><c><v>1</v></c><c><v>2</v></c></row>",
    f"<row r='1'>{SATU}</row>",
    '<row r="1"><c r="A1"><v>1</v></row></c>',
    '<row r="1"><c r="A1" t="str"><v>a\x01b</v></c></row>',
    '<row r="1"><c r="A1" t="str"><v>a\udcffb</v></c></row>',
    '<row r="1"><c r="A1" t="d"><v>2026-11-21</v></c></row>',
    '<row r="99"><c r="A99"><v>1</v></c></row>',
    '<row r="1"><c r="XFD1"><v>1</v></c></row>',
    f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>',
    "".join(f'<row r="{n}"><c r="A{n}"/><c r="B{n}"/><c r="C{n}"/></row>' for n in range(1, 55)),
    f"{SATU}</sheetData><sheetData>{SATU}",
    SATU.replace("</row>", ""),
]


@pytest.mark.parametrize("data", [*BIASA, *ANEH], ids=range(len(BIASA) + len(ANEH)))
def test_whatever_the_data_both_readers_say_the_same(
    data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    isi = put_data(data)
    assert outcome(isi, monkeypatch, cepat=True) == outcome(isi, monkeypatch, cepat=False)


def test_an_encoding_other_than_utf8_and_a_document_type_are_left_to_the_parser() -> None:
    for kepala in ('<?xml version="1.0" encoding="latin-1"?>', "<!DOCTYPE x>"):
        with pytest.raises(TidakBiasa):
            split_lembar(f"{kepala}<worksheet><sheetData>{SATU}</sheetData></worksheet>".encode())
