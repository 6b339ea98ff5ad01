"""Who may do what with a draft. Authority is asked of penugasan, at the moment of the act."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from organisasi.models import Penugasan
from organisasi.perms import can_prepare, holds
from organisasi.rules.atasan import climb
from organisasi.selectors import find_penugasan_covering
from sakip.common.errors import AksesDitolak

if TYPE_CHECKING:
    from laporan.models import Tugas

# Not whoever configures the office or the accounts: that is no right to read, so none to give it.
_MEMBERI_IZIN = frozenset({"kepala", "sekretaris"})
_MENILAI = frozenset({"kepala", "sekretaris", "perencana"})


def require_pelaksana(
    tugas: Tugas, penugasan: Sequence[Penugasan], utama: Penugasan | None = None
) -> Penugasan:
    """The mandate under which this turn may be done.

    Raises:
        AksesDitolak: no mandate covers the post and unit of the turn.
    """
    sebagai = find_penugasan_covering(
        penugasan, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id, utama=utama
    )
    if sebagai is None:
        unit = f" ({tugas.unit})" if tugas.unit else ""
        raise AksesDitolak(
            _(
                "Langkah ini dikerjakan oleh %(jabatan)s. "
                "Anda dapat membaca, tetapi tidak dapat menyelesaikannya."
            )
            % {"jabatan": f"{tugas.jabatan}{unit}"}
        )
    return sebagai


def find_atasan(
    tugas: Tugas,
    penugasan: Sequence[Penugasan],
    *,
    pemulai: Collection[int],
    atasan: Mapping[int, Sequence[int]],
) -> Penugasan | None:
    """The mandate under which the deadline of that turn may be extended; None without one.

    It is that of a post above the turn's (`atasan`, as `organisasi.selectors.get_atasan`), or of
    one that starts the report (`pemulai`). Whoever may do the turn never extends it, whatever other
    posts he holds.
    """
    if find_penugasan_covering(penugasan, jabatan_id=tugas.jabatan_id, unit_id=tugas.unit_id):
        return None
    boleh = climb(atasan, tugas.jabatan_id) | set(pemulai)
    return next((p for p in penugasan if p.jabatan_id in boleh), None)


def can_see_nama(instansi_id: int, mandat: Sequence[Penugasan]) -> bool:
    """Whether monitoring names people to the holder of `mandat`; others read posts only."""
    return can_prepare(instansi_id, mandat)


def find_penilai(instansi_id: int, mandat: Sequence[Penugasan]) -> Penugasan | None:
    """The mandate under which the forms that assess an SOP of that office are filled in."""
    return next((p for p in mandat if holds(instansi_id, [p], _MENILAI)), None)


def find_pemberi_izin(instansi_id: int, mandat: Sequence[Penugasan]) -> Penugasan | None:
    """The mandate under which outsiders are given drafts of that office to read."""
    return next((p for p in mandat if holds(instansi_id, [p], _MEMBERI_IZIN)), None)
