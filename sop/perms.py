"""Who may do what with an SOP."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from organisasi.models import Pengguna, Penugasan

MANAGE_SOP = "sop.manage_versisop"
_MENYUSUN = frozenset({"kepala", "sekretaris", "perencana", "pengelola"})
_MENGESAHKAN = frozenset({"kepala", "sekretaris", "pengelola"})


def can_draft(instansi_id: int, aktor: Pengguna, mandat: Sequence[Penugasan]) -> bool:
    """Whether `aktor`, holding `mandat` now, may write a konsep for that office."""
    return _holds(instansi_id, mandat, _MENYUSUN) or aktor.has_perm(MANAGE_SOP)


def can_publish(instansi_id: int, aktor: Pengguna, mandat: Sequence[Penugasan]) -> bool:
    """Whether `aktor`, holding `mandat` now, may publish or withdraw an SOP of that office."""
    return _holds(instansi_id, mandat, _MENGESAHKAN) or aktor.has_perm(MANAGE_SOP)


def _holds(instansi_id: int, mandat: Sequence[Penugasan], tingkat: frozenset[str]) -> bool:
    return any(
        p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in tingkat for p in mandat
    )
