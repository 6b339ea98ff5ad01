"""Who may do what with an SOP: it follows from the post, never from the account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organisasi.perms import MENGELOLA, can_manage

if TYPE_CHECKING:
    from organisasi.models import Penugasan

_MENYUSUN = MENGELOLA | {"perencana"}


def can_draft(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may write a konsep for that office."""
    return any(
        p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in _MENYUSUN for p in mandat
    )


def can_publish(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may publish or withdraw an SOP of that office."""
    return can_manage(instansi_id, mandat)
