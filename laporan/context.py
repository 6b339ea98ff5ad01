"""Counts that pages of any room show: waiting work, deadlines to be set anew."""

from functools import cache
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from laporan.selectors.meja import count_tugas
from laporan.selectors.pemberitahuan import count_baru
from laporan.selectors.waktu import list_pergeseran
from organisasi.middleware import get_pelaku


def meja(request: HttpRequest) -> dict[str, Any]:
    """Notices and turns of the signed-in person; deadlines of the office that its calendar moved.

    Each is counted only where a page shows it, and once however often it does.
    """
    if (
        not getattr(request, "user", None)
        or not request.user.is_authenticated
        or not hasattr(request, "pelaku")
    ):
        return {}
    pelaku = get_pelaku(request)
    return {
        "jumlah_pemberitahuan": cache(lambda: count_baru(pelaku.pengguna)),
        "jumlah_tugas": cache(lambda: count_tugas(pelaku)),
        "tenggat_bergeser": cache(
            lambda: len(list_pergeseran(pelaku.instansi, kini=timezone.now()))
        ),
    }
