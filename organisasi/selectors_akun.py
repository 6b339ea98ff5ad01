"""Reading one's own account: where one is signed in, and what protects it."""

from dataclasses import dataclass
from datetime import datetime

from organisasi.models import Faktor, KodePulih, KunciSandi, Pengguna, Sesi
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
    """The second factors of an account, and how many recovery codes are left."""

    terpasang: Faktor | None
    kunci: list[KunciSandi]
    sisa_kode: int

    @property
    def ada(self) -> bool:
        """Whether there is one at all."""
        return self.terpasang is not None or bool(self.kunci)


def get_faktor(pengguna: Pengguna) -> KeadaanFaktor:
    """What protects that account beside the password. Three queries."""
    belum = KodePulih.objects.filter(pengguna=pengguna, dipakai_pada=None)
    return KeadaanFaktor(
        Faktor.objects.filter(pengguna=pengguna).first(),
        list(KunciSandi.objects.filter(pengguna=pengguna)),
        belum.count(),
    )


def find_tamu(nip: str) -> Pengguna | None:
    """The active account of whom a single sign-on vouches for; it never makes one. One query."""
    return Pengguna.objects.filter(nip=nip, is_active=True).first()


def list_pengenal(pengguna: Pengguna) -> list[str]:
    """By what the passkeys of that account are asked for. One query."""
    semua = KunciSandi.objects.filter(pengguna=pengguna)
    return list(semua.values_list("pengenal", flat=True))
