"""Tables of performance: the plan, the figures of a period, their evidence."""

from kinerja.models.aksi import RencanaAksi, TargetAksi
from kinerja.models.bukti import Bukti
from kinerja.models.capaian import Capaian
from kinerja.models.formulir import FormulirCapaian
from kinerja.models.komponen import KomponenCapaian
from kinerja.models.pembanding import AngkaPembanding
from kinerja.models.pengaturan import PengaturanKinerja, SkalaKategori
from kinerja.models.perjanjian import AnggaranPerjanjian, BarisPerjanjian, PerjanjianKinerja
from kinerja.models.program import Program, RealisasiAnggaran, Renstra, TargetRenstra
from kinerja.models.rencana import (
    Indikator,
    KomponenIndikator,
    Label,
    Sasaran,
    Target,
    Tujuan,
)
from kinerja.models.ringkasan import RingkasanCapaian
from kinerja.models.unggahan import Unggahan, UnggahanCapaian, UnggahanRencana

__all__ = [
    "AnggaranPerjanjian",
    "AngkaPembanding",
    "BarisPerjanjian",
    "Bukti",
    "Capaian",
    "FormulirCapaian",
    "Indikator",
    "KomponenCapaian",
    "KomponenIndikator",
    "Label",
    "PengaturanKinerja",
    "PerjanjianKinerja",
    "Program",
    "RealisasiAnggaran",
    "RencanaAksi",
    "Renstra",
    "RingkasanCapaian",
    "Sasaran",
    "SkalaKategori",
    "Target",
    "TargetAksi",
    "TargetRenstra",
    "Tujuan",
    "Unggahan",
    "UnggahanCapaian",
    "UnggahanRencana",
]
