"""Questions about the arrows of a route: what is reached, what runs in circles.

A route is finite, so a way that meets no dead end and no circle reaches the end.
"""

from sop.rules.graf import Graf, SimpulLangkah
from sop.rules.istilah import Hasil


def list_terjangkau(graf: Graf) -> set[int]:
    """Ids reached from the first step over any arrow."""
    antrean = [graf.langkah[0].id] if graf.langkah else []
    lihat: set[int] = set()
    while antrean:
        kini = antrean.pop()
        if kini not in lihat and kini in graf.menurut_id:
            lihat.add(kini)
            antrean += [
                tujuan for tujuan in graf.menurut_id[kini].ke.values() if tujuan is not None
            ]
    return lihat


def find_putaran(graf: Graf) -> list[int]:
    """Numbers of the steps of one circle that no Tidak interrupts, smallest first, if any."""
    sisa = {s.id: _maju(s, graf) for s in graf.langkah}
    while lepas := [i for i, tujuan in sisa.items() if not tujuan & sisa.keys()]:
        for i in lepas:
            del sisa[i]
    if not sisa:
        return []
    jejak = [min(sisa, key=lambda i: graf.menurut_id[i].nomor)]
    while (tujuan := min(sisa[jejak[-1]] & sisa.keys())) not in jejak:
        jejak.append(tujuan)
    return sorted(graf.menurut_id[i].nomor for i in jejak[jejak.index(tujuan) :])


def _maju(s: SimpulLangkah, graf: Graf) -> set[int]:
    maju = {tujuan for hasil, tujuan in s.ke.items() if hasil != Hasil.TIDAK and tujuan is not None}
    return maju & graf.menurut_id.keys()
