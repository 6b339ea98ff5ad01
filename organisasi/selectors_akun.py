"""Reading one's own account: where one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from organisasi.models import Pengguna, Sesi
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
