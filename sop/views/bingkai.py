"""The frame around every page of one version: its state, its tabs, what may be done with it."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from sop.models import VersiSOP
from sop.selectors.katalog import list_versi
from sop.views.akses import may_draft, may_publish


def build_bingkai(request: HttpRequest, versi: VersiSOP, *, tab: str) -> dict[str, Any]:
    """Context of `sop/bingkai.html`. Two queries."""
    hari = timezone.now().astimezone(versi.sop.instansi.zona_waktu).date()
    daftar = list_versi(versi.sop, pada=hari)
    return {
        "versi": versi,
        "tab": tab,
        "hari": hari,
        "daftar": daftar,
        "baris_versi": next(b for b in daftar.versi if b.versi.pk == versi.pk),
        "pembanding": next((b for b in daftar.versi if b.versi.nomor < versi.nomor), None),
        "boleh_sunting": may_draft(request),
        "boleh_terbit": may_publish(request),
    }
