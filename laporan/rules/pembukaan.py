"""Whose word opens collected figures again, once they were passed on. Pure."""

from collections.abc import Sequence

from laporan.rules.tindakan import TINDAKAN, Halaman
from sop.rules.graf import Graf, SimpulLangkah, SimpulPelaksana


def list_pembuka(graf: Graf, kumpul: SimpulLangkah) -> Sequence[SimpulPelaksana]:
    """Who judges what step `kumpul` collects: the deciders of the steps that verify figures.

    Where the route has no such step, whoever receives the figures next.
    """
    memeriksa = [
        s
        for s in graf.langkah
        if s.is_keputusan and TINDAKAN[s.tindakan].halaman == Halaman.VERIFIKASI
    ]
    if memeriksa:
        return [p for s in memeriksa for p in s.pelaksana]
    tujuan = graf.next_langkah(kumpul.id, "ya" if kumpul.is_keputusan else "lanjut")
    return tujuan.pelaksana if tujuan else ()
