"""Which function makes which block, and making those that a report asks for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from laporan.rules import blok
from laporan.selectors.blok.anggaran import build_anggaran
from laporan.selectors.blok.bahan import Bahan
from laporan.selectors.blok.bentuk import BlokData
from laporan.selectors.blok.capaian import build_pengukuran, build_ringkasan, build_sasaran
from laporan.selectors.blok.indikator import build_banding, build_sumber_daya
from laporan.selectors.blok.lampiran import build_aksi, build_bukti
from laporan.selectors.blok.rencana import build_iku, build_renstra, build_struktur
from laporan.selectors.blok.tahun import build_tahun

_SUSUN: Mapping[str, Callable[[Bahan], Sequence[BlokData]]] = {
    blok.STRUKTUR: build_struktur,
    blok.RENSTRA: build_renstra,
    blok.IKU: build_iku,
    blok.RINGKASAN: build_ringkasan,
    blok.SASARAN: build_sasaran,
    blok.TAHUN: build_tahun,
    blok.BANDING: build_banding,
    blok.SUMBER_DAYA: build_sumber_daya,
    blok.ANGGARAN: build_anggaran,
    blok.PENGUKURAN: build_pengukuran,
    blok.BUKTI: build_bukti,
}


def list_blok(bahan: Bahan, diminta: Collection[str]) -> list[dict[str, Any]]:
    """Those asked for, as JSON values; a code that has its own table is not among them."""
    aksi = build_aksi(bahan) if blok.RENCANA_AKSI in diminta else []
    return [
        *aksi,
        *(b.to_json() for kode, susun in _SUSUN.items() if kode in diminta for b in susun(bahan)),
    ]
