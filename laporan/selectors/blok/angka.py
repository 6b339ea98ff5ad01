"""The figures that a sentence of a report may name by their code."""

from decimal import Decimal

from laporan.rules.periode import name_periode_dokumen
from laporan.selectors.blok.anggaran import sum_semua
from laporan.selectors.blok.bahan import KOSONG, Bahan
from laporan.selectors.blok.capaian import count_tercapai
from sakip.common.angka import format_persen


def list_nilai(bahan: Bahan) -> dict[str, str]:
    """Code to words; what is missing is a dash, never a zero."""
    draf, baris = bahan.draf, bahan.baris
    tercapai = count_tercapai(baris)
    ada = [b.persen for b in baris if b.persen is not None]
    uang = sum_semua(bahan.laporan.anggaran.values())
    umum = {
        "instansi": draf.instansi.nama,
        "periode": name_periode_dokumen(draf.menghasilkan, draf.jenis, draf.periode_ke, draf.tahun),
        "tahun": str(draf.tahun),
        "jumlah-sasaran": str(len(bahan.tabel)),
        "jumlah-indikator": str(len(baris)),
        "jumlah-tercapai": str(tercapai),
        "jumlah-belum-tercapai": str(len(ada) - tercapai),
        "rata-rata-capaian": format_persen(sum(ada, Decimal()) / len(ada)) if ada else KOSONG,
        "pagu": uang.pagu_teks,
        "realisasi-anggaran": uang.belanja_teks,
        "serapan": uang.serapan_teks,
    }
    for b in baris:
        umum[f"target:{b.kode}"] = b.target_teks
        umum[f"realisasi:{b.kode}"] = b.realisasi_teks
        umum[f"capaian:{b.kode}"] = b.capaian_teks
    return umum
