"""Reading performance figures."""

from kinerja.selectors.kisi import Kisi, build_tautan, describe_baris, get_kisi, visible_formulir
from kinerja.selectors.matriks import Matriks, list_matriks, list_tahun
from kinerja.selectors.tabel import BarisTabel, TabelCapaian, list_tabel_capaian

__all__ = [
    "BarisTabel",
    "Kisi",
    "Matriks",
    "TabelCapaian",
    "build_tautan",
    "describe_baris",
    "get_kisi",
    "list_matriks",
    "list_tabel_capaian",
    "list_tahun",
    "visible_formulir",
]
