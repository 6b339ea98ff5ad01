"""Tables of the organisation."""

from organisasi.models.faktor import Faktor, KodePulih
from organisasi.models.instansi import Instansi, Jabatan, UnitKerja
from organisasi.models.jejak import Berjejak, Jejak
from organisasi.models.kalender import HariLibur, JamKerja, SesiKerja
from organisasi.models.kunci_api import KunciApi
from organisasi.models.kunci_sandi import KunciSandi
from organisasi.models.lambang import Lambang
from organisasi.models.pengguna import Pengguna
from organisasi.models.penugasan import Penugasan
from organisasi.models.register import NomorRegister, Register
from organisasi.models.saluran import Saluran
from organisasi.models.sesi import Sesi
from organisasi.models.surat_akun import SuratAkun

__all__ = [
    "Berjejak",
    "Faktor",
    "HariLibur",
    "Instansi",
    "Jabatan",
    "JamKerja",
    "Jejak",
    "KodePulih",
    "KunciApi",
    "KunciSandi",
    "Lambang",
    "NomorRegister",
    "Pengguna",
    "Penugasan",
    "Register",
    "Saluran",
    "Sesi",
    "SesiKerja",
    "SuratAkun",
    "UnitKerja",
]
