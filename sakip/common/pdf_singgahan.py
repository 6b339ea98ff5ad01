"""PDFs that a person waits for, kept by what is in them: the same pages are laid out once.

Kept bytes are a convenience, never a record: the folder may be emptied at any time.
"""

import threading
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from sakip.common.berkas import sha256_hex
from sakip.common.cakram import write_whole
from sakip.common.errors import DomainError
from sakip.common.pdf import ASET, render_pdf
from sakip.common.penyimpanan import SINGGAHAN
from sakip.env import BASE_DIR

SIMPAN = timedelta(days=7)
# Laying out takes the whole of a process: one at a time, and who waits too long is told so.
_PAGAR = threading.Semaphore(1)
_MAKS_TUNGGU_DETIK = 8.0


class SedangSibuk(DomainError):
    """Others are having PDFs made; the person may ask again in a moment."""

    status = HTTPStatus.TOO_MANY_REQUESTS


def get_or_render(html: str, *, gaya: str = "") -> bytes:
    """The PDF of those pages, from the folder or made now.

    Raises:
        SedangSibuk: another one is being made and takes long (HTTP 429).
        PdfGagal: as `render_pdf`.
    """
    berkas = _folder() / f"{sha256_hex(f'{_release()}|{gaya}|{html}'.encode())}.pdf"
    try:
        return berkas.read_bytes()
    except FileNotFoundError:
        pass
    if not _PAGAR.acquire(timeout=_MAKS_TUNGGU_DETIK):
        raise SedangSibuk(_("Beberapa PDF sedang dibuat. Tunggu sebentar, lalu coba lagi."))
    try:
        isi = berkas.read_bytes() if berkas.exists() else render_pdf(html, gaya=gaya).isi
    finally:
        _PAGAR.release()
    write_whole(berkas, [isi])
    return isi


def prune(*, now: datetime) -> int:
    """Delete what is a week old; how many."""
    lama = [p for p in _folder().glob("*.pdf") if p.stat().st_mtime < (now - SIMPAN).timestamp()]
    for berkas in lama:
        berkas.unlink(missing_ok=True)
    return len(lama)


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / SINGGAHAN


@cache
def _release() -> str:
    """What the look depends on besides the pages: our style sheets, fonts, and the engine."""
    import weasyprint

    lembar = [(BASE_DIR / jalur).read_bytes() for jalur, _jenis in ASET.values()]
    return sha256_hex(b"|".join([weasyprint.__version__.encode(), *lembar]))
