"""Reading one's own account: where one is signed in, and what protects it."""

from dataclasses import dataclass
from datetime import datetime

from organisasi.models import Faktor, KodePulih, Pengguna, Sesi
from organisasi.rules.gawai import name_gawai


@dataclass(frozen=True)
class BarisSesi:
    """One session as its owner sees it."""

    sesi: Sesi
    gawai: str
    is_ini: bool


def list_sesi(pengguna: Pengguna, *, kini: str | None, pada: datetime) -> list[BarisSesi]:
    """Sessions in force of that person, the one with the key `kini` first. One query."""
    daftar = Sesi.objects.filter(pengguna=pengguna, expire_date__gt=pada).order_by("-terlihat")
    baris = [BarisSesi(s, name_gawai(s.peramban), s.session_key == kini) for s in daftar]
    return sorted(baris, key=lambda b: not b.is_ini)


@dataclass(frozen=True)
class KeadaanFaktor:
    """The second factor of an account, and how many recovery codes are left."""

    terpasang: Faktor | None
    sisa_kode: int


def get_faktor(pengguna: Pengguna) -> KeadaanFaktor:
    """What protects that account beside the password. Two queries."""
    belum = KodePulih.objects.filter(pengguna=pengguna, dipakai_pada=None)
    return KeadaanFaktor(Faktor.objects.filter(pengguna=pengguna).first(), belum.count())
