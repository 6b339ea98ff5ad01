"""Files of printed figures as programs save them: marks, encodings, headers, damage."""

import csv
import io
import tracemalloc
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

JUDUL = "target,realisasi,capaian_published,formula_that_fits"


def uji(tmp_path: Path, isi: bytes | str) -> tuple[list[str], list[dict[str, str]]]:
    """Lines of the summary and rows of the result."""
    masuk, keluar, kata = tmp_path / "masuk.csv", tmp_path / "hasil.csv", io.StringIO()
    masuk.write_bytes(isi if isinstance(isi, bytes) else isi.encode())
    call_command("uji_capaian", masuk, keluaran=keluar, stdout=kata)
    with keluar.open(encoding="utf-8", newline="") as berkas:
        return kata.getvalue().splitlines(), list(csv.DictReader(berkas))


def keputusan(tmp_path: Path, isi: bytes | str) -> list[str]:
    """The decision of every row."""
    return [b["keputusan"] for b in uji(tmp_path, isi)[1]]


@pytest.mark.parametrize("pemisah", [",", ";", "\t", "|"])
@pytest.mark.parametrize("akhir", ["\n", "\r\n"])
def test_delimiter_and_line_ends_do_not_matter(tmp_path: Path, pemisah: str, akhir: str) -> None:
    baris = [JUDUL.split(","), ["80", '"70,1"', '"87,63"', "R/T"]]
    isi = akhir.join(pemisah.join(b) for b in baris) + akhir
    assert keputusan(tmp_path, isi) == ["cocok"]


def test_a_delimiter_named_by_excel_counts(tmp_path: Path) -> None:
    assert keputusan(tmp_path, "sep=;\r\ntarget;realisasi\r\n80;70,1\r\n") == ["tanpa pembanding"]


def test_marks_inside_a_quoted_header_are_no_delimiters(tmp_path: Path) -> None:
    _kata, baris = uji(tmp_path, '"a;b;c;d",target,realisasi\nx,80,40\n')
    assert (baris[0]["a;b;c;d"], baris[0]["capaian_hitung"]) == ("x", "50")


@pytest.mark.parametrize("sandi", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_found(tmp_path: Path, sandi: str) -> None:
    teks = "target;realisasi;catatan\n7 \u2013 8 bulan;9 bulan;\u201cbaik\u201d\n"
    bom = b"\xff\xfe" if sandi == "utf-16-le" else b""
    kata, baris = uji(tmp_path, bom + teks.encode(sandi))
    assert (baris[0]["target_terbaca"], baris[0]["catatan"]) == ("7 - 8", "\u201cbaik\u201d")
    assert ("dibaca sebagai Windows-1252" in "\n".join(kata)) is (sandi == "cp1252")


def test_header_may_be_written_in_any_case_and_in_indonesian(tmp_path: Path) -> None:
    isi = " TARGET ;Realisasi;Capaian;Polaritas;Rumus\n20;16;120;makin rendah;\n"
    assert keputusan(tmp_path, isi) == ["cocok"]


def test_the_canonical_column_goes_before_its_other_names(tmp_path: Path) -> None:
    isi = "capaian;target;realisasi;capaian_published\n1;80;40;50\n"
    assert keputusan(tmp_path, isi) == ["cocok"]


def test_other_columns_are_kept_in_order_and_results_are_replaced(tmp_path: Path) -> None:
    isi = 'b;target;keputusan;realisasi;a\n"dua\nbaris";80;lama;40;=1+1\n'
    _kata, baris = uji(tmp_path, isi)
    assert list(baris[0])[:4] == ["b", "target", "realisasi", "a"]
    assert (baris[0]["b"], baris[0]["a"]) == ("dua\nbaris", "=1+1")
    assert list(baris[0]).count("keputusan") == 1
    assert baris[0]["keputusan"] == "tanpa pembanding"


def test_short_rows_are_padded_and_empty_lines_left_out(tmp_path: Path) -> None:
    assert keputusan(tmp_path, "target,realisasi,lain\n80,40\n\n,,\n80\n") == [
        "tanpa pembanding",
        "tidak dapat dihitung",
    ]


def test_a_comma_outside_quotes_shifts_no_figure(tmp_path: Path) -> None:
    kata, baris = uji(tmp_path, "target,realisasi,capaian_published\n85,5,90,105\n80,40,50\n")
    assert [b["keputusan"] for b in baris] == ["tidak dapat dihitung", "cocok"]
    assert "4 sel, judulnya 3" in baris[0]["alasan"]
    assert "  baris lebih panjang dari judul: 1" in kata


def test_only_a_header_gives_no_rows(tmp_path: Path) -> None:
    kata, baris = uji(tmp_path, JUDUL)
    assert baris == []
    assert kata[0].startswith("0 baris: cocok 0")


@pytest.mark.parametrize(
    ("isi", "pesan"),
    [
        (b"", "Berkas kosong"),
        (b"\n", "Berkas kosong"),
        (b"realisasi,lain\n1,2\n", "Kolom target tidak ada"),
        (b"PK\x03\x04\0\0\0\0", "bukan teks"),
        (b"target,realisasi\n\x81\x8d,5\n", "tidak dapat dibaca"),
        (b'target,realisasi\n"' + b"x" * 200_000, "Baris 2"),
    ],
)
def test_what_is_no_such_file_is_named_and_leaves_nothing(
    tmp_path: Path, isi: bytes, pesan: str
) -> None:
    with pytest.raises(CommandError, match=pesan):
        uji(tmp_path, isi)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["masuk.csv"]


def test_result_never_overwrites_its_source(tmp_path: Path) -> None:
    masuk = tmp_path / "a.csv"
    masuk.write_text("target,realisasi\n80,40\n", encoding="utf-8")
    with pytest.raises(CommandError, match="tidak boleh sama"):
        call_command("uji_capaian", masuk, keluaran=tmp_path / "." / "a.csv")
    assert masuk.read_text(encoding="utf-8") == "target,realisasi\n80,40\n"


def test_summary_counts_formulas_decisions_and_reasons(tmp_path: Path) -> None:
    isi = (
        f"{JUDUL}\n80,40,50,R/T [rounded]\n80,40,51,R/T\n80,N/A,,\n80,4.079,,\n"
        "80,40,77,entah apa\n80,40,50,entah apa\n0,5,100,none: target is 0\n"
    )
    kata, _baris = uji(tmp_path, isi)
    assert kata[:-1] == [
        "7 baris: cocok 2, beda 1, tidak dapat dihitung 3, ambigu 1, tanpa pembanding 0.",
        "Baris dengan angka ambigu (dapat dibaca lebih dari satu cara): 1, "
        "di antaranya 1 tidak dapat diputuskan.",
        "Menurut rumus yang disebut dokumen:",
        "  R/T: 2 baris, cocok 1, beda 1",
        "  tidak disebut: 2 baris, tidak dapat dihitung 1, ambigu 1",
        "  entah apa: 2 baris, cocok 1, tidak dapat dihitung 1",
        "  none: target is 0: 1 baris, tidak dapat dihitung 1",
        "Sebab tidak ada hasil:",
        "  realisasi kosong: 1",
        "  angka ambigu: 1",
        "  rumus tidak dikenal: 1",
        "  target nol: 1",
    ]
    assert kata[-1].endswith(" baris per detik.")


def test_too_many_names_of_formulas_are_counted_together(tmp_path: Path) -> None:
    isi = "".join(f"1,1,,rumus nomor {n}\n" for n in range(205))
    kata, _baris = uji(tmp_path, f"{JUDUL}\n{isi}")
    assert any(k.startswith("  rumus lain: 5 baris") for k in kata)


def test_a_mean_looks_back_over_interleaved_groups(tmp_path: Path) -> None:
    judul = "year,target,realisasi,capaian_published,formula_that_fits\n"
    isi = "".join(f"{t},100,{r},{r},R/T\n" for r in (90, 96) for t in (2020, 2021, 2022))
    rata = "".join(f"{t},,,93,mean of the indicators above\n" for t in (2020, 2021, 2022))
    assert keputusan(tmp_path, judul + isi + rata) == ["cocok"] * 9


def test_groups_that_rested_longest_are_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kinerja.management.commands.uji_capaian._MAKS_KELOMPOK", 1)
    judul = "year,target,realisasi,capaian_published,formula_that_fits\n"
    isi = "1,100,90,90,R/T\n2,100,80,80,R/T\n1,,,90,mean of above\n2,,,80,mean of above\n"
    assert keputusan(tmp_path, judul + isi)[2:] == ["tidak dapat dihitung", "cocok"]


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    masuk, puncak = tmp_path / "a.csv", []
    for banyak in (300, 3000):
        with masuk.open("w", encoding="utf-8") as berkas:
            berkas.write(f"doc_id,{JUDUL}\n")
            berkas.writelines(f'dok-{n % 7},80,"70,{n % 250}","87,6",R/T\n' for n in range(banyak))
        tracemalloc.start()
        call_command("uji_capaian", masuk, keluaran=tmp_path / "b.csv", stdout=io.StringIO())
        puncak.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert puncak[1] < puncak[0] * 1.5 + 200_000
