"""The count of waiting work in the frame of every page."""

from typing import Any

from django.http import HttpRequest

from laporan.selectors.meja import count_tugas
from organisasi.middleware import get_pelaku


def meja(request: HttpRequest) -> dict[str, Any]:
    """Number of turns that wait for the signed-in person; counted only where a page shows it."""
    if (
        not getattr(request, "user", None)
        or not request.user.is_authenticated
        or not hasattr(request, "pelaku")
    ):
        return {}
    return {"jumlah_tugas": lambda: count_tugas(get_pelaku(request))}
