"""Who may configure an office: its units, posts, mandates and calendar.

Configuration is no approval: whoever configures gets no turn of a draft by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organisasi.models import Penugasan

MENGELOLA = frozenset({"kepala", "sekretaris", "pengelola"})


def can_manage(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may configure that office."""
    return any(
        p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in MENGELOLA for p in mandat
    )
