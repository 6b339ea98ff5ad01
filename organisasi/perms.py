"""Who may configure an office: its units, posts, mandates and calendar.

Configuration is no approval: whoever configures gets no turn of a draft by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from organisasi.models import Pengguna, Penugasan

MENGELOLA = frozenset({"kepala", "sekretaris", "pengelola"})
MENYIAPKAN = MENGELOLA | {"perencana"}
# Levels that nobody gives alone to an account he made himself.
BERDUA = MENGELOLA | {"pembina"}


def can_manage(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may configure that office."""
    return holds(instansi_id, mandat, MENGELOLA)


def can_prepare(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether the holder of `mandat` may prepare what others decide on: a konsep, evidence."""
    return holds(instansi_id, mandat, MENYIAPKAN)


def needs_faktor(pengguna: Pengguna, mandat: Sequence[Penugasan]) -> bool:
    """Whether the account needs a second factor here: of who leads, configures or administers, or
    everybody's.
    """
    memimpin = any(p.jabatan.tingkat in BERDUA for p in mandat)
    return settings.MFA_WAJIB and (settings.MFA_SEMUA or memimpin or pengguna.is_staff)


def needs_pengelola_lain(tingkat: str, pengguna: Pengguna, aktor: Pengguna) -> bool:
    """Whether a post of that level needs a second manager: `aktor` made the account himself.

    Otherwise a manager could give himself every right by an account in an invented name.
    """
    return tingkat in BERDUA and pengguna.dibuat_oleh_id == aktor.pk


def holds_pos(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether one of `mandat` is a post of that office at all."""
    return any(p.jabatan.instansi_id == instansi_id for p in mandat)


def holds(instansi_id: int, mandat: Sequence[Penugasan], tingkat: frozenset[str]) -> bool:
    """Whether one of `mandat` is a post of those levels in that office."""
    return any(
        p.jabatan.instansi_id == instansi_id and p.jabatan.tingkat in tingkat for p in mandat
    )
