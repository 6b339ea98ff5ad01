"""What a person typed into a form, kept where it would otherwise be lost."""

from collections.abc import Callable
from typing import TypedDict

from django.forms import BaseForm
from django.http import HttpRequest

from sakip.common.errors import IsianTidakSah

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


def try_isian(form: BaseForm, ruas: str | None, tindak: Callable[[], object]) -> bool:
    """Whether the act was done; a refusal of what was typed stands at that field, None: on top."""
    try:
        tindak()
    except IsianTidakSah as ditolak:
        form.add_error(ruas, ditolak.pesan)
        return False
    return True


def _is_tertutup(nama: str) -> bool:
    return nama in _BUKAN_ISIAN or any(kata in nama.lower() for kata in _RAHASIA)
