"""Reading a typed row, what is missing in it, and judging a file of evidence."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from kinerja.rules.bukti import BuktiDitolak, check_bukti, clean_nama, format_ukuran
from kinerja.rules.capaian import Rumus, persen_capaian
from kinerja.rules.isian import (
    BentukNilai,
    IsianBaris,
    IsianTidakTerbaca,
    NilaiBaris,
    read_isian,
)
from kinerja.rules.kategori import PENGATURAN_BAKU
from kinerja.rules.kelengkapan import RtlLalu, UraianBaris, list_kekurangan, warn_baris

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20
JPG = b"\xff\xd8\xff\xe0" + b"0" * 20
PDF = b"%PDF-1.7\n%%EOF"


def make_zip(*nama: str) -> bytes:
    """A zip with these members."""
    isi = io.BytesIO()
    with zipfile.ZipFile(isi, "w") as arsip:
        for n in nama:
            arsip.writestr(n, "<x/>")
    return isi.getvalue()


def make_bom(nama: str) -> bytes:
    """A zip that says it unpacks to more than anybody writes, as the honest kind of bomb does."""
    isi = bytearray(make_zip(nama, "word/media/besar.bin"))
    letak = isi.rindex(b"PK\x01\x02")
    isi[letak + 24 : letak + 28] = (600 * 1024 * 1024).to_bytes(4, "little")
    return bytes(isi)


XLSX = make_zip("[Content_Types].xml", "xl/workbook.xml")
DOCX = make_zip("[Content_Types].xml", "word/document.xml")


TANPA_RTL = replace(PENGATURAN_BAKU, wajib_rtl=False)


def read(teks: str, penjelasan: str = "", bentuk: BentukNilai | None = None) -> NilaiBaris:
    return read_isian(IsianBaris(teks, penjelasan, 0), bentuk)


def test_empty_stays_missing() -> None:
    assert read(" \u00a0").realisasi is None
    assert read("0").realisasi == 0


@pytest.mark.parametrize("teks", ["1.234,5", "1,234.5", " 1\u00a0234,5 "])
def test_figures_are_read_however_written(teks: str) -> None:
    assert read(teks).realisasi == Decimal("1234.5")


@pytest.mark.parametrize("teks", ["sembilan", "1e308", "9" * 400, "NaN", "80 - 90"])
def test_unreadable_figure_names_its_field(teks: str) -> None:
    with pytest.raises(IsianTidakTerbaca) as galat:
        read(teks)
    assert list(galat.value.galat) == ["realisasi"]


def test_negative_only_where_the_indikator_allows_it() -> None:
    assert read("-2,5", bentuk=BentukNilai(is_dapat_negatif=True)).realisasi == Decimal("-2.5")
    with pytest.raises(IsianTidakTerbaca, match="tidak dapat kurang dari nol"):
        read("-2,5")


def test_every_fault_of_a_row_is_named_at_once() -> None:
    with pytest.raises(IsianTidakTerbaca) as galat:
        read("sembilan", "x" * 5001)
    assert set(galat.value.galat) == {"realisasi", "penjelasan"}


def test_text_keeps_line_breaks_and_loses_control_characters() -> None:
    assert read("", " a\r\nb\rc\x00\x07\td ").penjelasan == "a\nb\nc\td"


@pytest.mark.parametrize(
    ("realisasi", "penjelasan", "ruas"),
    [
        (None, "", ["realisasi"]),
        (None, " \n", ["realisasi"]),
        (None, "Dihitung pada akhir tahun.", []),
        ("75.99", "", ["penjelasan"]),
        ("75.99", "Tenaga kurang.", []),
        ("76", "", []),
        ("120", "", []),
        ("0", "", ["penjelasan"]),
    ],
)
def test_what_is_missing_is_named_by_field(
    realisasi: str | None, penjelasan: str, ruas: list[str]
) -> None:
    nilai = None if realisasi is None else Decimal(realisasi)
    hasil = persen_capaian(Decimal(100), nilai, Rumus.PER_TARGET)
    assert list(list_kekurangan(hasil, UraianBaris(penjelasan), TANPA_RTL)) == ruas


def test_a_figure_without_percentage_needs_no_explanation() -> None:
    hasil = persen_capaian(Decimal(0), Decimal(5), Rumus.PER_TARGET)
    assert list_kekurangan(hasil, UraianBaris()) == {}
    assert warn_baris(hasil, UraianBaris()).startswith("Tidak dapat dihitung")


@pytest.mark.parametrize(
    ("isi", "ruas"),
    [
        ({}, ["penjelasan", "kendala", "solusi", "rencana"]),
        ({"penjelasan": "Hujan.", "solusi": "Tenda."}, ["kendala", "rencana"]),
        ({"penjelasan": "a", "kendala": "b", "solusi": "c", "rencana": " \n"}, ["rencana"]),
        ({"penjelasan": "a", "kendala": "b", "solusi": "c", "rencana": "d"}, []),
        (dict.fromkeys(("penjelasan", "kendala", "solusi", "rencana", "kembali"), "a"), ["rtl"]),
    ],
    ids=["kosong", "sebagian", "spasi", "lengkap", "dikembalikan"],
)
def test_below_the_limit_kendala_solusi_and_rtl_are_asked_for(
    isi: dict[str, Any], ruas: list[str]
) -> None:
    hasil = persen_capaian(Decimal(100), Decimal("75.99"), Rumus.PER_TARGET)
    assert list(list_kekurangan(hasil, UraianBaris(**isi))) == ruas


def test_a_hint_names_all_that_is_missing_or_the_one() -> None:
    hasil = persen_capaian(Decimal(100), Decimal(50), Rumus.PER_TARGET)
    hampir = UraianBaris(penjelasan="a", kendala="b", solusi="c")
    assert warn_baris(hasil, hampir) == "Capaian di bawah 76%, tulis RTL untuk periode berikutnya."
    assert warn_baris(hasil, UraianBaris("a", "b")).endswith("lengkapi solusi dan RTL.")


@pytest.mark.parametrize(
    ("lalu", "ruas"),
    [
        (RtlLalu(), []),
        (RtlLalu(is_ada=True), ["rtl_lalu_status"]),
        (RtlLalu(is_ada=True, status="selesai"), ["rtl_lalu_status"]),
        (RtlLalu(is_ada=True, status="selesai", bukti=1), []),
        (RtlLalu(is_ada=True, status="berlanjut"), ["rtl_lalu_keterangan"]),
        (RtlLalu(is_ada=True, status="berlanjut", keterangan="Separuh."), []),
    ],
    ids=["tidak ada", "belum dijawab", "tanpa bukti", "selesai", "tanpa kata", "berlanjut"],
)
def test_the_last_periods_rtl_is_answered(lalu: RtlLalu, ruas: list[str]) -> None:
    hasil = persen_capaian(Decimal(100), Decimal(90), Rumus.PER_TARGET)
    assert list(list_kekurangan(hasil, UraianBaris(lalu=lalu))) == ruas


def test_an_impossible_figure_is_refused_with_its_bound() -> None:
    assert read("100", bentuk=BentukNilai(maks=Decimal(100))).realisasi == 100
    with pytest.raises(IsianTidakTerbaca, match=r"100,5 tidak mungkin: nilai paling tinggi .* 100"):
        read("100,5", bentuk=BentukNilai(maks=Decimal(100)))


def test_a_status_of_the_rtl_that_does_not_exist_is_refused() -> None:
    with pytest.raises(IsianTidakTerbaca, match="Pilih selesai atau berlanjut"):
        read_isian(IsianBaris("", "", 0, uraian={"rtl_lalu_status": "batal"}))


def test_parts_are_read_by_number_and_their_faults_named() -> None:
    nilai = read_isian(IsianBaris("", "", 0, komponen={1: "1.234,5", 2: " "}))
    assert nilai.komponen == {1: Decimal("1234.5"), 2: None}
    with pytest.raises(IsianTidakTerbaca) as galat:
        read_isian(IsianBaris("", "", 0, komponen={1: "dua", 2: "-1", 3: "4"}))
    assert galat.value.galat == {
        "komponen1": "Komponen 1: Isi dengan angka, contoh 91,4.",
        "komponen2": "Komponen 2: tidak dapat kurang dari nol.",
    }


@pytest.mark.parametrize(
    ("target", "realisasi", "kata"),
    [
        ("100", None, ""),
        ("100", "90", ""),
        ("100", "60", "di bawah 76%"),
        ("100", "151", "Periksa kembali"),
        (None, "5", "Belum ada target"),
    ],
)
def test_hints_point_at_what_deserves_a_second_look(
    target: str | None, realisasi: str | None, kata: str
) -> None:
    t, r = (None if x is None else Decimal(x) for x in (target, realisasi))
    ingat = warn_baris(persen_capaian(t, r, Rumus.PER_TARGET), UraianBaris())
    assert kata in ingat
    assert bool(kata) is bool(ingat)


def test_thousands_typed_for_decimals_are_questioned_where_lower_is_better() -> None:
    lengkap = UraianBaris("a", "b", "c", "d")
    hasil = persen_capaian(Decimal("9.5"), Decimal(4079), Rumus.CERMIN)
    assert "jauh melampaui target" in warn_baris(hasil, lengkap)
    assert warn_baris(persen_capaian(Decimal(9), Decimal(20), Rumus.CERMIN), lengkap) == ""


@pytest.mark.parametrize(
    ("nama", "isi", "jenis"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPG, "image/jpeg"),
        ("a.jpeg", JPG, "image/jpeg"),
        ("a.xlsx", XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            "a.docx",
            DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_allowed_kinds_are_known_by_content(nama: str, isi: bytes, jenis: str) -> None:
    berkas = io.BytesIO(isi)
    assert check_bukti(nama, berkas, ukuran=len(isi), maks=10**6) == jenis
    assert berkas.tell() == 0


@pytest.mark.parametrize(
    ("nama", "isi"),
    [
        ("a.pdf", PNG),
        ("a.xlsx", DOCX),
        ("a.xlsx", make_zip("a.txt")),
        ("a.docx", make_zip("word/document.xml", "word/vbaProject.bin")),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old .xls"),
        ("a.xlsx", b"PK\x03\x04 broken"),
        ("a.jpg", b"GIF89a"),
        ("a.pdf", b"<html>%PDF-"),
        ("a.exe", b"MZ"),
        ("a.html", b"<p>"),
        ("tanpa-akhiran", PDF),
        ("a.pdf.svg", b"<svg/>"),
    ],
)
def test_other_kinds_are_refused_by_name(nama: str, isi: bytes) -> None:
    with pytest.raises(BuktiDitolak) as galat:
        check_bukti(nama, io.BytesIO(isi), ukuran=len(isi), maks=10**6)
    assert nama in str(galat.value)
    assert "PDF, XLSX, DOCX, JPG, atau PNG" in str(galat.value)


def test_what_unpacks_to_a_mountain_is_refused() -> None:
    banyak = make_zip("xl/workbook.xml", *(f"{n}.xml" for n in range(5_000)))
    for nama, isi in (("a.xlsx", banyak), ("a.docx", make_bom("word/document.xml"))):
        with pytest.raises(BuktiDitolak, match="bukan"):
            check_bukti(nama, io.BytesIO(isi), ukuran=len(isi), maks=10**6)


def test_empty_and_oversized_files_are_refused() -> None:
    with pytest.raises(BuktiDitolak, match=r"“a\.pdf” kosong"):
        check_bukti("a.pdf", io.BytesIO(), ukuran=0, maks=10)
    with pytest.raises(BuktiDitolak, match=r"berukuran 10,1 MB\. Ukuran paling besar 10 MB\."):
        check_bukti("a.pdf", io.BytesIO(PDF), ukuran=10 * 2**20 + 1, maks=10 * 2**20)


@pytest.mark.parametrize(
    ("asli", "rapi"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Dokumen\\laporan TW III.pdf", "laporan TW III.pdf"),
        ("gaji\u202efdp.exe", "gaji fdp.exe"),
        ("a\x00\n b.pdf", "a b.pdf"),
        ("...", "bukti"),
        ("", "bukti"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("x" * 300, "x" * 120),
        ("a." + "b" * 200, "a." + "b" * 118),
    ],
)
def test_names_are_made_safe_to_show(asli: str, rapi: str) -> None:
    assert clean_nama(asli) == rapi


def test_sizes_in_words() -> None:
    assert [format_ukuran(n) for n in (1, 1024, 900 * 1024, 2**20, 2**20 + 1)] == [
        "1 kB",
        "1 kB",
        "900 kB",
        "1 MB",
        "1,1 MB",
    ]
