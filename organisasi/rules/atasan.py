"""Who stands above a post."""

from collections.abc import Mapping, Sequence


def climb(atasan: Mapping[int, Sequence[int]], jabatan_id: int) -> set[int]:
    """Every post above that one, step by step; itself never, also where the steps go in a circle.

    atasan: posts to those directly above them (`organisasi.selectors.get_atasan`).
    """
    di_atas: set[int] = set()
    antre = list(atasan.get(jabatan_id, ()))
    while antre:
        satu = antre.pop()
        if satu not in di_atas:
            di_atas.add(satu)
            antre += atasan.get(satu, ())
    return di_atas - {jabatan_id}
