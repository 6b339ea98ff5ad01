"""The five data files against the text they were copied from, in both directions.

Every text cell must occur in the source, once for each time it is used, longest first; what then
remains of the source must be furniture only: headings, numbering and the arrow list.
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from sop.rules.identitas import TANGGAL
from tests.factories.sop import JABATAN, baca_berkas

SUMBER = Path(__file__).parents[1] / "data" / "sop"
_MARKAH = re.compile(r"</?(?:b|br|ol|li)\b[^>]*>|\*\*|```|[|]|\#{2,}")

# Cells that a page break or the layout cut in two on the source; the stroke marks the cut.
TERPOTONG = (
    "menindaklanjuti ‖ laporan kinerja.",
    "Laporan keuangan ‖ dari bendahara",
    "SKPD dan BUMD di ‖ Lingkungan Pemerintah Kota Blitar",
)

JUDUL_KOTAK = """
    DASAR HUKUM KUALIFIKASI PELAKSANA KETERKAITAN PERALATAN/PERLENGKAPAN PERINGATAN
    PENCATATAN DAN PENDATAAN
"""
# What is left of each source: headings of the identity page, a heading printed twice, the symbols
# and, for Banten, the arrow list from which its route was read.
SISA = {
    "dinkes-mojokerto": f"Nama SOP {JUDUL_KOTAK} Tidak Ya",
    "dinkes-banten": """
        Nomor Standar Oprasional Prosedur : Tanggal Pembuatan : Tanggal revisi Tanggal Efektif
        Tanggal Efektif Disahkan Oleh NIP. Dasar Hukum : Kualifikasi : Keterkaitan : Peralatan /
        Perlengkapan : Peringatan : Pencatatan dan Pendataan : Pelaksana Mulai
        graph TD subgraph "Pelaksana" SD[Sekretaris Dinas] KB[Kepala Bidang]
        FP[Fungsional Perencana] KS[Kepala Seksi] SP[Staf Penyusun Evaluasi Kinerja] end
        M[Mulai] --> SD SD --> FP FP --> KB KB --> FP KB --> KS KS --> KB KB --> SP SP --> KB
        SP --> FP FP --> SD SD --> SP
    """,
    "dprkp2-mojokerto": """
        STANDAR OPERASIONAL PROSEDUR (SOP) MEKANISME PENGUMPULAN DATA KINERJA
        PEMERINTAH KABUPATEN MOJOKERTO
        DINAS PERUMAHAN RAKYAT, KAWASAN PERMUKIMAN DAN PERHUBUNGAN KABUPATEN MOJOKERTO
        Nomor SOP : Tanggal Pembuatan : Tanggal Revisi : Tanggal Pengesahan : Disahkan Oleh NTP
        Nama SOP Dasar Hukum Kualifikasi Pelaksana Keterkaitan Peralatan/Perlengkapan Peringatan
        Pencatatan dan Pendataan MULAI ◇
        NO URAIAN PROSEDUR PELAKSANA MUTU BUKU Keterangan Kepala Dinas Sekretaris
        Pejabat Fungsional Perencana Staf Perencana Bidang Kelengkapan dan Peralatan Waktu Output
    """,
    "kecamatan-dawarblandong": f"""
        Nomor SOP Tgl Pembuatan Tgl Revisi Tgl Efektif Disahkan oleh NIP. Nama SOP {JUDUL_KOTAK}
    """,
    "kota-blitar": f"NAMA SOP {JUDUL_KOTAK}",
}


def _rapat(teks: str) -> str:
    return " ".join(teks.split())


def _baca_sumber(nama: str) -> str:
    mentah = (SUMBER / f"{nama}.txt").read_text(encoding="utf-8")
    return _rapat(_MARKAH.sub(" ", mentah))


def _sel(nama: str) -> list[str]:
    """Every text cell of the data file, cut where the source cuts it."""
    berkas = baca_berkas(nama)
    i = berkas.identitas
    sel = [berkas.unit_pemilik if berkas.unit_pemilik not in i.kop else ""]
    sel += [getattr(i, n) for n in ("nama_sop", "nomor_sop", "judul_uraian")]
    sel += [getattr(i, f"{t}_teks") for t in TANGGAL]
    sel += [getattr(i, f"disahkan_{n}") for n in ("jabatan", "nama", "pangkat", "nip")]
    for daftar in (i.kop, i.dasar_hukum, i.kualifikasi, i.keterkaitan, i.peralatan):
        sel += daftar
    sel += [*i.peringatan, *i.pencatatan, *i.judul_kolom.values()]
    sel += [k.judul for k in i.judul_pelaksana if k.tercetak]
    for s in berkas.graf.langkah:
        sel += [s.kegiatan, *s.kelengkapan, s.waktu_teks, s.output, s.keterangan]
    return [bagian for s in sel for bagian in _potong(_rapat(s)) if bagian]


def _potong(teks: str) -> list[str]:
    for pola in TERPOTONG:
        teks = teks.replace(pola.replace("‖ ", ""), pola)
    return [b.strip() for b in teks.split("‖")]


def _habiskan(nama: str) -> tuple[list[str], str]:
    """Cells that the source does not have, and what remains of the source without the cells."""
    sumber, hilang = _baca_sumber(nama), []
    for sel in sorted(_sel(nama), key=len, reverse=True):
        sumber, kena = re.subn(rf"(?<!\w){re.escape(sel)}(?!\w)", " ¦ ", sumber, count=1)
        if not kena:
            hilang.append(sel)
    return hilang, _rapat(re.sub(r"¦|(?<!\S)-+(?!\S)|(?<!\S)\d+\.?(?!\S)", " ", sumber))


@pytest.mark.parametrize("nama", JABATAN)
def test_every_cell_stands_in_the_source_word_for_word(nama: str) -> None:
    hilang, _ = _habiskan(nama)
    assert hilang == []


@pytest.mark.parametrize("nama", JABATAN)
def test_nothing_of_the_source_is_left_out_but_its_furniture(nama: str) -> None:
    _, sisa = _habiskan(nama)
    assert Counter(sisa.split()) == Counter(SISA[nama].split())
