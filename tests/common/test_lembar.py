"""Workbooks in and out: what comes back is what went in, and hostile files cost one sentence."""

import io
import subprocess
import sys
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.formula import ArrayFormula

from sakip.common import lembar, lembar_anak, lembar_tulis
from sakip.common.errors import IsianTidakSah
from sakip.common.lembar import Batas, Buku, Jenis, Lembar, LembarTidakTerbaca, Sel, read_buku
from sakip.common.lembar_anak import arsip
from sakip.common.lembar_tulis import Gaya, add_lembar, add_pilihan, new_buku, to_bytes, tulis

KECIL = Batas(byte=200_000, baris=50, kolom=30, sel=400, lembar=3)


def _buku(**sel: str) -> bytes:
    buku = Workbook()
    for alamat, nilai in sel.items():
        buku.worksheets[0][alamat] = nilai
    return to_bytes(buku)


def _ganti(isi: bytes, anggota: str, baru: bytes) -> bytes:
    """The same archive with one member replaced or added."""
    keluaran = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(isi)) as lama,
        zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip,
    ):
        for nama in lama.namelist():
            if nama != anggota:
                arsip.writestr(nama, lama.read(nama))
        arsip.writestr(anggota, baru)
    return keluaran.getvalue()


def _arsip(**anggota: bytes) -> bytes:
    keluaran = io.BytesIO()
    with zipfile.ZipFile(keluaran, "w", zipfile.ZIP_DEFLATED) as arsip:
        for nama, isi in anggota.items():
            arsip.writestr(nama, isi)
    return keluaran.getvalue()


def _tolak(isi: bytes, batas: Batas = KECIL) -> LembarTidakTerbaca:
    with pytest.raises(LembarTidakTerbaca) as galat:
        read_buku(isi, batas)
    return galat.value


# --- reading ----------------------------------------------------------------------------------


def test_every_kind_of_value_is_told_apart() -> None:
    buku = Workbook()
    s = buku.worksheets[0]
    s.title = "Isi"
    nilai: list[str | float | Decimal | date] = [
        "teks",
        98.24,
        12,
        Decimal("0.5"),
        1e-7,
        True,
        date(2026, 11, 21),
        datetime(2026, 11, 21, 8, 30),  # noqa: DTZ001 - Excel knows no zones
        "=A1+1",
        "#REF!",
        1.0,
    ]
    for baris, isi in enumerate(nilai, start=1):
        s.cell(baris, 1, isi)
    s["B2"] = 0.9824
    s["B2"].number_format = "0.00%"
    s["C1"] = ArrayFormula("C1:C2", "=A2*2")
    hasil = read_buku(to_bytes(buku)).lembar[0]
    assert [(hasil.at(n, 1).jenis, hasil.at(n, 1).teks) for n in range(1, 12)] == [
        (Jenis.TEKS, "teks"),
        (Jenis.ANGKA, "98.24"),
        (Jenis.ANGKA, "12"),
        (Jenis.ANGKA, "0.5"),
        (Jenis.ANGKA, "0.0000001"),
        (Jenis.LOGIKA, "TRUE"),
        (Jenis.TANGGAL, "2026-11-21"),
        (Jenis.WAKTU, "2026-11-21 08:30:00"),
        (Jenis.RUMUS, "=A1+1"),
        (Jenis.GALAT, "#REF!"),
        (Jenis.ANGKA, "1"),
    ]
    assert hasil.at(2, 2) == Sel(Jenis.PERSEN, "0.9824")
    assert hasil.at(1, 3) == Sel(Jenis.RUMUS, "=A2*2")
    assert hasil.at(99, 99) == Sel()
    assert (hasil.baris_akhir, hasil.kolom_akhir) == (11, 3)


LEMBAR_XML = b"""<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">
<x:sheetData><x:row><x:c t="inlineStr">
<x:is><x:r><x:t>satu </x:t></x:r><x:r><x:t>dua</x:t></x:r><x:rPh><x:t/></x:rPh></x:is></x:c>
<x:c><x:f t="shared" si="0" ref="B1:B2">A9*2</x:f><x:v>4</x:v></x:c>
<x:c t="str"><x:f>"a"</x:f><x:v>a</x:v></x:c>
<x:c t="d"><x:v>2026-11-21T00:00:00</x:v></x:c></x:row>
<x:row r="2"><x:c r="B2"><x:f t="shared" si="0"/><x:v>6</x:v></x:c><x:c r="C2"/>
<x:c t="b"><x:v>0</x:v>
</x:c><x:c t="n"/><x:c t="inlineStr"><x:is/></x:c></x:row></x:sheetData>
<x:mergeCells><x:mergeCell ref="B2:D2"/></x:mergeCells></x:worksheet>"""


def test_what_other_programs_write_is_read_as_well() -> None:
    isi = read_buku(_ganti(_buku(A1="x"), "xl/worksheets/sheet1.xml", LEMBAR_XML)).lembar[0]
    assert isi.at(1, 1).teks == "satu dua"
    assert (isi.at(1, 2).teks, isi.at(1, 2).nilai) == ("=A9*2", Sel(Jenis.ANGKA, "4"))
    assert isi.at(1, 3).nilai == Sel(Jenis.TEKS, "a")
    assert isi.at(1, 4) == Sel(Jenis.TANGGAL, "2026-11-21")
    assert isi.at(2, 2) == Sel(Jenis.RUMUS, "=A9*2", "", Sel(Jenis.ANGKA, "6"))
    assert isi.at(2, 4) == isi.at(2, 2), "what lies below a merged cell is not shown"
    assert (isi.own(2, 4), isi.own(2, 5), isi.own(2, 6)) == (Sel(), Sel(), Sel())


def test_workbooks_that_count_from_1904_and_sheets_of_charts_are_known() -> None:
    buku = Workbook()
    buku.epoch = CALENDAR_MAC_1904
    buku.worksheets[0]["A1"] = date(2026, 11, 21)
    buku.create_chartsheet("Bagan")
    hasil = read_buku(to_bytes(buku))
    assert [s.nama for s in hasil.lembar] == ["Sheet"]
    assert hasil.lembar[0].at(1, 1) == Sel(Jenis.TANGGAL, "2026-11-21")


def test_merged_hidden_and_commented_cells_are_told() -> None:
    buku = Workbook()
    s = buku.worksheets[0]
    s["B2"] = "judul"
    s.merge_cells("B2:D3")
    s.merge_cells("F1:G1")
    s.row_dimensions[2].hidden = True
    lembar_tulis.beri_catatan(s["A5"], "cocokkan")
    add_lembar(buku, "Rahasia", tersembunyi=True)
    hasil = read_buku(to_bytes(buku))
    isi = hasil.lembar[0]
    assert isi.at(3, 4).teks == "judul"
    assert isi.own(3, 4).teks == ""
    assert isi.own(2, 2).teks == "judul"
    assert isi.at(5, 1) == Sel(Jenis.KOSONG, "", "cocokkan")
    assert isi.baris_tersembunyi == {2}
    assert isi.kolom_akhir == 4
    assert isi.alamat(3, 28) == "Sheet!AB3"
    assert list(lembar.list_teks(isi, 2)) == [(2, "judul")]
    assert [s.tersembunyi for s in hasil.lembar] == [False, True]
    assert hasil.get(" rahasia ") is hasil.lembar[1]
    assert hasil.get("lain") is None


def test_an_empty_sheet_has_no_rows() -> None:
    kosong = Lembar("Kosong", {})
    assert (kosong.baris_akhir, kosong.kolom_akhir) == (0, 0)
    assert Buku((kosong,)).get("Kosong") is kosong


def test_a_lonely_cell_far_away_costs_nothing_and_is_named() -> None:
    assert "Sheet!XFD1048576 berisi data jauh" in _tolak(_buku(XFD1048576="x")).pesan
    assert "Sheet!A51" in _tolak(_buku(A51="x")).pesan
    assert "Sheet!AE1" in _tolak(_buku(AE1="x")).pesan
    assert read_buku(_buku(AD50="x"), KECIL).lembar[0].at(50, 30).teks == "x"


# --- refusing ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("isi", "kode", "kata"),
    [
        (b"\xd0\xcf\x11\xe0 apa saja", "xls", "Excel lama (.xls)"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "sandi", "dikunci sandi"),
        (b"nomor;kegiatan", "bukan-excel", "bukan Excel"),
        (b"", "bukan-excel", "bukan Excel"),
        (_arsip(a=b"x"), "bukan-excel", "bukan Excel"),
        (_ganti(_buku(A1="x"), "xl/vbaProject.bin", b"x"), "makro", "memuat makro"),
        (_ganti(_buku(A1="x"), "xl/workbook.bin", b"x"), "xlsb", ".xlsb"),
        (_ganti(_buku(A1="x"), "mimetype", b"x"), "ods", ".ods"),
        (_buku(A1="x")[:-300], "bukan-excel", "bukan Excel"),
        (_ganti(_buku(A1="x"), "xl/styles.xml", b"<a>"), "susunan", "rusak"),
        (_ganti(_buku(A1="x"), "xl/_rels/workbook.xml.rels", b"<a/>"), "rusak", "rusak"),
        (b"x" * 200_001, "besar", "lebih besar dari"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_another_kind_of_file_is_refused_with_what_to_do(isi: bytes, kode: str, kata: str) -> None:
    galat = _tolak(isi)
    assert galat.kode == kode
    assert kata in galat.pesan
    assert "%" not in galat.pesan


def test_entities_are_refused_before_anything_is_parsed() -> None:
    jahat = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert _tolak(_ganti(_buku(A1="x"), "xl/sharedStrings.xml", jahat)).kode == "susunan"


@pytest.mark.parametrize("awal", [b"", b"\xef\xbb\xbf\n "])
def test_entities_are_refused_whatever_the_part_is_called(awal: bytes) -> None:
    jahat = awal + b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
    assert _tolak(_ganti(_buku(A1="x"), "xl/drawings/vmlDrawing1.vml", jahat)).kode == "susunan"
    assert _tolak(_ganti(_buku(A1="x"), "xl/worksheets/sheet1.xml", jahat)).kode == "susunan"
    utuh = _ganti(_buku(A1="x"), "xl/drawings/vmlDrawing1.vml", b"<xml><br></xml>")
    assert read_buku(utuh).lembar[0].at(1, 1).teks == "x"


def test_cells_merged_over_everything_are_refused() -> None:
    gabung = b'<mergeCell ref="A1:AD50"/>' * 9
    kepala = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sel = b'<sheetData><row r="50"><c r="AD50"><v>1</v></c></row></sheetData><mergeCells>'
    isi = kepala + sel + gabung + b"</mergeCells></worksheet>"
    assert _tolak(_ganti(_buku(A1="x"), "xl/worksheets/sheet1.xml", isi)).kode == "susunan"


def test_a_part_that_says_nonsense_is_refused() -> None:
    kepala = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    for sel in (b'<c r="1A"><v>1</v></c>', b"<c><v>satu</v></c>", b'<c t="s"><v>7</v></c>'):
        isi = kepala + b"<sheetData><row>" + sel + b"</row></sheetData></worksheet>"
        assert _tolak(_ganti(_buku(A1="x"), "xl/worksheets/sheet1.xml", isi)).kode == "rusak"


def test_a_bomb_is_refused_by_its_table_of_contents() -> None:
    isi = _ganti(_buku(A1="x"), "xl/media/a.bin", b"0" * 60_000_000)
    assert len(isi) < 100_000
    assert _tolak(isi).kode == "bom"
    assert _tolak(_ganti(_buku(A1="x"), "xl/media/a.bin", b"0" * 2_000_000)).kode == "bom"


def test_too_many_members_or_a_name_twice_is_refused() -> None:
    batas = {"anggota": 2, "terurai": 10**9, "rasio": 100}
    with (
        zipfile.ZipFile(io.BytesIO(_arsip(a=b"", b=b"", c=b""))) as berkas,
        pytest.raises(arsip.Tolak, match="susunan"),
    ):
        arsip.check_arsip(berkas, batas)


def test_a_million_rows_are_refused_with_the_place() -> None:
    baris = b"".join(b'<row r="%d"><c r="A%d"/></row>' % (n, n) for n in range(1, 1000))
    kepala = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    isi = kepala + b"<sheetData>" + baris + b"</sheetData></worksheet>"
    galat = _tolak(_ganti(_buku(A1="x"), "xl/worksheets/sheet1.xml", isi))
    assert galat.kode == "banyak-sel"
    assert "Lembar Sheet terlalu besar: sampai A201 " in galat.pesan


def test_too_many_sheets_and_too_long_a_text_are_refused() -> None:
    buku = Workbook()
    for n in range(3):
        buku.create_sheet(f"L{n}")
    assert "memuat 4 lembar; paling banyak 3" in _tolak(to_bytes(buku)).pesan
    panjang = Workbook()
    sel = panjang.worksheets[0].cell(3, 2, "x")
    setattr(sel, "_value", "x" * 32_768)  # noqa: B010 - openpyxl itself would cut it
    assert "Sheet!B3 berisi teks yang terlalu panjang" in _tolak(to_bytes(panjang)).pesan


def test_a_child_that_dies_or_dawdles_costs_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    isi = _buku(**{f"A{n}": f"{n}" + "x" * 32_000 for n in range(1, 500)})
    assert _tolak(isi, Batas(memori=16 * 1024 * 1024, rasio=10_000)).kode in {"rusak", "bom"}

    def mati(*_a: object, **_k: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], -24)

    def diam(*_a: object, **_k: object) -> None:
        raise subprocess.TimeoutExpired("anak", 1)

    for pengganti in (mati, diam):
        monkeypatch.setattr(subprocess, "run", pengganti)
        assert _tolak(isi).kode == "lama"


def test_the_child_knows_neither_django_nor_the_environment(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "json.py").write_text("raise SystemExit(3)")
    assert read_buku(_buku(A1="x")).lembar[0].at(1, 1).teks == "x"
    awal = (Path(lembar_anak.__file__).parent / "__main__.py").read_text().removesuffix("main()\n")
    awal = awal.replace("__file__", repr(str(Path(lembar_anak.__file__).parent / "__main__.py")))
    perintah = f"{awal}\nassert not {{'django', 'celery', 'openpyxl'}} & {{*sys.modules}}"
    assert subprocess.run([sys.executable, "-I", "-c", perintah], check=False).returncode == 0


# --- writing ----------------------------------------------------------------------------------


HURUF = st.characters(exclude_categories=["Cs"], exclude_characters="\0")


@given(teks=st.lists(st.text(HURUF, min_size=1, max_size=60), min_size=1, max_size=40))
@settings(max_examples=15, deadline=None)
def test_any_text_comes_back_letter_by_letter(teks: list[str]) -> None:
    buku = new_buku(judul="Uji")
    s = add_lembar(buku, "Isi")
    for baris, isi in enumerate(teks, start=1):
        tulis(s, baris, 1, isi)
    hasil = read_buku(to_bytes(buku)).lembar[0]
    assert [hasil.at(n, 1).teks for n in range(1, len(teks) + 1)] == teks


def test_what_no_database_holds_is_left_out() -> None:
    buku = new_buku(judul="Uji")
    tulis(add_lembar(buku, "Isi"), 1, 1, "a\0b")
    assert read_buku(to_bytes(buku)).lembar[0].at(1, 1).teks == "ab"
    assert read_buku(_buku(A1="a_xD800_b")).lembar[0].at(1, 1).teks == "ab"


@pytest.mark.parametrize("awal", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_looks_like_a_formula_stays_text(awal: str) -> None:
    buku = new_buku(judul="Uji")
    tulis(add_lembar(buku, "Isi"), 1, 1, f"{awal}cmd|'/c calc'!A1")
    isi = to_bytes(buku)
    sel = load_workbook(io.BytesIO(isi)).worksheets[0]["A1"]
    assert sel.data_type == "s"
    assert sel.quotePrefix
    assert read_buku(isi).lembar[0].at(1, 1) == Sel(Jenis.TEKS, f"{awal}cmd|'/c calc'!A1")


def test_figures_and_dates_stay_what_they_are_and_nothing_stays_nothing() -> None:
    buku = new_buku(judul="Uji")
    s = add_lembar(buku, "Isi", lebar=[10, 20])
    lembar_tulis.tulis_judul(s, 1, ["Angka", "Tanggal"])
    tulis(s, 2, 1, Decimal("98.24"), gaya=Gaya.ISIAN)
    tulis(s, 2, 2, date(2026, 11, 21))
    tulis(s, 3, 1, None)
    tulis(s, 3, 2, "")
    isi = read_buku(to_bytes(buku)).lembar[0]
    assert isi.at(2, 1) == Sel(Jenis.ANGKA, "98.24")
    assert isi.at(2, 2) == Sel(Jenis.TANGGAL, "2026-11-21")
    assert isi.baris_akhir == 2


def test_a_text_too_long_for_a_cell_is_refused_by_name() -> None:
    s = add_lembar(new_buku(judul="Uji"), "Isi")
    with pytest.raises(IsianTidakSah, match=r"Isi!B7: teks lebih dari 32767 huruf"):
        tulis(s, 7, 2, "x" * 32_768)


def test_choices_stand_in_the_cell_or_in_a_hidden_sheet() -> None:
    buku = new_buku(judul="Uji")
    s = add_lembar(buku, "Isi")
    add_pilihan(s, "A1:A9", ["ya", "tidak"])
    add_pilihan(s, "B1:B9", ["Kepala Dinas, Sekretaris"], ketat=False)
    add_pilihan(s, "C1:C9", [f"Jabatan nomor {n}" for n in range(40)])
    hasil = load_workbook(io.BytesIO(to_bytes(buku)))
    aturan = hasil["Isi"].data_validations.dataValidation
    assert [a.formula1 for a in aturan] == [
        '"ya,tidak"',
        "Pilihan!$A$1:$A$1",
        "Pilihan!$B$1:$B$40",
    ]
    assert hasil["Pilihan"].sheet_state == "hidden"
    assert hasil["Pilihan"]["B40"].value == "Jabatan nomor 39"


def test_a_workbook_is_handed_over_as_a_download() -> None:
    jawaban = lembar_tulis.xlsx_response(b"x", "SOP Dinas «1»")
    assert jawaban["Content-Type"] == lembar_tulis.XLSX
    assert jawaban["Content-Disposition"].startswith("attachment; filename")
    assert jawaban["X-Content-Type-Options"] == "nosniff"
