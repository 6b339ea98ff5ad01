"""What a person typed into a form, kept where it would otherwise be lost."""

from collections.abc import Callable
from typing import TypedDict
from urllib.parse import urlsplit

from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

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


def keep_isian(request: HttpRequest) -> bool:
    """Whether the form held typed text, which now waits in the session for the next page."""
    isian = isian_teks(request)
    if isian:
        request.session[KUNCI_SESI] = isian
    return bool(isian)


def read_asal(request: HttpRequest) -> str:
    """The page that held the form; "" where unknown. The address of the form may take POST only."""
    asal = request.headers.get("Referer", "")
    aman = url_has_allowed_host_and_scheme(asal, allowed_hosts={request.get_host()})
    bagian = urlsplit(asal)
    if not aman or not bagian.path.startswith("/") or bagian.path.startswith("//"):
        return ""
    return f"{bagian.path}?{bagian.query}" if bagian.query else bagian.path


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
