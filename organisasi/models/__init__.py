"""Tables of the organisation."""

from organisasi.models.instansi import HariLibur, Instansi, Jabatan, UnitKerja
from organisasi.models.jejak import Berjejak, Jejak
from organisasi.models.pengguna import Pengguna
from organisasi.models.penugasan import Penugasan

__all__ = [
    "Berjejak",
    "HariLibur",
    "Instansi",
    "Jabatan",
    "Jejak",
    "Pengguna",
    "Penugasan",
    "UnitKerja",
]
