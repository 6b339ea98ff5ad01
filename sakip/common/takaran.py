"""How often one address may do something: for pages that strangers open."""

from http import HTTPStatus
from ipaddress import ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from sakip.common.berkas import sha256_hex
from sakip.common.errors import DomainError


class TerlaluSering(DomainError):
    """Too many requests from one address in a short while."""

    status = HTTPStatus.TOO_MANY_REQUESTS


def get_alamat(request: HttpRequest) -> str:
    """Address of the visitor: what the outermost proxy of ours saw, or the connection itself."""
    lewat = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    if settings.PROKSI and len(lewat) >= settings.PROKSI:
        alamat = str(lewat[-settings.PROKSI]).strip()
        if _is_alamat(alamat):
            return alamat
    return str(request.META.get("REMOTE_ADDR", ""))


def _is_alamat(teks: str) -> bool:
    """Whether it is an address and nothing else; a column of the database takes no other."""
    try:
        ip_address(teks)
    except ValueError:
        return False
    return "%" not in teks


def require_takaran(
    request: HttpRequest, nama: str, *, maks: int, detik: int, atas: str = ""
) -> None:
    """Count one more `nama` from this address, or upon `atas`, whoever it is that asks.

    Each web process counts for itself unless they share a cache, so the limit is not exact.

    Raises:
        TerlaluSering: it has been more than `maks` times in `detik` seconds (429).
    """
    # A hash: what a stranger wrote is no key of a cache.
    kunci = f"takaran:{nama}:{sha256_hex(atas.encode()) if atas else get_alamat(request)}"
    cache.add(kunci, 0, timeout=detik)
    try:
        banyak = cache.incr(kunci)
    except ValueError:  # it ran out between the two lines
        return
    if banyak > maks:
        raise TerlaluSering(
            _("Halaman ini sedang terlalu banyak diminta. Tunggu beberapa menit, lalu coba lagi.")
            if atas
            else _(
                "Terlalu banyak permintaan dari alamat Anda. Tunggu beberapa menit, lalu coba lagi."
            )
        )
