"""How many documents run on a version. Rooms above know; they hand in how to count at start-up."""

from collections.abc import Callable, Collection, Mapping

Hitung = Callable[[Collection[int]], Mapping[int, int]]

_penghitung: dict[str, Hitung] = {}


def register_penghitung(nama: str, hitung: Hitung) -> None:
    """Called from `AppConfig.ready` of a room above. nama: of what is counted, once each.

    hitung: from ids of versions to how many documents are under way on each, in one query.
    """
    _penghitung[nama] = hitung


def count_berjalan(versi_ids: Collection[int]) -> dict[int, int]:
    """Documents under way by version, 0 included. One query per room that counts."""
    hasil = dict.fromkeys(versi_ids, 0)
    for hitung in _penghitung.values():
        for versi_id, banyak in hitung(versi_ids).items():
            hasil[versi_id] += banyak
    return hasil
