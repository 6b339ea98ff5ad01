"""Who may do what with an SOP: it follows from the post, never from the account."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from organisasi.perms import can_manage, can_prepare

if TYPE_CHECKING:
    from organisasi.models import Penugasan


def can_draft(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may write a konsep for that office."""
    return can_prepare(instansi_id, mandat)


def can_publish(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may publish or withdraw an SOP of that office."""
    return can_manage(instansi_id, mandat)
