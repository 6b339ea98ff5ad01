"""The lock under which every act on a draft runs."""

from typing import Any

from laporan.models import Draf


def lock_draf(**cari: Any) -> Draf:
    """The draft, its row locked: the single point where acts on one draft queue up.

    NO KEY, so that notes and files that point at the draft can be added meanwhile. Other rows of
    the draft
    are locked after it, never before.

    Raises:
        Draf.DoesNotExist: no such draft.
    """
    return (
        Draf.objects.select_related("versi", "instansi")
        .select_for_update(of=("self",), no_key=True)
        .get(**cari)
    )
