"""Refusals in the log: who was refused what, and which rows the address named."""

import logging
from typing import Final
from uuid import UUID

from django.http import HttpRequest

logger = logging.getLogger(__name__)

_TANPA: Final = "-"


def name_tampilan(request: HttpRequest) -> str:
    """The view by its name; "-" where no address matched. The address itself may hold a key."""
    return request.resolver_match.view_name if request.resolver_match else _TANPA


def name_objek(request: HttpRequest) -> str:
    """Keys of rows in the address ("draf_id:12"); words in it, which may open a door, stay out."""
    if request.resolver_match is None:
        return _TANPA
    isi = request.resolver_match.kwargs.items()
    return ",".join(f"{nama}:{v}" for nama, v in isi if isinstance(v, int | UUID)) or _TANPA


def note_tolakan(request: HttpRequest, alasan: str, status: int) -> None:
    """One line for the operator. alasan: class of the refusal, never its sentence.

    Who it was stands on every line of a request.
    """
    logger.warning(
        "ditolak alasan=%s status=%s tampilan=%s objek=%s",
        alasan,
        status,
        name_tampilan(request),
        name_objek(request),
    )
