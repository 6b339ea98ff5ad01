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
        if KUNCI_SESI in request.session
        else None,
    }
