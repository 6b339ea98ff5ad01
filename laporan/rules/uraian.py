"""Words of the units as the beginning of a text, and figures inside of it.

A figure inside a sentence is written as a code, "{{angka:rata-rata-capaian}}", and read from the
data when a version is frozen: nobody retypes it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

_ANGKA = re.compile(r"\{\{\s*angka:\s*([\w.:-]{1,80})\s*\}\}")

# Codes that every report knows; realisasi:KODE, target:KODE and capaian:KODE are of one indikator.
ANGKA: Mapping[str, str] = {
    "instansi": "Nama instansi",
    "periode": "Periode laporan",
    "tahun": "Tahun laporan",
    "jumlah-sasaran": "Banyaknya sasaran",
    "jumlah-indikator": "Banyaknya indikator",
    "jumlah-tercapai": "Banyaknya indikator yang mencapai 100%",
    "jumlah-belum-tercapai": "Banyaknya indikator di bawah 100%",
    "rata-rata-capaian": "Rata-rata capaian semua indikator",
    "pagu": "Pagu semua program, dalam rupiah",
    "realisasi-anggaran": "Realisasi anggaran, dalam rupiah",
    "serapan": "Serapan anggaran",
}


def list_angka(html: str) -> list[str]:
    """Codes of figures in a text, each once, in order."""
    return list(dict.fromkeys(_ANGKA.findall(html)))


def fill_angka(html: str, nilai: Mapping[str, str]) -> str:
    """The text with its figures; a code that is not known stays as it was typed."""
    return _ANGKA.sub(lambda m: escape(nilai[m[1]]) if m[1] in nilai else m[0], html)


def tidy_angka(html: str) -> str:
    """The text with each code written without spaces, so that it is one word."""
    return _ANGKA.sub(lambda m: f"{{{{angka:{m[1]}}}}}", html)


def join_uraian(bagian: Sequence[tuple[str, str]], dari: str = "") -> str:
    """What a unit wrote, as paragraphs of rich text; "" where it wrote nothing.

    bagian: (head, words). dari: the triwulan the words are of, where it is an earlier one.
    """
    asal = f"<p>Menurut uraian {escape(dari)}:</p>" if dari else ""
    paragraf = "".join(_list_paragraf(bagian))
    return asal + paragraf if paragraf else ""


def _list_paragraf(bagian: Sequence[tuple[str, str]]) -> Iterator[str]:
    for judul, teks in bagian:
        baris = [escape(" ".join(b.split())) for b in teks.splitlines() if b.strip()]
        if baris:
            yield f"<p><strong>{escape(judul)}.</strong> {baris[0]}</p>"
        yield from (f"<p>{b}</p>" for b in baris[1:])
