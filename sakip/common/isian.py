"""What a person typed into a form, kept where it would otherwise be lost."""

from typing import TypedDict

from django.http import HttpRequest

KUNCI_SESI = "isian_tertunda"

# Never echoed, stored or logged: secrets and machinery.
_BUKAN_ISIAN = frozenset({"csrfmiddlewaretoken", "kunci", "versi"})
_RAHASIA = ("password", "sandi")
_MAKS_KARAKTER = 200_000


class Isian(TypedDict):
    """One typed field: its form name and its text."""

    nama: str
    nilai: str


def isian_teks(request: HttpRequest) -> list[Isian]:
    """Typed fields of a POST in form order; secrets left out, size capped."""
    hasil: list[Isian] = []
    sisa = _MAKS_KARAKTER
    for nama, nilai_nilai in request.POST.lists():
        for nilai in nilai_nilai:
            if _is_tertutup(nama) or not nilai.strip() or len(nilai) > sisa:
                continue
            sisa -= len(nilai)
            hasil.append({"nama": nama, "nilai": nilai})
    return hasil


def _is_tertutup(nama: str) -> bool:
    return nama in _BUKAN_ISIAN or any(kata in nama.lower() for kata in _RAHASIA)
