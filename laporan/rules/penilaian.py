"""Assessing an SOP half-yearly and yearly: what figures prove, and what people must answer.

Figures propose an answer only where they leave no doubt; the assessor answers every row.
Sumber: SOP-AP-MONEV
"""

from collections.abc import Sequence
from dataclasses import dataclass

from laporan.rules.pantau import TepatWaktu
from laporan.rules.rentang import Rentang

YA, TIDAK, BELUM = "ya", "tidak", ""
MONITORING, EVALUASI = "monitoring", "evaluasi"

# Statements of the evaluation; `kode` says which figures speak about it, "" none.
KRITERIA: tuple[tuple[str, str], ...] = (
    ("", "Mampu mendorong peningkatan kinerja"),
    ("", "Mudah dipahami"),
    ("laksana", "Mudah dilaksanakan"),
    ("peran", "Semua orang dapat menjalankan perannya masing-masing"),
    ("masalah", "Mampu mengatasi permasalahan yang berkaitan dengan proses"),
    ("", "Mampu menjawab kebutuhan peningkatan kinerja organisasi"),
    ("", "Sinergi satu dengan lainnya"),
)


@dataclass(frozen=True)
class Jawaban:
    """What an assessor wrote on one row. pernyataan: for messages."""

    urut: int
    pernyataan: str
    jawaban: str
    catatan: str
    tindakan: str


def fits_jenis(jenis: str, rentang: Rentang) -> bool:
    """Monitoring is of a half-year, evaluation of a year."""
    return ("-s" in rentang.kode) if jenis == MONITORING else rentang.kode.isdecimal()


def propose_langkah(*, n: int, tepat: TepatWaktu, ulang: int) -> str:
    """Ya where every turn kept its time and nothing was done twice; Tidak where most were late.

    Whatever lies between, a step nobody did, and one without a limit are left to the assessor.
    """
    if n and tepat.jumlah and not tepat.lewat and not ulang:
        return YA
    return TIDAK if tepat.lewat * 2 > tepat.jumlah else BELUM


def propose_sop(usul: Sequence[str]) -> str:
    """Ya where every step is Ya, Tidak where one is Tidak."""
    if TIDAK in usul:
        return TIDAK
    return YA if usul and all(u == YA for u in usul) else BELUM


def list_kurang(jenis: str, baris: Sequence[Jawaban]) -> list[str]:
    """Why a form cannot be settled yet, row by row; empty when it can."""
    kurang = []
    for b in baris:
        nama = f"Baris {b.urut} ({b.pernyataan})"
        if b.jawaban not in (YA, TIDAK):
            kurang.append(f"{nama}: pilih penilaiannya.")
        elif b.jawaban == TIDAK and jenis == MONITORING and not b.tindakan.strip():
            kurang.append(f"{nama}: tuliskan tindakan yang harus diambil.")
        elif b.jawaban == TIDAK and jenis == EVALUASI and not b.catatan.strip():
            kurang.append(f"{nama}: tuliskan alasannya.")
    return kurang
