"""What every page of a signed-in person shows: who, as what, for which office."""

from typing import Any

from django.http import HttpRequest

from organisasi.middleware import get_pelaku
from sakip.common.isian import KUNCI_SESI


def antarmuka(request: HttpRequest) -> dict[str, Any]:
    """Context of the frame around a page; empty for visitors."""
    if (
        not getattr(request, "user", None)
        or not request.user.is_authenticated
        or not hasattr(request, "pelaku")
    ):
        return {}
    pelaku = get_pelaku(request)
    utama = pelaku.utama
    return {
        "penugasan_aktif": utama,
        "penugasan_lain": [p for p in pelaku.semua if utama and p.pk != utama.pk],
        "instansi": utama.jabatan.instansi if utama else None,
        "isian_dipulihkan": request.session.pop(KUNCI_SESI, None)
        if KUNCI_SESI in request.session and not _is_lewat(request)
        else None,
    }


def _is_lewat(request: HttpRequest) -> bool:
    """A page on the way to the form: what was typed shows on the one after it."""
    nama = request.resolver_match.url_name if request.resolver_match else None
    return nama in {
        "confirm-sandi",
        "view-faktor",
        "add-faktor",
        "add-kunci-sandi",
        "start-sso",
        "finish-sso",
    }
