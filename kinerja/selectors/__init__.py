"""Reading performance figures."""

from kinerja.selectors.kisi import (
    Kisi,
    build_tautan,
    describe_baris,
    get_kisi,
    list_putaran,
    sum_kisi,
    visible_formulir,
)
from kinerja.selectors.matriks import Matriks, list_matriks, list_tahun
from kinerja.selectors.pemeriksaan import UnitPeriksa, list_pemeriksaan, list_temuan
from kinerja.selectors.tabel import BarisTabel, TabelCapaian, list_tabel_capaian

__all__ = [
    "BarisTabel",
    "Kisi",
    "Matriks",
    "TabelCapaian",
    "UnitPeriksa",
    "build_tautan",
    "describe_baris",
    "get_kisi",
    "list_matriks",
    "list_pemeriksaan",
    "list_putaran",
    "list_tabel_capaian",
    "list_tahun",
    "list_temuan",
    "sum_kisi",
    "visible_formulir",
]
