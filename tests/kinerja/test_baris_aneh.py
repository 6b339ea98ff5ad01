"""Odd ways to print, all invented: each is read right or named, in every shape of file."""

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import call_command
from hypothesis import given
from hypothesis import strategies as st

from kinerja.rules.tercetak.putusan import BarisUji, Keputusan, judge_baris
from sakip.common.angka import bulatkan

CSV = Path(__file__).parent.parent / "data" / "lkjip" / "baris-aneh.csv"
KOLOM = ("target", "realisasi", "satuan", "polarity", "formula_that_fits", "capaian_published")
BARIS = [*csv.DictReader(CSV.read_text(encoding="utf-8").splitlines(keepends=True))]
# What people and programs put into cells of such tables.
SEL = st.one_of(
    st.text(max_size=12),
    st.from_regex(r"[-+≥<(]? ?(Rp\.? ?)?[0-9]{1,7}([.,' ][0-9]{1,4}){0,3} ?[%)*a-zA-Z/:-]{0,6}"),
    st.sampled_from([b[k] for b in BARIS for k in ("target", "realisasi")]),
)


@pytest.mark.parametrize("nomor", range(len(BARIS)))
def test_each_odd_row_has_the_outcome_it_should(nomor: int) -> None:
    b = BARIS[nomor]
    isi = dict(zip(("target", "realisasi", "satuan", "polaritas", "rumus", "tercetak"),
                   (b[k] for k in KOLOM), strict=True))  # fmt: skip
    putusan = judge_baris(BarisUji(**isi))
    hasil = None if putusan.hasil is None else bulatkan(putusan.hasil, 6)
    assert (putusan.keputusan.value, hasil) == (
        b["harapan"],
        Decimal(b["hasil"]) if b["hasil"] else None,
    ), putusan.alasan
    assert putusan.alasan


def tulis(berkas: Path, kolom: Sequence[str], **cara: str) -> None:
    """The odd rows as another program would save them, with a column that holds two lines."""
    keluar = io.StringIO(newline="")
    penulis = csv.writer(keluar, delimiter=cara["pemisah"], lineterminator=cara["akhir"])
    penulis.writerow([*kolom, "catatan"])
    penulis.writerows([*(b[k] for k in kolom), "satu\r\ndua"] for b in BARIS)
    berkas.write_bytes(keluar.getvalue().encode(cara["sandi"]))


@pytest.mark.parametrize(
    ("kolom", "pemisah", "akhir", "sandi"),
    [
        (KOLOM, ",", "\r\n", "utf-8"),
        (KOLOM[::-1], ";", "\r\n", "utf-8-sig"),
        (KOLOM[3:] + KOLOM[:3], "\t", "\n", "utf-16"),
    ],
    ids=["koma", "titik-koma-bom", "tab-utf16"],
)
def test_no_shape_of_file_changes_an_outcome(
    tmp_path: Path, kolom: tuple[str, ...], pemisah: str, akhir: str, sandi: str
) -> None:
    masuk, keluar, kata = tmp_path / "a.csv", tmp_path / "b.csv", io.StringIO()
    tulis(masuk, kolom, pemisah=pemisah, akhir=akhir, sandi=sandi)
    call_command("uji_capaian", masuk, keluaran=keluar, stdout=kata)
    with keluar.open(encoding="utf-8", newline="") as hasil:
        baris = [*csv.DictReader(hasil)]
    assert [b["keputusan"] for b in baris] == [b["harapan"] for b in BARIS]
    assert {b["catatan"] for b in baris} == {"satu\r\ndua"}
    assert kata.getvalue().startswith(f"{len(BARIS)} baris: cocok")


@given(target=SEL, realisasi=SEL, tercetak=SEL, rumus=SEL, polaritas=SEL)
def test_nothing_printed_makes_it_fall_or_invent(
    target: str, realisasi: str, tercetak: str, rumus: str, polaritas: str
) -> None:
    putusan = judge_baris(BarisUji(target, realisasi, tercetak, polaritas, rumus))
    if putusan.keputusan in (Keputusan.TAK_TERHITUNG, Keputusan.AMBIGU):
        assert putusan.hasil is None
    else:
        assert putusan.hasil is not None
    if putusan.bacaan_lain:
        assert "angka ambigu" in putusan.alasan
    assert putusan.alasan


@pytest.mark.parametrize("rumus", ["", "R/T", "T/R", "(2T-R)/T", "T/R as a fraction", "aneh"])
@pytest.mark.parametrize("pasangan", [("54,67", "4.079"), ("4.079", "3.900"), ("4.079", "0")])
def test_an_ambiguous_figure_is_always_called_so(pasangan: tuple[str, str], rumus: str) -> None:
    for tercetak in ("", "100", "7,46", "1.340,28", "1,34", "0", "N/A"):
        assert "angka ambigu" in judge_baris(BarisUji(*pasangan, tercetak, "", rumus)).alasan


def test_a_reading_without_a_result_counts_among_the_readings() -> None:
    putusan = judge_baris(BarisUji("(5,2)", "(4,1)"))
    assert putusan.keputusan is Keputusan.AMBIGU
    assert "-4.1 terhadap -5.2 = tidak dapat dihitung" in putusan.alasan
    assert judge_baris(BarisUji("(5,2)", "(4,1)", "78,85")).keputusan is Keputusan.COCOK
    assert judge_baris(BarisUji("(5,2)", "(4,1)", "50")).keputusan is Keputusan.AMBIGU


def test_an_unknown_formula_is_named_even_where_the_usual_one_fits() -> None:
    putusan = judge_baris(BarisUji("80", "72", "90", "", "rumus sendiri"))
    assert putusan.alasan.endswith("rumus tidak dikenal: “rumus sendiri”, dipakai rumus baku")
