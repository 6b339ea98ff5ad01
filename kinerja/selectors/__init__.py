"""Reading performance figures."""

from kinerja.selectors.kisi import Kisi, get_kisi
from kinerja.selectors.matriks import Matriks, list_matriks, list_tahun
from kinerja.selectors.tabel import BarisTabel, TabelCapaian, list_tabel_capaian

__all__ = [
    "BarisTabel",
    "Kisi",
    "Matriks",
    "TabelCapaian",
    "get_kisi",
    "list_matriks",
    "list_tabel_capaian",
    "list_tahun",
]
