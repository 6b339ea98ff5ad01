"""One table of all goals from the figures that measurements kept: on the screen, and as Markdown.

Run by script/bench: .venv/bin/python -m tests.bench._tabel FIGURES TABLE
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.bench._basis import cetak
from tests.bench._sasaran import SASARAN


def write_angka(nilai: float, satuan: str) -> str:
    """A ratio with two digits, a count with none, as Indonesian writes them."""
    teks = f"{nilai:.2f}" if satuan == "x" else f"{nilai:,.0f}"
    return teks.translate(str.maketrans(",.", ".,")) + f" {'kali' if satuan == 'x' else satuan}"


def build_tabel(hasil: Iterable[dict[str, Any]]) -> tuple[list[str], bool]:
    """Lines of the table, and whether every figure keeps its goal. What has no figure says so."""
    semua = list(hasil)
    baris = ["| Sasaran | Ukuran | Batas | Hasil | Tercapai |", "|---|---|---|---|---|"]
    utuh = True
    for kode, kata in SASARAN.items():
        milik = [h for h in semua if h["sasaran"] == kode]
        if not milik:
            baris.append(f"| {kode} | {kata} | | tidak diukur pada kali ini | – |")
        for h in milik:
            tercapai = h["nilai"] <= h["batas"]
            utuh = utuh and tercapai
            batas, nilai = (write_angka(h[n], h["satuan"]) for n in ("batas", "nilai"))
            ya = "ya" if tercapai else "**belum**"
            baris.append(f"| {kode} | {h['apa']} | {batas} | {nilai} | {ya} |")
    return baris, utuh


def main() -> None:
    """Write it; fails where a goal is not met."""
    sumber, tujuan = (Path(n) for n in sys.argv[1:3])
    baris = sumber.read_text(encoding="utf-8").splitlines() if sumber.exists() else []
    tabel, utuh = build_tabel(json.loads(b) for b in baris)
    tujuan.write_text("\n".join(tabel) + "\n", encoding="utf-8")
    cetak(*tabel, f"Tabel: {tujuan}")
    if not utuh:
        sys.exit("ada sasaran yang belum tercapai")


if __name__ == "__main__":
    main()
