"""Truth test: what real offices printed, reckoned again by the engine of this product."""

import csv
from collections import Counter
from io import StringIO
from pathlib import Path

from django.core.management import call_command

CSV = Path(__file__).parent.parent / "data" / "lkjip" / "baris-tercetak.csv"


def judge(tmp_path: Path) -> tuple[str, list[dict[str, str]]]:
    """Summary line and rows of the command."""
    kata, hasil = StringIO(), tmp_path / "hasil.csv"
    call_command("uji_capaian", CSV, keluaran=hasil, stdout=kata)
    with hasil.open(encoding="utf-8", newline="") as berkas:
        return kata.getvalue().splitlines()[0], list(csv.DictReader(berkas))


def test_printed_rows_are_reproduced(tmp_path: Path) -> None:
    ringkas, baris = judge(tmp_path)
    assert ringkas == (
        "685 baris: cocok 492, beda 23, tidak dapat dihitung 133, ambigu 0, tanpa pembanding 37."
    )
    assert len(baris) == 685


def test_every_row_with_a_known_formula_agrees(tmp_path: Path) -> None:
    _ringkas, baris = judge(tmp_path)
    beda = [b for b in baris if b["keputusan"] == "beda"]
    assert all(b["formula_that_fits"].startswith("none") for b in beda)
    bernama = [
        b
        for b in baris
        if b["formula_that_fits"]
        and not b["formula_that_fits"].startswith(("none", "no ", "empty"))
    ]
    keputusan = Counter(b["keputusan"] for b in bernama)
    assert keputusan["cocok"] == len(bernama), keputusan


def test_nothing_unreadable_becomes_a_figure(tmp_path: Path) -> None:
    _ringkas, baris = judge(tmp_path)
    for b in baris:
        if b["keputusan"] == "tidak dapat dihitung":
            assert not b["capaian_hitung"]
            assert b["alasan"]
