"""Blocks of the annexes: the rencana aksi of the year, and the evidence behind the figures."""

from typing import Any

from kinerja.selectors.aksi import build_tabel_aksi, list_kelompok
from laporan.rules.blok import BUKTI
from laporan.selectors.blok.bahan import Bahan
from laporan.selectors.blok.bentuk import BlokData, Kolom, Tabel, Teks


def build_aksi(bahan: Bahan) -> list[dict[str, Any]]:
    """The actions of the year, in the shape of their own document. Nothing without any."""
    kelompok = [k for k in list_kelompok(bahan.draf.instansi, bahan.tahun) if k.baris]
    if not kelompok:
        return []
    return [build_tabel_aksi(kelompok, f"Rencana Aksi Tahun {bahan.tahun}")]


def build_bukti(bahan: Bahan) -> list[BlokData]:
    """Files and links in the order of the report, with the fingerprint that proves them."""
    urut = {b.indikator_id: n for n, b in enumerate(bahan.baris)}
    daftar = sorted(
        bahan.list_bukti(),
        key=lambda b: (urut.get(b.capaian.indikator_id, 0), b.capaian.formulir.triwulan, b.pk),
    )
    if not daftar:
        kosong = Teks("Belum ada bukti yang diunggah untuk periode ini.", is_kosong=True)
        return [BlokData(BUKTI, (kosong,))]
    kolom = (
        Kolom("No", 4),
        Kolom("Indikator", 30),
        Kolom("Periode", 8),
        Kolom("Berkas atau tautan", 25),
        Kolom("SHA-256"),
    )
    baris = tuple(
        (
            str(n),
            f"{b.capaian.indikator.kode} {b.capaian.nama}",
            b.capaian.formulir.periode.singkat,
            b.nama_asli,
            b.sha256,
        )
        for n, b in enumerate(daftar, 1)
    )
    return [BlokData(BUKTI, (Tabel("Bukti dukung realisasi kinerja", kolom, baris),))]
