"""Every way of printing a figure that we know of, each with what it may mean."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from kinerja.rules.tercetak.calon import write_bacaan
from kinerja.rules.tercetak.sel import Jenis, read_tercetak

CSV = Path(__file__).parent.parent / "data" / "cetakan" / "sel.csv"


def read_csv() -> list[dict[str, str]]:
    """Rows of the corpus."""
    with CSV.open(encoding="utf-8", newline="") as berkas:
        return list(csv.DictReader(berkas, delimiter=";"))


def lepas(teks: str) -> str:
    r"""The cell that "\u00a0" and "\n" stand for."""
    teks = re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), teks)
    return teks.replace(r"\n", "\n").replace(r"\t", "\t")


def tulis(teks: str) -> list[str]:
    """What was understood, in the spelling of the corpus."""
    sel = read_tercetak(teks)
    if sel.jenis is Jenis.TANGGAL:
        return [write_bacaan(b, sel.jenis).replace(" - ", "..") for b in sel.bacaan]
    return [str(b.nilai) if b.atas is None else f"{b.nilai}..{b.atas}" for b in sel.bacaan]


@pytest.mark.parametrize("baris", read_csv(), ids=lambda b: ascii(b["teks"]))
def test_cell_means_what_the_corpus_says(baris: dict[str, str]) -> None:
    teks = lepas(baris["teks"])
    sel = read_tercetak(teks)
    assert (sel.jenis.value, "|".join(tulis(teks)), sel.sebutan) == (
        baris["jenis"],
        baris["bacaan"],
        baris["sebutan"],
    )
    assert sel.bacaan or sel.catatan
    assert len({b.cara for b in sel.bacaan}) == len(sel.bacaan)


def test_dates_are_written_as_days() -> None:
    assert date(2023, 3, 31).isoformat() in tulis("31/03/2023")
