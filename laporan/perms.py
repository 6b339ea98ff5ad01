"""Who may do what with a draft. Authority is asked of penugasan, at the moment of the act."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from organisasi.models import Penugasan
from organisasi.selectors import find_penugasan_covering
from sakip.common.errors import AksesDitolak

if TYPE_CHECKING:
    from laporan.models import Tugas


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
